"""The layer on HiGHS: what is asked is what is solved, silently and within its time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from fanal.engines.programmes.clock import Clock
from fanal.engines.programmes.solver import (
    choice,
    is_infeasible,
    is_optimal,
    make_whole,
    programme,
    solution,
    stop_when_over,
)

ONE = np.ones(1)


def knapsack(size: int, seed: int) -> tuple[Any, Any, Any]:
    """Values (negative: they are minimised), weights, and half of what they weigh."""
    draw = np.random.default_rng(seed)
    weight = draw.integers(1, 40, size).astype(float)
    return -draw.integers(1, 40, size).astype(float), weight, weight.sum() // 2


@given(size=st.integers(1, 9), seed=st.integers(0, 1000))
@settings(max_examples=50, deadline=None)
def test_a_choice_is_the_best_of_all(size: int, seed: int) -> None:
    cost, weight, most = knapsack(size, seed)

    solver = choice(cost, csr_matrix(weight), -np.inf * ONE, most * ONE)
    solver.run()

    ways = (np.arange(2**size)[:, None] >> np.arange(size)) & 1
    best = (ways @ cost)[ways @ weight <= most].min()
    taken = solution(solver)
    assert taken is not None
    assert is_optimal(solver)
    assert cost @ taken == pytest.approx(best)
    assert weight @ taken <= most


def test_columns_are_shared_out_until_they_are_made_whole() -> None:
    solver = programme(
        csr_matrix([[2.0, 2.0]]), np.zeros(2), np.ones(2), -np.inf * ONE, 3 * ONE, cost=-np.ones(2)
    )
    solver.run()
    shared = solver.getInfo().objective_function_value

    make_whole(solver, np.arange(2, dtype=np.int32))
    solver.run()

    assert (shared, solver.getInfo().objective_function_value) == (-1.5, -1.0)


def test_without_a_cost_any_solution_will_do() -> None:
    solver = programme(csr_matrix([[1.0, 1.0]]), np.zeros(2), np.ones(2), ONE, ONE)
    solver.run()

    found = solution(solver)

    assert found is not None
    assert found.sum() == pytest.approx(1)


def test_what_nothing_satisfies_has_no_solution() -> None:
    solver = choice(ONE, csr_matrix([[1.0]]), 2 * ONE, 3 * ONE)
    solver.run()

    assert is_infeasible(solver)
    assert not is_optimal(solver)
    assert solution(solver) is None


def test_a_search_stops_when_its_time_is_up(capfd: pytest.CaptureFixture[str]) -> None:
    draw = np.random.default_rng(1)
    rows = csr_matrix(draw.integers(1, 1000, (30, 120)).astype(float))
    half = np.asarray(rows.sum(axis=1)).ravel() // 2
    # Market splits (Cornuéjols and Dawande, 1999): no solver ends them.
    solver = choice(np.ones(120), rows, half, half)
    clock = Clock(0.2)
    stop_when_over(solver, clock)

    solver.run()

    assert not is_optimal(solver)
    assert not is_infeasible(solver)
    assert clock.spent() < 20
    assert capfd.readouterr() == ("", "")
