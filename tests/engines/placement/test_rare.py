"""A rare unit has a price; what everyone can do without has none."""

from __future__ import annotations

import numpy as np
import pytest

from engines.placement.worlds import problem
from fanal.engines.placement.rare import MOST, WORTH, depended_on, lasting_price, rare_price

NOBODY = np.zeros(0, dtype=np.int64)


def test_the_only_unit_of_someone_costs_more_than_one_of_many() -> None:
    request, unit = np.array([0, 1, 1, 2, 2]), np.array([0, 1, 2, 1, 2])

    price = depended_on(request, unit, np.array([1, 2, 2, 0]))

    assert price[0] > price[1] == price[2] > 0


def test_without_a_past_nothing_is_rare() -> None:
    past = problem([], [0, 1], [1, 2], [])

    assert rare_price(past, NOBODY, days=14, stay=60).tolist() == [0, 0]


def test_a_place_that_someone_would_lack_for_ever_is_worth_them() -> None:
    # Ten requests in ten days who stay ten days: one unit of five places, one of twenty.
    arcs = [(one, 0, 1) for one in range(10)] + [(one, 1, 1) for one in range(5, 10)]
    past = problem(arcs, [0, 1], [4, 20], [0] * 10)

    price = lasting_price(past, np.ones(10, dtype=np.int64), days=10, stay=10)

    assert price.tolist() == [WORTH - 1, 0]


def test_shorter_stays_make_a_place_less_rare() -> None:
    arcs = [(one, 0, 1) for one in range(10)]
    past = problem(arcs, [0], [4], [0] * 10)
    same = np.ones(10, dtype=np.int64)

    prices = [lasting_price(past, same, days=10, stay=stay)[0] for stay in (20, 10, 2)]

    assert prices == pytest.approx([WORTH - 1, WORTH - 1, 0])


def test_the_urgent_make_a_place_dearer_up_to_a_limit() -> None:
    past = problem([(one, 0, 1) for one in range(10)], [0], [4], [0] * 10)

    prices = [
        lasting_price(past, np.full(10, urgency), days=10, stay=20)[0] for urgency in (1, 2, 4)
    ]

    assert prices == [WORTH - 1, 2 * WORTH - 1, MOST]


def test_groups_and_penalties_of_the_past_change_nothing() -> None:
    arcs = [(one, one % 2, 5) for one in range(6)]
    plain = problem(arcs, [0, 1], [1, 1], [0] * 6)
    tied = problem(arcs, [0, 1], [1, 1], [9] * 6, together=((0, 2),), apart=((1, 3),))
    urgency = np.ones(6, dtype=np.int64)

    assert (
        rare_price(plain, urgency, days=30, stay=60).tolist()
        == rare_price(tied, urgency, days=30, stay=60).tolist()
    )
