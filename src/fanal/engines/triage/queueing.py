"""
In which order those who wait are answered.

In danger first. Then by class, where somebody goes up one each ``rises_after`` minutes; in a class,
minors first, then whoever came first. After ``longest`` minutes one goes by the hour of arrival
alone: from then on nobody who comes later passes, but those in danger now. So somebody is passed by
those who come within ``longest`` minutes of them, at the most, and by those in danger.

A listener may move somebody, and says why. Nobody is moved before those in danger, nor before who
has waited ``longest``; whoever has is moved by nobody any more. The bound above holds with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from fanal.engines.triage.placing import MOVED, Placed, Reason
from fanal.engines.triage.rules import Level, Rules

T = TypeVar("T")
ROSE, LONGEST = "rose", "longest"
# Those in danger, those who waited longest, and all the others, who may be moved.
BEFORE_ALL, WAITED, MOVABLE = 0, 1, 2


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


@dataclass(frozen=True, slots=True)
class Move(Generic[T]):
    """
    Somebody was put before, or behind, another. ``why``: in French, with whoever decided it.

    ``other``: as they are known, whether or not they still wait. Their place is counted as if they
    did, so that a move holds when the other is answered.
    """

    who: T
    other: Waiting[T]
    why: str
    before: bool = True


def in_order(
    waiting: Iterable[Waiting[T]],
    *,
    now: datetime,
    rules: Rules,
    moves: Sequence[Move[T]] = (),
) -> list[Place[T]]:
    """
    Everybody who waits, next first. The same people at the same moment give the same order.

    Args:
        moves: in the order in which they were decided; replayed on the order of the rules.

    Raises:
        ValueError: a moment has no time zone, or somebody came after ``now``.
    """
    everybody = list(waiting)
    if now.tzinfo is None or any(one.since.tzinfo is None for one in everybody):
        raise ValueError("a moment has a time zone")
    if any(one.since > now for one in everybody):
        raise ValueError("somebody comes later")
    ranked = sorted(everybody, key=lambda one: _key(one, now, rules))
    held: dict[T, Move[T]] = {}
    if moves:
        ranked, held = _replayed(ranked, moves, now, rules)
    return [
        Place(
            one.who,
            rank,
            _level(one, now, rules),
            _reasons(one, now, rules) + _why(held.get(one.who)),
        )
        for rank, one in enumerate(ranked, start=1)
    ]


def may_move(one: Waiting[T], *, now: datetime, rules: Rules) -> bool:
    """Neither in danger now nor after the longest wait: their place is the rules' alone."""
    return _key(one, now, rules)[0] == MOVABLE


def _replayed(
    ranked: list[Waiting[T]], moves: Sequence[Move[T]], now: datetime, rules: Rules
) -> tuple[list[Waiting[T]], dict[T, Move[T]]]:
    here = {one.who: one for one in ranked if may_move(one, now=now, rules=rules)}
    first = [one for one in ranked if one.who not in here]
    shut = {one.who for one in first}
    gone = {
        move.other.who: move.other
        for move in moves
        if move.other.who not in here
        and move.other.who not in shut
        and may_move(move.other, now=now, rules=rules)
    }
    everybody = here | gone
    places = sorted(everybody, key=lambda who: _key(everybody[who], now, rules))
    # By number: references of any kind are slow to compare, and a line is gone through often.
    number = {who: place for place, who in enumerate(places)}
    line = list(range(len(places)))
    held: dict[T, Move[T]] = {}
    for move in moves:
        who, other = move.who, number.get(move.other.who)
        # Behind somebody who goes before all now: the rules say better.
        if who not in here or who == move.other.who or (other is None and not move.before):
            continue
        line.remove(number[who])
        # Before somebody whom nobody passes: as near as may be.
        place = 0 if other is None else line.index(other)
        line.insert(place if move.before else place + 1, number[who])
        held[who] = move
    moved = [places[one] for one in line]
    return first + [here[who] for who in moved if who in here], held


def _why(move: Move[T] | None) -> tuple[Reason, ...]:
    return (Reason(MOVED, f"déplacé : {move.why}"),) if move is not None else ()


def _key(one: Waiting[T], now: datetime, rules: Rules) -> tuple[int, int, int, datetime, str]:
    level = _level(one, now, rules)
    if level is Level.DANGER:
        return (BEFORE_ALL, 0, 0, one.since, str(one.who))
    if _waited_longest(one, now, rules):
        return (WAITED, 0, 0, one.since, str(one.who))
    return (MOVABLE, level, not one.placed.minor, one.since, str(one.who))


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
