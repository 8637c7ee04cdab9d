"""Open now, opens next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.hours.drawn import hours as drawn_hours
from fanal.engines.hours.clocks import instant_of
from fanal.engines.hours.opening import (
    State,
    day_of,
    is_open,
    state_at,
    status,
    stretches,
    week_of,
)
from fanal.engines.hours.places import place_of
from fanal.engines.hours.planning import Opening, planner_of
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.rules import (
    Hours,
    Rule,
    Span,
    closed_on,
    exceptions_of,
    opened_on,
    without_exception,
)
from fanal.engines.hours.selectors import Days
from sizes import size

PARIS, STRASBOURG, REUNION = place_of("75"), place_of("67"), place_of("974")
# A Tuesday.
NOON = datetime(2026, 11, 24, 12, tzinfo=PARIS.zone)
CHAT = read_hours("Mo,Tu,Th,Fr 15:00-19:00; We 13:00-19:00; PH off")


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS.zone)


def test_closed_at_noon_it_opens_this_afternoon() -> None:
    found = status(CHAT, PARIS, NOON)

    assert found.state is State.CLOSED
    assert found.changes_at == found.opens_at == at(24, 15)


def test_it_is_open_from_its_first_minute_and_closed_from_its_last() -> None:
    assert not is_open(CHAT, PARIS, at(24, 14, 59))
    assert is_open(CHAT, PARIS, at(24, 15))
    assert is_open(CHAT, PARIS, at(24, 18, 59))
    assert not is_open(CHAT, PARIS, at(24, 19))
    assert status(CHAT, PARIS, at(24, 15)).changes_at == at(24, 19)


def test_on_friday_evening_it_opens_on_monday() -> None:
    assert status(CHAT, PARIS, at(27, 19)).opens_at == at(30, 15)


def test_a_public_holiday_says_its_name_and_the_next_opening_skips_it() -> None:
    found = status(CHAT, PARIS, at(25, 16, month=12))

    assert (found.state, found.why) == (State.CLOSED, "Noël")
    assert found.opens_at == at(28, 15, month=12)


def test_the_day_after_christmas_is_a_holiday_in_strasbourg_alone() -> None:
    hours = read_hours("Mo-Sa 09:00-12:00; PH off")
    christmas = at(25, 10, month=12)

    assert status(hours, PARIS, christmas).opens_at == at(26, 9, month=12)
    assert status(hours, STRASBOURG, christmas).opens_at == at(28, 9, month=12)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    """May 1 is closed: the night before goes on to its end, that of May 1 never begins."""
    hours = read_hours("22:00-06:00; 2026 May 01 off")

    assert is_open(hours, PARIS, at(1, 5, 59, month=5))
    assert not is_open(hours, PARIS, at(1, 23, month=5))
    assert not is_open(hours, PARIS, at(2, 0, 30, month=5))
    assert status(hours, PARIS, at(1, 6, month=5)).opens_at == at(2, 22, month=5)


def test_what_is_open_day_and_night_never_changes() -> None:
    found = status(read_hours("24/7"), PARIS, NOON)

    assert (found.state, found.changes_at) == (State.OPEN, None)
    assert status(read_hours("Mo-Su 00:00-24:00"), PARIS, NOON).changes_at is None
    assert status(read_hours("Mo-Fr,Sa-Su 00:00-12:00,12:00-24:00"), PARIS, NOON).changes_at is None


def test_day_and_night_but_on_holidays_closes_at_the_next_one() -> None:
    assert status(read_hours("24/7; PH off"), PARIS, NOON).changes_at == at(25, 0, month=12)


def test_nothing_within_a_year_is_said_as_such() -> None:
    found = status(read_hours("2030 Jan 01 10:00-12:00"), PARIS, NOON)

    assert (found.state, found.changes_at, found.opens_at) == (State.CLOSED, None, None)
    assert status(read_hours("off"), PARIS, NOON).opens_at is None


def test_an_opening_nearly_a_year_ahead_is_found() -> None:
    found = status(read_hours("Nov 20 10:00-12:00"), PARIS, NOON)

    assert found.opens_at == datetime(2027, 11, 20, 10, tzinfo=PARIS.zone)


def test_a_later_rule_takes_the_place_of_an_earlier_one_and_a_comma_adds() -> None:
    day = date(2026, 11, 25)
    said = {
        "Mo-Fr 09:00-12:00; We 14:00-18:00": [(840, 1080)],
        "Mo-Fr 09:00-12:00, We 14:00-18:00": [(540, 720), (840, 1080)],
        "Mo-Fr 09:00-18:00; We 12:00-13:00 off": [(540, 720), (780, 1080)],
        "We 14:00-18:00; Mo-Fr 09:00-12:00": [(540, 720)],
    }

    for text, minutes in said.items():
        found = planner_of(read_hours(text), PARIS).openings(day)
        assert [(one.start, one.end) for one in found] == minutes, text


def test_the_first_monday_of_the_month_and_the_last() -> None:
    hours = read_hours("Mo[1] 10:00-12:00; Mo[-1] 14:00-16:00")
    opened = [day.date for day in month_of(hours, 2026, 11) if day.openings]

    assert opened == [date(2026, 11, 2), date(2026, 11, 30)]


def test_one_week_out_of_two() -> None:
    hours = read_hours("week 1-53/2 We 10:00-12:00")
    opened = [day.date for day in month_of(hours, 2026, 11) if day.openings]

    assert opened == [date(2026, 11, 4), date(2026, 11, 18)]


def month_of(hours: Hours, year: int, month: int) -> list:
    first = date(year, month, 1)
    days = [first + timedelta(days=step) for step in range(30)]
    return [day_of(hours, PARIS, day) for day in days]


def test_holidays_alone_and_weekdays_in_a_break_alone() -> None:
    both = read_hours("Mo-Fr,PH 10:00-12:00")
    only = read_hours("PH Mo-Fr 10:00-12:00")
    all_saints = date(2026, 11, 1)  # a Sunday

    assert planner_of(both, PARIS).openings(all_saints)
    assert not planner_of(only, PARIS).openings(all_saints)
    assert planner_of(only, PARIS).openings(date(2026, 11, 11))
    assert not planner_of(only, PARIS).openings(date(2026, 11, 12))


def test_an_exception_closes_a_day_opens_another_and_goes_away() -> None:
    friday, sunday = date(2026, 11, 27), date(2026, 11, 29)
    changed = closed_on(CHAT, friday, why="formation de l'équipe")
    changed = opened_on(changed, sunday, (Span(600, 720),))

    assert str(changed).endswith(
        '; 2026 Nov 27 off "formation de l\'équipe"; 2026 Nov 29 10:00-12:00'
    )
    assert read_hours(str(changed)) == changed
    assert status(changed, PARIS, at(27, 16)).why == "formation de l'équipe"
    assert status(changed, PARIS, at(27, 16)).opens_at == at(29, 10)
    assert [day for day, _ in exceptions_of(changed)] == [friday, sunday]
    assert without_exception(without_exception(changed, friday), sunday) == CHAT


def test_a_second_exception_on_a_day_takes_the_place_of_the_first() -> None:
    friday = date(2026, 11, 27)
    changed = opened_on(closed_on(CHAT, friday), friday, (Span(600, 720),))

    assert len(exceptions_of(changed)) == 1
    assert is_open(changed, PARIS, at(27, 11))


def test_a_week_is_shown_by_the_clock_there_under_the_day_it_begins_on() -> None:
    week = week_of(read_hours("Fr 22:00-02:00; PH off"), REUNION, date(2026, 12, 14))

    assert [day.date.day for day in week] == [14, 15, 16, 17, 18, 19, 20]
    assert week[4].openings == (Opening(22 * 60, 26 * 60),)
    assert (week[6].holiday, week[6].why) == (
        "Abolition de l'esclavage",
        "Abolition de l'esclavage",
    )


def test_a_comment_goes_with_its_opening() -> None:
    hours = read_hours('Tu 09:00-13:00 "sans rendez-vous", Tu 13:00-17:00 "sur rendez-vous"')

    found = status(hours, PARIS, NOON)

    assert (found.note, found.changes_at) == ("sans rendez-vous", at(24, 17))
    assert [one.note for one in stretches(hours, PARIS, NOON, NOON.date())] == [
        "sans rendez-vous",
        "sur rendez-vous",
    ]


moments = st.datetimes(
    datetime.fromisoformat("2025-09-01"), datetime.fromisoformat("2028-06-01")
).map(lambda naive: naive.replace(second=0, microsecond=0, tzinfo=UTC))


@given(some=drawn_hours(), moment=moments)
@settings(max_examples=size(100, 300), deadline=None)
def test_what_is_said_of_a_moment_is_what_the_days_around_it_say(
    some: Hours, moment: datetime
) -> None:
    """Stretches follow each other, never overlap, and agree with each day's plan."""
    day = moment.astimezone(PARIS.zone).date()
    opened = [
        (instant_of(one, opening.start, PARIS.zone), instant_of(one, opening.end, PARIS.zone))
        for one in (day - timedelta(days=1), day)
        for opening in planner_of(some, PARIS).openings(one)
    ]

    found = list(stretches(some, PARIS, moment, day + timedelta(days=10)))

    assert all(one.begin < one.end for one in found)
    assert all(one.end <= other.begin for one, other in pairwise(found))
    assert is_open(some, PARIS, moment) == any(a <= moment < b for a, b in opened)


def test_what_is_in_doubt_past_midnight_does_not_hide_what_is_known_of_the_next_day() -> None:
    """From an unpublished school calendar to a break, with times that run over each other."""
    hours = Hours((Rule((Span(0, 1), Span(2, 1441), Span(3, 1442)), days=Days(school=True)),))
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    found = status(hours, PARIS, moment)

    assert found.state is State.UNKNOWN
    assert found.changes_at == found.opens_at == datetime(2025, 7, 4, 22, tzinfo=UTC)
    assert is_open(hours, PARIS, datetime(2025, 7, 4, 22, tzinfo=UTC))


@given(some=drawn_hours(), moment=moments)
@settings(max_examples=size(100, 300), deadline=None)
def test_the_next_change_is_the_first_one(some: Hours, moment: datetime) -> None:
    found = status(some, PARIS, moment)
    end = found.changes_at or moment + timedelta(days=40)

    assert found.state is state_at(some, PARIS, moment)
    if found.changes_at is not None:
        assert found.changes_at > moment
        assert state_at(some, PARIS, found.changes_at) is not found.state
    if found.opens_at is not None:
        assert is_open(some, PARIS, found.opens_at)
        assert not is_open(some, PARIS, found.opens_at - timedelta(minutes=1))
    step = max((min(end, moment + timedelta(days=40)) - moment) / 60, timedelta(minutes=1))
    inside = moment
    while inside < min(end, moment + timedelta(days=40)):
        assert state_at(some, PARIS, inside) is found.state
        inside += step


@given(some=drawn_hours(), moment=moments)
@settings(max_examples=100, deadline=None)
def test_no_day_that_opens_is_passed_over(some: Hours, moment: datetime) -> None:
    planner, first = planner_of(some, PARIS), moment.date()
    last = first + timedelta(days=400)
    looked_at = list(planner.days(first, last))

    assert looked_at == sorted(set(looked_at))
    assert {
        day for step in range(401) if planner.openings(day := first + timedelta(days=step))
    } <= set(looked_at)


@pytest.mark.parametrize("text", ["Mo-Fr 09:00-12:00; PH off", "24/7", "SH off"])
def test_the_same_question_has_the_same_answer_in_any_time_zone(text: str) -> None:
    hours = read_hours(text)

    assert status(hours, REUNION, NOON) == status(hours, REUNION, NOON.astimezone(UTC))
