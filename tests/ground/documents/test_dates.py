from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.documents.dates import NBSP, day, full_day, hour, month


def test_the_first_of_a_month_is_ordinal() -> None:
    assert full_day(date(2026, 12, 1)) == f"mardi 1er{NBSP}décembre{NBSP}2026"
    assert day(date(2026, 12, 2)) == f"2{NBSP}décembre{NBSP}2026"


def test_an_hour_is_said_in_french() -> None:
    assert hour(datetime(2026, 3, 9, 9, 5, tzinfo=UTC)) == f"9{NBSP}h{NBSP}05"


@given(st.dates())
def test_a_day_always_says_its_month_and_year(on: date) -> None:
    assert full_day(on).replace(NBSP, " ").endswith(month(on))
