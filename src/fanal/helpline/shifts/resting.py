"""When a pause is due: from spans of work and moments that weighed. No database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fanal.helpline.shifts.rules import Rules


@dataclass(frozen=True, slots=True)
class Span:
    """Work from a moment to another; ``end`` None: it goes on."""

    begin: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """
    A pause is due, and lasts until ``until``: from now if it has not ``begun``.

    ``hard`` and ``minutes``: what weighed since the last whole pause.
    """

    until: datetime
    begun: bool
    hard: int
    minutes: int


def run_of(work: Sequence[Span], *, pause: timedelta) -> list[Span]:
    """The last spans that no whole pause parts."""
    run: list[Span] = []
    for span in reversed(work):
        if run and (span.end is None or run[0].begin - span.end >= pause):
            break
        run.insert(0, span)
    return run


def pause_due(
    work: Sequence[Span], hard: Sequence[datetime], *, now: datetime, rules: Rules
) -> Due | None:
    """
    Args:
        work: in order, none over another.
        hard: moments of hard contacts, in any order.

    A rest counts when it is whole: a shorter one resets nothing.
    """
    run = run_of(work, pause=rules.pause)
    if not run:
        return None
    rested_since = run[-1].end
    if rested_since is not None and now - rested_since >= rules.pause:
        return None
    weighed = sum(1 for at in hard if run[0].begin <= at <= now)
    worked = sum(((span.end or now) - span.begin for span in run), timedelta())
    if weighed < rules.hard_contacts and worked < rules.work:
        return None
    return Due(
        until=(rested_since or now) + rules.pause,
        begun=rested_since is not None,
        hard=weighed,
        minutes=int(worked.total_seconds() // 60),
    )
