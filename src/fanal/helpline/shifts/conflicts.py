"""What is wrong in a roster, said in French: overlaps, short rests, nobody where it is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from fanal.helpline.shifts.rules import Rules
from fanal.helpline.shifts.terms import DAY, Post
from fanal.helpline.shifts.weeks import HERE, bounds, day_said, instant, moment_said, span_said

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Duty:
    """One turn of one person, as the roster has it."""

    who: int
    name: str
    post: str
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    at: datetime
    said: str
    # A rule of law, or an hour without anybody: amber. Two places at once: the roster is wrong.
    grave: bool = False


def conflicts(
    duties: Iterable[Duty],
    opened: Iterable[tuple[datetime, datetime]],
    *,
    monday: date,
    rules: Rules,
) -> list[Conflict]:
    """
    Those of one week, in order.

    Args:
        duties: of that week, and of the days before and after, whose rest touches it.
        opened: when the chat is open, in order.
    """
    known = sorted(duties, key=lambda one: (one.begin, one.end))
    first, last = bounds(monday)
    mine: dict[int, list[Duty]] = defaultdict(list)
    for duty in known:
        mine[duty.who].append(duty)
    found = [each for own in mine.values() for each in _of_one(own, first, last, rules)]
    found += nobody_on([one for one in known if one.post == Post.CHAT], opened)
    return sorted(
        (one for one in found if first <= one.at < last), key=lambda one: (one.at, one.said)
    )


def _of_one(
    duties: Sequence[Duty], first: datetime, last: datetime, rules: Rules
) -> Iterator[Conflict]:
    yield from overlaps(duties)
    # On call one rests, until one is called (art. L3121-10 of the labour code).
    work = _joined([one for one in duties if one.post != Post.ON_CALL])
    yield from _short_rests(work, rules)
    yield from _no_long_rest(work, first, last, rules)


def overlaps(duties: Sequence[Duty]) -> Iterator[Conflict]:
    """Of one person, in order of their beginning."""
    furthest: Duty | None = None
    for duty in duties:
        if furthest is not None and duty.begin < furthest.end:
            yield Conflict(
                duty.begin,
                f"{duty.name} est à deux postes à la fois, {moment_said(duty.begin)}.",
                grave=True,
            )
        if furthest is None or duty.end > furthest.end:
            furthest = duty


def _joined(duties: Sequence[Duty]) -> list[Duty]:
    """Days of work: turns between which nobody goes home."""
    found: list[Duty] = []
    for duty in duties:
        if found and duty.begin <= found[-1].end:
            last = found[-1]
            found[-1] = Duty(last.who, last.name, last.post, last.begin, max(last.end, duty.end))
        else:
            found.append(duty)
    return found


def _short_rests(work: Sequence[Duty], rules: Rules) -> Iterator[Conflict]:
    for before, after in pairwise(work):
        rest = after.begin - before.end
        # A break of a few hours within one day is no rest of a night.
        if rest < rules.daily_rest and _nights(before, after):
            yield Conflict(
                after.begin,
                f"{after.name} : {_hours(rest)} de repos entre {moment_said(before.end)} et "
                f"{moment_said(after.begin)} ; il en faut {_hours(rules.daily_rest)} "
                f"({rules.daily_basis}).",
            )
    for day, worked in _by_day(work).items():
        if worked > rules.longest_day:
            yield Conflict(
                instant(day, time()),
                f"{work[0].name} : {_hours(worked)} de travail {day_said(day)} ; "
                f"{_hours(rules.longest_day)} au plus ({rules.longest_day_basis}).",
            )


def _nights(before: Duty, after: Duty) -> bool:
    return _day(before.end) != _day(after.begin) or _day(before.begin) != _day(before.end)


def _day(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


def _by_day(work: Sequence[Duty]) -> dict[date, timedelta]:
    """A turn counts on the day on which it begins."""
    found: dict[date, timedelta] = defaultdict(timedelta)
    for duty in work:
        found[_day(duty.begin)] += duty.end - duty.begin
    return found


def _no_long_rest(
    work: Sequence[Duty], first: datetime, last: datetime, rules: Rules
) -> Iterator[Conflict]:
    """The rest of the week may begin before it, and end after."""
    edges = [(first - 7 * DAY, first - 7 * DAY), *((one.begin, one.end) for one in work)]
    edges.append((last + 7 * DAY, last + 7 * DAY))
    inside = [one for one in work if one.begin < last and one.end > first]
    days = {_day(one.begin) for one in inside if one.begin >= first}
    if len(days) > rules.most_days:
        yield Conflict(
            inside[0].begin,
            f"{inside[0].name} : {len(days)} jours de travail cette semaine ; "
            f"{rules.most_days} au plus ({rules.most_days_basis}).",
        )
    longest = max(
        min(after[0], last + DAY) - max(before[1], first - DAY) for before, after in pairwise(edges)
    )
    if inside and longest < rules.weekly_rest:
        yield Conflict(
            inside[0].begin,
            f"{inside[0].name} : aucun repos de {_hours(rules.weekly_rest)} d’affilée cette "
            f"semaine ({rules.weekly_basis}).",
        )


def nobody_on(
    chats: Sequence[Duty], opened: Iterable[tuple[datetime, datetime]]
) -> Iterator[Conflict]:
    """Stretches where the chat is open and no turn covers it, cut by day."""
    for begin, end in opened:
        at = begin
        for duty in sorted(chats, key=lambda one: one.begin):
            if duty.end <= at or duty.begin >= end:
                continue
            if duty.begin > at:
                yield from _alone(at, duty.begin)
            at = max(at, duty.end)
        if at < end:
            yield from _alone(at, end)


def _alone(begin: datetime, end: datetime) -> Iterator[Conflict]:
    while begin < end:
        until = min(end, instant(_day(begin) + DAY, time()))
        yield Conflict(
            begin,
            f"Personne au tchat {day_said(_day(begin))} {span_said(begin, until)}, "
            "alors qu’il est ouvert.",
        )
        begin = until


def _hours(length: timedelta) -> str:
    hours, seconds = divmod(int(length.total_seconds()), HOUR)
    minutes = seconds // 60
    return f"{hours} h" + (f" {minutes:02}" if minutes else "")
