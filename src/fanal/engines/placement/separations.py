"""Requests that must not meet: at most one of a group in a facility, written only when broken."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Floats, Ints, Problem

BROKEN = 1 + 1e-6


@dataclass(slots=True)
class Separations:
    """The rows written so far: a row is a group in a facility, and holds columns."""

    columns: Columns
    groups: list[list[int]]
    written: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: list[Ints] = field(default_factory=list)
    of_column: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem, columns: Columns) -> Separations:
        block_of = {one: at for at, kin in enumerate(columns.members) for one in kin}
        groups = [sorted({block_of[one] for one in group}) for group in problem.apart]
        return cls(columns, [group for group in groups if len(group) > 1])

    def broken(self, chosen: Ints, share: Floats) -> list[tuple[int, int]]:
        """The groups and facilities where ``chosen`` columns, taken by ``share``, are too many."""
        block, facility = self.columns.block[chosen], self.columns.facility[chosen]
        by_block: dict[int, list[int]] = {}
        for at, one in enumerate(block.tolist()):
            by_block.setdefault(one, []).append(at)
        found = []
        for number, group in enumerate(self.groups):
            total: dict[int, float] = {}
            for one in group:
                for at in by_block.get(one, ()):
                    where = int(facility[at])
                    total[where] = total.get(where, 0.0) + float(share[at])
            found += [
                (number, where)
                for where, much in total.items()
                if much > BROKEN and (number, where) not in self.written
            ]
        return found

    def write(self, broken: list[tuple[int, int]]) -> None:
        for number, facility in broken:
            row = np.concatenate([self.columns.of(one, facility) for one in self.groups[number]])
            at = self.written[number, facility] = len(self.rows)
            self.rows.append(row)
            for one in row.tolist():
                self.of_column.setdefault(one, []).append(at)

    def price(self, cost: Floats, prices: Floats) -> None:
        """Add to ``cost`` what the rows ask, in place."""
        for row, asked in zip(self.rows, prices, strict=True):
            if asked > 0:
                cost[row] += asked
