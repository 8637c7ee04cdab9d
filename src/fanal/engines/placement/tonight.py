"""A night as a file gave it: the problem, how everyone is called, and who asks when it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fanal.engines.placement.nights import Night
from fanal.engines.placement.plans import Standing
from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.reasons import Reason, reason
from fanal.engines.placement.solving import Plan


@dataclass(frozen=True, slots=True)
class Tonight:
    """
    Attributes:
        requests, units, facilities: how they are called; numbers where they have no name.
        night: who asks and what is offered; None when the file only says who may go where.
        document: the file, to read the requests of the past with the same units.
    """

    problem: Problem
    requests: Sequence[Any]
    units: Sequence[Any]
    facilities: Sequence[Any]
    night: Night | None
    document: dict[str, Any]

    def reasons(self, plan: Plan, wanted: Sequence[int]) -> list[Reason]:
        standing = Standing(self.problem, plan.unit)
        return [
            reason(standing, one, self.night.examined(one) if self.night else None)
            for one in wanted
        ]

    def alike(self) -> list[Any]:
        """Of each unit, its kind: equal for two that take the same people in the same way."""
        if self.night is None:
            return list(range(self.problem.places.size))
        units = self.night.units
        columns = (units.youngest, units.oldest, units.sex, units.kind)
        return [
            (*(int(column[at]) for column in columns), units.capabilities[at].tobytes())
            for at in range(units.places.size)
        ]

    def plan_as_json(self, plan: Plan) -> dict[str, Any]:
        """What the plan is, with the names of the file, and what a place more would be worth."""
        told = plan.as_json()
        told["assignment"] = [
            [self.requests[one], self.units[at]] for one, at in told["assignment"]
        ]
        told["place_prices"] = [
            [self.units[at], round(float(plan.place_price[at]), 2)] for at in plan.by_price()
        ]
        told["price_slack"] = round(plan.price_slack, 2)
        return told

    def prices(self, plan: Plan) -> list[dict[str, Any]]:
        """What one more place in each unit would be worth tonight, in words too; dearest first."""
        problem = self.problem
        waiting = (plan.unit < 0)[problem.request]
        allowed = np.bincount(problem.unit[waiting], minlength=problem.places.size)
        standing = Standing(problem, plan.unit)
        said: list[dict[str, Any]] = []
        for at in plan.by_price():
            places, price = int(problem.places[at]), float(plan.place_price[at])
            said.append(
                {
                    "unit": self.units[at],
                    "price": round(price, 2),
                    "places": places,
                    "left": int(standing.left[at]),
                    "left_out_allowed": int(allowed[at]),
                    "words": f"Unité {self.units[at]} ({places} place{'s' * (places > 1)}) : une "
                    f"de plus gagnerait au plus {price:.0f} ; permise à {allowed[at]} des "
                    f"{plan.left_out} demandes sans place.",
                }
            )
        return said

    def kept(self, price: Ints) -> Tonight:
        """
        The same night, where rare units cost more.

        A price changes which unit is chosen, never whether someone is worth placing: no cost that
        was below the penalty of leaving someone out reaches it.
        """
        problem = self.problem
        most = np.maximum(problem.cost, problem.penalty[problem.request] - 1)
        cost = np.minimum(problem.cost + price[problem.unit], most)
        return replace(self, problem=replace(problem, cost=cost))
