"""One conversation, locked, for who may; what is said in it; the queue, told that it moved."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats import terms
from fanal.helpline.chats.asked import QUEUE
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import Side, State
from fanal.helpline.shifts.terms import Channel
from fanal.helpline.shifts.use_cases import take_up


class AlreadyEnded(Refusal):
    message = "Cette conversation est terminée."


class NotYours(Refusal):
    message = "Cette conversation est tenue par quelqu’un d’autre."


class TooManyAtOnce(Refusal):
    message = f"Vous tenez déjà {terms.MOST_AT_ONCE} conversations : terminez-en une, ou rendez-la."


def locked(ref: UUID) -> Conversation:
    found = Conversation.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def held(agent: Agent, ref: UUID) -> Conversation:
    talk = locked(ref)
    if talk.state == State.ENDED:
        raise AlreadyEnded
    if talk.listener_id != agent.pk:
        raise NotYours
    return talk


def may_hold_one_more(agent: Agent, talk: Conversation, *, now: datetime) -> None:
    """
    One agent takes one at a time: the load is counted under their own lock.

    Raises:
        TooManyAtOnce: a listener's load has its limit.
        PauseDue, OnPause: not before a pause, but for somebody in danger now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('chats.take'), %s)", [agent.pk])
    load = Conversation.objects.filter(listener=agent, state=State.ACTIVE).count()
    if load >= terms.MOST_AT_ONCE:
        raise TooManyAtOnce
    take_up(
        agent=agent,
        helpline=talk.organisation,
        contact=talk.ref,
        channel=Channel.CHAT,
        danger=talk.level == Level.DANGER,
        now=now,
    )


def add(
    talk: Conversation, side: Side, text: str, *, now: datetime, key: UUID | None = None
) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chats_add(%s, %s, %s, %s, %s)", [talk.pk, side, text, key or uuid4(), now]
        )
        number: int = cursor.fetchone()[0]
    return number


def tell_queue(talk: Conversation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [QUEUE, str(talk.organisation_id)])
