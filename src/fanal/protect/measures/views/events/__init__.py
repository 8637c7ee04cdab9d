"""Every event of a measure's course, in its order."""

from __future__ import annotations

from fanal.protect.measures.views.events.after import AT_WORK, ENDINGS
from fanal.protect.measures.views.events.before import BEFORE
from fanal.protect.measures.views.events.decision import DECISION
from fanal.protect.measures.views.events.shape import Event, Standing

EVENTS = (*BEFORE, *DECISION, *AT_WORK, *ENDINGS)
BY_NAME = {event.name: event for event in EVENTS}

__all__ = ["BY_NAME", "EVENTS", "Event", "Standing", "open_events"]


def open_events(standing: Standing) -> tuple[list[Event], list[Event]]:
    """What is expected now, and what else may be written; the first step when nothing runs."""
    possible = [event for event in EVENTS if event.is_open(standing)]
    expected = [event for event in possible if event.is_expected(standing)]
    if not expected and not standing.measure.is_in_force:
        expected = possible[:1]
    return expected, [event for event in possible if event not in expected]
