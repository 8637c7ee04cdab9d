"""A day has its own hours: decided by who coordinates, said at once on the public page."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.models import ChatHours
from fanal.helpline.chats.queries import helpline_of


@transaction.atomic
def set_hours(*, agent: Agent, day: date, hours: str, reason: str, now: datetime) -> ChatHours:
    """
    Nothing in ``hours``: closed. Said again of a day, it takes the place of what was said.

    Raises:
        NotVisible: the agent works for no helpline.
    """
    helpline = helpline_of(agent)
    if helpline is None:
        raise NotVisible
    ChatHours.objects.filter(organisation=helpline, day=day).delete()
    kept = ChatHours.objects.create(
        organisation=helpline, day=day, hours=hours, reason=reason, by=agent, at=now
    )
    record(agent=agent, deed="hours.set", subject=kept, detail={"open": bool(hours)})
    return kept


@transaction.atomic
def withdraw_hours(*, agent: Agent, ref: UUID, now: datetime) -> None:
    """
    The usual hours hold again on that day.

    Raises:
        NotVisible: of another helpline.
    """
    found = ChatHours.objects.filter(ref=ref).first()
    if found is None:
        raise NotVisible
    record(agent=agent, deed="hours.withdraw", subject=found)
    found.delete()
