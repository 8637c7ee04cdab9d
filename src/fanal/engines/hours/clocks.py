"""
From the minutes of a local day to instants, on the nights when the clock changes too.

An hour that the clock shows twice counts the first time; one that it skips is the instant of the
jump. So the instants follow each other as the minutes do, and a night that lasts an hour more, or
less, is open an hour more, or less.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def instant_of(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) when the clock of ``zone`` shows this, or jumps over it."""
    wall = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    first = wall.replace(tzinfo=zone)
    early, late = first.utcoffset(), first.replace(fold=1).utcoffset()
    if early is None or late is None:
        raise ValueError(zone)
    if early < late:
        return _jump(wall, zone, wall - late, wall - early)
    return (wall - early).replace(tzinfo=UTC)


def _jump(wall: datetime, zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first minute after ``low`` when the clock shows ``wall`` or later."""
    while high - low > MINUTE:
        middle = low + (high - low) // MINUTE // 2 * MINUTE
        shown = middle.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        low, high = (low, middle) if shown >= wall else (middle, high)
    return high.replace(tzinfo=UTC)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """
    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return at.astimezone(zone).date()
