"""Nights when the clock changes, against a clock watched minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.hours.oracles import Wall
from fanal.engines.hours.clocks import instant_of, local_day
from fanal.engines.hours.opening import State, state_at, status, stretches
from fanal.engines.hours.places import Place, place_of
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.rules import Hours, Rule, Span
from sizes import size

PARIS = place_of("75")


def sundays(month: int) -> list[date]:
    """The last Sunday of the month, each year of the bar."""
    last = [date(year, month, 31) for year in range(2024, 2036)]
    return [day - timedelta(days=(day.weekday() + 1) % 7) for day in last]


SPRING, AUTUMN = sundays(3), sundays(10)


@pytest.mark.parametrize("day", SPRING + AUTUMN)
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Miquelon", "Indian/Reunion"])
def test_each_minute_of_the_nights_around_a_change_begins_when_the_clock_first_shows_it(
    day: date, zone: str
) -> None:
    # Saint-Pierre-et-Miquelon changes on other Sundays: three weeks before, or one after.
    for around in (-21, -14, 0, 7):
        night = day + timedelta(days=around)
        wall = Wall(ZoneInfo(zone), night, 2)
        for minutes in range(0, 30 * 60, 5):
            assert instant_of(night, minutes, ZoneInfo(zone)) == wall.first(night, minutes)


@pytest.mark.parametrize(
    ("day", "hours"), [*((day, 11) for day in SPRING), *((day, 13) for day in AUTUMN)]
)
def test_a_night_lasts_an_hour_less_in_spring_and_an_hour_more_in_autumn(
    day: date, hours: int
) -> None:
    evening = datetime.combine(day - timedelta(days=1), time(19), PARIS.zone)

    (night, *_) = stretches(read_hours("20:00-08:00"), PARIS, evening, day)

    assert night.end - night.begin == timedelta(hours=hours)


@pytest.mark.parametrize("day", SPRING + AUTUMN)
def test_a_service_of_every_hour_never_closes_on_those_nights(day: date) -> None:
    begin = datetime.combine(day, time.min, PARIS.zone) - timedelta(hours=12)
    for hours in ("00:00-24:00", "20:00-08:00,08:00-20:00", "02:30-02:15,02:15-02:30"):
        found = list(stretches(read_hours(hours), PARIS, begin, day + timedelta(days=1)))

        assert len(found) == 1, hours
        assert all(
            state_at(read_hours(hours), PARIS, begin + timedelta(minutes=minutes)) is State.OPEN
            for minutes in range(0, 36 * 60, 7)
        )


def test_an_hour_that_comes_twice_counts_the_first_time() -> None:
    at = datetime(2026, 10, 24, 23, tzinfo=UTC)

    found = status(read_hours("22:00-02:30"), PARIS, at)

    assert found.changes_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_the_instant_of_the_jump() -> None:
    at = datetime(2026, 3, 28, 23, tzinfo=UTC)

    assert status(read_hours("22:00-02:30"), PARIS, at).changes_at == datetime(
        2026, 3, 29, 1, tzinfo=UTC
    )
    assert not list(stretches(read_hours("2026 Mar 29 02:00-03:00"), PARIS, at, date(2026, 3, 30)))


spans = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(0, 24 * 60 - 1),
    st.integers(1, 24 * 60 - 1),
)


@given(
    day=st.sampled_from(SPRING + AUTUMN),
    said=st.lists(spans, min_size=1, max_size=3),
    minutes=st.lists(st.integers(0, 24 * 60 * 3), min_size=1, max_size=20),
)
@settings(max_examples=size(50, 150), deadline=None)
def test_what_is_open_around_a_change_is_what_the_clock_on_the_wall_says(
    day: date, said: list[Span], minutes: list[int]
) -> None:
    wall = Wall(PARIS.zone, day - timedelta(days=3), 7)
    days = [day + timedelta(days=step) for step in range(-3, 3)]
    opened = [
        (wall.first(one, span.start), wall.first(one, span.end)) for one in days for span in said
    ]
    hours = Hours((Rule(spans=tuple(said)),))
    begin = datetime.combine(day - timedelta(days=1), time.min, UTC)

    for at in (begin + timedelta(minutes=one) for one in minutes):
        there = any(first <= at < last for first, last in opened)

        assert (state_at(hours, PARIS, at) is State.OPEN) == there
        found = status(hours, PARIS, at)
        assert (found.state is State.OPEN) == there
        if found.changes_at is not None and found.changes_at < begin + timedelta(days=3):
            edges = {edge for pair in opened for edge in pair}
            assert found.changes_at in edges


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 1, 1), PARIS.zone)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        status(read_hours("24/7"), PARIS, datetime(2026, 1, 1))  # noqa: DTZ001


def test_each_overseas_departement_has_its_own_clock() -> None:
    noon_in_paris = datetime(2026, 7, 1, 10, tzinfo=UTC)
    shown = {
        code: noon_in_paris.astimezone(place_of(code).zone).hour
        for code in ("75", "971", "972", "973", "974", "976")
    }

    assert shown == {"75": 12, "971": 6, "972": 6, "973": 7, "974": 14, "976": 13}
    assert isinstance(place_of("2A"), Place)
