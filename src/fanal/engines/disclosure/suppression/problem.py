"""
The cell suppression problem, as Fischetti and Salazar wrote it.

Fischetti and Salazar (2001, *Solving the cell suppression problem on tabular data with linear
constraints*, Management Science 47). One 0-1 variable for each cell says whether it is hidden; an
attacker who knows the others can move the hidden ones as long as every sum holds. Each protection
that is asked for becomes, by linear duality, a set of inequalities between the 0-1 variables only;
those that matter are found when they are needed.

Here the attacker knows no upper bound, so a hidden cell that must go up can go up as far as is
useful; and what is asked for is the width of the interval (their *sliding* protection level).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.disclosure.bounds import Floats
from fanal.engines.disclosure.linking import Flags, Integers, Linked

# Far enough up for any cell that has to move by a few people.
FAR = 1e4


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """
    Args:
        sums: sparse, shape (equalities, cells).
        along: the variable that each sum runs along.
        down: how far each cell may go down when it is hidden.
        always: cells hidden whatever is chosen.
        free: cells that may be hidden, or not.
        watched: cells that need a width when they are hidden.
        cost: of hiding each free cell, above 0.
    """

    sums: Any
    along: Integers
    down: Floats
    always: Flags
    free: Flags
    watched: Flags
    cost: Floats


def problem(
    linked: Linked,
    counts: Integers,
    *,
    floor: Integers,
    always: Flags,
    free: Flags,
    watched: Flags,
    cost: Floats,
) -> Problem:
    least = np.where(linked.is_shown, floor, 0)
    down = np.maximum(counts - least, 0).astype(float)
    return Problem(linked.sums, linked.along, down, always, free, watched, cost)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """
    ``coefficients @ hidden[cells] >= 1``, so that the cell it ``protects`` keeps its width; when
    it is ``conditional``, only if this cell is hidden.
    """

    cells: Integers
    coefficients: Floats
    protects: int
    conditional: bool

    @property
    def possible(self) -> bool:
        """Whether hiding everything that helps is enough."""
        return bool(self.coefficients.sum() >= 1 - 1e-9)
