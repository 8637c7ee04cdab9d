"""The roster of a week, what is wrong in it, what may be undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from fanal.engines.hours.opening import stretches
from fanal.engines.hours.places import place_of
from fanal.engines.hours.planning import State as OpenState
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.rules import Hours
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.errors import NotVisible
from fanal.helpline.shifts.conflicts import Conflict, Duty, conflicts
from fanal.helpline.shifts.doors import hours_written
from fanal.helpline.shifts.models import RosterChange, Shift
from fanal.helpline.shifts.rules import rules
from fanal.helpline.shifts.terms import DAY, UNDONE_WITHIN, Post
from fanal.helpline.shifts.weeks import HERE, bounds


def week_of(helpline: Organisation, monday: date) -> list[Shift]:
    begin, end = bounds(monday)
    return list(_shifts(helpline, begin, end))


def shifts_at(helpline: Organisation, begin: datetime, end: datetime) -> list[Shift]:
    return list(_shifts(helpline, begin, end))


def _shifts(helpline: Organisation, begin: datetime, end: datetime) -> QuerySet[Shift]:
    known = Shift.objects.filter(organisation=helpline).between(begin, end)
    return known.select_related("agent").order_by("starts_at", "agent__name", "pk")


def on_call_at(helpline: Organisation, *, now: datetime) -> list[Shift]:
    """Who is on call now, and how they are reached."""
    return list(_shifts(helpline, now, now + timedelta(seconds=1)).filter(post=Post.ON_CALL))


def my_shifts(agent: Agent, monday: date) -> list[Shift]:
    begin, end = bounds(monday)
    return list(Shift.objects.filter(agent=agent).between(begin, end).order_by("starts_at", "pk"))


def conflicts_of(helpline: Organisation, monday: date) -> list[Conflict]:
    begin, end = bounds(monday)
    around = _shifts(helpline, begin - 2 * DAY, end + 2 * DAY)
    duties = [
        Duty(one.agent_id, one.agent.name, one.post, one.starts_at, one.ends_at) for one in around
    ]
    return conflicts(duties, chat_opened(begin, end), monday=monday, rules=rules())


def chat_opened(begin: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """When the chat is open, between two moments."""
    last = (end - timedelta(seconds=1)).astimezone(HERE).date()
    found = stretches(_hours(hours_written(begin)), place_of(""), begin, last)
    return [
        (max(one.begin, begin), min(one.end, end))
        for one in found
        if one.state is OpenState.OPEN and one.begin < end
    ]


@lru_cache(maxsize=32)
def _hours(written: str) -> Hours:
    return read_hours(written)


def read_shift(*, ref: UUID) -> Shift:
    """
    Raises:
        NotVisible: it does not exist, or is another helpline's.
    """
    found = Shift.objects.filter(ref=ref).select_related("agent", "organisation").first()
    if found is None:
        raise NotVisible
    return found


def last_change(helpline: Organisation, *, now: datetime) -> RosterChange | None:
    """What may be undone: the last change that was not."""
    return (
        RosterChange.objects.filter(
            organisation=helpline, undone_at__isnull=True, at__gt=now - UNDONE_WITHIN
        )
        .select_related("by")
        .order_by("-at", "-pk")
        .first()
    )
