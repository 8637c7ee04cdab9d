"""Dates of birth agree in the ways in which services get them wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.linkage.dates import Date, DateLevel, level, near, parse

DATES = st.tuples(st.integers(2004, 2009), st.integers(1, 12), st.integers(1, 28))


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2010-05-31", (2010, 5, 31)),
        ("20100531", (2010, 5, 31)),
        ("31/05/2010", (2010, 5, 31)),
        ("2010", (2010, 1, 1)),
        ("2010-00-00", (2010, 1, 1)),
        ("vers 2010", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_it_is_written(cell: str, date: Date | None) -> None:
    assert parse(cell) == date


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ((2010, 5, 31), (2010, 5, 31), DateLevel.EXACT),
        ((2010, 5, 31), (2010, 1, 1), DateLevel.YEAR_ALONE),
        ((2010, 5, 11), (2010, 11, 5), DateLevel.SWAPPED),
        ((2010, 5, 11), (2010, 5, 12), DateLevel.PART),
        ((2010, 5, 11), (2011, 5, 11), DateLevel.YEAR_NEAR),
        ((2010, 5, 11), (2008, 5, 11), DateLevel.YEAR_MISTYPED),
        ((2010, 5, 11), (1910, 5, 11), DateLevel.OTHER),
        ((2009, 5, 11), (2019, 5, 11), DateLevel.YEAR_MISTYPED),
        ((2010, 5, 11), (2012, 1, 1), DateLevel.YEAR_ALONE_NEAR),
        ((2010, 5, 11), (2010, 6, 12), DateLevel.OTHER),
    ],
)
def test_two_dates_agree_as_a_reader_says(one: Date, other: Date, told: DateLevel) -> None:
    assert level(one, other) == level(other, one) == told


@given(st.lists(DATES, unique=True, max_size=40))
def test_all_dates_that_agree_are_near(dates: list[Date]) -> None:
    told = {
        (min(one, other), max(one, other)): DateLevel(found) for one, other, found in near(dates)
    }

    for one in range(len(dates)):
        for other in range(one + 1, len(dates)):
            assert told.get((one, other), DateLevel.OTHER) == level(dates[one], dates[other])
