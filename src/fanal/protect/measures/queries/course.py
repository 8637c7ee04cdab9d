"""A measure's course as a picture: what has happened, today, and the days to come."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.wording import say_day
from fanal.protect.measures.models import Measure, MeasureStep

Kind = Literal["done", "today", "due", "late", "end"]
# Sizes of the drawing, in its own units; it is read on a telephone as on a desk.
WIDTH = 340
LINE = 17
GAP = 14
TOP = 16
RADIUS = 7
# As many letters as the width holds.
LETTERS = 40


@dataclass(frozen=True, slots=True)
class Point:
    """One day of the course. ``y`` is where it is drawn; ``lines`` are its words, cut to fit."""

    on: date
    label: str
    kind: Kind
    day: str
    y: int = 0
    lines: tuple[tuple[int, str], ...] = ()
    # Where the thread to the next day begins and ends; none after the last one.
    thread: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Course:
    points: list[Point] = field(default_factory=list)
    height: int = 0
    width: int = WIDTH


def course_of(
    measure: Measure, *, steps: Iterable[MeasureStep], clocks: Iterable[Clock], today: date
) -> Course:
    """
    The days of a measure in their order, each drawn under the one before.

    Running clocks alone are days to come; the end that the decision sets is one of them.
    """
    found: list[tuple[date, int, str, Kind]] = [
        (step.on, 0, str(step.get_step_display()), "done") for step in steps
    ]
    if measure.is_living:
        found.append((today, 1, "Aujourd'hui", "today"))
    for clock in clocks:
        if clock.is_running:
            found.append((clock.due_on, 2, clock.label, "late" if clock.due_on < today else "due"))
    if measure.is_living and measure.ends_on is not None:
        found.append((measure.ends_on, 3, "Fin de la mesure", "end"))
    return _draw(sorted(found, key=lambda one: (one[0], one[1])))


def _draw(found: list[tuple[date, int, str, Kind]]) -> Course:
    points: list[Point] = []
    y = TOP
    for rank, (on, _, label, kind) in enumerate(found, start=1):
        words = textwrap.wrap(label, LETTERS)
        lines = tuple((y + LINE * (row + 1), word) for row, word in enumerate(words))
        below = y + LINE * (len(words) + 1) + GAP
        thread = (y + RADIUS, below - RADIUS) if rank < len(found) else None
        points.append(Point(on, label, kind, say_day(on), y=y, lines=lines, thread=thread))
        y = below
    return Course(points=points, height=y)
