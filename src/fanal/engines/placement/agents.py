"""The generalised assignment problem: every task to one agent, whose capacity is never passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.placement.problem import Ints
from fanal.engines.placement.refusals import Code, NotPlaced
from fanal.engines.programmes.clock import Clock
from fanal.engines.programmes.solver import (
    choice,
    is_infeasible,
    proved_least,
    solution,
    stop_when_over,
)

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Tasks:
    """``cost`` and ``weight`` of tasks, (agents, tasks); ``capacity`` of agents, (agents,)."""

    cost: Ints
    weight: Ints
    capacity: Ints


@dataclass(frozen=True, slots=True)
class Shared:
    """``agent`` of each task, shape (tasks,); no sharing costs less than ``lower_bound``."""

    agent: Ints
    value: int
    lower_bound: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "lower_bound": self.lower_bound,
            "seconds": round(self.seconds, 3),
        }


def share(tasks: Tasks, *, budget: float = 10.0) -> Shared:
    """
    The cheapest sharing (Cattrysse and Van Wassenhove, 1992), by branch and cut.

    Raises:
        NotPlaced: there is no sharing, or none was found in ``budget`` seconds.
    """
    from scipy.sparse import coo_matrix

    clock = Clock(budget)
    agents, count = tasks.cost.shape
    agent, task = np.nonzero(tasks.weight <= tasks.capacity[:, None])
    nobody = np.setdiff1d(np.arange(count), task)
    if nobody.size:
        raise NotPlaced(Code.INFEASIBLE, f"La tâche {nobody[0] + 1} ne tient chez aucun agent.")
    column = np.arange(agent.size)
    rows = coo_matrix(
        (
            np.concatenate([np.ones(agent.size), tasks.weight[agent, task]]),
            (np.concatenate([task, count + agent]), np.concatenate([column, column])),
        ),
        shape=(count + agents, agent.size),
    )
    solver = choice(
        tasks.cost[agent, task].astype(float),
        rows,
        np.concatenate([np.ones(count), np.full(agents, -np.inf)]),
        np.concatenate([np.ones(count), tasks.capacity]),
    )
    stop_when_over(solver, clock)
    solver.run()
    found = solution(solver)
    if found is None:
        raise NotPlaced(Code.INFEASIBLE if is_infeasible(solver) else Code.NOT_SOLVED)
    taken = np.flatnonzero(found > HALF)
    to = np.empty(count, dtype=np.int64)
    to[task[taken]] = agent[taken]
    value = int(tasks.cost[to, np.arange(count)].sum())
    return Shared(to, value, min(value, proved_least(solver)), clock.spent())
