"""Periods, counted by hand in the calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fanal.ground.deadlines.counting import (
    Due,
    IncoherentPeriod,
    NaiveInstant,
    Period,
    add_months,
    count,
)
from fanal.ground.deadlines.terms import Counting, Unit

PARIS = ZoneInfo("Europe/Paris")
ZONES = {
    "93": PARIS,
    "6AE": PARIS,
    "57": PARIS,
    "971": ZoneInfo("America/Guadeloupe"),
    "972": ZoneInfo("America/Martinique"),
    "973": ZoneInfo("America/Cayenne"),
    "974": ZoneInfo("Indian/Reunion"),
    "975": ZoneInfo("America/Miquelon"),
    "976": ZoneInfo("Indian/Mayotte"),
}


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def counted(
    amount: int, unit: Unit, since: datetime, *, territory: str = "93", moved: bool = False
) -> Due:
    instant = unit in {Unit.MINUTES, Unit.HOURS}
    counting = Counting.INSTANT if instant else Counting.CALENDAR
    return count(
        period=Period(amount, unit, counting, moves_to_working_day=moved),
        since=since,
        zone=ZONES[territory],
        territory=territory,
        basis="art. 1 (inventé)",
    )


def backwards(amount: int, unit: Unit, event: datetime) -> Due:
    return count(
        period=Period(amount, unit, Counting.BACKWARDS),
        since=event,
        zone=PARIS,
        territory="93",
        basis="art. 1 (inventé)",
    )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 2), 3, date(2026, 6, 2)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(start, months, end):
    assert add_months(day=start, months=months) == end


def test_days_do_not_count_the_first_and_run_to_midnight():
    due = counted(15, Unit.DAYS, noon(2026, 3, 2))

    assert due.due_on == date(2026, 3, 17)
    assert due.due_at == datetime(2026, 3, 17, 23, tzinfo=UTC)


def test_the_hour_of_reception_changes_nothing_to_a_period_in_days():
    early = counted(3, Unit.MONTHS, datetime(2026, 3, 1, 23, 0, tzinfo=UTC))
    late = counted(3, Unit.MONTHS, datetime(2026, 3, 2, 22, 59, tzinfo=UTC))

    assert early == late


@pytest.mark.parametrize(
    ("territory", "received", "first_day"),
    [
        # 23 h 30 in London is already the next day in Paris, on Réunion and on Mayotte…
        ("93", datetime(2026, 3, 1, 23, 30, tzinfo=UTC), date(2026, 3, 2)),
        ("974", datetime(2026, 3, 1, 20, 30, tzinfo=UTC), date(2026, 3, 2)),
        ("976", datetime(2026, 3, 1, 21, 30, tzinfo=UTC), date(2026, 3, 2)),
        # … and still the evening, or the day before, across the Atlantic.
        ("972", datetime(2026, 3, 2, 3, 30, tzinfo=UTC), date(2026, 3, 1)),
        ("971", datetime(2026, 3, 2, 3, 30, tzinfo=UTC), date(2026, 3, 1)),
        ("973", datetime(2026, 3, 2, 2, 30, tzinfo=UTC), date(2026, 3, 1)),
        ("975", datetime(2026, 3, 2, 2, 30, tzinfo=UTC), date(2026, 3, 1)),
        # Summer time moves midnight in Paris, not on Réunion.
        ("93", datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2)),
        ("974", datetime(2026, 7, 1, 19, 30, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_the_local_day_of_the_authority_starts_the_count(territory, received, first_day):
    due = counted(10, Unit.DAYS, received, territory=territory)

    assert due.due_on == first_day + timedelta(days=10)


def test_a_period_that_ends_on_the_day_of_summer_time_ends_at_local_midnight():
    due = counted(15, Unit.DAYS, noon(2026, 3, 14))

    assert due.due_on == date(2026, 3, 29)
    assert due.due_at == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "since", [datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)]
)
def test_72_hours_are_72_hours_whatever_the_clocks_do(since):
    due = counted(72, Unit.HOURS, since)

    assert due.due_at - since == timedelta(hours=72)
    assert "changement d'heure compris" in due.why


def test_72_hours_given_in_local_time_are_72_hours_too():
    since = datetime(2026, 3, 27, 12, tzinfo=PARIS)

    assert counted(72, Unit.HOURS, since).due_at == datetime(2026, 3, 30, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("territory", "expires", "due_on"),
    [
        ("93", date(2026, 5, 16), date(2026, 5, 18)),  # Saturday
        ("93", date(2026, 5, 17), date(2026, 5, 18)),  # Sunday
        ("93", date(2026, 4, 6), date(2026, 4, 7)),  # Easter Monday
        ("93", date(2026, 5, 14), date(2026, 5, 15)),  # Ascension
        ("93", date(2026, 5, 25), date(2026, 5, 26)),  # Whit Monday
        ("93", date(2025, 8, 15), date(2025, 8, 18)),  # Assumption, a Friday
        ("93", date(2026, 8, 15), date(2026, 8, 17)),  # the same, a Saturday
        ("93", date(2026, 5, 1), date(2026, 5, 4)),
        ("93", date(2027, 1, 1), date(2027, 1, 4)),
        ("93", date(2026, 4, 3), date(2026, 4, 3)),  # Good Friday: worked in Bobigny,
        ("6AE", date(2026, 4, 3), date(2026, 4, 7)),  # not in Strasbourg,
        ("57", date(2026, 4, 3), date(2026, 4, 7)),  # nor in Metz.
        ("93", date(2025, 12, 26), date(2025, 12, 26)),
        ("6AE", date(2025, 12, 26), date(2025, 12, 29)),
        ("57", date(2025, 12, 26), date(2025, 12, 29)),
        ("974", date(2027, 12, 20), date(2027, 12, 21)),  # abolition of slavery, each its day
        ("972", date(2026, 5, 22), date(2026, 5, 26)),  # and Whit Monday follows
        ("971", date(2026, 5, 27), date(2026, 5, 28)),
        ("973", date(2026, 6, 10), date(2026, 6, 11)),
        ("976", date(2026, 4, 27), date(2026, 4, 28)),
        ("971", date(2026, 4, 3), date(2026, 4, 3)),  # kept by custom, written in no law
        ("972", date(2026, 7, 21), date(2026, 7, 21)),
    ],
)
def test_a_moved_period_ends_on_the_next_working_day_of_the_territory(territory, expires, due_on):
    start = expires - timedelta(days=15)
    since = datetime(start.year, start.month, start.day, 12, tzinfo=ZONES[territory])

    assert counted(15, Unit.DAYS, since, territory=territory, moved=True).due_on == due_on
    assert counted(15, Unit.DAYS, since, territory=territory).due_on == expires


@pytest.mark.parametrize(
    ("due", "why"),
    [
        (
            counted(3, Unit.MONTHS, noon(2026, 3, 2)),
            "3 mois à compter du 2 mars 2026 (art. 1 (inventé)) : 2 juin 2026",
        ),
        (
            counted(1, Unit.MONTHS, noon(2026, 1, 31)),
            "1 mois à compter du 31 janvier 2026 (art. 1 (inventé)) : 28 février 2026, "
            "dernier jour du mois",
        ),
        (
            counted(15, Unit.DAYS, noon(2026, 5, 2), moved=True),
            "15 jours à compter du 2 mai 2026 (art. 1 (inventé)) : 17 mai 2026 (dimanche), "
            "reporté au lundi 18 mai 2026 (art. 642 CPC)",
        ),
        (
            counted(8, Unit.DAYS, noon(2026, 5, 6), moved=True),
            "8 jours à compter du 6 mai 2026 (art. 1 (inventé)) : 14 mai 2026 (Ascension), "
            "reporté au vendredi 15 mai 2026 (art. 642 CPC)",
        ),
        (
            counted(72, Unit.HOURS, datetime(2026, 2, 27, 22, 5, tzinfo=UTC)),
            "72 heures à compter du 27 février 2026 à 23 h 05 (art. 1 (inventé)) : "
            "2 mars 2026 à 23 h 05, heure locale",
        ),
        (
            counted(1, Unit.YEARS, noon(2026, 3, 1)),
            "1 an à compter du 1er mars 2026 (art. 1 (inventé)) : 1er mars 2027",
        ),
        (
            counted(4, Unit.WEEKS, noon(2026, 3, 2)),
            "4 semaines à compter du 2 mars 2026 (art. 1 (inventé)) : 30 mars 2026",
        ),
        (
            counted(0, Unit.DAYS, noon(2026, 3, 2)),
            "Le jour même, 2 mars 2026 (art. 1 (inventé))",
        ),
        (
            counted(0, Unit.MINUTES, noon(2026, 3, 2)),
            "Sans attendre, le 2 mars 2026 à 13 h 00, heure locale (art. 1 (inventé))",
        ),
        (
            backwards(8, Unit.DAYS, noon(2026, 3, 20)),
            "8 jours avant le 20 mars 2026 (art. 1 (inventé)) : 12 mars 2026 au plus tard",
        ),
    ],
)
def test_the_count_is_told_in_plain_french(due, why):
    assert due.why == why


def test_an_interview_one_year_before_majority_falls_on_the_seventeenth_birthday():
    assert backwards(1, Unit.YEARS, noon(2027, 5, 20)).due_on == date(2026, 5, 20)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(NaiveInstant):
        counted(3, Unit.MONTHS, datetime(2026, 3, 2, 12))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("amount", "unit", "counting", "moved"),
    [
        (72, Unit.HOURS, Counting.CALENDAR, False),
        (3, Unit.DAYS, Counting.INSTANT, False),
        (72, Unit.HOURS, Counting.INSTANT, True),
        (8, Unit.DAYS, Counting.BACKWARDS, True),
        (-8, Unit.DAYS, Counting.CALENDAR, False),
    ],
)
def test_a_period_that_no_text_can_mean_is_refused(amount, unit, counting, moved):
    with pytest.raises(IncoherentPeriod):
        Period(amount, unit, counting, moves_to_working_day=moved)
