"""A question comes in; whoever asked comes back with five words, and sees the answer alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from fanal.engines.triage.placing import Asked, place
from fanal.engines.triage.rules import Level, Rules, read_rules
from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import Issued, issue_code, opened_by
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.privacy.sealing.keys import KeysAbsent
from fanal.ground.privacy.sealing.rows import opened, sealed
from fanal.prevent.exchange import terms
from fanal.prevent.exchange.hours import is_open
from fanal.prevent.exchange.models import Question
from fanal.prevent.exchange.queries import moderators_here, who_moderate
from fanal.prevent.exchange.terms import State, Writer


class Closed(Refusal):
    """Nobody moderates now, there is nobody to, or nothing to seal with."""

    message = (
        "Les questions ne sont pas ouvertes pour le moment : celle-ci n’est pas partie. "
        "Le 119 répond jour et nuit, gratuitement."
    )


class TooManyQuestions(Refusal):
    message = (
        "Trop de questions arrivent en ce moment : celle-ci n’est pas encore partie. On peut la "
        "renvoyer dans une minute. Le 119 répond jour et nuit, gratuitement."
    )


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """What was written. Nothing but ``text`` need be said."""

    text: str
    writer: Writer | None = None
    departement: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """Where a question stands, and its answer if it has one; never a word of who asked."""

    state: State
    answer: str
    answered_at: datetime | None


def ask(*, written: Written, sent: UUID, now: datetime) -> Issued | None:
    """
    Keep a question, then make the code that leads back to it; None when it was sent before, longer
    ago than a finger or a network hesitates.

    Args:
        sent: drawn by the form; sent twice, it is one question.

    Raises:
        Closed: nobody moderates at this hour, or no key was ever made to seal with.
        TooManyQuestions: more in a minute than can be; nothing about who sends is looked at.
    """
    if not is_open(now):
        raise Closed
    try:
        ref = keep(written=written, sent=sent, now=now)
    except KeysAbsent:
        raise Closed from None
    return None if ref is None else issue_code(kind=Kind.QUESTION, opens=ref, now=now)


@transaction.atomic
def keep(*, written: Written, sent: UUID, now: datetime) -> UUID | None:
    """The question without its code; None when it was sent before, too long ago for another."""
    moderators = moderators_here()
    if moderators is None:
        raise Closed
    row = Question(ref=uuid4(), text=cleaned(written.text, longest=terms.LONGEST_QUESTION))
    minor = False if written.writer is Writer.RELATIVE else None
    found = place(Asked(text=row.text, minor=minor), _rules())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, ref, received_at, state FROM"
            " exchange_keep(%s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)",
            [
                *(sent, row.ref, moderators.pk, written.writer or "", written.departement),
                *(int(found.level), json.dumps([one.said for one in found.reasons])),
                *(sealed(row, "text"), now, terms.MOST_A_MINUTE),
            ],
        )
        answer, ref, received_at, state = cursor.fetchone()
    if answer == "slow":
        raise TooManyQuestions
    if answer == "known":
        again = state == State.WAITING and now - received_at < terms.SENT_AGAIN
        return ref if again else None
    record(
        agent=None,
        organisation=moderators,
        deed="question.receive",
        subject=Question(ref=ref),
        detail={"level": int(found.level)},
    )
    _tell_moderators(moderators, ref, in_danger=found.level is Level.DANGER, now=now)
    return UUID(str(ref))


def _tell_moderators(
    moderators: Organisation, ref: UUID, *, in_danger: bool, now: datetime
) -> None:
    """Of a possible danger, each time; of another question, when none was waiting before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT exchange_others_wait(%s, %s)", [ref, moderators.pk])
        [others_wait] = cursor.fetchone()
    if in_danger or not others_wait:
        notify(
            agents=who_moderate(moderators, on=localdate(now, timezone=PARIS)),
            text=terms.MAY_BE_A_DANGER if in_danger else terms.A_QUESTION_WAITS,
            path=reverse("exchange:desk"),
            now=now,
            urgent=in_danger,
        )


def open_answer(*, typed: str, now: datetime) -> Found:
    """
    Open with a code. One that was never given, is over, leads elsewhere or was given under duress
    meets one and the same refusal.

    Raises:
        UnreadableCode: what was typed cannot be a code.
        BusyCodes: too many codes are tried at once.
        NotVisible: it opens nothing.
        KeysLocked: the answer is sealed, and nobody has opened the keys.
    """
    opens = opened_by(typed=typed, kind=Kind.QUESTION, now=now)
    return _answer(opens)


@transaction.atomic
def _answer(ref: UUID) -> Found:
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, answer, answered_at FROM exchange_answer(%s)", [ref])
        row = cursor.fetchone()
    if row is None:
        # Erased since the code was given.
        raise NotVisible
    state, answer, answered_at = row
    record(agent=None, deed="question.return", subject=Question(ref=ref))
    said = opened(Question(ref=ref), "answer", answer) if answered_at and answer else ""
    return Found(State(state), said, answered_at)


def cleaned(text: str, *, longest: int) -> str:
    """What may be kept: PostgreSQL takes no NUL, and lines end in one way."""
    return "\n".join(text.replace("\x00", "").splitlines()).strip()[:longest]


def may_be_a_danger(text: str) -> bool:
    """Whether the rules read a danger, or what cannot wait, in words: the numbers come first."""
    return place(Asked(text=text), _rules()).level <= Level.URGENT


@lru_cache(maxsize=1)
def _rules() -> Rules:
    return read_rules()
