"""
How two lists go together, among the people whom another list saw.

The people on neither list are only known there: of those seen by a third list, all four cells of
two others are counted (Fienberg 1972, Biometrika 59, 591-603, for tables with a missing cell). Half
a person is added to each cell (Gart 1966, Biometrika 53), so that a cell without anybody gives a
wide interval and no infinite number. A ratio over 1 is what referral from one list to the other
makes; under 1, lists that share out people between them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

from fanal.engines.population.answers import LEVEL
from fanal.engines.population.loglinear.profile import quantile
from fanal.engines.population.tables import CaptureTable

TWO = 2


@dataclass(frozen=True, slots=True)
class Odds:
    """
    Two lists. ``ratio`` and its limits are None with two lists only, or when no other saw anybody.

    ``low`` and ``high`` bound how many people are on both: equal but in a protected table;
    ``empty`` when nobody is, which a log-linear model fits by an interaction at minus infinity.
    """

    pair: tuple[str, str]
    low: int
    high: int
    ratio: float | None
    lower: float | None
    upper: float | None

    @property
    def empty(self) -> bool:
        return self.high == 0


def odds(table: CaptureTable, *, level: float = LEVEL) -> tuple[Odds, ...]:
    """Every pair of lists, in the order of the table; a protected cell counts for its middle."""
    return tuple(
        _odds(table, first, second, level) for first, second in combinations(range(table.t), TWO)
    )


def _odds(table: CaptureTable, first: int, second: int, level: float) -> Odds:
    a, b = 1 << first, 1 << second
    both = [cell for cell in range(1, 1 << table.t) if cell & a and cell & b]
    low, high = sum(table.low[cell] for cell in both), sum(table.high[cell] for cell in both)
    names = table.lists[first], table.lists[second]
    cells = {0: 0, a: 0, b: 0, a | b: 0}
    for cell, count in enumerate(table.counts):
        if cell & ~(a | b):
            cells[cell & (a | b)] += count
    if not sum(cells.values()):
        return Odds(names, low, high, None, None, None)
    neither, alone, other, together = (cells[key] + 0.5 for key in (0, a, b, a | b))
    log = math.log(together * neither / (alone * other))
    reach = quantile(level) * math.sqrt(sum(1 / cell for cell in (neither, alone, other, together)))
    return Odds(names, low, high, math.exp(log), math.exp(log - reach), math.exp(log + reach))
