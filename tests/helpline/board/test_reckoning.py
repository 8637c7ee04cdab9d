"""What is expected comes from the same hours of the weeks before, or nothing is said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.helpline.board.reckoning import expected, lasting, places, quarter_of, quarters_from
from fanal.helpline.board.terms import QUARTERS_AHEAD, WEEKS_BACK
from fanal.helpline.shifts.weeks import HERE

FIRST = datetime(2026, 11, 24, 15, tzinfo=HERE)
MINUTE, HOUR, DAY, WEEK = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=7),
)


def weekly(*minutes: int, weeks: int = WEEKS_BACK) -> list[datetime]:
    """Arrivals at these minutes after three o'clock, in each of the weeks before."""
    return [
        FIRST - week * WEEK + minute * MINUTE for week in range(1, weeks + 1) for minute in minutes
    ]


def test_a_quarter_begins_at_its_quarter() -> None:
    at = FIRST + 29 * MINUTE + timedelta(seconds=3)
    assert quarter_of(at) == FIRST + 15 * MINUTE
    assert quarters_from(FIRST)[-1] == FIRST + (QUARTERS_AHEAD - 1) * 15 * MINUTE


def test_an_even_flow_is_expected_evenly() -> None:
    """One each five minutes is three a quarter."""
    found = expected(weekly(*range(-60, 400, 5)), first=FIRST)
    assert found is not None
    assert set(found.arrivals) == {3.0}
    assert found.doubt == 0.2


@pytest.mark.parametrize(
    "arrivals",
    [
        [],
        weekly(10, 20),  # eight in all
        weekly(*range(0, 240, 5), weeks=1),  # a week alone
        [FIRST - 10 * DAY + n * HOUR for n in range(100)],
    ],
)
def test_of_too_little_nothing_is_said(arrivals: list[datetime]) -> None:
    assert expected(arrivals, first=FIRST) is None


def test_the_fewer_are_seen_the_wider_the_doubt() -> None:
    found = expected(weekly(10, 100, 200), first=FIRST)
    assert found is not None
    assert found.seen == 12
    assert found.doubt == pytest.approx(0.2887, abs=0.001)


def test_it_is_the_hour_of_the_wall_over_summer_time() -> None:
    after = datetime(2026, 10, 27, 15, tzinfo=HERE)
    arrivals = [
        after - week * WEEK + minute * MINUTE for week in range(1, 5) for minute in (5, 6, 7)
    ]
    found = expected(arrivals, first=after)
    assert found is not None
    assert found.arrivals[0] == 3 / 5


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(-60, 330)), min_size=10, max_size=60),
)
def test_nothing_is_expected_that_was_not_seen(drawn: list[tuple[int, int]]) -> None:
    arrivals = [FIRST - week * WEEK + minute * MINUTE for week, minute in drawn]
    found = expected(arrivals, first=FIRST)
    if found is not None:
        assert all(one >= 0 for one in found.arrivals)
        # Each arrival is spread over at most five quarters, and no week is counted twice.
        assert sum(found.arrivals) <= len(arrivals) + 1e-9


def test_an_answer_lasts_what_was_measured_once_there_are_enough() -> None:
    answers = [(FIRST, FIRST + minutes * MINUTE) for minutes in (10, 30)] * 10
    assert lasting(answers, otherwise=40) == (20, True)
    assert lasting(answers[:-1], otherwise=40) == (40, False)
    assert lasting([(FIRST, FIRST)] * 20, otherwise=40) == (1, True)


def test_places_are_those_who_are_on_while_it_is_open() -> None:
    turns = [(FIRST, FIRST + HOUR), (FIRST + HOUR / 2, FIRST + 2 * HOUR)]
    found = places(turns, first=FIRST, at_once=2)
    assert found[:9] == (2, 2, 4, 4, 2, 2, 2, 2, 0)
    shut = places(turns, first=FIRST, at_once=2, opened=[(FIRST, FIRST + HOUR)])
    assert shut[:5] == (2, 2, 4, 4, 0)
