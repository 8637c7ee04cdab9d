"""Waits as a small drawing: a bar from the shortest to the longest, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanal.helpline.board.calculations import Ahead

WIDE, HIGH, LEFT, FOOT = 640, 160, 40, 24
MOST_MINUTES = 60
LEAST_BAR = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Whole numbers, so that no locale writes them otherwise."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    left: int
    base: int
    bars: list[Bar]
    hours: list[tuple[int, str]]
    marks: list[tuple[int, str]]


def drawn(quarters: Sequence[Ahead]) -> Drawing:
    step = (WIDE - LEFT) // max(len(quarters), 1)
    base = HIGH - FOOT
    bars = []
    for number, one in enumerate(quarters):
        x = LEFT + number * step
        if not one.places:
            bars.append(Bar(x, FOOT // 2, step, base - FOOT // 2, "shut", one.said))
            continue
        low = _up(one.low if one.low is not None else MOST_MINUTES)
        high = _up(one.high if one.high is not None else MOST_MINUTES)
        tall = max(high - low, LEAST_BAR)
        bars.append(Bar(x + 3, base - low - tall, step - 6, tall, "wait", one.said))
    hours = [
        (LEFT + number * step, f"{one.at:%H:%M}")
        for number, one in enumerate(quarters)
        if one.at.minute == 0
    ]
    marks = [(base - _up(minutes), f"{minutes} min") for minutes in (0, 15, 30, 45, 60)]
    return Drawing(WIDE, HIGH, LEFT, base, bars, hours, marks)


def _up(minutes: float) -> int:
    tall = HIGH - FOOT - FOOT // 2
    return round(min(minutes, MOST_MINUTES) * tall / MOST_MINUTES)
