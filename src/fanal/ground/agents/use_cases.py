from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from fanal.ground.agents.models import ApiToken, Organisation
from fanal.ground.agents.queries import token_digest


@transaction.atomic
def create_token(*, organisation: Organisation, label: str, now: datetime) -> tuple[ApiToken, str]:
    """
    Make a key for an organisation's software.

    Returns:
        The token, and its clear text, which is shown once and kept nowhere.
    """
    clear_text = f"fanal_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        organisation=organisation,
        label=label or "sans libellé",
        digest=token_digest(clear_text),
        created_at=now,
    )
    return token, clear_text
