"""Who goes where tonight: the assignment, and the certificate that comes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.placement.columns import columns_of
from fanal.engines.placement.families import Families
from fanal.engines.placement.place_prices import place_prices
from fanal.engines.placement.problem import Floats, Ints, Problem
from fanal.engines.placement.relaxing import relax
from fanal.engines.placement.rounding import Search, make_whole
from fanal.engines.placement.rows import Rows
from fanal.engines.placement.separations import Separations
from fanal.engines.programmes.clock import Clock

BUDGET = 9.0


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Attributes:
        unit: of each request, -1 when it is left out, shape (requests,).
        value: the costs and the penalties of this plan.
        lower_bound: no plan that keeps the rules has a lower value.
        place_price: what one more place in each unit would save at most, to ``price_slack``
            near; shape (units,).
        price_slack: how far the value is above the bound that the prices come from.
        seconds: of the processor.
    """

    unit: Ints
    value: int
    lower_bound: int
    place_price: Floats
    price_slack: float
    seconds: float

    @property
    def left_out(self) -> int:
        return int((self.unit < 0).sum())

    @property
    def gap(self) -> float:
        """How far the value may be above the best, as a share of it."""
        return (self.value - self.lower_bound) / max(1, self.value)

    def by_price(self) -> list[int]:
        """The units where one more place is worth something, dearest first."""
        order = np.argsort(-self.place_price, kind="stable")
        dear: list[int] = order[self.place_price[order] > 0].tolist()
        return dear

    def as_json(self) -> dict[str, Any]:
        placed = np.flatnonzero(self.unit >= 0)
        return {
            "value": self.value,
            "left_out": self.left_out,
            "assignment": np.stack([placed, self.unit[placed]], axis=1).tolist(),
            "lower_bound": self.lower_bound,
            "gap": self.gap,
            "seconds": round(self.seconds, 3),
        }


def solve(problem: Problem, *, budget: float = BUDGET) -> Plan:
    """
    The assignment of least value; when the time is up, the best found, with its gap.

    Args:
        budget: seconds of the processor for the search.

    Raises:
        NotPlaced: the rules contradict each other, or there is too much to examine.
    """
    clock = Clock(budget)
    columns = columns_of(problem)
    apart = Separations(problem, columns)
    rows = Rows((apart, Families(problem, columns)))
    relaxed = relax(columns, problem.places, rows, clock.over)
    found = make_whole(Search(columns, problem.places, apart, rows, clock), relaxed)
    unit = np.full(problem.penalty.size, -1, dtype=np.int64)
    for at in found.chosen.tolist():
        kin = columns.members[columns.block[at]]
        unit[list(kin)] = columns.choice[at, : len(kin)]
    price = place_prices(problem, columns, relaxed)
    return Plan(unit, found.value, found.bound, price, found.value - relaxed.bound, clock.spent())
