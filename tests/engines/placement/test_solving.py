"""The plan keeps every rule, and its certificate is true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from engines.placement.worlds import best_of_all, crowded, problem, small
from fanal.engines.placement.checking import broken_rules, value_of
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.refusals import Code, NotPlaced
from fanal.engines.placement.solving import solve


@given(world=small())
@settings(max_examples=150, deadline=None)
def test_the_plan_is_the_best_of_all_and_breaks_no_rule(world: Problem) -> None:
    plan = solve(world)

    assert broken_rules(world, plan.unit.tolist()) == []
    assert plan.value == value_of(world, plan.unit.tolist()) == best_of_all(world)
    assert plan.lower_bound == plan.value


@pytest.mark.parametrize("seed", range(4))
def test_a_crowded_night_is_solved_to_the_end(seed: int) -> None:
    world = crowded(seed)

    plan = solve(world, budget=30)

    assert broken_rules(world, plan.unit.tolist()) == []
    assert plan.value == value_of(world, plan.unit.tolist())
    assert plan.lower_bound == plan.value
    assert plan.left_out > 0


@pytest.mark.parametrize("budget", [0.0, 0.01, 0.05])
def test_without_time_the_plan_keeps_the_rules_and_the_bound_stays_true(budget: float) -> None:
    world = crowded(1)

    plan = solve(world, budget=budget)

    best = solve(world, budget=30)
    assert broken_rules(world, plan.unit.tolist()) == []
    assert plan.lower_bound <= best.value <= plan.value
    assert 0 <= plan.gap <= 1


def test_the_most_urgent_has_the_last_place() -> None:
    world = problem([(0, 0, 1), (1, 0, 300)], [0], [1], [10_000, 40_000])

    assert solve(world).unit.tolist() == [-1, 0]


def test_siblings_go_together_or_not_at_all() -> None:
    world = problem(
        [(0, 0, 1), (1, 1, 1), (1, 0, 90), (0, 1, 90)],
        [0, 1], [2, 2], [500, 500], together=((0, 1),),
    )  # fmt: skip
    full = problem([(0, 0, 1), (1, 0, 1)], [0], [1], [500, 500], together=((0, 1),))

    assert solve(world).value == 91
    assert solve(full).unit.tolist() == [-1, -1]


def test_siblings_named_two_by_two_are_all_together() -> None:
    arcs = [(one, at, 1 + one + at) for one in range(3) for at in range(3)]
    world = problem(arcs, [0, 0, 1], [1, 2, 2], [99] * 3, together=((0, 1), (1, 2), (2, 0)))

    plan = solve(world)

    assert set(plan.unit.tolist()) == {0, 1}


def test_those_who_must_not_meet_are_in_two_facilities() -> None:
    world = problem(
        [(0, 0, 1), (1, 1, 1), (1, 2, 50)], [0, 0, 1], [1, 1, 1], [500, 500], apart=((0, 1),)
    )

    assert solve(world).unit.tolist() == [0, 2]


def test_twenty_siblings_share_the_units_of_one_facility() -> None:
    arcs = [(one, at, 1 + at) for one in range(20) for at in range(3)]
    world = problem(arcs, [0] * 3, [9] * 3, [99] * 20, together=(tuple(range(20)),))

    plan = solve(world)

    assert plan.value == plan.lower_bound == 9 * 1 + 9 * 2 + 2 * 3
    assert broken_rules(world, plan.unit.tolist()) == []


def test_more_ways_than_can_be_examined_are_refused_at_once() -> None:
    arcs = [(one, at, 1) for one in range(20) for at in range(40)]
    world = problem(arcs, [0] * 40, [9] * 40, [99] * 20, together=(tuple(range(20)),))

    with pytest.raises(NotPlaced, match="La fratrie 0, 1, 2, 3 et 16 autres") as refused:
        solve(world)

    assert refused.value.code == Code.UNSUITABLE


def test_nobody_and_nowhere_have_an_empty_plan() -> None:
    assert solve(problem([], [], [], [])).value == 0
    assert solve(problem([], [], [], [700])).value == 700
