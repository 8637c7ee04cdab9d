"""A record begins: with nothing, or with what was said to be known of whoever calls or writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.calls.models import Call
from fanal.helpline.chats.queries import read_conversation
from fanal.helpline.contacts.definition import CURRENT
from fanal.helpline.contacts.models import Contact
from fanal.helpline.contacts.queries import (
    follow_conversation,
    helpline_of,
    is_held_by,
    of_conversation,
)
from fanal.helpline.contacts.terms import Channel
from fanal.helpline.contacts.use_cases.records import NotYours, write
from fanal.helpline.contacts.words import version_now
from fanal.helpline.letters.queries import read_letter
from fanal.helpline.letters.terms import Writer

# Who writes, in the words of the record.
WRITERS = {Writer.YOUNG: "child", Writer.PROFESSIONAL: "professional"}


class AlreadyWritten(Refusal):
    message = (
        "Ce contact a déjà sa fiche, tenue ou close par quelqu’un d’autre : voyez un coordinateur."
    )


@transaction.atomic
def open_contact(*, agent: Agent, channel: Channel, now: datetime) -> Contact:
    """
    Begin the record of a call or of a form of which nothing is known here.

    Raises:
        NotVisible: the agent listens at no helpline.
    """
    return _opened(agent, channel, now)


@transaction.atomic
def open_for_conversation(*, agent: Agent, talk: UUID, now: datetime) -> Contact:
    """
    The record of a conversation, begun with what was said to be known and no word of it. Opened
    twice, it is one; who goes on with a conversation goes on with its record.

    Raises:
        NotVisible: there is no such conversation at the agent's helpline.
        NotYours: somebody else holds it.
        AlreadyWritten: somebody else wrote and closed it.
    """
    conversation = read_conversation(agent=agent, ref=talk)
    if (mine := _mine(agent, talk)) is not None:
        return mine
    if (followed := follow_conversation(talk)) is not None:
        contact = Contact.objects.get(ref=followed)
        record(agent=agent, deed="contact.follow", subject=contact)
        return contact
    if not is_held_by(conversation, agent):
        raise NotYours
    known = {
        "caller_minor": {True: "yes", False: "no", None: ""}[conversation.minor],
        "departement": conversation.departement,
        "topic": conversation.get_topic_display() if conversation.topic else "",
    }
    return _opened(agent, Channel.CHAT, now, known=known, about=talk)


@transaction.atomic
def open_for_letter(*, agent: Agent, letter: UUID, now: datetime) -> Contact:
    """
    The record of a letter, begun with what was said at its head and no word of it.

    Raises:
        NotVisible: there is no such letter at the agent's helpline.
        NotYours: somebody else answers it.
        AlreadyWritten: somebody else has its record.
    """
    found = read_letter(agent=agent, ref=letter)
    if (mine := _mine(agent, letter)) is not None:
        return mine
    if found.listener_id != agent.pk:
        raise NotYours
    known = {
        "caller_kind": WRITERS.get(Writer(found.writer), "") if found.writer else "",
        "departement": found.departement,
        "topic": found.get_topic_display() if found.topic else "",
    }
    return _opened(agent, Channel.FORM, now, known=known, about=letter)


@transaction.atomic
def open_for_call(*, agent: Agent, call: UUID, now: datetime) -> Contact:
    """
    The record of a call that the agent answered. Opened twice, it is one.

    Raises:
        NotVisible: the agent answered no such call.
        AlreadyWritten: somebody else has its record.
    """
    if not Call.objects.filter(ref=call, listener=agent).exists():
        raise NotVisible
    return _mine(agent, call) or _opened(agent, Channel.CALL, now, about=call)


def _mine(agent: Agent, about: UUID) -> Contact | None:
    known = of_conversation(about)
    return known if known is not None and known.listener_id == agent.pk else None


def _opened(
    agent: Agent,
    channel: Channel,
    now: datetime,
    *,
    known: dict[str, Any] | None = None,
    about: UUID | None = None,
) -> Contact:
    contact = Contact(
        organisation=helpline_of(agent),
        channel=channel,
        listener=agent,
        opened_at=now,
        updated_at=now,
        conversation=about,
        form_version=CURRENT,
        words_version=version_now(),
    )
    write(contact, {key: value for key, value in (known or {}).items() if value})
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError as collision:
        # One record a contact: another click was first, or somebody who is not seen here.
        if about is None or "contacts_contact_conversation" not in str(collision):
            raise
        first = _mine(agent, about)
        if first is None:
            raise AlreadyWritten from None
        return first
    record(agent=agent, deed="contact.open", subject=contact, detail={"channel": channel})
    return contact
