"""
A conversation changes hands: asked with a summary, accepted by one colleague.

Until then the first keeps it; there is one listener at a time, and the database refuses two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.helpline.chats import terms
from fanal.helpline.chats.models import Conversation, Transfer
from fanal.helpline.chats.queries import colleagues_of
from fanal.helpline.chats.terms import Agreed, Side, State, TransferState
from fanal.helpline.chats.use_cases.talks import (
    AlreadyEnded,
    add,
    held,
    locked,
    may_hold_one_more,
    tell_queue,
)


class NobodyThere(Refusal):
    message = "Cette personne n’écoute pas ici : choisissez quelqu’un d’autre."


class NotAsked(Refusal):
    message = "Ce relais n’est plus demandé : quelqu’un l’a pris, ou il a été retiré."


@dataclass(frozen=True, slots=True)
class Relay:
    """``to``: a colleague, or None for any of them."""

    to: UUID | None
    summary: str
    agreed: Agreed


@transaction.atomic
def ask_transfer(*, agent: Agent, ref: UUID, relay: Relay, now: datetime) -> Transfer:
    """
    Asked again, it takes the place of what was asked before.

    Raises:
        NotVisible, NotYours, AlreadyEnded.
        NobodyThere: not a colleague of this helpline.
    """
    talk = held(agent, ref)
    to = None
    if relay.to is not None:
        to = colleagues_of(agent).filter(ref=relay.to).first()
        if to is None:
            raise NobodyThere
    _close(talk, TransferState.WITHDRAWN, agent, now)
    transfer = Transfer.objects.create(
        conversation=talk,
        asked_by=agent,
        to=to,
        summary=relay.summary,
        agreed=relay.agreed,
        asked_at=now,
    )
    tell_queue(talk)
    record(
        agent=agent,
        deed="chat.transfer_ask",
        subject=talk,
        detail={"named": to is not None, "agreed": str(relay.agreed)},
    )
    return transfer


@transaction.atomic
def accept_transfer(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    From now on the agent listens, and whoever writes is told.

    Raises:
        NotVisible: not of the agent's helpline.
        NotAsked: of nobody any more, or of somebody else.
        TooManyAtOnce: a listener's load has its limit.
        PauseDue, OnPause: not before a pause, but for somebody in danger now.
    """
    talk = locked(ref)
    transfer = _asked_of(agent, talk)
    may_hold_one_more(agent, talk, now=now)
    _answer(transfer, TransferState.ACCEPTED, agent, now)
    talk.listener, talk.taken_at, talk.hand_raised_at = agent, now, None
    talk.listener_seen_at, talk.listener_lost_at = now, None
    talk.save(
        update_fields=[
            *("listener", "taken_at", "hand_raised_at"),
            *("listener_seen_at", "listener_lost_at"),
        ]
    )
    # Who read along listens now.
    talk.readings.filter(agent=agent, until=None).update(until=now)
    add(talk, Side.SYSTEM, terms.HANDED_OVER, now=now)
    tell_queue(talk)
    record(agent=agent, deed="chat.transfer_accept", subject=talk)
    return talk


@transaction.atomic
def decline_transfer(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    The first keeps the conversation, and is told. What is asked of anybody is declined by nobody.

    Raises:
        NotVisible, NotAsked.
    """
    talk = locked(ref)
    transfer = _asked_of(agent, talk)
    if transfer.to_id != agent.pk:
        raise NotAsked
    _answer(transfer, TransferState.DECLINED, agent, now)
    tell_queue(talk)
    record(agent=agent, deed="chat.transfer_decline", subject=talk)
    return talk


@transaction.atomic
def withdraw_transfer(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    Raises:
        NotVisible, NotYours, AlreadyEnded.
    """
    talk = held(agent, ref)
    _close(talk, TransferState.WITHDRAWN, agent, now)
    tell_queue(talk)
    record(agent=agent, deed="chat.transfer_withdraw", subject=talk)
    return talk


def _asked_of(agent: Agent, talk: Conversation) -> Transfer:
    if talk.state == State.ENDED:
        raise AlreadyEnded
    asked = talk.transfers.filter(state=TransferState.ASKED).exclude(asked_by=agent).first()
    if asked is None or asked.asked_by_id != talk.listener_id:
        raise NotAsked
    if asked.to_id not in (None, agent.pk):
        raise NotAsked
    return asked


def _close(talk: Conversation, state: TransferState, agent: Agent, now: datetime) -> None:
    for transfer in talk.transfers.filter(state=TransferState.ASKED):
        _answer(transfer, state, agent, now)


def _answer(transfer: Transfer, state: TransferState, agent: Agent, now: datetime) -> None:
    transfer.state, transfer.answered_by, transfer.answered_at = state, agent, now
    transfer.save(update_fields=["state", "answered_by", "answered_at"])
