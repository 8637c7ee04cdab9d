"""
Attackers who read some of the sums only, and so in small parts of the table.

Whatever they can compute, the reader of everything can too: an inequality found against one of
them is right for all. They are asked first because a part of forty cells answers at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from fanal.engines.disclosure.components import components
from fanal.engines.disclosure.linking import Integers
from fanal.engines.disclosure.suppression.problem import Problem

# A reader of tiny parts is left out when another, of parts not larger than this, reads the same.
TINY = 64


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some of the sums, and the cells that they hold."""

    cells: Integers
    sums: Any


@dataclass(frozen=True, eq=False)
class Reader:
    """
    Who reads these sums only.

    Args:
        sums: sparse, shape (equalities read, cells).
        groups: for each of these sums, the part that it is in.
        largest: cells of the largest part.
    """

    sums: Any
    groups: Integers
    largest: int

    @classmethod
    def of(cls, sums: Any) -> Reader:
        of_row, of_cell = components(sums)
        sizes = np.bincount(of_cell)
        return cls(sums, of_row, int(sizes[of_row].max(initial=0)))

    @cached_property
    def parts(self) -> list[Part]:
        order = np.argsort(self.groups, kind="stable")
        changes = np.flatnonzero(np.diff(self.groups[order])) + 1
        found = []
        for rows in np.split(order, changes) if order.size else []:
            inside = self.sums[rows]
            cells = np.unique(inside.indices).astype(np.int64)
            found.append(Part(cells, inside[:, cells].tocsc()))
        return found


def readers(problem: Problem) -> list[Reader]:
    """
    Readers of the sums along some variables only, those of the smallest parts first.

    The sums of joint counts, which nobody prints, are left to the last.

    Returns:
        At least one; the last one reads everything.
    """
    joint = np.diff(problem.sums[:, problem.joint].indptr) > 0
    variables = sorted(set(problem.along.tolist()))
    found: list[tuple[Reader, set[int]]] = []
    for size in range(len(variables) - (not joint.any()), 0, -1):
        for chosen in map(set, combinations(variables, size)):
            covers = (one for one, more in found if chosen < more)
            if not any(one.largest <= TINY for one in covers):
                read = np.isin(problem.along, sorted(chosen)) & ~joint
                found.append((Reader.of(problem.sums[np.flatnonzero(read)]), chosen))
    some = sorted((one for one, _ in found), key=lambda one: one.largest)
    return [*some, Reader.of(problem.sums)]
