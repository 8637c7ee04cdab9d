"""Requests that must not meet: at most one of a group in a facility."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Floats, Ints, Problem
from fanal.engines.placement.rows import BROKEN, Row


class Separations:
    """A row is a group in a facility. ``groups`` hold blocks, two or more."""

    def __init__(self, problem: Problem, columns: Columns) -> None:
        self.columns = columns
        block_of = {one: at for at, kin in enumerate(columns.members) for one in kin}
        groups = [sorted({block_of[one] for one in group}) for group in problem.apart]
        self.groups = [group for group in groups if len(group) > 1]

    def broken(self, chosen: Ints, share: Floats) -> list[Hashable]:
        block, facility = self.columns.block[chosen], self.columns.facility[chosen]
        by_block: dict[int, list[int]] = {}
        for at, one in enumerate(block.tolist()):
            by_block.setdefault(one, []).append(at)
        found: list[Hashable] = []
        for number, group in enumerate(self.groups):
            total: dict[int, float] = {}
            for one in group:
                for at in by_block.get(one, ()):
                    where = int(facility[at])
                    total[where] = total.get(where, 0.0) + float(share[at])
            found += [(number, where) for where, much in total.items() if much > 1 + BROKEN]
        return found

    def row(self, key: tuple[int, int]) -> Row:
        number, facility = key
        columns = np.concatenate([self.columns.of(one, facility) for one in self.groups[number]])
        return Row(columns, np.ones(columns.size, dtype=np.int64), 1)
