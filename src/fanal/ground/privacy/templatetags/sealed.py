from __future__ import annotations

from django import template
from django.db import models

from fanal.ground.privacy.sealing.keys import KeysLocked

register = template.Library()

LOCKED = "Les clés ne sont pas ouvertes : ce renseignement est scellé."


@register.filter
def unsealed(row: models.Model | None, name: str) -> str:
    """What a sealed field says, or the sentence that says why it does not; the rest is shown."""
    if row is None:
        return ""
    try:
        return str(row) if name == "__str__" else str(getattr(row, name))
    except KeysLocked:
        return LOCKED
