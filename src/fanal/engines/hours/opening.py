"""Open now, opens next: the moment is passed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, pairwise

from fanal.engines.hours.clocks import instant_of, local_day
from fanal.engines.hours.places import Place
from fanal.engines.hours.planning import Opening, State, planner_of
from fanal.engines.hours.rules import DAY, Hours

# How far the next change is looked for: a year.
AHEAD = timedelta(days=366)
ONE_DAY = timedelta(days=1)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """From an instant to another (UTC), open or unknown. ``note``: the comment of its rule."""

    begin: datetime
    end: datetime
    note: str = ""
    state: State = State.OPEN


@dataclass(frozen=True, slots=True)
class Status:
    """
    ``changes_at``: when ``state`` ends. ``opens_at``: the next instant when it is surely open,
    when it is not now. None: not within a year. ``note``: the comment of the opening that runs.
    ``why``: the reason of a day that is closed, when its rule says one.
    """

    state: State
    changes_at: datetime | None
    opens_at: datetime | None = None
    note: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day as a page shows it: openings by the clock there, under the day they begin on."""

    date: date
    openings: tuple[Opening, ...]
    holiday: str = ""
    why: str = ""


def status(hours: Hours, place: Place, at: datetime) -> Status:
    """
    Whether it is open, and what comes next.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    today = local_day(at, place.zone)
    if hours.always:
        return Status(State.OPEN, None, note=hours.rules[0].comment)
    coming = stretches(hours, place, at, today + AHEAD)
    here = next(coming, None)
    if here is None or here.begin > at:
        why = planner_of(hours, place).why_closed(today)
        begins = here.begin if here else None
        return Status(State.CLOSED, begins, _opens(here, coming), why=why)
    until, following = here.end, None
    for one in coming:
        if one.begin > until or one.state is not here.state:
            following = one
            break
        until = one.end
    changes = None if local_day(until, place.zone) > today + AHEAD else until
    if here.state is State.OPEN:
        return Status(State.OPEN, changes, note=here.note)
    return Status(State.UNKNOWN, changes, _opens(following, coming), note=here.note)


def state_at(hours: Hours, place: Place, at: datetime) -> State:
    """
    Raises:
        ValueError: ``at`` has no time zone.
    """
    here = next(stretches(hours, place, at, local_day(at, place.zone)), None)
    return here.state if here and here.begin <= at else State.CLOSED


def is_open(hours: Hours, place: Place, at: datetime) -> bool:
    """Surely open: False when nobody knows."""
    return state_at(hours, place, at) is State.OPEN


def day_of(hours: Hours, place: Place, day: date) -> Day:
    """What opens on that day, by the clock of the place."""
    planner = planner_of(hours, place)
    return Day(day, planner.openings(day), place.holiday(day) or "", planner.why_closed(day))


def week_of(hours: Hours, place: Place, first: date) -> list[Day]:
    """Seven days, from ``first``."""
    return [day_of(hours, place, first + step * ONE_DAY) for step in range(WEEK)]


def stretches(hours: Hours, place: Place, since: datetime, last: date) -> Iterator[Stretch]:
    """
    What is open or unknown and ends after ``since``, of the days up to ``last``, in order.

    They never overlap; two that touch differ by their state or their comment.
    """
    # What began the day before may still run; nothing lasts more than a day.
    first = local_day(since, place.zone) - ONE_DAY
    for one in _joined(_settled(_minutes(hours, place, first, last))):
        end = instant_of(first, one.end, place.zone)
        if end > since:
            begin = instant_of(first, one.start, place.zone)
            # What a jump of the clock swallows never opens.
            if begin < end:
                yield Stretch(begin, end, one.note, one.state)


def _opens(one: Stretch | None, coming: Iterator[Stretch]) -> datetime | None:
    ahead = chain(() if one is None else (one,), coming)
    return next((each.begin for each in ahead if each.state is State.OPEN), None)


def _minutes(hours: Hours, place: Place, first: date, last: date) -> Iterator[Opening]:
    """Openings by their beginning, in minutes of the clock since the midnight of ``first``."""
    planner, late = planner_of(hours, place), list[Opening]()
    for day in planner.days(first, last):
        since = (day - first).days * DAY
        said = [
            Opening(since + one.start, since + one.end, one.note, one.state)
            for one in planner.openings(day)
        ]
        found = sorted([*late, *said])
        # What is in doubt is cut where it changes: a part may begin past midnight.
        late = [one for one in found if one.start >= since + DAY]
        yield from found[: len(found) - len(late)]
    yield from late


def _settled(found: Iterator[Opening]) -> Iterator[Opening]:
    """Without overlaps: what is known wins over what is not, then what began first."""
    batch: list[Opening] = []
    end = 0
    for one in found:
        if batch and one.start >= end:
            yield from _cut(batch)
            batch = []
        end = max(end, one.end) if batch else one.end
        batch.append(one)
    yield from _cut(batch)


def _cut(batch: list[Opening]) -> Iterator[Opening]:
    if len(batch) <= 1:
        yield from batch
        return
    ranked = sorted(batch, key=lambda one: (one.state is not State.OPEN, one.start))
    edges = sorted({edge for one in batch for edge in (one.start, one.end)})
    for start, end in pairwise(edges):
        for one in ranked:
            if one.start <= start < one.end:
                yield replace(one, start=start, end=end)
                break


def _joined(found: Iterator[Opening]) -> Iterator[Opening]:
    """Neighbours that say the same, as one."""
    held = next(found, None)
    if held is None:
        return
    end = held.end
    for one in found:
        if one.start == end and one.note == held.note and one.state is held.state:
            end = one.end
        else:
            yield replace(held, end=end)
            held, end = one, one.end
    yield replace(held, end=end)
