"""What whoever listens may do; one listener a conversation, and each act leaves its trace."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.helpline.chats import terms
from fanal.helpline.chats.asked import cleaned
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import Side, State
from fanal.helpline.chats.use_cases.talks import (
    AlreadyEnded,
    add,
    held,
    locked,
    may_hold_one_more,
    tell_queue,
)
from fanal.helpline.shifts.terms import Channel
from fanal.helpline.shifts.use_cases import note_danger


class AlreadyTaken(Refusal):
    message = "Quelqu’un d’autre a pris cette conversation."


@transaction.atomic
def take_conversation(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    Answer somebody who waits. Taken again by who has it, it stays theirs.

    Raises:
        NotVisible: not of the agent's helpline.
        AlreadyTaken, AlreadyEnded: somebody was quicker, or the person left.
        TooManyAtOnce: a listener's load has its limit.
        PauseDue, OnPause: not before a pause, but for somebody in danger now.
    """
    talk = locked(ref)
    if talk.state == State.ENDED:
        raise AlreadyEnded
    if talk.state == State.ACTIVE:
        if talk.listener_id == agent.pk:
            return talk
        raise AlreadyTaken
    may_hold_one_more(agent, talk, now=now)
    talk.state, talk.listener, talk.taken_at, talk.asked_for = State.ACTIVE, agent, now, None
    talk.listener_seen_at, talk.listener_lost_at = now, None
    talk.save(
        update_fields=[
            *("state", "listener", "taken_at", "asked_for"),
            *("listener_seen_at", "listener_lost_at"),
        ]
    )
    add(talk, Side.SYSTEM, terms.TAKEN, now=now)
    tell_queue(talk)
    record(agent=agent, deed="chat.take", subject=talk, detail={"level": talk.level})
    return talk


@transaction.atomic
def answer(*, agent: Agent, ref: UUID, text: str, key: UUID, now: datetime) -> int:
    """
    Say something to whoever writes; the message's number.

    Raises:
        NotVisible, NotYours, AlreadyEnded.
    """
    talk = held(agent, ref)
    number = add(talk, Side.LISTENER, cleaned(text), key=key, now=now)
    be_present(agent=agent, now=now)
    record(agent=agent, deed="chat.answer", subject=talk, detail={"number": number})
    return number


@transaction.atomic
def end_conversation(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    Raises:
        NotVisible, NotYours, AlreadyEnded.
    """
    talk = held(agent, ref)
    if talk.level == Level.DANGER:
        # It may have been said after the beginning.
        note_danger(agent=agent, contact=talk.ref, channel=Channel.CHAT, now=now)
    add(talk, Side.SYSTEM, terms.LISTENER_ENDED, now=now)
    talk.state, talk.ended_at, talk.ended_by = State.ENDED, now, Side.LISTENER
    talk.hand_raised_at = None
    talk.save(update_fields=["state", "ended_at", "ended_by", "hand_raised_at"])
    tell_queue(talk)
    record(agent=agent, deed="chat.end", subject=talk)
    return talk


@transaction.atomic
def give_back(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    Back to the queue, at the hour of its arrival; the person is told.

    Raises:
        NotVisible, NotYours, AlreadyEnded.
    """
    talk = held(agent, ref)
    add(talk, Side.SYSTEM, terms.GIVEN_BACK, now=now)
    talk.state, talk.listener, talk.taken_at = State.WAITING, None, None
    talk.listener_seen_at, talk.listener_lost_at, talk.hand_raised_at = None, None, None
    talk.save(
        update_fields=[
            *("state", "listener", "taken_at"),
            *("listener_seen_at", "listener_lost_at", "hand_raised_at"),
        ]
    )
    tell_queue(talk)
    record(agent=agent, deed="chat.give_back", subject=talk)
    return talk


@transaction.atomic
def raise_hand(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    Call the coordinator; done again, the hand goes down.

    Raises:
        NotVisible, NotYours, AlreadyEnded.
    """
    talk = held(agent, ref)
    talk.hand_raised_at = None if talk.hand_raised_at else now
    talk.save(update_fields=["hand_raised_at"])
    tell_queue(talk)
    record(
        agent=agent, deed="chat.hand", subject=talk, detail={"up": talk.hand_raised_at is not None}
    )
    return talk


@transaction.atomic
def be_present(*, agent: Agent, now: datetime) -> None:
    """The agent's desk is open: those they listen to are told when they come back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chats_listeners_present(%s, %s, %s)", [[agent.pk], terms.LISTENER_BACK, now]
        )
