"""Which protections a pattern fails to give, and the inequalities that ask for them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fanal.engines.disclosure.bounds import Floats
from fanal.engines.disclosure.linking import Flags
from fanal.engines.disclosure.suppression.problem import Cut, Problem, Threat
from fanal.engines.disclosure.suppression.readers import Part
from fanal.engines.programmes.solver import is_optimal, programme

# Shown cells may move this little: the duals then ask for as few of them as possible.
LITTLE = 1e-4
SLACK = 0.1
WITHOUT_NEWS = 2
ZERO = 1e-9


class Attack:
    """
    The moves left to the attacker of one part under a pattern.

    Args:
        hidden: 0 or 1 for every cell of the problem.
    """

    def __init__(self, problem: Problem, threat: Threat, part: Part, hidden: Flags) -> None:
        self.part, self.need = part, threat.need[part.cells]
        self.down, self.up = threat.down[part.cells], threat.up[part.cells]
        self.free = problem.free[part.cells]
        self.always = problem.always[part.cells]
        held = hidden[part.cells]
        little = LITTLE * self.free
        low = -np.where(held, self.down, little * np.minimum(self.down, self.need))
        high = np.where(held, self.up, little * np.minimum(self.up, self.need))
        nothing = np.zeros(part.sums.shape[0])
        self._columns = np.arange(part.cells.size, dtype=np.int32)
        self._solver = programme(
            part.sums, low, high, nothing, nothing, presolve="off", simplex_strategy=4
        )
        self.least, self.most = np.zeros(held.size), np.zeros(held.size)
        self.asked = held & threat.watched[part.cells]

    def short(self) -> Flags:
        """Asked cells that no move met so far has given their width."""
        return np.asarray(self.asked & (self.most - self.least < self.need - SLACK))

    def draw(self, generator: np.random.Generator) -> None:
        """Moves of many cells at once, until they free no more."""
        short, silent = self.short(), 0
        while short.any() and silent < WITHOUT_NEWS:
            signs = generator.choice(np.array([-1.0, 1.0]), short.size)
            self._solve(signs * generator.random(short.size) * short)
            left = self.short()
            silent = 0 if left.sum() < short.sum() else silent + 1
            short = left

    def cuts(self) -> Iterator[Cut]:
        """One inequality for each cell that is short of its width."""
        for place in np.flatnonzero(self.short()):
            if self.short()[place]:
                cut = self._cut(int(place))
                if cut is not None:
                    yield cut

    def _solve(self, cost: Floats) -> Floats | None:
        """The move that makes ``cost`` least, kept as a witness; the reduced costs."""
        self._solver.changeColsCost(self._columns.size, self._columns, cost)
        self._solver.run()
        if not is_optimal(self._solver):
            return None
        solved = self._solver.getSolution()
        move = np.array(solved.col_value)
        self.least, self.most = np.minimum(self.least, move), np.maximum(self.most, move)
        return np.array(solved.col_dual)

    def _cut(self, place: int) -> Cut | None:
        """
        The two duals of a cell bound its width by what the hidden cells can move.

        In every table, ``cost @ move = reduced @ move``: so the move of the cell is at most the
        sum of ``reduced`` times how far each hidden cell can go in that direction.
        """
        reach = np.zeros(self.asked.size)
        for sign in (1.0, -1.0):
            cost = np.zeros(self.asked.size)
            cost[place] = sign
            reduced = self._solve(cost)
            if reduced is None:
                return None
            reach += np.where((reduced < -ZERO) & (self.up > 0), np.inf, 0.0)
            reach += np.where(reduced > ZERO, reduced, 0.0) * self.down
        if not self.short()[place]:
            return None
        return self._strengthened(place, reach)

    def _strengthened(self, place: int, reach: Floats) -> Cut | None:
        """What is always there is taken off; no cell counts for more than what is lacking."""
        given = self.always.copy()
        given[place] = True
        lacking = self.need[place] - reach[given].sum()
        if not lacking > ZERO:
            return None
        helpful = np.flatnonzero(self.free & ~given & (reach > ZERO))
        return Cut(
            self.part.cells[helpful],
            np.minimum(reach[helpful] / lacking, 1.0),
            int(self.part.cells[place]),
            conditional=not self.always[place],
        )
