"""Several analyses make one interval, wider than any of theirs when they disagree."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.population import Code, Refused
from fanal.engines.population.answers import Answer
from fanal.engines.population.links.combining import combined, rubin

numbers = st.lists(st.floats(-5, 5), min_size=2, max_size=20)


def test_rubins_rules_by_hand() -> None:
    found = rubin([1.0, 2.0, 3.0], [0.5, 0.5, 0.5])

    assert (found.estimate, found.within, found.between) == (2.0, 0.5, 1.0)
    assert found.total == pytest.approx(0.5 + 4 / 3)
    assert found.degrees == pytest.approx(2 * (1 + 0.5 / (4 / 3)) ** 2)


def test_barnard_and_rubins_degrees_never_pass_those_of_complete_data() -> None:
    few = rubin([1.0, 1.1, 0.9], [0.5] * 3, complete_degrees=20)

    assert few.degrees < 20 * 21 / 23
    assert rubin([1.0, 1.1, 0.9], [0.5] * 3).degrees > 100


@given(estimates=numbers, variance=st.floats(0.001, 4))
def test_what_is_combined_is_never_surer_than_one_analysis(
    estimates: list[float], variance: float
) -> None:
    found = rubin(estimates, [variance] * len(estimates))

    assert found.upper - found.lower >= 2 * 1.9599 * math.sqrt(variance)
    assert found.lower <= found.estimate <= found.upper
    assert 0 <= found.missing_information <= 1 + 1e-9


def test_equal_analyses_give_their_own_interval() -> None:
    one = Answer("x", estimate=1000, lower=800, upper=1250)
    found = combined([one] * 5)

    assert found.estimate == pytest.approx(1000)
    assert found.lower == pytest.approx(800, rel=1e-3)
    assert found.upper == pytest.approx(1250, rel=1e-3)


def test_many_analyses_without_an_estimate_leave_none() -> None:
    one = Answer("x", estimate=1000, lower=800, upper=1250)
    none = Answer("x", refused=Refused.because(Code.NO_OVERLAP))

    found = combined([one, one, none])
    assert found.refused
    assert combined([one] * 30 + [none]).warnings


def test_one_analysis_is_not_combined() -> None:
    with pytest.raises(ValueError, match="two analyses"):
        rubin([1.0], [1.0])
