"""What somebody is told of their own wait."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.waiting import wording
from fanal.engines.waiting.position import wait_behind
from fanal.engines.waiting.refusals import Code, NoForecast
from fanal.engines.waiting.wording import CLOSES, STEPS, UNKNOWN, wait_said


@pytest.mark.parametrize("ahead", [0, 1, 4, 15, 60])
@pytest.mark.parametrize("doubt", [0.0, 0.2])
def test_eight_in_ten_wait_within_the_range(ahead: int, doubt: float) -> None:
    said = wait_behind(ahead, places=4, duration=15, patience=20, doubt=doubt)
    rng = np.random.default_rng(5)
    stretch = rng.lognormal(-np.log(1 + doubt**2) / 2, np.sqrt(np.log(1 + doubt**2)), 20_000)
    waits = sum(
        rng.exponential(1.0, 20_000) / (4 / 15 / stretch + before / 20)
        for before in range(ahead + 1)
    )

    assert said is not None
    inside = np.mean((said.low <= waits) & (waits <= said.high))
    assert 0.785 < inside < (0.82 if doubt == 0 else 0.95)


@given(
    ahead=st.integers(0, 200),
    places=st.integers(1, 30),
    duration=st.floats(1, 60),
    patience=st.floats(1, 120),
)
def test_further_back_waits_longer_and_more_places_shorter(
    ahead: int, places: int, duration: float, patience: float
) -> None:
    here, behind, better = (
        wait_behind(ahead + more, places=places + open_, duration=duration, patience=patience)
        for more, open_ in ((0, 0), (1, 0), (0, 1))
    )
    assert here is not None
    assert behind is not None
    assert better is not None
    assert 0 <= here.low < here.high
    assert here.high < behind.high
    assert better.high < here.high


def test_nobody_to_answer_is_no_number() -> None:
    assert wait_behind(3, places=0, duration=10, patience=10) is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ahead": -1}, Code.BAD_ARRIVALS),
        ({"places": -1}, Code.BAD_PLACES),
        ({"duration": 0.0}, Code.BAD_TIME),
        ({"doubt": float("nan")}, Code.BAD_DOUBT),
    ],
)
def test_what_means_nothing_is_refused(more: dict[str, float], code: Code) -> None:
    asked = {"ahead": 1, "places": 2, "duration": 10.0, "patience": 10.0, "doubt": 0.1, **more}
    with pytest.raises(NoForecast) as refused:
        wait_behind(asked.pop("ahead"), **asked)  # type: ignore[arg-type]

    assert refused.value.code is code


def test_the_examples_of_the_documentation_hold() -> None:
    assert doctest.testmod(wording).failed == 0


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 0.0, "Une minute d’attente au plus."),
        (0.0, 8.0, "Moins de 10 minutes d’attente."),
        (4.0, 12.0, "Entre 3 et 15 minutes d’attente."),
        (20.0, 50.0, "Entre 20 minutes et une heure d’attente."),
        (61.0, 100.0, "Entre une heure et deux heures d’attente."),
        (70.0, None, "Plus d’une heure d’attente."),
        (0.5, None, UNKNOWN),
        (12.0, 300.0, "Plus de 10 minutes d’attente."),
        (None, None, CLOSES),
    ],
)
def test_a_range_is_said_in_plain_words(low: float | None, high: float | None, said: str) -> None:
    assert wait_said(low, high) == said


@given(low=st.floats(0, 120), more=st.floats(0, 120))
def test_rounding_never_promises_less_than_the_range(low: float, more: float) -> None:
    high = low + more
    said = wait_said(low, high)

    kept = [step for step in STEPS if f" {step} " in said]
    assert all(step <= low or step >= high for step in kept)
