"""Weeks of the calendar, by the clock of the service: days, half-hours, how they are said."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fanal.engines.hours.sentences import MONTHS, WEEKDAYS
from fanal.helpline.shifts.terms import DAY, WEEK

HERE = ZoneInfo("Europe/Paris")
WRITTEN = re.compile(r"(\d{4})-W(\d{2})")
HALVES = tuple(time(half // 2, 30 * (half % 2)) for half in range(48))


def monday_of(moment: datetime) -> date:
    day = moment.astimezone(HERE).date()
    return day - timedelta(days=day.weekday())


def monday_written(written: str, *, now: datetime) -> date:
    """« 2026-W48 », as a browser's field of weeks writes it; this week when it says nothing."""
    found = WRITTEN.fullmatch(written)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else monday_of(now)
    except ValueError:
        return monday_of(now)


def written(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year:04}-W{week:02}"


def days_of(monday: date) -> list[date]:
    return [monday + number * DAY for number in range(7)]


def instant(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=HERE)


def bounds(monday: date) -> tuple[datetime, datetime]:
    return instant(monday, time()), instant(monday + WEEK, time())


def from_to(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """What ends before it begins ends on the next day."""
    return instant(day, begins), instant(day + DAY if ends <= begins else day, ends)


def day_said(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}"


def moment_said(moment: datetime) -> str:
    """« mardi à 22:00 »."""
    here = moment.astimezone(HERE)
    return f"{WEEKDAYS[here.weekday()]} à {here:%H:%M}"


def span_said(begin: datetime, end: datetime) -> str:
    """« de 15:00 à 19:00 »; midnight is the end of the day."""
    last = end.astimezone(HERE)
    until = "24:00" if last.time() == time() else f"{last:%H:%M}"
    return f"de {begin.astimezone(HERE):%H:%M} à {until}"
