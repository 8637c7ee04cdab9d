"""What the rules say of one day, before any clock: minutes from its midnight, or past the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import chain, pairwise

from fanal.engines.hours.places import Place
from fanal.engines.hours.rules import Hours, Rule, Span


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    # The school calendar that decides is not published.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Minutes since the midnight that begins the day, and the comment of the rule."""

    start: int
    end: int
    note: str = ""
    state: State = State.OPEN


Openings = tuple[Opening, ...]


class Planner:
    """
    The openings that begin on a day, in order: the last rule that holds says them.

    Where a school break decides and is not published, both cases are worked out: what both open
    is open, what one of them opens is unknown. Days on which the same rules hold share an answer.
    """

    def __init__(self, hours: Hours, place: Place) -> None:
        self._hours, self._place = hours, place
        self._known: dict[tuple[bool, ...], Openings] = {}

    def openings(self, day: date) -> Openings:
        public = self._hours.public and self._place.holiday(day) is not None
        school = self._place.school_break(day) if self._hours.school else False
        if school is not None:
            return self._of(self._holding(day, public=public, school=school))
        one = self._of(self._holding(day, public=public, school=False))
        other = self._of(self._holding(day, public=public, school=True))
        return one if one == other else _doubted(one, other)

    def days(self, first: date, last: date) -> Iterator[date]:
        """Days on which something may open: most rules hold all year, some on a few dates."""
        opening = [rule.dates for rule in self._hours.rules if not rule.closed]
        if not all(opening):
            yield from _days(first, last)
            return
        found = {
            day
            for dates in chain.from_iterable(opening)
            for begin, end in dates.between(first, last)
            for day in _days(begin, end)
        }
        yield from sorted(found)

    def why_closed(self, day: date) -> str:
        """The reason of a day without an opening, when its rule says one."""
        if self.openings(day):
            return ""
        holiday = self._place.holiday(day)
        school = bool(self._place.school_break(day)) if self._hours.school else False
        holding = self._holding(day, public=holiday is not None, school=school)
        for rule, holds in reversed(list(zip(self._hours.rules, holding, strict=True))):
            if holds and rule.closed:
                return _why(rule, holiday, self._place.break_name(day))
        return ""

    def _holding(self, day: date, *, public: bool, school: bool) -> tuple[bool, ...]:
        return tuple([rule.holds(day, public=public, school=school) for rule in self._hours.rules])

    def _of(self, holding: tuple[bool, ...]) -> Openings:
        found = self._known.get(holding)
        if found is None:
            rules = [rule for rule, holds in zip(self._hours.rules, holding, strict=True) if holds]
            found = self._known[holding] = _openings(rules)
        return found


@lru_cache(maxsize=4096)
def planner_of(hours: Hours, place: Place) -> Planner:
    """The same one for the same question: what it worked out is kept."""
    return Planner(hours, place)


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _openings(rules: Iterable[Rule]) -> Openings:
    openings: list[Opening] = []
    for rule in rules:
        if rule.closed:
            openings = _without(openings, rule.spans)
            continue
        said = [Opening(span.start, span.end, rule.comment) for span in rule.spans]
        openings = [*openings, *said] if rule.adds else said
    return tuple(sorted(openings))


def _without(openings: Iterable[Opening], spans: tuple[Span, ...]) -> list[Opening]:
    """What is left once these times are closed; without times, nothing."""
    if not spans:
        return []
    left = list(openings)
    for span in spans:
        left = [
            part
            for one in left
            for part in (
                replace(one, end=min(one.end, span.start)),
                replace(one, start=max(one.start, span.end)),
            )
            if part.start < part.end
        ]
    return left


def _doubted(one: Sequence[Opening], other: Sequence[Opening]) -> Openings:
    edges = sorted({edge for each in (*one, *other) for edge in (each.start, each.end)})
    found = []
    for start, end in pairwise(edges):
        first, second = _during(one, start), _during(other, start)
        said = first or second
        if said is not None:
            state = State.OPEN if first and second else State.UNKNOWN
            found.append(Opening(start, end, said.note, state))
    return tuple(found)


def _during(openings: Sequence[Opening], minute: int) -> Opening | None:
    return next((one for one in openings if one.start <= minute < one.end), None)


def _why(rule: Rule, holiday: str | None, break_name: str | None) -> str:
    if rule.comment or rule.days is None:
        return rule.comment
    if rule.days.public and holiday:
        return holiday
    return f"vacances scolaires : {break_name}" if rule.days.school and break_name else ""
