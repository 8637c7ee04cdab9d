"""What an event of a measure's course is, and when it is expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import RuleCode
from fanal.protect.measures.forms.events import EventForm
from fanal.protect.measures.models import ExitBan, Measure


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure as it stands: itself, the rules of its running clocks, its running exit ban."""

    measure: Measure
    running: frozenset[str]
    ban: ExitBan | None


Act = Callable[[Agent, UUID, Any, datetime], object]


def plain(use_case: Callable[..., object]) -> Act:
    """A use case that takes the fields of its form by their names."""
    return lambda agent, ref, form, now: use_case(
        agent=agent, ref=ref, now=now, **form.cleaned_data
    )


def _never(standing: Standing) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    One event: its words, its form, its use case.

    ``answers`` are the periods that it stops: while one of them runs, the event is expected.
    ``is_next`` says so of an event that no period waits for.
    """

    name: str
    path: str
    title: str
    button: str
    done: str
    form: type[EventForm]
    act: Act
    is_open: Callable[[Standing], bool]
    answers: tuple[RuleCode, ...] = ()
    is_next: Callable[[Standing], bool] = _never
    consequence: str = ""

    def is_expected(self, standing: Standing) -> bool:
        return self.is_next(standing) or not standing.running.isdisjoint(self.answers)
