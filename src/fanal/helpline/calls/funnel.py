"""The one place of a call in the funnel, from its moments. No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fanal.helpline.calls.terms import TOO_SOON, Funnel

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Moments:
    arrived: datetime
    answered: datetime | None = None
    ended: datetime | None = None
    dissuaded: bool = False
    treated: bool = False


def funnel_of(call: Moments) -> Funnel:
    if call.dissuaded:
        return Funnel.DISSUADED
    if call.answered is not None:
        return Funnel.TREATED if call.treated else Funnel.PRE_TREATED
    if call.ended is None:
        return Funnel.WAITING
    soon = call.ended - call.arrived < TOO_SOON
    return Funnel.ABANDONED_SOON if soon else Funnel.ABANDONED


def length_said(begin: datetime, end: datetime) -> str:
    """« 40 s », « 19 min »."""
    seconds = int((end - begin).total_seconds())
    return f"{seconds} s" if seconds < MINUTE else f"{seconds // MINUTE} min"
