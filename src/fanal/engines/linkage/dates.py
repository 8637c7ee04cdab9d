"""Dates of birth as services hold them: whole, or a year alone, with slips of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum

# Year, month, day; the first of January stands for a year alone.
Date = tuple[int, int, int]
WHOLE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
FRENCH = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
YEAR = re.compile(r"\d{4}")
YEARS_APART = 2


class DateLevel(IntEnum):
    """How two dates agree, the nearest first. Part of the published format."""

    EXACT = 0
    YEAR_ALONE = 1
    SWAPPED = 2
    PART = 3
    YEAR_NEAR = 4
    YEAR_MISTYPED = 5
    YEAR_ALONE_NEAR = 6
    OTHER = 7


def parse(cell: str) -> Date | None:
    """``2010-05-31``, ``20100531``, ``31/05/2010`` or ``2010``; nothing for what is no date."""
    cell = cell.strip()
    if found := WHOLE.match(cell):
        year, month, day = (int(part) for part in found.groups())
    elif found := FRENCH.fullmatch(cell):
        day, month, year = (int(part) for part in found.groups())
    elif YEAR.fullmatch(cell):
        year, month, day = int(cell), 1, 1
    else:
        return None
    return (year, month, day) if month and day else (year, 1, 1)


def is_year_alone(date: Date) -> bool:
    return date[1:] == (1, 1)


def level(one: Date, other: Date) -> DateLevel:
    """How two dates agree; the order of the two changes nothing."""
    if one == other:
        return DateLevel.EXACT
    apart = abs(one[0] - other[0])
    if is_year_alone(one) or is_year_alone(other):
        if apart > YEARS_APART:
            return DateLevel.OTHER
        return DateLevel.YEAR_ALONE_NEAR if apart else DateLevel.YEAR_ALONE
    if apart:
        return _same_day(one, other, apart)
    if (one[1], one[2]) == (other[2], other[1]):
        return DateLevel.SWAPPED
    return DateLevel.PART if one[1] == other[1] or one[2] == other[2] else DateLevel.OTHER


def _same_day(one: Date, other: Date, apart: int) -> DateLevel:
    if one[1:] != other[1:]:
        return DateLevel.OTHER
    if apart == 1:
        return DateLevel.YEAR_NEAR
    slips = sum(a != b for a, b in zip(f"{one[0]:04}", f"{other[0]:04}", strict=True))
    if apart <= YEARS_APART or slips == 1:
        return DateLevel.YEAR_MISTYPED
    return DateLevel.OTHER


def near(dates: Sequence[Date]) -> list[tuple[int, int, int]]:
    """The pairs ``(place, place, level)`` of different dates that agree at some level."""
    by_part: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for place, (year, month, day) in enumerate(dates):
        if not is_year_alone((year, month, day)):
            by_part["year and month", year, month].append(place)
            by_part["year and day", year, day].append(place)
            by_part["day", month, day].append(place)
            by_part["swapped", year, min(month, day) * 100 + max(month, day)].append(place)
    pairs = {
        (one, other)
        for places in by_part.values()
        for rank, one in enumerate(places)
        for other in places[rank + 1 :]
    }
    pairs |= _around_years(dates)
    told = ((one, other, level(dates[one], dates[other])) for one, other in pairs)
    return [found for found in told if found[2] != DateLevel.OTHER]


def _around_years(dates: Sequence[Date]) -> set[tuple[int, int]]:
    alone = {year: place for place, (year, *rest) in enumerate(dates) if rest == [1, 1]}
    return {
        (min(place, other), max(place, other))
        for place, (year, _, _) in enumerate(dates)
        for near_year in range(year - YEARS_APART, year + YEARS_APART + 1)
        if (other := alone.get(near_year, place)) != place
    }
