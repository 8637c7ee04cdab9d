"""
Hours as rules that a screen can edit, and back to their string.

What differs from the usual tools, and why, is in ``docs/engines/hours.md``: a stretch belongs to
the day on which it begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fanal.engines.hours.selectors import ALL_WEEK, Dates, Days, Weeks

DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """
    Minutes of the clock since the midnight that begins the day; the end may be on the next day.

    0 <= start < 1440, start < end <= start + 1440.
    """

    start: int
    end: int

    def __str__(self) -> str:
        end = self.end - DAY if self.end > DAY else self.end
        return f"{_clock(self.start)}-{_clock(end)}"


WHOLE_DAY = Span(0, DAY)


@dataclass(frozen=True, slots=True)
class Rule:
    """
    On such days, open at such times, or closed.

    ``adds``: to what earlier rules say of these days, instead of taking its place.
    ``closed`` with ``spans``: these times alone are taken away.
    """

    spans: tuple[Span, ...] = ()
    dates: tuple[Dates, ...] = ()
    weeks: tuple[Weeks, ...] = ()
    days: Days | None = None
    closed: bool = False
    adds: bool = False
    comment: str = ""

    def holds(self, day: date, *, public: bool, school: bool) -> bool:
        return (
            (not self.dates or any(one.holds(day) for one in self.dates))
            and (not self.weeks or any(one.holds(day) for one in self.weeks))
            and (self.days is None or self.days.holds(day, public=public, school=school))
        )

    @property
    def every_day(self) -> bool:
        always = self.days is None or (self.days.weekdays == ALL_WEEK and not self.days.only)
        return always and not self.dates and not self.weeks

    def __str__(self) -> str:
        if self.spans == (WHOLE_DAY,) and self.days is None and not (self.dates or self.weeks):
            times = "24/7"
        else:
            times = ",".join(map(str, self.spans))
        said = (
            ",".join(map(str, self.dates)),
            f"week {','.join(map(str, self.weeks))}" if self.weeks else "",
            str(self.days) if self.days else "",
            times,
            "off" if self.closed else "",
            f'"{self.comment}"' if self.comment else "",
        )
        return " ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class Hours:
    """Rules in their order: on a day, the last one that holds says the hours."""

    rules: tuple[Rule, ...]

    @property
    def public(self) -> bool:
        """Whether public holidays change anything."""
        return any(rule.days is not None and rule.days.public for rule in self.rules)

    @property
    def school(self) -> bool:
        """Whether school breaks change anything."""
        return any(rule.days is not None and rule.days.school for rule in self.rules)

    @property
    def always(self) -> bool:
        """Open day and night, all year, whatever the day."""
        rule = self.rules[-1]
        return (
            len(self.rules) == 1
            and rule.every_day
            and rule.spans == (WHOLE_DAY,)
            and not (rule.closed)
        )

    def __str__(self) -> str:
        parts = [str(self.rules[0])]
        parts += [(", " if rule.adds else "; ") + str(rule) for rule in self.rules[1:]]
        return "".join(parts)


def closed_on(hours: Hours, day: date, *, why: str = "") -> Hours:
    """The same, closed on that day whatever the other rules say."""
    return _with(hours, Rule(dates=(_only(day),), closed=True, comment=why))


def opened_on(hours: Hours, day: date, spans: tuple[Span, ...], *, why: str = "") -> Hours:
    """The same, open on that day at these times, and at no other."""
    return _with(hours, Rule(dates=(_only(day),), spans=spans, comment=why))


def exceptions_of(hours: Hours) -> list[tuple[date, Rule]]:
    """Rules of one single day, in the order of the calendar."""
    found = [(day, rule) for rule in hours.rules if (day := _single_day(rule))]
    return sorted(found, key=lambda pair: pair[0])


def without_exception(hours: Hours, day: date) -> Hours:
    """The same, with nothing special on that day."""
    kept = tuple(rule for rule in hours.rules if _single_day(rule) != day)
    return replace(hours, rules=kept) if kept else hours


def _with(hours: Hours, rule: Rule) -> Hours:
    (day,) = (_single_day(rule),)
    kept = tuple(one for one in hours.rules if _single_day(one) != day)
    return Hours((*kept, rule))


def _only(day: date) -> Dates:
    written = (day.year, day.month, day.day)
    return Dates(written, written)


def _single_day(rule: Rule) -> date | None:
    if len(rule.dates) != 1 or rule.weeks or rule.days:
        return None
    (dates,) = rule.dates
    return date(*dates.first) if dates.first[0] and dates.first == dates.last else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
