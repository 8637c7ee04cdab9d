"""Limits of an interval out of draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.population.resampling import acceleration, bca, limits_of_fewer, one_fewer
from fanal.engines.population.tables import CaptureTable

draws = st.lists(st.floats(10, 1e6), min_size=40, max_size=200)


def generator() -> np.random.Generator:
    return np.random.default_rng(7)


@given(values=draws, point=st.floats(10, 1e6), moved=st.floats(-0.1, 0.1))
def test_limits_are_among_the_draws_and_in_order(
    values: list[float], point: float, moved: float
) -> None:
    limits = bca(point, np.array(values), moved, generator())

    assert min(values) <= limits.lower <= limits.upper <= max(values)
    assert limits.lower_error >= 0
    assert limits.upper_error >= 0


def test_limits_of_a_symmetric_law_are_its_quantiles() -> None:
    values = np.random.default_rng(3).normal(1000, 50, 40_000)
    limits = bca(1000, values, 0.0, generator())

    assert limits.lower == pytest.approx(1000 - 1.96 * 50, abs=3)
    assert limits.upper == pytest.approx(1000 + 1.96 * 50, abs=3)


def test_the_printed_error_is_that_of_limits_drawn_again_and_again() -> None:
    laws = np.random.default_rng(5)
    found = [bca(1000, laws.normal(1000, 50, 1000), 0.02, generator()) for _ in range(300)]
    spread = np.std([one.lower for one in found])

    assert np.mean([one.lower_error for one in found]) == pytest.approx(spread, rel=0.2)


def test_draws_without_an_estimate_count_as_the_largest() -> None:
    values = np.append(np.linspace(100, 200, 90), [np.nan] * 10)
    limits = bca(150, values, 0.0, generator())

    assert limits.infinite == pytest.approx(0.1)
    assert limits.upper == np.inf


def test_fewer_draws_give_limits_around_those_of_many() -> None:
    values = np.random.default_rng(3).lognormal(6, 0.3, 20_000)
    many = bca(float(np.median(values)), values, 0.0, generator())
    fewer = limits_of_fewer(float(np.median(values)), values, 0.0, 1000, generator())

    assert np.median(fewer[:, 0]) == pytest.approx(many.lower, rel=0.02)
    assert fewer[:, 1].min() < many.upper < fewer[:, 1].max()


def test_the_jackknife_leaves_each_history_out_as_often_as_people_have_it() -> None:
    tables, people = one_fewer(CaptureTable(("A", "B"), (0, 3, 2, 4)))

    assert tables.tolist() == [[0, 2, 2, 4], [0, 3, 1, 4], [0, 3, 2, 3]]
    assert people.tolist() == [3, 2, 4]


def test_acceleration_is_that_of_each_person_one_by_one() -> None:
    values, people = np.array([1.0, 4.0, 9.0]), np.array([5, 2, 1])
    one_by_one = np.repeat(values, people)
    away = one_by_one.mean() - one_by_one

    assert acceleration(values, people) == pytest.approx(
        (away**3).sum() / (6 * (away**2).sum() ** 1.5)
    )
