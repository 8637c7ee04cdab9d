"""
School breaks, from published calendars alone.

Beyond what is published, and where nothing of ours was published (overseas), nobody knows: None,
never a guess. ``data/school_published.csv`` says which text covers which days.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to another, both included."""

    first: date
    last: date
    name: str


def school_zone(departement: str) -> str | None:
    """A, B, C or Corse; None where each académie has its own calendar (overseas)."""
    return _zones().get(departement)


def school_break(*, day: date, departement: str) -> bool | None:
    """Whether pupils are on holiday; None: not published."""
    zone = school_zone(departement)
    if zone is None or _within(_published(zone), day) is None:
        return None
    return _within(_breaks(zone), day) is not None


def break_name(*, day: date, departement: str) -> str | None:
    """« Toussaint », « hiver »…; None on a school day, or when it is not published."""
    zone = school_zone(departement)
    found = _within(_breaks(zone), day) if zone else None
    return found.name if found else None


def published_until(departement: str) -> date | None:
    """The last day that a published calendar covers; None: no calendar."""
    zone = school_zone(departement)
    return _published(zone)[-1].last if zone else None


def _within(periods: tuple[Period, ...], day: date) -> Period | None:
    place = bisect_right(periods, day, key=lambda one: one.first)
    if place and day <= periods[place - 1].last:
        return periods[place - 1]
    return None


@cache
def _zones() -> dict[str, str]:
    return {
        departement: row["zone"]
        for row in _rows("school_zones.csv")
        for departement in row["departements"].split()
    }


@cache
def _breaks(zone: str) -> tuple[Period, ...]:
    return _periods("school_breaks.csv", zone, "name")


@cache
def _published(zone: str) -> tuple[Period, ...]:
    return _periods("school_published.csv", zone, "text")


def _periods(file: str, zone: str, name: str) -> tuple[Period, ...]:
    found = [
        Period(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row[name])
        for row in _rows(file)
        if zone in row["zones"].split()
    ]
    return tuple(sorted(found, key=lambda one: one.first))


def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
