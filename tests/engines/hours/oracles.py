"""What the law says, and what a clock on the wall shows, worked out from scratch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DEPARTEMENTS = (
    *(f"{number:02}" for number in range(1, 20)),
    *("2A", "2B"),
    *(f"{number:02}" for number in range(21, 96)),
    *("971", "972", "973", "974", "976"),
)
# Code du travail, L3133-1.
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension, Whit Monday.
AFTER_EASTER = (1, 39, 50)
# L3134-13, and L3422-2.
ALSACE_MOSELLE = ("57", "67", "68")
ABOLITION = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27)}


def easter(year: int) -> date:
    """Gregorian Easter, as Butcher's anonymous correspondent gave it (Meeus, 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l_) // 451
    month, day = divmod(h + l_ - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays_of(year: int, departement: str) -> set[date]:
    sunday = easter(year)
    days = {date(year, month, day) for month, day in FIXED}
    days |= {sunday + timedelta(days=after) for after in AFTER_EASTER}
    if departement in ALSACE_MOSELLE:
        days |= {sunday - timedelta(days=2), date(year, 12, 26)}
    if departement in ABOLITION:
        days.add(date(year, *ABOLITION[departement]))
    return days


def days_of(year: int) -> Iterable[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


class Wall:
    """Each minute of some days, and what the clock shows then."""

    def __init__(self, zone: ZoneInfo, first: date, days: int) -> None:
        begin = datetime.combine(first, time.min, UTC) - timedelta(days=1)
        self.instants = [begin + step * MINUTE for step in range((days + 2) * 24 * 60)]
        self.shown = [one.astimezone(zone).replace(tzinfo=None) for one in self.instants]
        # The latest that was shown so far: what a clock put back shows again is no first time.
        self.latest = list(self.shown)
        for place in range(1, len(self.latest)):
            self.latest[place] = max(self.latest[place - 1], self.latest[place])

    def first(self, day: date, minutes: int) -> datetime:
        """The first instant when the clock shows this, or has passed it."""
        wanted = datetime.combine(day, time.min) + minutes * MINUTE
        return self.instants[bisect_left(self.latest, wanted)]
