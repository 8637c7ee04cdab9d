"""
The least that a table must hold for an estimate to be worth reading.

Below, no method can tell: three lists, so that one pair at least may depend on each other; thirty
people on two lists or more, because the estimate is carried by them alone. The share of them and
the pairs without anybody are told, not judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from fanal.engines.population.loglinear.selection import THREE
from fanal.engines.population.tables import CaptureTable

OVERLAP = 30


@dataclass(frozen=True, slots=True)
class Minimum:
    """``low`` and ``high`` bounds are equal but in a table with protected cells."""

    lists: int
    seen: tuple[int, int]
    on_several: tuple[int, int]
    share: tuple[float, float]
    pairs: int
    empty_pairs: tuple[tuple[str, str], ...]

    @property
    def enough_lists(self) -> bool:
        return self.lists >= THREE

    @property
    def enough_overlap(self) -> bool:
        return self.on_several[0] >= OVERLAP

    @property
    def met(self) -> bool:
        return self.enough_lists and self.enough_overlap


def minimum(table: CaptureTable) -> Minimum:
    cells = range(1, 1 << table.t)
    seen = sum(table.low[1:]), sum(table.high[1:])
    several = [cell for cell in cells if cell.bit_count() > 1]
    on_several = sum(table.low[cell] for cell in several), sum(table.high[cell] for cell in several)
    alone = seen[0] - on_several[0], seen[1] - on_several[1]
    pairs = list(combinations(range(table.t), 2))
    empty = [
        (table.lists[first], table.lists[second])
        for first, second in pairs
        if not any(table.high[cell] for cell in cells if cell >> first & cell >> second & 1)
    ]
    return Minimum(
        table.t,
        seen,
        on_several,
        (_share(on_several[0], alone[1]), _share(on_several[1], alone[0])),
        len(pairs),
        tuple(empty),
    )


def _share(some: int, others: int) -> float:
    return some / (some + others) if some + others else 0.0
