"""On which days a rule holds: days of the week, dates, weeks, public holidays, school breaks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ALL_WEEK = 0b1111111
SEVEN = 7
# The last day of a whole month, whatever its length.
END_OF_MONTH = 31


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth such day of the month: 1 to 5, or -1 for the last one."""

    weekday: int
    places: tuple[int, ...]

    def holds(self, day: date) -> bool:
        if day.weekday() != self.weekday:
            return False
        left = (monthrange(day.year, day.month)[1] - day.day) // SEVEN
        return (day.day - 1) // SEVEN + 1 in self.places or -left - 1 in self.places

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]}[{','.join(map(str, self.places))}]"


@dataclass(frozen=True, slots=True)
class Days:
    """
    ``weekdays``: seven bits, Monday the lowest. ``public``, ``school``: also on those days, or,
    with ``only``, those of the days that are such (« SH Mo-Fr »).
    """

    weekdays: int = 0
    nth: tuple[Nth, ...] = ()
    public: bool = False
    school: bool = False
    only: bool = False

    def holds(self, day: date, *, public: bool, school: bool) -> bool:
        off = (self.public and public) or (self.school and school)
        if self.only:
            return off and self._of_week(day)
        return off or self._of_week(day)

    def _of_week(self, day: date) -> bool:
        return bool(self.weekdays >> day.weekday() & 1) or any(one.holds(day) for one in self.nth)

    def __str__(self) -> str:
        off = [word for word, there in (("PH", self.public), ("SH", self.school)) if there]
        week = [*_runs(self.weekdays), *map(str, self.nth)]
        if self.only:
            return f"{','.join(off)} {','.join(week)}"
        return ",".join([*week, *off])


@dataclass(frozen=True, slots=True)
class Dates:
    """
    From a date to another, both included: (year, month, day), of every year when year is 0.

    Without a year, the end may come before the beginning: from December to January.
    """

    first: tuple[int, int, int]
    last: tuple[int, int, int]

    def holds(self, day: date) -> bool:
        if self.first[0]:
            return self.first <= (day.year, day.month, day.day) <= self.last
        here, first, last = (0, day.month, day.day), self.first, self.last
        if first <= last:
            return first <= here <= last
        return here >= first or here <= last

    def between(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Its days among these, as pairs of a first and a last one; it may give a few more."""
        years = [self.first[0]] if self.first[0] else range(first.year - 1, last.year + 1)
        for year in years:
            ends = self.last[0] or (year if self.first <= self.last else year + 1)
            begin = max(_date(year, self.first), first)
            end = min(_date(ends, self.last), last)
            if begin <= end:
                yield begin, end

    def __str__(self) -> str:
        (_, month, day), (_, last_month, last_day) = self.first, self.last
        if self.first[0]:
            return self._dated()
        if day == 1 and last_day == END_OF_MONTH:
            same = month == last_month
            return MONTHS[month - 1] + ("" if same else f"-{MONTHS[last_month - 1]}")
        return _joined(_day(self.first), _day(self.last))

    def _dated(self) -> str:
        first, last = self.first, self.last
        if first[1:] == (1, 1) and last[1:] == (12, END_OF_MONTH):
            return _joined(str(first[0]), str(last[0]))
        return _joined(f"{first[0]} {_day(first)}", f"{last[0]} {_day(last)}")


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks of the year (ISO 8601), from one to another, one out of ``step``."""

    first: int
    last: int
    step: int = 1

    def holds(self, day: date) -> bool:
        week = day.isocalendar().week
        return self.first <= week <= self.last and (week - self.first) % self.step == 0

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first:02}"
        return f"{self.first:02}-{self.last:02}" + (f"/{self.step}" if self.step > 1 else "")


def _date(year: int, written: tuple[int, int, int]) -> date:
    _, month, day = written
    return date(year, month, min(day, monthrange(year, month)[1]))


def _day(date_: tuple[int, int, int]) -> str:
    return f"{MONTHS[date_[1] - 1]} {date_[2]:02}"


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _runs(weekdays: int) -> list[str]:
    """« Mo-Fr », « Sa »: the days of the week, neighbours together."""
    there = [index for index in range(SEVEN) if weekdays >> index & 1]
    runs = []
    for _, group in groupby(enumerate(there), key=lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        runs.append(_joined(WEEKDAYS[run[0]], WEEKDAYS[run[-1]]))
    return runs
