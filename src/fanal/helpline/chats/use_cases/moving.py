"""A listener puts somebody who waits before or behind another, and says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.helpline.chats.models import Move
from fanal.helpline.chats.queries import is_movable
from fanal.helpline.chats.terms import MoveWhy, State
from fanal.helpline.chats.use_cases.talks import locked, tell_queue


class NotWaiting(Refusal):
    message = "Cette personne n’attend plus : regardez la file à nouveau."


class CannotMove(Refusal):
    message = (
        "On ne déplace pas une personne en danger maintenant, ni une personne qui attend depuis "
        "longtemps ; et l’on ne passe pas devant elles."
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """``other``: next to whom; ``before`` or behind. ``words`` are needed for another reason."""

    other: UUID
    before: bool
    why: MoveWhy
    words: str = ""


@transaction.atomic
def move_waiting(*, agent: Agent, ref: UUID, wanted: Wanted, now: datetime) -> Move:
    """
    The move is kept with its reason and its author: the order is the rules and the moves.

    Raises:
        NotVisible: not of the agent's helpline.
        NotWaiting: one of them was answered, or left.
        CannotMove: in danger now, or after the longest wait.
    """
    both = {one: locked(one) for one in sorted({ref, wanted.other})}
    talk, other = both[ref], both[wanted.other]
    if talk == other or talk.state != State.WAITING or other.state != State.WAITING:
        raise NotWaiting
    if not (is_movable(talk, now=now) and is_movable(other, now=now)):
        raise CannotMove
    move = Move.objects.create(
        conversation=talk,
        other=other,
        before=wanted.before,
        why=wanted.why,
        words=wanted.words,
        by=agent,
        at=now,
    )
    tell_queue(talk)
    record(
        agent=agent,
        deed="chat.move",
        subject=talk,
        detail={"before": wanted.before, "why": str(wanted.why), "other": str(other.ref)},
    )
    return move
