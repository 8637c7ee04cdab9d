"""Public instances have their published optima."""

from __future__ import annotations

import numpy as np
import pytest

from engines.placement.worlds import INSTANCES
from fanal.engines.placement.agents import Tasks, share
from fanal.engines.placement.reading import read_tasks
from fanal.engines.placement.refusals import Code, NotPlaced

# Optima: Cattrysse (1990), as the OR-Library publishes them, turned into minima.
OPTIMA = {"gap1-0": 261, "gap5-2": 383, "gap12-4": 945}


@pytest.mark.parametrize(("name", "optimum"), OPTIMA.items())
def test_a_public_instance_has_its_published_optimum(name: str, optimum: int) -> None:
    tasks = read_tasks(INSTANCES / f"{name}.txt")

    found = share(tasks)

    load = np.zeros(tasks.capacity.size)
    np.add.at(load, found.agent, tasks.weight[found.agent, np.arange(found.agent.size)])
    assert found.value == found.lower_bound == optimum
    assert (load <= tasks.capacity).all()


def test_without_time_the_bound_stays_true_or_there_is_a_refusal() -> None:
    tasks = read_tasks(INSTANCES / "gap12-4.txt")

    try:
        found = share(tasks, budget=0)
    except NotPlaced as refused:
        assert refused.code == Code.NOT_SOLVED  # noqa: PT017
    else:
        assert found.lower_bound <= 945 <= found.value


def test_tasks_that_nobody_can_take_are_refused() -> None:
    tasks = Tasks(np.array([[1, 1]]), np.array([[3, 3]]), np.array([5]))

    with pytest.raises(NotPlaced) as refused:
        share(tasks)

    assert refused.value.code == Code.INFEASIBLE


def test_the_task_that_no_agent_has_room_for_is_named() -> None:
    tasks = Tasks(np.array([[1, 1]]), np.array([[1, 6]]), np.array([5]))

    with pytest.raises(NotPlaced, match=r"La tâche 2 ne tient chez aucun agent\."):
        share(tasks)


def test_agents_without_any_room_have_no_sharing() -> None:
    tasks = Tasks(np.array([[1, 1]]), np.array([[3, 3]]), np.array([0]))

    with pytest.raises(NotPlaced) as refused:
        share(tasks)

    assert refused.value.code == Code.INFEASIBLE
