"""School breaks come from what was published; beyond it, nobody knows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import holidays
import pytest

from engines.hours.oracles import DEPARTEMENTS
from fanal.engines.hours.opening import State, state_at, status
from fanal.engines.hours.places import place_of
from fanal.engines.hours.planning import planner_of
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.school import break_name, published_until, school_break, school_zone

OVERSEAS = ("971", "972", "973", "974", "976")
ONE = {"A": "69", "B": "13", "C": "75"}
# « SH » opens later on weekdays; outside, 9 to 17.
HOURS = read_hours("Mo-Fr 09:00-17:00; SH Mo-Fr 10:00-17:00")


def test_every_departement_has_one_zone_or_a_calendar_of_its_own() -> None:
    zones = {code: school_zone(code) for code in DEPARTEMENTS}

    assert {code for code, zone in zones.items() if zone is None} == set(OVERSEAS)
    assert {code for code, zone in zones.items() if zone == "Corse"} == {"2A", "2B"}
    assert [sum(zone == letter for zone in zones.values()) for letter in "ABC"] == [32, 41, 21]


@pytest.mark.parametrize("zone", "ABC")
def test_published_dates_agree_with_another_reading_of_them(zone: str) -> None:
    """The package's own rule, on every day that the texts cover."""
    other = holidays.France(
        subdiv=f"Zone {zone}", categories="school", years=range(2025, 2029), language="fr"
    )
    day = date(2025, 9, 1)
    while day <= date(2028, 7, 4):
        assert (day in other) == school_break(day=day, departement=ONE[zone]), day
        day += timedelta(days=1)


def test_beyond_the_last_published_calendar_nobody_knows() -> None:
    assert published_until("75") == date(2028, 7, 4)
    assert school_break(day=date(2028, 7, 4), departement="75") is False
    assert school_break(day=date(2028, 7, 5), departement="75") is None
    assert school_break(day=date(2025, 7, 4), departement="75") is None
    assert break_name(day=date(2026, 10, 20), departement="75") == "Toussaint"


@pytest.mark.parametrize("departement", OVERSEAS)
def test_overseas_where_nothing_of_ours_is_published_nobody_knows(departement: str) -> None:
    assert school_break(day=date(2026, 10, 20), departement=departement) is None
    assert published_until(departement) is None


def test_in_a_break_the_hours_are_those_of_the_break() -> None:
    paris = place_of("75")

    assert [one.start for one in planner_of(HOURS, paris).openings(date(2026, 10, 20))] == [600]
    assert [one.start for one in planner_of(HOURS, paris).openings(date(2026, 11, 3))] == [540]


def test_zones_are_on_holiday_in_their_own_weeks() -> None:
    monday = date(2027, 2, 8)

    assert {zone: school_break(day=monday, departement=one) for zone, one in ONE.items()} == {
        "A": False,
        "B": False,
        "C": True,
    }


def test_unpublished_only_what_the_break_decides_is_unknown() -> None:
    """In Réunion: closed at 8, unknown from 9 to 10, open from 10, whatever the calendar says."""
    reunion = place_of("974")
    day = date(2026, 11, 24)

    states = {
        hour: state_at(HOURS, reunion, datetime(2026, 11, 24, hour, 30, tzinfo=reunion.zone))
        for hour in (8, 9, 10, 16, 17)
    }

    assert states == {
        8: State.CLOSED,
        9: State.UNKNOWN,
        10: State.OPEN,
        16: State.OPEN,
        17: State.CLOSED,
    }
    found = status(HOURS, reunion, datetime(2026, 11, 24, 8, tzinfo=reunion.zone))
    assert found.changes_at == datetime(2026, 11, 24, 9, tzinfo=reunion.zone)
    assert found.opens_at == datetime(2026, 11, 24, 10, tzinfo=reunion.zone)
    assert [one.state for one in planner_of(HOURS, reunion).openings(day)] == [
        State.UNKNOWN,
        State.OPEN,
    ]


def test_a_rule_that_says_the_same_in_and_out_of_a_break_is_always_known() -> None:
    reunion = place_of("974")
    hours = read_hours("Mo-Fr 09:00-17:00; SH Sa 09:00-12:00")

    assert planner_of(hours, reunion).openings(date(2026, 11, 24))[0].state is State.OPEN
    assert planner_of(hours, reunion).openings(date(2026, 11, 28))[0].state is State.UNKNOWN
