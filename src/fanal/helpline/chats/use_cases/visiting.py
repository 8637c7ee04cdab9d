"""What whoever writes may do, with the key of their page and nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats import hours, terms
from fanal.helpline.chats.asked import cleaned, names_of, placed, tells_danger, to_say, topics_of
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.queries import hear


class Closed(Refusal):
    """No conversation begins now; those that run go on."""

    message = "Le 119 répond jour et nuit, gratuitement. En danger : 17, 112, ou 114 par SMS."


class TooManyWait(Refusal):
    message = (
        "Trop de personnes attendent en ce moment : on ne peut pas te promettre une réponse ici. "
        "Le 119 répond jour et nuit, gratuitement."
    )


class TooManyCome(Refusal):
    """A program opens conversations one after the other: nothing is known of who does."""

    message = (
        "Beaucoup de conversations commencent en même temps : réessaie dans une minute. "
        "Le 119 répond jour et nuit, gratuitement."
    )


class NobodyReads(Refusal):
    """The demonstration takes nobody in danger."""

    message = (
        "Ceci est une démonstration : personne ne lit. Si tu es en danger, appelle le 17, le 112 "
        "ou le 119, ou écris au 114 par SMS."
    )


class Over(Refusal):
    message = "Cette conversation est terminée."


class TooMany(Refusal):
    message = "Beaucoup de messages d’un coup : attends une minute, puis envoie celui-ci à nouveau."


@dataclass(frozen=True, slots=True)
class Answers:
    """Three questions at most; to say nothing is an answer."""

    departement: str = ""
    minor: bool | None = None
    topic: str = ""
    in_danger: bool = False

    @property
    def topics(self) -> frozenset[str]:
        return topics_of(self.topic, in_danger=self.in_danger)

    @property
    def tell_danger(self) -> bool:
        return tells_danger("", topics=self.topics)


@transaction.atomic
def open_conversation(
    *, digest: bytes, helpline: Organisation | None, answers: Answers, now: datetime
) -> UUID:
    """
    Begin to wait. Asked twice with one key, it is one conversation.

    Raises:
        NobodyReads: in danger, in a demonstration.
        Closed: there is no helpline here, or it is closed.
        TooManyCome, TooManyWait: said as such, with the other ways.
    """
    if answers.tell_danger and not settings.FANAL_SERVICE:
        raise NobodyReads
    # One at a time with one key: the second finds what the first opened, and leaves no trace.
    _asked("SELECT pg_advisory_xact_lock(%s)", int.from_bytes(digest[:8], signed=True))
    with suppress(NotVisible):
        return hear(digest=digest).ref
    if helpline is None or not hours.is_open(now):
        when = hours.said(now) if helpline else "Personne ne répond ici pour le moment."
        raise Closed(f"{when} {Closed.message}")
    since = now - timedelta(minutes=1)
    came = _asked("SELECT chats_came(%s, %s, %s)", helpline.pk, answers.in_danger, since)
    if came >= terms.MOST_COME_A_MINUTE:
        raise TooManyCome
    found = placed(topics=answers.topics, minor=answers.minor)
    ref = _asked(
        "SELECT chats_open(%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)",
        digest,
        helpline.pk,
        answers.departement,
        answers.minor,
        answers.topic,
        answers.in_danger,
        int(found.level),
        names_of(found),
        found.version,
        terms.MOST_WAITING,
        now,
    )
    if ref is None:
        raise TooManyWait
    trace("chat.open", ref, helpline, danger=found.level is Level.DANGER)
    opened: UUID = ref
    return opened


@transaction.atomic
def say(*, digest: bytes, text: str, key: UUID, now: datetime) -> int:
    """
    Keep a message; its number. Sent again with the same key, it is the same.

    Raises:
        NotVisible: no conversation has this key.
        Over: it has ended.
        TooMany: more than a hand writes in a minute.
    """
    call, values = to_say(digest, cleaned(text), key, now)
    with connection.cursor() as cursor:
        cursor.execute(call, values)
        answer, number = cursor.fetchone()
    if answer != "said":
        raise {"unknown": NotVisible, "ended": Over, "slow": TooMany}[answer]
    kept: int = number
    return kept


@transaction.atomic
def endanger(*, digest: bytes, now: datetime) -> None:
    """
    « I am in danger now »: before all others, and whoever listens is told.

    Raises:
        NobodyReads: this is a demonstration.
        Over: it has ended, or no conversation has this key.
    """
    if not settings.FANAL_SERVICE:
        raise NobodyReads
    if not _asked(
        "SELECT chats_endanger(%s, %s, %s, %s)", digest, terms.IN_DANGER, terms.DANGER_NOW, now
    ):
        raise Over


@transaction.atomic
def leave(*, digest: bytes, now: datetime) -> UUID | None:
    """The conversation that was left, if there was one: who left twice has left."""
    ref: UUID | None = _asked("SELECT chats_leave(%s, %s, %s)", digest, terms.VISITOR_LEFT, now)
    if ref is not None:
        trace("chat.leave", ref, None)
    return ref


def _asked(call: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(call, values)
        return cursor.fetchone()[0]


def trace(deed: str, ref: UUID, helpline: Organisation | None, **detail: Any) -> None:
    """Of a conversation that nobody who asks may read: its reference is known, no more."""
    record(
        agent=None,
        organisation=helpline,
        deed=deed,
        subject=Conversation(ref=ref),
        detail=detail,
    )
