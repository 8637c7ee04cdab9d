"""What one more unit would change tonight, solved again rather than guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fanal.engines.placement.problem import Problem
from fanal.engines.placement.solving import BUDGET, Plan, solve


@dataclass(frozen=True, slots=True)
class Gain:
    """
    A unit that does not exist yet, like ``unit``, in a facility of its own.

    Attributes:
        most_urgent: those whose penalty is the greatest of the night.
    """

    unit: int
    places: int
    without: Plan
    with_it: Plan
    most_urgent: int

    @property
    def placed(self) -> int:
        """How many more are placed."""
        return self.without.left_out - self.with_it.left_out

    @property
    def saved(self) -> int:
        return self.without.value - self.with_it.value

    @property
    def uncertain(self) -> int:
        """By how much ``saved`` may be wrong, where a plan was not proved the best."""
        plans = (self.without, self.with_it)
        return max(plan.value - plan.lower_bound for plan in plans)

    def said(self, units: Sequence[Any]) -> str:
        name, many = units[self.unit], self.places > 1
        said = f"Une unité de plus comme {name} ({self.places} place{'s' * many}) : "
        if self.placed > 0:
            more = self.placed > 1
            said += f"{self.placed} enfant{'s' * more} de plus aurai{'en' * more}t une place"
        elif self.saved > 0:
            said += "le même nombre d'enfants placés, mieux"
        else:
            said += "rien ne changerait"
        if self.most_urgent > 0:
            said += f", dont {self.most_urgent} des plus urgents"
        said += f" ; valeur {-self.saved:+d}" if self.saved else ""
        said += f" (à {self.uncertain} près)" if self.uncertain else ""
        return f"{said}."

    def as_json(self, units: Sequence[Any]) -> dict[str, Any]:
        return {
            "like": units[self.unit],
            "places": self.places,
            "placed": self.placed,
            "most_urgent_placed": self.most_urgent,
            "saved": self.saved,
            "uncertain": self.uncertain,
            "left_out": self.with_it.left_out,
            "words": self.said(units),
        }


def with_one_more(problem: Problem, unit: int, places: int) -> Problem:
    """The problem, with a copy of this unit in a facility of its own."""
    mine = problem.unit == unit
    new = problem.places.size
    return replace(
        problem,
        request=np.concatenate([problem.request, problem.request[mine]]),
        unit=np.concatenate([problem.unit, np.full(int(mine.sum()), new)]),
        cost=np.concatenate([problem.cost, problem.cost[mine]]),
        facility=np.append(problem.facility, problem.facility.max(initial=0) + 1),
        places=np.append(problem.places, places),
    )


def what_if(
    problem: Problem, unit: int, *, places: int = 1, without: Plan, budget: float = BUDGET
) -> Gain:
    """
    The same night with one more unit like this one.

    Args:
        without: the plan of the night as it is.
        budget: seconds of the processor.
    """
    found = solve(with_one_more(problem, unit, places), budget=budget)
    top = problem.penalty == problem.penalty.max(initial=0)
    urgent = int((found.unit[top] >= 0).sum() - (without.unit[top] >= 0).sum())
    # A plan that ignores the new unit is a plan of tonight: never worse than the one we have.
    if found.value > without.value:
        found, urgent = without, 0
    return Gain(unit, places, without, found, urgent)


def dearest(plan: Plan, alike: Sequence[Any]) -> list[int]:
    """
    The units where one more place may bring most, one of each kind, dearest first.

    Args:
        alike: of each unit; two that are equal are of one kind.
    """
    found: dict[Any, int] = {}
    for unit in plan.by_price():
        found.setdefault(alike[unit], unit)
    return list(found.values())
