"""The roster is written by who coordinates: put, change, remove, copy a week, undo the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.helpline.shifts.models import RosterChange, Shift
from fanal.helpline.shifts.queries import (
    helpline_of,
    last_change,
    listeners_of,
    read_shift,
    week_of,
)
from fanal.helpline.shifts.terms import UNDONE_WITHIN, WEEK, Deed, Post
from fanal.helpline.shifts.weeks import HERE, bounds, day_said, span_said

# One turn, on call included.
LONGEST = timedelta(hours=24)


class Overlaps(Refusal):
    """Nobody is at two posts at once."""

    def __init__(self, one: Shift) -> None:
        day = day_said(one.starts_at.astimezone(HERE).date())
        super().__init__(
            f"{one.agent.name} a déjà un tour {day} {span_said(one.starts_at, one.ends_at)} "
            f"({one.get_post_display().lower()}). Changez-le, ou choisissez une autre heure."
        )


class NotThatLong(Refusal):
    message = "Un tour finit après son début, et dure 24 heures au plus."


class NotOfTheHouse(Refusal):
    message = "Cette personne ne travaille pas ici aujourd’hui : choisissez-en une autre."


class NothingToCopy(Refusal):
    message = "La semaine d’avant est vide, ou tous ses tours sont déjà ici."


class NothingToUndo(Refusal):
    message = "Il n’y a pas de changement récent à annuler."


@dataclass(frozen=True, slots=True)
class Turn:
    """What one asks for: who, what, when; ``reach``: how one is reached when on call."""

    who: Agent
    post: Post
    begin: datetime
    end: datetime
    reach: str = ""


@transaction.atomic
def put_shifts(*, agent: Agent, turns: Sequence[Turn], now: datetime) -> list[Shift]:
    """
    All of them, or none.

    Raises:
        NotVisible: coordinates no helpline.
        Overlaps, NotThatLong, NotOfTheHouse: one of them cannot be.
    """
    helpline = helpline_of(agent)
    made = [_put(helpline, turn) for turn in turns]
    _remember(agent, helpline, Deed.PUT, now, added=made)
    return made


@transaction.atomic
def change_shift(*, agent: Agent, ref: UUID, turn: Turn, now: datetime) -> Shift:
    """
    Raises:
        NotVisible: of another helpline.
        Overlaps, NotThatLong, NotOfTheHouse: it cannot be.
    """
    shift = read_shift(ref=ref)
    before = _kept(shift)
    _check(shift.organisation, turn)
    if other := _other(turn, but=[ref]):
        raise Overlaps(other)
    shift.agent, shift.post, shift.reach = turn.who, turn.post, turn.reach
    shift.starts_at, shift.ends_at = turn.begin, turn.end
    shift.save(update_fields=["agent", "post", "reach", "starts_at", "ends_at"])
    _remember(agent, shift.organisation, Deed.CHANGE, now, added=[shift], removed=[before])
    return shift


@transaction.atomic
def remove_shift(*, agent: Agent, ref: UUID, now: datetime) -> None:
    """
    Raises:
        NotVisible: of another helpline.
    """
    shift = read_shift(ref=ref)
    before, helpline = _kept(shift), shift.organisation
    shift.delete()
    _remember(agent, helpline, Deed.REMOVE, now, removed=[before])


@transaction.atomic
def copy_week(*, agent: Agent, monday: date, now: datetime) -> tuple[int, int]:
    """
    The turns of the week before, at the same hours of the clock; how many were put, and left.

    Left: who has another turn then, or works here no more.

    Raises:
        NotVisible: coordinates no helpline.
        NothingToCopy: nothing would change.
    """
    helpline = helpline_of(agent)
    here = set(listeners_of(helpline))
    turns = [
        Turn(one.agent, Post(one.post), _later(one.starts_at), _later(one.ends_at), one.reach)
        for one in week_of(helpline, monday - WEEK)
        # What began the week before that one is of that one.
        if one.starts_at >= bounds(monday - WEEK)[0]
    ]
    free = [turn for turn in turns if turn.who in here and _other(turn) is None]
    made = [_put(helpline, turn) for turn in free]
    if not made:
        raise NothingToCopy
    _remember(agent, helpline, Deed.COPY, now, added=made)
    return len(made), len(turns) - len(made)


@transaction.atomic
def undo_last(*, agent: Agent, now: datetime) -> RosterChange:
    """
    As if the last change had not been.

    Raises:
        NotVisible: coordinates no helpline.
        NothingToUndo: none, or too old.
        Overlaps: somebody was put elsewhere since.
    """
    helpline = helpline_of(agent)
    change = last_change(helpline, now=now)
    if change is None:
        raise NothingToUndo
    Shift.objects.filter(organisation=helpline, ref__in=change.added).delete()
    for kept in change.removed:
        turn = Turn(
            Agent.objects.get(pk=kept["agent"]),
            Post(kept["post"]),
            datetime.fromisoformat(kept["begin"]),
            datetime.fromisoformat(kept["end"]),
            kept["reach"],
        )
        _put(helpline, turn, ref=UUID(kept["ref"]), known=True)
    change.undone_at = now
    change.save(update_fields=["undone_at"])
    record(agent=agent, deed="roster.undo", subject=change)
    return change


def _put(
    helpline: Organisation, turn: Turn, *, ref: UUID | None = None, known: bool = False
) -> Shift:
    if not known:
        _check(helpline, turn)
    if other := _other(turn):
        raise Overlaps(other)
    made = Shift(
        organisation=helpline,
        agent=turn.who,
        post=turn.post,
        starts_at=turn.begin,
        ends_at=turn.end,
        reach=turn.reach,
    )
    if ref is not None:
        made.ref = ref
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        # Another coordinator was quicker.
        if other := _other(turn):
            raise Overlaps(other) from None
        raise
    return made


def _check(helpline: Organisation, turn: Turn) -> None:
    if not timedelta() < turn.end - turn.begin <= LONGEST:
        raise NotThatLong
    if turn.who not in listeners_of(helpline):
        raise NotOfTheHouse


def _other(turn: Turn, *, but: Iterable[UUID] = ()) -> Shift | None:
    taken = Shift.objects.filter(agent=turn.who).between(turn.begin, turn.end)
    return taken.exclude(ref__in=but).select_related("agent").order_by("starts_at").first()


def _later(moment: datetime) -> datetime:
    """A week later by the clock of the wall, whatever becomes of summer time."""
    return moment.astimezone(HERE) + WEEK


def _kept(shift: Shift) -> dict[str, Any]:
    return {
        "ref": str(shift.ref),
        "agent": shift.agent_id,
        "post": shift.post,
        "begin": shift.starts_at.isoformat(),
        "end": shift.ends_at.isoformat(),
        "reach": shift.reach,
    }


def _remember(
    agent: Agent,
    helpline: Organisation,
    deed: Deed,
    now: datetime,
    *,
    added: Sequence[Shift] = (),
    removed: Sequence[dict[str, Any]] = (),
) -> None:
    RosterChange.objects.filter(organisation=helpline, at__lt=now - UNDONE_WITHIN).delete()
    change = RosterChange.objects.create(
        organisation=helpline,
        by=agent,
        at=now,
        deed=deed,
        added=[str(one.ref) for one in added],
        removed=list(removed),
    )
    detail = {"deed": deed, "added": len(added), "removed": len(removed)}
    record(agent=agent, deed="roster.change", subject=change, detail=detail)
