"""The privacy budget of a series."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.disclosure.budget import Budget, Exhausted, budget


def test_what_is_spent_is_that_of_the_series_alone() -> None:
    entries = [
        {"series": "cas", "epsilon": 1.0},
        {"series": "autre", "epsilon": 3.0},
        {"series": "cas", "epsilon": None},
        {"series": "cas"},
    ]

    assert budget(entries, series="cas", total=4.0) == Budget(4.0, 1.0)


def test_a_release_over_the_budget_is_refused_with_what_is_left() -> None:
    with pytest.raises(Exhausted, match=r"ε = 1,5 demandé, ε = 1 de reste sur ε = 4"):
        Budget(4.0, 3.0).after(1.5)


def test_the_last_tenth_can_be_spent() -> None:
    held = Budget(1.0, 0.0)
    for _ in range(10):
        held = held.after(0.1)

    assert held.left == pytest.approx(0, abs=1e-9)
    with pytest.raises(Exhausted):
        held.after(0.01)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.inf, math.nan])
def test_what_is_no_positive_number_is_refused(epsilon: float) -> None:
    with pytest.raises(Exhausted):
        Budget(4.0, 0.0).after(epsilon)


@given(st.lists(st.floats(0.001, 3), max_size=40))
def test_whatever_is_asked_never_more_than_the_total_is_spent(asked: list[float]) -> None:
    held = Budget(4.0, 0.0)
    for epsilon in asked:
        try:
            held = held.after(epsilon)
        except Exhausted:
            continue

    assert held.spent <= held.total + 1e-6
