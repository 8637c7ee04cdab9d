"""Quarter after quarter: what settles is Erlang's, what moves is what a played queue shows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.waiting.worlds import offered_waits, tagged_waits
from fanal.engines.waiting.erlang import erlang_a
from fanal.engines.waiting.evolving import evolve
from fanal.engines.waiting.forecasting import Wait, forecast
from fanal.engines.waiting.plans import Plan, Quarter, factors, scenarios
from fanal.engines.waiting.refusals import Code, NoForecast


def steady(arrivals: float, places: int, quarters: int = 40, **more: float) -> Plan:
    given = {"duration": 12.0, "patience": 8.0, "arrivals_doubt": 0.0, "duration_doubt": 0.0}
    return Plan((Quarter(arrivals, places),) * quarters, **{**given, **more})


def at(plan: Plan, number: int) -> Wait:
    found = forecast(plan)[number]
    assert found is not None
    return found


def test_a_chain_of_two_states_moves_as_its_formula_says() -> None:
    start, up, down = np.array([1.0, 0.0]), np.array([0.3, 0.0]), np.array([0.0, 0.7])

    for minutes in (0.0, 0.1, 1.0, 7.0, 500.0):
        expected = 0.3 * (1 - np.exp(-minutes))
        assert evolve(start, up, down, minutes)[1] == pytest.approx(expected, abs=1e-11)


@given(first=st.floats(0, 30), then=st.floats(0, 30), seed=st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_time_may_be_cut_anywhere(first: float, then: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    start = rng.dirichlet(np.ones(12))
    up, down = rng.random(12), rng.random(12)
    up[-1] = down[0] = 0.0

    once = evolve(start, up, down, first + then)

    assert once == pytest.approx(evolve(evolve(start, up, down, first), up, down, then), abs=1e-9)
    assert once.sum() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(("arrivals", "places"), [(5.0, 6), (9.0, 6), (20.0, 6), (1.0, 2)])
def test_a_steady_day_settles_to_erlang(arrivals: float, places: int) -> None:
    known = erlang_a(arrivals=arrivals / 15, duration=12, patience=8, places=places)

    found = at(steady(arrivals, places), 39)

    assert 1 - found.at_once == pytest.approx(known.waits, abs=1e-4)
    assert found.leaves == pytest.approx(known.leaves, abs=2e-3)
    assert found.busy == pytest.approx(known.busy, abs=1e-4)


def test_the_first_quarter_of_an_empty_day_is_not_that_of_a_full_one() -> None:
    plan = steady(9, 6)
    empty, full = forecast(plan)[0], forecast(plan, waiting=20, talking=6)[0]

    assert empty is not None
    assert full is not None
    assert empty.at_once > 0.5
    assert full.at_once < 0.01
    assert full.low is not None
    assert full.low > 2


@pytest.mark.parametrize(
    ("shape", "near"),
    [
        ([(4, 4)] * 8 + [(12, 4)] * 8, 0.0),
        ([(12, 3)] * 8 + [(4, 3)] * 8, 0.0),
        # Places open in a rush: many waits end on the same minute, which is found to one minute.
        ([(12, 3)] * 6 + [(12, 8)] * 6, 1.0),
    ],
    ids=["a rush comes", "a rush ends", "places open"],
)
def test_a_played_queue_waits_as_long_as_was_said(
    shape: list[tuple[float, int]], near: float
) -> None:
    """Fifteen hundred days: shares within 3 points of what was forecast, quarter by quarter."""
    plan = Plan(
        tuple(Quarter(*one) for one in shape),
        duration=12,
        patience=8,
        arrivals_doubt=0,
        duration_doubt=0,
    )
    rng = np.random.default_rng(11)
    played: dict[int, list[float]] = {}
    left: dict[int, list[bool]] = {}
    for _ in range(1500):
        for number, wait, leaves in offered_waits(plan, rng):
            played.setdefault(number, []).append(wait)
            left.setdefault(number, []).append(leaves)

    for number, said in enumerate(forecast(plan)):
        assert said is not None
        waits = np.array(played[number])
        assert (waits == 0).mean() == pytest.approx(said.at_once, abs=0.025)
        assert np.mean(left[number]) == pytest.approx(said.leaves, abs=0.025)
        for share, minutes in ((0.5, said.middle), (0.9, said.high)):
            assert minutes is not None
            if minutes > 0.5:
                assert (waits <= minutes - near).mean() <= share + 0.03
                assert (waits <= minutes + near).mean() >= share - 0.03


@pytest.mark.parametrize(
    "shape",
    [[(10, 6)] * 3 + [(10, 3)] * 5, [(10, 3)] * 3 + [(10, 6)] * 3 + [(2, 2)] * 3],
    ids=["places close", "places open, then close"],
)
@pytest.mark.parametrize("quarter", [1, 2, 4])
def test_places_that_close_make_those_before_wait_as_was_said(
    shape: list[tuple[float, int]], quarter: int
) -> None:
    plan = Plan(tuple(Quarter(*one) for one in shape), 12, 8, 0, 0)
    said = forecast(plan)[quarter]
    waits = np.array(tagged_waits(plan, np.random.default_rng(quarter), quarter, 4000))

    assert said is not None
    assert (waits == 0).mean() == pytest.approx(said.at_once, abs=0.025)
    for share, minutes in ((0.5, said.middle), (0.9, said.high)):
        assert minutes is not None
        if minutes > 0.5:
            assert (waits <= minutes - 1).mean() <= share + 0.025
            assert (waits <= minutes + 1).mean() >= share - 0.025


def test_eight_in_ten_wait_within_the_range_when_the_day_is_not_known() -> None:
    """Arrivals and durations drawn anew each day, as the doubts say; quarters that have a wait."""
    plan = steady(9, 6, 16, arrivals_doubt=0.3, duration_doubt=0.15)
    said = forecast(plan)
    rng = np.random.default_rng(7)
    inside = []
    for _ in range(1500):
        factor, stretch = (
            rng.lognormal(-np.log(1 + doubt**2) / 2, np.sqrt(np.log(1 + doubt**2)))
            for doubt in (0.3, 0.15)
        )
        for number, wait, _ in offered_waits(
            plan,
            rng,
            arrivals=factor,
            duration=lambda stretch=stretch: rng.exponential(12 * stretch),
        ):
            one = said[number]
            assert one is not None
            assert one.low is not None
            inside.append(one.low <= wait <= (one.high or np.inf))

    assert 0.78 < np.mean(inside) < 0.95


def test_doubt_widens_the_range() -> None:
    sure, unsure = at(steady(9, 6), 20), at(steady(9, 6, arrivals_doubt=0.5), 20)

    assert sure.high is not None
    assert unsure.high is not None
    assert unsure.high > sure.high


@given(
    arrivals=st.lists(st.floats(0, 15), min_size=3, max_size=6),
    places=st.integers(1, 6),
    more=st.integers(1, 3),
)
@settings(max_examples=25, deadline=None)
def test_one_more_place_never_makes_anybody_wait_longer(
    arrivals: list[float], places: int, more: int
) -> None:
    few, many = (
        forecast(Plan(tuple(Quarter(one, here) for one in arrivals), 10, 8, 0.2, 0))
        for here in (places, places + more)
    )
    for less, better in zip(few, many, strict=True):
        assert less is not None
        assert better is not None
        assert better.at_once >= less.at_once - 1e-9
        assert (better.high or 0) <= (less.high if less.high is not None else np.inf) + 1e-9


def test_a_closed_quarter_has_no_wait_and_a_closing_is_not_promised() -> None:
    quarters = (Quarter(6, 4),) * 4 + (Quarter(0, 0),) * 2 + (Quarter(6, 4),) * 2
    found = forecast(Plan(quarters, 12, 30, 0.1, 0.1), waiting=60)

    assert [one is None for one in found] == [False] * 4 + [True] * 2 + [False] * 2
    assert found[3] is not None
    assert (found[3].low, found[3].high) == (None, None)
    # The queue was sent home: the next opening begins with nobody.
    assert found[6] is not None
    assert found[6].at_once > 0.6


def test_a_day_is_nine_ways_whose_mean_and_spread_are_those_of_the_doubt() -> None:
    assert len(scenarios(steady(1, 1, arrivals_doubt=0.2, duration_doubt=0.1))) == 9
    assert len(scenarios(steady(1, 1))) == 1
    for doubt in (0.1, 0.3):
        values, weights = np.array(factors(doubt)).T
        mean = weights @ values
        assert weights.sum() == pytest.approx(1)
        assert mean == pytest.approx(1, abs=1e-3)
        assert np.sqrt(weights @ (values - mean) ** 2) == pytest.approx(doubt, rel=0.03)


def test_a_flood_is_followed_or_refused_and_never_a_huge_number() -> None:
    flood = Plan((Quarter(100, 2),) * 3, 20, 500, 0, 0)
    found = forecast(flood)[2]

    assert found is not None
    assert (found.low, found.high) == (None, None)
    with pytest.raises(NoForecast) as refused:
        forecast(Plan((Quarter(900, 1),) * 3, 600, 600))
    assert refused.value.code is Code.TOO_LARGE


def test_waits_are_in_order() -> None:
    for one in forecast(steady(9, 6, 12, arrivals_doubt=0.3)):
        assert one is not None
        minutes = [value for value in (one.low, one.middle, one.high) if value is not None]
        assert all(a <= b for a, b in pairwise(minutes))


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan((), 10, 10), Code.NO_QUARTER),
        (Plan((Quarter(-1, 1),), 10, 10), Code.BAD_ARRIVALS),
        (Plan((Quarter(float("nan"), 1),), 10, 10), Code.BAD_ARRIVALS),
        (Plan((Quarter(1, -1),), 10, 10), Code.BAD_PLACES),
        (Plan((Quarter(1, 1),), 0, 10), Code.BAD_TIME),
        (Plan((Quarter(1, 1),), 10, float("inf")), Code.BAD_TIME),
        (Plan((Quarter(1, 1),), 10, 10, arrivals_doubt=2), Code.BAD_DOUBT),
    ],
)
def test_what_means_nothing_is_refused(plan: Plan, code: Code) -> None:
    with pytest.raises(NoForecast) as refused:
        forecast(plan)

    assert refused.value.code is code
