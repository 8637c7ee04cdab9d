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
from fanal.engines.disclosure.primary import Zeros, floor_of

# Far enough up for any cell that has to move by a few people.
FAR = 1e4


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """
    Args:
        sums: sparse, shape (equalities, cells).
        along: the variable that each sum runs along.
        joint: cells that only a reader who crosses tables thinks of.
        always: cells hidden whatever is chosen.
        free: cells that may be hidden, or not.
        cost: of hiding each free cell, above 0.
    """

    sums: Any
    along: Integers
    joint: Flags
    always: Flags
    free: Flags
    cost: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Threat:
    """
    What a reader holds of the hidden cells, and what must be left to him.

    Args:
        floor: the least that he knows each shown cell to be when it is hidden.
        down, up: how far each cell may go from its count when it is hidden.
        watched: cells that need a width when they are hidden.
        need: the width looked for at each cell; raised where whole numbers ask for more.
        width: the width that the audit asks for.
    """

    floor: Integers
    down: Floats
    up: Floats
    watched: Flags
    need: Floats
    width: int

    def hides(self, linked: Linked, hidden: Flags) -> Flags:
        """The shown cells that are hidden from him."""
        return np.asarray(hidden & linked.is_shown & (self.up > 0))


def threats(
    linked: Linked, counts: Integers, zeros: Integers, watched: Flags, width: int, presumed: int
) -> list[Threat]:
    """
    The reader who knows the rule must be left ``width``. Where a zero may be hidden, few are: the
    reader who believes that a hidden cell is not empty, and is right, must be left ``presumed``.

    Args:
        zeros: the choice that holds for each cell; see ``zeros_of``.
    """
    floor = floor_of(zeros)
    far = np.full(linked.size, FAR)
    need = np.full(linked.size, float(width))
    found = [Threat(floor, _down(linked, counts, floor), far, watched, need, width)]
    open_to_doubt = linked.is_shown & (zeros == Zeros.MAY_HIDE)
    if presumed and open_to_doubt.any():
        some = np.where(open_to_doubt & (counts > 0), 1, floor)
        up = np.where(open_to_doubt & (counts == 0), 0.0, far)
        down = _down(linked, counts, some)
        less = np.full(linked.size, float(presumed))
        found.append(Threat(some, down, up, watched & (counts > 0), less, presumed))
    return found


def _down(linked: Linked, counts: Integers, floor: Integers) -> Floats:
    return np.maximum(counts - np.where(linked.is_shown, floor, 0), 0).astype(float)


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
