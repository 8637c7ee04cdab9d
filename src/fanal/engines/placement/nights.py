"""A night: requests and units made a problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from fanal.engines.placement.people import Examined, Request, Units, examine, penalty_of
from fanal.engines.placement.problem import Ints, Problem

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
    """Who asks and what is offered, and the problem that follows."""

    requests: Sequence[Request]
    units: Units
    problem: Problem

    def examined(self, one: int) -> Examined:
        """Every unit, against every rule of one request; made again rather than kept."""
        return examine(self.requests[one], self.units)


def arcs_of(examined: Iterable[Examined], *, full: bool = False) -> Arcs:
    """
    Args:
        full: whether units that have no place tonight are kept: one more place would open them.
    """
    units, costs = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for one in examined:
        mine = one.allowed if full else one.open
        units.append(mine)
        costs.append(one.cost[mine])
    sizes = [mine.size for mine in units[1:]]
    return Arcs(
        request=np.repeat(np.arange(len(sizes)), sizes),
        unit=np.concatenate(units),
        cost=np.concatenate(costs),
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


def night(
    requests: Sequence[Request], units: Units, *, apart: Groups = (), together: Groups = ()
) -> Night:
    """
    Raises:
        NotPlaced: the groups contradict each other, or name a request that does not exist.
    """
    arcs = arcs_of((examine(request, units) for request in requests), full=True)
    problem = Problem(
        request=arcs.request,
        unit=arcs.unit,
        cost=arcs.cost,
        facility=units.facility,
        places=units.places,
        penalty=penalty_of(
            np.array([one.urgency for one in requests], dtype=np.int64),
            np.array([one.waited for one in requests], dtype=np.int64),
        ),
        apart=tuple(apart),
        together=tuple(together),
    )
    return Night(requests, units, problem)
