"""A night: requests and units made a problem, its plan in words, and what one more would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from fanal.engines.placement.people import PENALTY, Examined, Request, Units, examine
from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.reasons import reasons
from fanal.engines.placement.solving import BUDGET, Plan, solve

Groups = Sequence[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Arcs:
    """Every open unit of every request, by request; ``start`` is where each begins."""

    request: Ints
    unit: Ints
    cost: Ints
    start: Ints


@dataclass(frozen=True, slots=True)
class Night:
    """What each request was told of each unit, and the problem that follows."""

    units: Units
    examined: list[Examined]
    problem: Problem

    def words(self, plan: Plan) -> list[str]:
        """One French sentence a request."""
        taken = np.bincount(plan.unit[plan.unit >= 0], minlength=self.units.places.size)
        left = self.units.places - taken
        return [
            reasons(one, left, int(at)) for one, at in zip(self.examined, plan.unit, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Gain:
    """What units that do not exist yet would have changed tonight."""

    without: Plan
    with_them: Plan

    @property
    def placed(self) -> int:
        return self.without.left_out - self.with_them.left_out

    @property
    def saved(self) -> int:
        return self.without.value - self.with_them.value


def arcs_of(examined: Sequence[Examined]) -> Arcs:
    sizes = [one.open.size for one in examined]
    none = np.zeros(0, dtype=np.int64)
    return Arcs(
        request=np.repeat(np.arange(len(examined)), sizes),
        unit=np.concatenate([none, *(one.open for one in examined)]),
        cost=np.concatenate([none, *(one.cost[one.open] for one in examined)]),
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


def night(
    requests: Sequence[Request], units: Units, *, apart: Groups = (), together: Groups = ()
) -> Night:
    """
    Raises:
        NotPlaced: the groups contradict each other, or name a request that does not exist.
    """
    examined = [examine(request, units) for request in requests]
    arcs = arcs_of(examined)
    problem = Problem(
        request=arcs.request,
        unit=arcs.unit,
        cost=arcs.cost,
        facility=units.facility,
        places=units.places,
        penalty=np.array([PENALTY * one.urgency for one in requests], dtype=np.int64),
        apart=tuple(apart),
        together=tuple(together),
    )
    return Night(units, examined, problem)


def what_if(
    requests: Sequence[Request],
    units: Units,
    more: Units,
    *,
    apart: Groups = (),
    together: Groups = (),
    budget: float = BUDGET,
) -> Gain:
    """The same night, with and without ``more`` units."""
    before = night(requests, units, apart=apart, together=together)
    after = night(requests, both(units, more), apart=apart, together=together)
    return Gain(solve(before.problem, budget=budget), solve(after.problem, budget=budget))


def both(units: Units, more: Units) -> Units:
    """The units of one, then of the other; a shared number is a shared facility."""
    joined = {
        one.name: np.concatenate([getattr(units, one.name), getattr(more, one.name)])
        for one in fields(Units)
    }
    return Units(**joined)
