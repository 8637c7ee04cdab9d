"""A coordinator reads a conversation that a colleague leads: both others are told, at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.helpline.chats import terms
from fanal.helpline.chats.models import Conversation, Reading
from fanal.helpline.chats.terms import Side, State
from fanal.helpline.chats.use_cases.talks import add, locked


class NothingToRead(Refusal):
    message = "Cette conversation n’est pas tenue par quelqu’un d’autre : il n’y a rien à annoncer."


@transaction.atomic
def read_along(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    Done again, it is the same reading. That the agent coordinates there, the database checks.

    Raises:
        NotVisible: not of the agent's helpline.
        NothingToRead: nobody leads it, or the agent does.
    """
    talk = locked(ref)
    if talk.state != State.ACTIVE or talk.listener_id == agent.pk:
        raise NothingToRead
    if not talk.readings.filter(agent=agent, until=None).exists():
        Reading.objects.create(conversation=talk, agent=agent, since=now)
        add(talk, Side.SYSTEM, terms.READS_ALONG, now=now)
        record(agent=agent, deed="chat.read_along", subject=talk)
    return talk


@transaction.atomic
def read_no_more(*, agent: Agent, ref: UUID, now: datetime) -> Conversation:
    """
    Raises:
        NotVisible: not of the agent's helpline.
    """
    talk = locked(ref)
    if talk.readings.filter(agent=agent, until=None).update(until=now):
        add(talk, Side.SYSTEM, terms.READS_NO_MORE, now=now)
        record(agent=agent, deed="chat.read_no_more", subject=talk)
    return talk


@transaction.atomic
def miss_readers(*, now: datetime) -> int:
    """Those whose desk is closed read no more; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chats_miss_readers(%s, %s, %s)",
            [now - terms.HERE_SINCE, terms.READS_NO_MORE, now],
        )
        missed: int = cursor.fetchone()[0]
    return missed
