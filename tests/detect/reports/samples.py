"""Words and hours of the signalements under test. All the people are invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from factories import NOON
from fanal.detect.reports.terms import Ground
from fanal.detect.reports.use_cases import Writing

FACTS = "Retours à l'aube, contusions au bras. [invention]"


def hours_later(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def writing(**changes: object) -> Writing:
    """A signalement that may leave, but for the changes."""
    whole = {
        "commune": "59350",
        "grounds": (Ground.GRAVE_AND_IMMEDIATE,),
        "facts": FACTS,
        "parents_informed": True,
    }
    return Writing(**(whole | changes))  # type: ignore[arg-type]
