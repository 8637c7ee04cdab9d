from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent, ApiToken, Organisation
from fanal.ground.agents.use_cases import create_token
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.portal.accounts.queries import administered_by, lock_token

# Time to put the new key in the software, while the former one still works.
OVERLAP = timedelta(days=7)


@transaction.atomic
def open_token(
    *, agent: Agent, organisation: Organisation, label: str, now: datetime
) -> tuple[ApiToken, str]:
    """
    Returns:
        The token, and its clear text, which is shown once.

    Raises:
        NotVisible: not one of the administrator's organisations.
    """
    if organisation not in administered_by(agent, now=now):
        raise NotVisible
    token, clear_text = create_token(organisation=organisation, label=label, now=now)
    record(agent=agent, deed="token.create", subject=token, organisation=organisation)
    return token, clear_text


@transaction.atomic
def rotate_token(*, agent: Agent, ref: UUID, now: datetime) -> tuple[ApiToken, str]:
    """
    Replace a token: the former one works for ``OVERLAP`` still.

    Raises:
        NotVisible: it is another organisation's, or works no more.
    """
    former = lock_token(agent=agent, ref=ref, now=now)
    former.ends_at = min(former.ends_at or now + OVERLAP, now + OVERLAP)
    former.save(update_fields=["ends_at"])
    token, clear_text = create_token(organisation=former.organisation, label=former.label, now=now)
    record(agent=agent, deed="token.rotate", subject=former, organisation=former.organisation)
    return token, clear_text


@transaction.atomic
def revoke_token(*, agent: Agent, ref: UUID, now: datetime) -> None:
    """
    Raises:
        NotVisible: it is another organisation's, or works no more.
    """
    token = lock_token(agent=agent, ref=ref, now=now)
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    record(agent=agent, deed="token.revoke", subject=token, organisation=token.organisation)
