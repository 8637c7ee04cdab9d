"""
Families do not go in halves: pairs of siblings fill five places with two pairs, not two and a half.

The relaxed programme does not know it. In some units of a facility with ``most`` places, count the
members of each family there, divide by ``size`` and drop what remains: the sum is at most
``most // size`` (Gomory, 1958; Chvátal, 1973; for pairs, the blossoms of Edmonds, 1965).
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Floats, Ints, Problem
from fanal.engines.placement.rows import BROKEN, Row

# Facilities with more units are seen unit by unit, and whole.
FEW_UNITS = 4


class Families:
    """A row is some units of one facility, and a size."""

    def __init__(self, problem: Problem, columns: Columns) -> None:
        self.columns, self.places, self.facility = columns, problem.places, problem.facility
        wide = columns.choice.shape[1]
        self.sizes = range(2, wide + 1)
        family = columns.choice[:, 1] >= 0 if wide > 1 else np.zeros(columns.block.size, dtype=bool)
        mine = np.flatnonzero(family)
        mine = mine[np.argsort(columns.facility[mine], kind="stable")]
        where, first = np.unique(columns.facility[mine], return_index=True)
        self.of_facility = dict(zip(where.tolist(), np.split(mine, first[1:]), strict=False))
        self.family = family
        self.parts = {one: self._parts(one) for one in self.of_facility}

    def _parts(self, facility: int) -> list[tuple[int, ...]]:
        units = np.flatnonzero((self.facility == facility) & (self.places > 0)).tolist()
        widths = range(1, len(units) + 1) if len(units) <= FEW_UNITS else {1, len(units)}
        return [part for width in widths for part in combinations(units, width)]

    def broken(self, chosen: Ints, share: Floats) -> list[Hashable]:
        mine = self.family[chosen]
        columns, much = chosen[mine], share[mine]
        facility = self.columns.facility[columns]
        found: list[Hashable] = []
        for where in np.unique(facility).tolist():
            here = facility == where
            for part in self.parts[where]:
                most = int(self.places[list(part)].sum())
                inside = self._inside(columns[here], part)
                found += [
                    (part, size)
                    for size in self.sizes
                    if most % size and (inside // size) @ much[here] > most // size + BROKEN
                ]
        return found

    def row(self, key: tuple[tuple[int, ...], int]) -> Row:
        part, size = key
        columns = self.of_facility[int(self.facility[part[0]])]
        weight = self._inside(columns, part) // size
        most = int(self.places[list(part)].sum())
        raised = np.array(part if (most + 1) % size == 0 else (), dtype=np.int64)
        return Row(columns[weight > 0], weight[weight > 0], most // size, raised)

    def _inside(self, columns: Ints, part: tuple[int, ...]) -> Ints:
        """How many members each column puts in these units."""
        inside: Ints = np.isin(self.columns.choice[columns], part).sum(axis=1)
        return inside
