"""One request after another, to its cheapest open unit: what a plan is measured against."""

from __future__ import annotations

import numpy as np

from fanal.engines.placement.problem import Ints, Problem


class InTurn:
    """Siblings are placed when the first of them has its turn."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.left = problem.places.copy()
        self.unit = np.full(problem.penalty.size, -1, dtype=np.int64)
        self.kin = {one: kin for kin in problem.blocks() for one in kin}
        self.others: dict[int, set[int]] = {}
        for group in problem.apart:
            for one in group:
                self.others.setdefault(one, set()).update(set(group) - {one})
        order = np.lexsort((problem.cost, problem.request))
        self.arcs = np.stack([problem.unit[order], problem.cost[order]], axis=1)
        self.start = np.searchsorted(problem.request[order], np.arange(problem.penalty.size + 1))

    def place(self, order: Ints) -> Ints:
        """The unit of each request, -1 when it is left out."""
        for one in order.tolist():
            kin = self.kin.get(one, (one,))
            if kin[0] == one or self.unit[one] < 0:
                self._place(kin)
        return self.unit

    def _place(self, kin: tuple[int, ...]) -> None:
        if self.unit[kin[0]] >= 0:
            return
        best: tuple[int, dict[int, int]] | None = None
        for facility in self._facilities(kin[0]):
            way = self._within(kin, facility)
            if way and (best is None or way[0] < best[0]):
                best = way
            if best and len(kin) == 1:
                break
        for one, at in best[1].items() if best else ():
            self.unit[one] = at
            self.left[at] -= 1

    def _facilities(self, one: int) -> list[int]:
        mine = self.arcs[self.start[one] : self.start[one + 1], 0]
        return list(dict.fromkeys(self.problem.facility[mine[self.left[mine] > 0]].tolist()))

    def _within(self, kin: tuple[int, ...], facility: int) -> tuple[int, dict[int, int]] | None:
        left = self.left.copy()
        way: dict[int, int] = {}
        total = 0
        for one in kin:
            if any(self._is_in(other, facility) for other in self.others.get(one, ())):
                return None
            mine = self.arcs[self.start[one] : self.start[one + 1]]
            open_ = mine[(self.problem.facility[mine[:, 0]] == facility) & (left[mine[:, 0]] > 0)]
            if not open_.size:
                return None
            way[one] = int(open_[0, 0])
            left[way[one]] -= 1
            total += int(open_[0, 1])
        return total, way

    def _is_in(self, one: int, facility: int) -> bool:
        at = int(self.unit[one])
        return at >= 0 and int(self.problem.facility[at]) == facility
