"""Birth dates as they are known: to the day, or by an estimated age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fanal.ground.people.terms import BirthPrecision

MAJORITY = 18


@dataclass(frozen=True, slots=True)
class Birth:
    day: date
    precision: BirthPrecision


def anniversary(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February falls on 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def birth_from_age(age: int, *, on: date) -> Birth:
    """The middle of the year in which somebody of this estimated age was born."""
    return Birth(anniversary(on, -age) - timedelta(days=182), BirthPrecision.AGE)


def age_on(day: date, *, born: date) -> int:
    """Completed years."""
    return day.year - born.year - (anniversary(born, day.year - born.year) > day)


def majority_on(born: date) -> date:
    return anniversary(born, MAJORITY)
