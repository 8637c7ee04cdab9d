"""Scales, and the round numbers written along them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fanal.engines.population.answers import Answer

# Beyond so many times from one end to the other a plain scale crushes what is small.
PLAIN_UNDER = 30.0
# A limit further than so many times the largest estimate is an arrow, not a place.
CUT_AT = 3.0
MOST_TICKS = 5
EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers to percents of the width (or to pixels); what is beyond stays at the edge."""

    low: float
    high: float
    log: bool = False
    start: float = 0.0
    end: float = 100.0

    def at(self, value: float) -> float:
        low, high, here = self.low, self.high, min(max(value, self.low), self.high)
        if self.log:
            low, high, here = math.log(low), math.log(high), math.log(here)
        return self.start + (self.end - self.start) * (here - low) / (high - low)

    def ticks(self, most: int = MOST_TICKS) -> list[float]:
        return _logs(self.low, self.high, most) if self.log else _steps(self.low, self.high, most)

    def anchor(self, value: float) -> str:
        """So that a word near an edge stays inside."""
        place = self.at(value)
        return "start" if place < EDGE else "end" if place > 100 - EDGE else "middle"


def of_people(values: Iterable[float], seen: float, cut: float = math.inf) -> Scale:
    """A scale for numbers of people, all of them over ``seen``."""
    top = min(max([*values, seen + 1]), cut) * 1.04
    if top / max(seen, 1) > PLAIN_UNDER:
        return Scale(max(seen, 1) * 0.9, top, log=True)
    return Scale(0, top)


def of_answers(answers: Sequence[Answer], seen: float, more: Iterable[float] = ()) -> Scale:
    """A scale for estimates and their limits, the furthest limits cut."""
    points = [one.estimate for one in answers if one.estimate is not None and one.lower is not None]
    points += more
    uppers = [one.upper for one in answers if one.upper is not None]
    return of_people([*points, *uppers], seen, CUT_AT * max(points, default=seen + 1))


def of_ratios(values: Iterable[float], most: float = 50.0) -> Scale:
    """A scale of ratios, the same on both sides of one."""
    reach = max([1.5, *(max(value, 1 / value) for value in values if value > 0)])
    reach = min(reach, most) * 1.05
    return Scale(1 / reach, reach, log=True)


def _steps(low: float, high: float, most: int) -> list[float]:
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * part for part in (1, 2, 2.5, 5, 10) if power * part >= rough)
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def _logs(low: float, high: float, most: int) -> list[float]:
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for parts in ((1, 2, 5), (1, 3), (1,)):
        found = [10.0**decade * part for decade in decades for part in parts]
        found = [value for value in found if low <= value <= high]
        if len(found) <= most:
            return found
    return found[:: math.ceil(len(found) / most)]
