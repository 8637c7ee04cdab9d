from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fanal.detect.concerns.models import Draft
from fanal.detect.concerns.queries import lock_draft
from fanal.ground.agents.models import Agent, Organisation


@transaction.atomic
def start_draft(
    *, agent: Agent, organisation: Organisation, content: dict[str, Any], now: datetime
) -> Draft:
    """Begin a concern; nobody but its author reads it before it is sent."""
    return Draft.objects.create(
        agent=agent, organisation=organisation, content=content, started_at=now, updated_at=now
    )


@transaction.atomic
def save_draft(*, agent: Agent, ref: UUID, content: dict[str, Any], now: datetime) -> Draft:
    """
    Keep what is written so far; ``content`` is added to what stands.

    Raises:
        NotVisible: it is another agent's draft, or it was sent.
    """
    draft = lock_draft(agent=agent, ref=ref)
    draft.content = {**draft.content, **content}
    draft.updated_at = now
    draft.save(update_fields=["content", "updated_at"])
    return draft


@transaction.atomic
def discard_draft(*, agent: Agent, ref: UUID) -> None:
    """
    Raises:
        NotVisible: it is another agent's draft, or it was sent.
    """
    lock_draft(agent=agent, ref=ref).delete()
