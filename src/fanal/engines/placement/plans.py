"""How things stand once a plan is made: places left, who is where, what is closed to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fanal.engines.placement.columns import can_be_together
from fanal.engines.placement.people import Rule
from fanal.engines.placement.problem import Ints, Problem


class Standing:
    """
    Args:
        unit: of each request, -1 when it is left out.
    """

    def __init__(self, problem: Problem, unit: Ints) -> None:
        self.problem, self.unit = problem, unit
        self.left = self._left(())
        self._order = np.argsort(problem.request, kind="stable")
        self._start = np.searchsorted(
            problem.request[self._order], np.arange(problem.penalty.size + 1)
        )
        self.kin = {one: kin for kin in problem.blocks() for one in kin}
        self._linked: dict[int, set[int]] = {}
        for group in problem.apart:
            for one in group:
                self._linked.setdefault(one, set()).update(set(group) - {one})

    def units(self, one: int) -> Ints:
        """Those the request may go to, full or not."""
        return self.problem.unit[self._arcs(one)]

    def nowhere_together(self, one: int) -> bool:
        """Whether no facility could take this family, were all its places free of others."""
        return one in self.kin and not can_be_together(self._of(self.kin[one]), self.kin[one])

    def met(self, one: int) -> set[int]:
        """The facilities where someone is whom the request, or a sibling, must not meet."""
        return {
            int(self.problem.facility[self.unit[other]])
            for sibling in self.kin.get(one, (one,))
            for other in self._linked.get(sibling, ())
            if self.unit[other] >= 0
        }

    def verdicts(self, one: int) -> dict[int, Rule]:
        """What each unit that the request may go to is to it, others being where they are."""
        kin = self.kin.get(one, (one,))
        left = self._left(kin)
        met = self.met(one)
        said = {}
        for unit in self.units(one).tolist():
            facility = int(self.problem.facility[unit])
            if facility in met:
                said[unit] = Rule.APART
            elif left[unit] <= 0:
                said[unit] = Rule.FULL
            elif len(kin) > 1 and not self._fits(kin, facility, left):
                said[unit] = Rule.FAMILY
            else:
                said[unit] = Rule.OPEN
        return said

    def _left(self, without: Sequence[int]) -> Ints:
        """Places left in each unit, had these not been placed."""
        unit = self.unit.copy()
        unit[list(without)] = -1
        left: Ints = self.problem.places - np.bincount(
            unit[unit >= 0], minlength=self.problem.places.size
        )
        return left

    def _arcs(self, one: int) -> Ints:
        mine: Ints = self._order[self._start[one] : self._start[one + 1]]
        return mine

    def _of(self, kin: Sequence[int]) -> Problem:
        """The problem, with the arcs of these alone."""
        arcs = np.concatenate([self._arcs(one) for one in kin])
        return replace(
            self.problem,
            request=self.problem.request[arcs],
            unit=self.problem.unit[arcs],
            cost=self.problem.cost[arcs],
        )

    def _fits(self, kin: tuple[int, ...], facility: int, left: Ints) -> bool:
        only = np.where(self.problem.facility == facility, left, 0)
        return can_be_together(replace(self._of(kin), places=only), kin)
