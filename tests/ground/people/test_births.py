from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.people.births import (
    MAJORITY,
    age_on,
    anniversary,
    birth_from_age,
    majority_on,
)
from fanal.ground.people.terms import BirthPrecision

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
born = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("birth", "majority"),
    [
        (date(2011, 5, 20), date(2029, 5, 20)),
        # In a common year, 29 February is reached when 28 February has ended.
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2012, 2, 29), date(2030, 3, 1)),
        (date(2010, 2, 28), date(2028, 2, 28)),
    ],
)
def test_majority_comes_on_the_eighteenth_birthday(birth: date, majority: date) -> None:
    assert majority_on(birth) == majority
    assert age_on(majority, born=birth) == MAJORITY
    assert age_on(majority - timedelta(days=1), born=birth) == MAJORITY - 1


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2026, 5, 19), 14),
        (date(2026, 5, 20), 15),
        (date(2026, 12, 31), 15),
        (date(2011, 5, 20), 0),
    ],
)
def test_an_age_counts_completed_years(on: date, age: int) -> None:
    assert age_on(on, born=date(2011, 5, 20)) == age


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2024, 2, 28), 11),
        (date(2024, 2, 29), 12),
        (date(2025, 2, 28), 12),
        (date(2025, 3, 1), 13),
    ],
)
def test_a_child_of_29_february_ages_on_the_day_or_the_next(on: date, age: int) -> None:
    assert age_on(on, born=date(2012, 2, 29)) == age


def test_an_estimated_age_says_that_it_is_one() -> None:
    birth = birth_from_age(14, on=date(2026, 3, 9))

    assert birth.precision == BirthPrecision.AGE
    assert date(2011, 3, 9) < birth.day <= date(2012, 3, 9)


@given(st.integers(0, 25), days)
def test_whoever_is_told_to_be_so_old_is_so_old_that_day(age: int, on: date) -> None:
    assert age_on(on, born=birth_from_age(age, on=on).day) == age


@given(born, st.integers(0, 40))
def test_an_anniversary_is_the_first_day_of_the_age(birth: date, years: int) -> None:
    day = anniversary(birth, years)

    assert age_on(day, born=birth) == years
    if years:
        assert age_on(day - timedelta(days=1), born=birth) == years - 1
