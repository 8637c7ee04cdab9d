"""From arrivals and a roster to a plan of quarters. No database, no clock, no engine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from fanal.helpline.board.terms import (
    LEAST_ANSWERS,
    LEAST_ARRIVALS,
    LEAST_DOUBT,
    MOST_DOUBT,
    QUARTER,
    QUARTERS_AHEAD,
    SHORTEST_PAST,
    SMOOTHED,
    WEEKS_BACK,
)

WEEK = timedelta(days=7)
# What the engine takes, in minutes.
SHORTEST, LONGEST = 1.0, 600.0
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Expected:
    """People expected in each quarter, and how far a day may differ from that (a share)."""

    arrivals: tuple[float, ...]
    doubt: float
    seen: int


def quarter_of(now: datetime) -> datetime:
    """The quarter that runs. ``now`` by the clock of the wall."""
    return now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)


def quarters_from(first: datetime) -> list[datetime]:
    return [first + number * QUARTER for number in range(QUARTERS_AHEAD)]


def expected(arrivals: Sequence[datetime], *, first: datetime) -> Expected | None:
    """
    The mean of the same hours of the same day in the weeks before, smoothed over an hour and a
    quarter; None when they are too few, or not known for long enough.

    Args:
        arrivals: moments, in any order.
        first: beginning of the first quarter, by the clock of the wall: a week before is the same
            hour there, whatever becomes of summer time.
    """
    known = sorted(arrivals)
    starts = quarters_from(first)
    if not known or first - known[0] < SHORTEST_PAST:
        return None
    seen = sum(
        _between(known, starts[0] - week * WEEK, starts[-1] + QUARTER - week * WEEK)
        for week in _weeks()
    )
    if seen < LEAST_ARRIVALS:
        return None
    wide = (2 * SMOOTHED + QUARTER) / QUARTER
    # Weeks before the first arrival were not watched.
    watched = [week for week in _weeks() if first - week * WEEK >= known[0] - timedelta(days=1)]

    def mean(start: datetime) -> float:
        found = sum(
            _between(known, day - SMOOTHED, day + QUARTER + SMOOTHED)
            for day in (start - week * WEEK for week in watched)
        )
        return found / (len(watched) * wide)

    means = tuple(mean(start) for start in starts)
    return Expected(means, min(max(LEAST_DOUBT, 1 / sqrt(seen)), MOST_DOUBT), seen)


def _weeks() -> range:
    return range(1, WEEKS_BACK + 1)


def _between(known: list[datetime], begin: datetime, end: datetime) -> int:
    return bisect_left(known, end) - bisect_left(known, begin)


def places(
    turns: Iterable[Stretch],
    *,
    first: datetime,
    at_once: int,
    opened: Sequence[Stretch] | None = None,
) -> tuple[int, ...]:
    """
    How many can be answered at once in each quarter: those who are on at its middle.

    Args:
        opened: when the door is open; None when it always is.
    """
    on = list(turns)
    found = []
    for start in quarters_from(first):
        middle = start + QUARTER / 2
        shut = opened is not None and not any(begin <= middle < end for begin, end in opened)
        there = 0 if shut else sum(1 for begin, end in on if begin <= middle < end)
        found.append(there * at_once)
    return tuple(found)


def lasting(answers: Sequence[Stretch], *, otherwise: float) -> tuple[float, bool]:
    """Mean minutes of an answer, and whether they were measured: enough of them, or a proposal."""
    if len(answers) < LEAST_ANSWERS:
        return otherwise, False
    minutes = sum((end - begin).total_seconds() for begin, end in answers) / len(answers) / 60
    return min(max(round(minutes), SHORTEST), LONGEST), True
