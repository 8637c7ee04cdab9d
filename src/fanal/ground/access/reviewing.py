"""By when an emergency opening is reviewed: the room of deadlines says so, from its dated rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fanal.ground.territory.models import ChildWelfareAuthority

ReviewDue = Callable[[ChildWelfareAuthority, datetime], datetime]

_declared: list[ReviewDue] = []


def declare_review_due(due: ReviewDue) -> None:
    _declared[:] = [due]


def review_due(*, authority: ChildWelfareAuthority, since: datetime) -> datetime:
    """The first instant when the review of an opening is late, in the days of its authority."""
    (due,) = _declared
    return due(authority, since)
