"""When alarms sound."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fanal.ground.deadlines.alarms import UnreadableAlarms, parse_alarms, plan_alarms
from fanal.ground.deadlines.counting import Period, count
from fanal.ground.deadlines.terms import AlarmKind, Counting, Unit

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
ARRIVED = datetime(2026, 3, 2, 9, tzinfo=UTC)
THREE_DAYS = parse_alarms("-PT24H|-PT6H|P0D")


def plan(period, offsets, *, now=ARRIVED, zone=PARIS):
    due = count(period=period, since=ARRIVED, zone=zone, territory="93", basis="art. 1")
    return plan_alarms(due=due, counting=period.counting, offsets=offsets, zone=zone, now=now)


def test_a_72_hour_shelter_sounds_at_48_and_66_hours_and_at_its_end():
    planned = plan(Period(72, Unit.HOURS, Counting.INSTANT), THREE_DAYS)

    assert planned == [
        (ARRIVED + timedelta(hours=48), AlarmKind.BEFORE),
        (ARRIVED + timedelta(hours=66), AlarmKind.BEFORE),
        (ARRIVED + timedelta(hours=72), AlarmKind.DUE),
    ]


def test_a_period_in_days_sounds_in_the_morning_of_the_authority():
    offsets = parse_alarms("-P30D|P0D|P1D")

    planned = plan(Period(3, Unit.MONTHS, Counting.CALENDAR), offsets, zone=REUNION)

    # 2 June 2026 on Réunion, where eight in the morning is four in UTC.
    assert planned == [
        (datetime(2026, 5, 3, 4, tzinfo=UTC), AlarmKind.BEFORE),
        (datetime(2026, 6, 2, 4, tzinfo=UTC), AlarmKind.DUE),
        (datetime(2026, 6, 3, 4, tzinfo=UTC), AlarmKind.AFTER),
    ]


def test_eight_in_the_morning_is_local_on_both_sides_of_summer_time():
    planned = plan(Period(30, Unit.DAYS, Counting.CALENDAR), parse_alarms("-P7D|P0D"))

    assert [at.astimezone(PARIS).hour for at, _ in planned] == [8, 8]
    assert [at.hour for at, _ in planned] == [7, 6]


def test_a_file_entered_late_keeps_the_last_alarm_it_missed_and_no_other():
    planned = plan(
        Period(72, Unit.HOURS, Counting.INSTANT), THREE_DAYS, now=ARRIVED + timedelta(hours=70)
    )

    assert planned == [
        (ARRIVED + timedelta(hours=66), AlarmKind.BEFORE),
        (ARRIVED + timedelta(hours=72), AlarmKind.DUE),
    ]


def test_a_rule_without_alarms_is_silent():
    assert parse_alarms("") == ()
    assert plan(Period(3, Unit.DAYS, Counting.CALENDAR), ()) == []


def test_the_day_of_an_alarm_in_days_is_counted_from_the_due_day():
    [(at, _)] = plan(Period(15, Unit.DAYS, Counting.CALENDAR), parse_alarms("-P3D"))

    assert at.astimezone(PARIS).date() == date(2026, 3, 14)


@pytest.mark.parametrize("text", ["demain", "3", "P3J", "-P3D|", "P1M"])
def test_an_alarm_that_is_no_duration_is_refused(text):
    with pytest.raises(UnreadableAlarms):
        parse_alarms(text)
