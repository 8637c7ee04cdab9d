"""Prices before any programme is solved: never negative, never a bound too high."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from engines.placement.worlds import best_of_all, crowded, problem, small
from fanal.engines.placement.columns import columns_of
from fanal.engines.placement.opening import opening_prices
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.relaxing import bound
from fanal.engines.placement.rows import Rows


@given(world=small())
@settings(max_examples=100, deadline=None)
def test_the_bound_at_these_prices_is_true(world: Problem) -> None:
    columns = columns_of(world)

    price = opening_prices(columns, world.places)

    assert (price >= 0).all()
    assert bound(columns, world.places, Rows(()), price).bound <= best_of_all(world) + 1e-6


def test_a_place_that_everyone_wants_costs_more_than_one_that_nobody_wants() -> None:
    arcs = [(one, at, 10 * at) for one in range(9) for at in range(3)]
    columns = columns_of(problem(arcs, [0, 1, 2], [1, 1, 20], [500] * 9))

    price = opening_prices(columns, np.array([1, 1, 20]))

    assert price[0] > price[1] > price[2] == 0


def test_prices_bring_the_bound_nearer() -> None:
    world = crowded(1)
    columns = columns_of(world)
    price = opening_prices(columns, world.places)

    free = bound(columns, world.places, Rows(()), np.zeros(world.places.size)).bound

    assert bound(columns, world.places, Rows(()), price).bound > free


def test_where_nobody_may_go_anywhere_nothing_has_a_price() -> None:
    world = problem([], [0], [3], [10])

    assert opening_prices(columns_of(world), world.places).tolist() == [0]
