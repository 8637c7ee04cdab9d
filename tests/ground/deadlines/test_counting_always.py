"""What holds for every period, day and territory."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.hours.public_holidays import SUBDIVISIONS
from fanal.ground.deadlines.counting import Due, Period, add_months, count
from fanal.ground.deadlines.public_holidays import is_working_day
from fanal.ground.deadlines.terms import Counting, Unit

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Paris",
            "Indian/Reunion",
            "Indian/Mayotte",
            "America/Martinique",
            "America/Cayenne",
            "America/Miquelon",
            "Pacific/Noumea",
        )
    ]
)
TERRITORIES = st.sampled_from(["93", "75C", "20R", *SUBDIVISIONS])
INSTANTS = st.datetimes(
    # Hypothesis wants bounds without a zone and adds it itself.
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))
HOUR_TO_HOUR = st.builds(
    Period,
    amount=st.integers(0, 500),
    unit=st.sampled_from([Unit.MINUTES, Unit.HOURS]),
    counting=st.just(Counting.INSTANT),
)
IN_DAYS = st.builds(
    Period,
    amount=st.integers(0, 60),
    unit=st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS]),
    counting=st.just(Counting.CALENDAR),
    moves_to_working_day=st.booleans(),
)
FORWARD = HOUR_TO_HOUR | IN_DAYS


def counted(period: Period, since: datetime, zone: ZoneInfo, territory: str) -> Due:
    return count(period=period, since=since, zone=zone, territory=territory, basis="art. 1")


@given(FORWARD, INSTANTS, ZONES, TERRITORIES)
def test_no_period_ends_before_it_starts(period, since, zone, territory):
    due = counted(period, since, zone, territory)

    assert due.due_at >= since
    assert due.due_on >= since.astimezone(zone).date()


@given(FORWARD, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=400)), ZONES, TERRITORIES)
def test_what_starts_later_never_ends_sooner(period, since, later, zone, territory):
    first = counted(period, since, zone, territory)
    second = counted(period, since + later, zone, territory)

    assert first.due_at <= second.due_at
    assert first.due_on <= second.due_on


@given(IN_DAYS, INSTANTS, ZONES, TERRITORIES)
def test_a_longer_period_never_ends_sooner(period, since, zone, territory):
    longer = replace(period, amount=period.amount + 1)

    shorter_end = counted(period, since, zone, territory).due_at
    assert shorter_end <= counted(longer, since, zone, territory).due_at


@given(IN_DAYS, INSTANTS, ZONES, TERRITORIES)
def test_a_moved_period_always_ends_on_a_working_day(period, since, zone, territory):
    moved = counted(replace(period, moves_to_working_day=True), since, zone, territory)
    fixed = counted(replace(period, moves_to_working_day=False), since, zone, territory)

    assert is_working_day(day=moved.due_on, territory=territory)
    assert not any(
        is_working_day(day=fixed.due_on + timedelta(days=gap), territory=territory)
        for gap in range((moved.due_on - fixed.due_on).days)
    )


@given(IN_DAYS, INSTANTS, ZONES, TERRITORIES, TERRITORIES)
def test_public_holidays_never_move_a_period_that_does_not_move(
    period, since, zone, here, elsewhere
):
    fixed = replace(period, moves_to_working_day=False)

    assert counted(fixed, since, zone, here) == counted(fixed, since, zone, elsewhere)


@given(IN_DAYS, INSTANTS, ZONES, TERRITORIES)
def test_a_period_in_days_ends_when_the_local_day_ends(period, since, zone, territory):
    due = counted(period, since, zone, territory)

    assert (due.due_at - timedelta(microseconds=1)).astimezone(zone).date() == due.due_on
    assert due.due_at.astimezone(zone).date() == due.due_on + timedelta(days=1)


@given(HOUR_TO_HOUR, INSTANTS, ZONES)
def test_hours_are_counted_from_instant_to_instant_everywhere(period, since, zone):
    length = timedelta(**{period.unit.value: period.amount})

    assert counted(period, since, zone, "93").due_at == since + length


def walk_months(day: date, months: int) -> date:
    """The oracle: turn the pages of a calendar one by one, then look for the day."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    last_page = [date(year, month, n + 1) for n in range(monthrange(year, month)[1])]
    return max(found for found in last_page if found.day <= day.day)


@given(DAYS, st.integers(0, 240))
def test_months_agree_with_a_calendar_turned_page_by_page(day, months):
    assert add_months(day=day, months=months) == walk_months(day, months)


@given(st.integers(0, 40), st.sampled_from([Unit.DAYS, Unit.MONTHS]), INSTANTS, ZONES)
def test_a_period_counted_backwards_never_ends_after_its_event(amount, unit, event, zone):
    due = counted(Period(amount, unit, Counting.BACKWARDS), event, zone, "93")

    assert due.due_on <= event.astimezone(zone).date()
