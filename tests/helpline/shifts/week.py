"""An invented week, and short ways to fill it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.helpline.shifts.models import Shift
from fanal.helpline.shifts.terms import Post
from fanal.helpline.shifts.use_cases import Turn, put_shifts
from fanal.helpline.shifts.weeks import from_to

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def turn(
    who: Agent, day: int, begins: int, ends: int, post: Post = Post.CHAT, reach: str = ""
) -> Turn:
    begin, end = from_to(MONDAY + day * DAY, time(begins), time(ends))
    return Turn(who, post, begin, end, reach)


def put(by: Agent, *turns: Turn, now: datetime = NOON) -> list[Shift]:
    with acting_as(by):
        return put_shifts(agent=by, turns=turns, now=now)
