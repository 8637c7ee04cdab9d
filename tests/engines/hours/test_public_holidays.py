"""Public holidays of each département, against the law worked out from scratch."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from engines.hours.oracles import DEPARTEMENTS, days_of, easter, holidays_of
from fanal.engines.hours.opening import State, state_at
from fanal.engines.hours.places import place_of
from fanal.engines.hours.public_holidays import holiday_name
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import UnknownTerritory

YEARS = range(2024, 2036)


def test_there_are_101_departements() -> None:
    assert len(set(DEPARTEMENTS)) == 101


def test_easter_falls_when_it_is_known_to_have_fallen() -> None:
    known = (date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25))

    assert tuple(easter(day.year) for day in known) == known


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_in_every_departement_is_as_the_law_says(year: int) -> None:
    days = list(days_of(year))
    for departement in DEPARTEMENTS:
        said = {day for day in days if holiday_name(day=day, territory=departement)}

        assert said == holidays_of(year, departement), departement


@pytest.mark.parametrize("departement", ["75", "57", "67", "68", "971", "972", "973", "974", "976"])
def test_a_service_closed_on_public_holidays_is_closed_on_those_days_and_no_other(
    departement: str,
) -> None:
    """Every day of the twelve years, at noon by the clock there."""
    hours, place = read_hours("00:00-24:00; PH off"), place_of(departement)
    for year in YEARS:
        closed = {
            day
            for day in days_of(year)
            if state_at(hours, place, datetime.combine(day, time(12), place.zone)) is State.CLOSED
        }

        assert closed == holidays_of(year, departement)


def test_a_public_holiday_lasts_from_midnight_to_midnight_by_the_clock_of_the_place() -> None:
    hours, reunion = read_hours("00:00-24:00; PH off"), place_of("974")
    midnight = datetime(2026, 12, 19, 20, tzinfo=UTC)

    assert state_at(hours, reunion, midnight - timedelta(minutes=1)) is State.OPEN
    assert state_at(hours, reunion, midnight) is State.CLOSED
    assert state_at(hours, reunion, midnight + timedelta(hours=23, minutes=59)) is State.CLOSED
    assert state_at(hours, reunion, midnight + timedelta(hours=24)) is State.OPEN


def test_customs_that_are_no_law_close_nothing() -> None:
    good_friday = date(2026, 4, 3)

    assert holiday_name(day=good_friday, territory="971") is None
    assert holiday_name(day=good_friday, territory="67") == "Vendredi saint"
    assert holiday_name(day=date(2026, 7, 21), territory="972") is None


@pytest.mark.parametrize("code", ["20", "96", "7", "paris", "975X"])
def test_an_unknown_departement_is_refused_in_french(code: str) -> None:
    with pytest.raises(UnknownTerritory, match="n'est pas un département"):
        place_of(code)
