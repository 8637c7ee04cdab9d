"""What one more unit would change, and the price that says it cannot be more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.placement.test_families import crowds
from engines.placement.worlds import best_of_all, problem, small
from fanal.engines.placement.checking import broken_rules
from fanal.engines.placement.gains import dearest, what_if, with_one_more
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.solving import solve


@given(world=st.one_of(small(), crowds()), data=st.data())
@settings(max_examples=150, deadline=None)
def test_one_more_place_never_saves_more_than_its_price(
    world: Problem, data: st.DataObject
) -> None:
    plan = solve(world)
    unit = data.draw(st.integers(0, world.places.size - 1))
    places = world.places.copy()
    places[unit] += 1

    saved = plan.value - best_of_all(replace(world, places=places))

    assert saved <= plan.place_price[unit] + plan.price_slack + 1e-6


@given(world=small(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_one_more_unit_saves_is_what_the_best_of_all_says(
    world: Problem, data: st.DataObject
) -> None:
    unit = data.draw(st.integers(0, world.places.size - 1))
    places = data.draw(st.integers(1, 2))
    wider = with_one_more(world, unit, places)

    gain = what_if(world, unit, places=places, without=solve(world))

    assert broken_rules(wider, gain.with_it.unit.tolist()) == []
    assert gain.saved == best_of_all(world) - best_of_all(wider)
    assert gain.uncertain == 0


def test_one_more_unit_places_one_more_child_and_the_urgent_first() -> None:
    world = problem([(0, 0, 10), (1, 0, 20), (2, 0, 30)], [0], [1], [10_000, 20_000, 40_000])
    plan = solve(world)

    one = what_if(world, 0, without=plan)
    two = what_if(world, 0, places=2, without=plan)

    assert (one.placed, one.saved, one.most_urgent) == (1, 20_000 - 20, 0)
    assert (two.placed, two.saved) == (2, 30_000 - 30)
    assert one.said(["Phare"]) == (
        "Une unité de plus comme Phare (1 place) : 1 enfant de plus aurait une place ; "
        "valeur -19980."
    )


def test_one_more_unit_lets_the_most_urgent_in() -> None:
    world = problem([(0, 0, 1), (1, 1, 1)], [0, 1], [0, 5], [40_000, 10_000])

    gain = what_if(world, 0, without=solve(world))

    assert gain.said(["Quai", "Phare"]) == (
        "Une unité de plus comme Quai (1 place) : 1 enfant de plus aurait une place, dont 1 des "
        "plus urgents ; valeur -39999."
    )


def test_a_unit_that_changes_nothing_says_so() -> None:
    world = problem([(0, 0, 1)], [0], [1], [50])

    gain = what_if(world, 0, places=3, without=solve(world))

    assert gain.said(["Quai"]) == ("Une unité de plus comme Quai (3 places) : rien ne changerait.")


def test_one_more_facility_serves_those_who_must_not_meet() -> None:
    world = problem([(0, 0, 1), (1, 0, 1)], [0], [9], [50, 50], apart=((0, 1),))

    assert what_if(world, 0, without=solve(world)).placed == 1


def test_without_time_what_is_said_stays_within_what_is_sure() -> None:
    draw = np.random.default_rng(3)
    arcs = [
        (one, at, int(draw.integers(5, 400)))
        for one in range(120) for at in range(60) if draw.random() < 0.3
    ]  # fmt: skip
    world = problem(arcs, [at // 2 for at in range(60)], [1] * 60, [10_000] * 120)
    plan = solve(world, budget=0.0)

    gain = what_if(world, 3, without=plan, budget=0.0)

    assert gain.saved >= 0
    assert gain.with_it.value <= plan.value


def test_the_dearest_is_the_dearest_of_its_kind() -> None:
    arcs = [(0, 0, 1), (1, 0, 1), (2, 1, 300), (3, 1, 300), (2, 2, 5), (3, 2, 5)]
    plan = solve(problem(arcs, [0, 1, 2], [1, 0, 1], [900] * 4))

    assert dearest(plan, ["a", "b", "b"]) == [0, 2]
    assert dearest(plan, ["a", "a", "a"]) == [0]


@pytest.mark.parametrize("places", [[1, 1], [0, 0]])
def test_a_place_that_nobody_lacks_has_no_price(places: list[int]) -> None:
    plan = solve(problem([(0, 0, 7)] * places[0], [0, 1], places, [900] * places[0]))

    assert plan.place_price.tolist() == [0, 0]
    assert plan.by_price() == []
