"""
In which order those who wait are answered.

In danger first. Then by class, where somebody goes up one each ``rises_after`` minutes; in a class,
minors first, then whoever came first. After ``longest`` minutes one goes by the hour of arrival
alone: from then on nobody who comes later passes, but those in danger now. So somebody is passed by
those who come within ``longest`` minutes of them, at the most, and by those in danger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from fanal.engines.triage.placing import Placed, Reason
from fanal.engines.triage.rules import Level, Rules

T = TypeVar("T")
ROSE, LONGEST = "rose", "longest"


@dataclass(frozen=True, slots=True)
class Waiting(Generic[T]):
    """``who``: a reference that means nothing here. ``since``: when they came in."""

    who: T
    placed: Placed
    since: datetime


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """``rank``: 1 is next. ``level``: as it counts now. ``reasons``: all that put them there."""

    who: T
    rank: int
    level: Level
    reasons: tuple[Reason, ...]


def in_order(waiting: Iterable[Waiting[T]], *, now: datetime, rules: Rules) -> list[Place[T]]:
    """
    Everybody who waits, next first. The same people at the same moment give the same order.

    Raises:
        ValueError: a moment has no time zone, or somebody came after ``now``.
    """
    everybody = list(waiting)
    if now.tzinfo is None or any(one.since.tzinfo is None for one in everybody):
        raise ValueError("a moment has a time zone")
    if any(one.since > now for one in everybody):
        raise ValueError("somebody comes later")
    ranked = sorted(everybody, key=lambda one: _key(one, now, rules))
    return [
        Place(one.who, rank, _level(one, now, rules), _reasons(one, now, rules))
        for rank, one in enumerate(ranked, start=1)
    ]


def _key(one: Waiting[T], now: datetime, rules: Rules) -> tuple[int, int, int, datetime, str]:
    level = _level(one, now, rules)
    if level is Level.DANGER:
        return (0, 0, 0, one.since, str(one.who))
    if _waited_longest(one, now, rules):
        return (1, 0, 0, one.since, str(one.who))
    return (2, level, not one.placed.minor, one.since, str(one.who))


def _waited_longest(one: Waiting[T], now: datetime, rules: Rules) -> bool:
    return now - one.since >= timedelta(minutes=rules.longest)


def _rises(one: Waiting[T], now: datetime, rules: Rules) -> int:
    """Classes gone up by waiting; waiting alone puts nobody in danger."""
    steps = (now - one.since) // timedelta(minutes=rules.rises_after)
    return min(steps, max(0, one.placed.level - Level.URGENT))


def _level(one: Waiting[T], now: datetime, rules: Rules) -> Level:
    return Level(one.placed.level - _rises(one, now, rules))


def _reasons(one: Waiting[T], now: datetime, rules: Rules) -> tuple[Reason, ...]:
    minutes = (now - one.since) // timedelta(minutes=1)
    if one.placed.level is Level.DANGER:
        return one.placed.reasons
    if _waited_longest(one, now, rules):
        return (
            *one.placed.reasons,
            Reason(LONGEST, f"attend depuis {minutes} minutes : avant tous"),
        )
    if _rises(one, now, rules):
        return (*one.placed.reasons, Reason(ROSE, f"attend depuis {minutes} minutes"))
    return one.placed.reasons
