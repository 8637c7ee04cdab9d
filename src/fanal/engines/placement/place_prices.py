"""What one more place in each unit would save at most, from the prices of the relaxed programme."""

from __future__ import annotations

from collections import Counter
from math import inf

import numpy as np
import numpy.typing as npt

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Floats, Problem
from fanal.engines.placement.relaxing import Relaxed


def place_prices(problem: Problem, columns: Columns, relaxed: Relaxed) -> Floats:
    """
    The most that one more place would take from the bound, shape (units,).

    To the price in the programme is added what the place alone makes possible: going to a unit
    that has none, or a whole family in a unit that was one place short. One block at most can use
    such a way, for it takes every place; it saves no more than what it pays now, less its cost.
    """
    pays = columns.penalty - relaxed.left_excess
    price = np.where(problem.places > 0, relaxed.place_price, 0.0)
    gain = np.zeros(problem.places.size)
    alone = np.full(problem.penalty.size, -1, dtype=np.int64)
    families = {block: kin for block, kin in enumerate(columns.members) if len(kin) > 1}
    for block, kin in enumerate(columns.members):
        if len(kin) == 1:
            alone[kin[0]] = block
    costs = _costs(problem, alone < 0)
    for block, kin in families.items():
        _with_family(problem, [costs[one] for one in kin], float(pays[block]), gain)
    single = (problem.places[problem.unit] == 0) & (alone[problem.request] >= 0)
    saved = pays[alone[problem.request[single]]] - problem.cost[single]
    np.maximum.at(gain, problem.unit[single], saved)
    summed: Floats = price + gain
    return summed


def _costs(problem: Problem, wanted: npt.NDArray[np.bool_]) -> list[dict[int, dict[int, int]]]:
    """What each unit costs each of the requests that are wanted, by facility."""
    costs: list[dict[int, dict[int, int]]] = [{} for _ in range(problem.penalty.size)]
    arcs = np.flatnonzero(wanted[problem.request])
    unit = problem.unit[arcs]
    for one, facility, at, cost in zip(
        problem.request[arcs].tolist(),
        problem.facility[unit].tolist(),
        unit.tolist(),
        problem.cost[arcs].tolist(),
        strict=True,
    ):
        costs[one].setdefault(facility, {})[at] = cost
    return costs


def _with_family(
    problem: Problem, costs: list[dict[int, dict[int, int]]], pays: float, gain: Floats
) -> None:
    """One more place lets as many of them in as it makes, the others beside them."""
    for facility in set(costs[0]).intersection(*costs[1:]):
        here = [mine[facility] for mine in costs]
        open_ = [
            min((cost for at, cost in mine.items() if problem.places[at] > 0), default=inf)
            for mine in here
        ]
        for unit, takers in Counter(at for mine in here for at in mine).items():
            if takers > problem.places[unit]:
                least = [
                    min(free, mine.get(unit, inf)) for free, mine in zip(open_, here, strict=True)
                ]
                gain[unit] = max(gain[unit], pays - sum(least))
