"""Whoever wrote comes back with their code: they see the answer, and no word of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.db import connection, transaction

from fanal.engines.triage.rules import Level
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import opened_by
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.sealing.rows import opened, sealed
from fanal.helpline.blocks.queries import stops_code
from fanal.helpline.blocks.use_cases import Blocked
from fanal.helpline.chats.asked import cleaned, names_of, placed
from fanal.helpline.chats.queries import helpline_here
from fanal.helpline.chats.terms import DANGER_NOW
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.use_cases.receiving import NobodyReads, tell_of_danger

USE = "fanal.letters.word"


class TooManyWords(Refusal):
    message = (
        "Plusieurs messages viennent déjà d’être ajoutés. On peut en ajouter un autre dans une "
        "heure, ou appeler le 119, jour et nuit."
    )


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Returned:
    """``answers``: the helpline's, oldest first. ``token``: lets one add a word, for a while."""

    answers: tuple[Answer, ...]
    waits: bool
    due_at: datetime
    token: str


def open_answer(*, typed: str, now: datetime) -> Returned:
    """
    Open with a code.

    A code that was never given, is over, leads elsewhere or was given under duress meets one and
    the same refusal.

    Raises:
        UnreadableCode: what was typed cannot be a code.
        BusyCodes: too many codes are tried at once.
        NotVisible: it opens nothing.
        KeysLocked: the answer is sealed, and nobody has opened the keys.
    """
    opens = opened_by(typed=typed, kind=Kind.FORM, now=now)
    return _answers(opens)


@transaction.atomic
def _answers(ref: UUID) -> Returned:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, due_at, number, ref, text, at FROM letters_answers(%s)", [ref]
        )
        rows = cursor.fetchall()
    if not rows:
        # Erased since the code was given.
        raise NotVisible
    answers = tuple(
        Answer(opened(LetterText(ref=name), "text", text), at)
        for _, _, number, name, text, at in rows
        if number is not None
    )
    state, due_at = rows[0][:2]
    record(agent=None, deed="letter.return", subject=Letter(ref=ref))
    waits = state in (terms.State.WAITING, terms.State.TAKEN)
    return Returned(answers, waits, due_at, signing.dumps(str(ref), salt=USE))


@transaction.atomic
def add_word(*, token: str, text: str, key: UUID, now: datetime, in_danger: bool = False) -> None:
    """
    Add a word to one's letter, which waits again if it was answered. Sent again with its key, it
    is the same.

    Raises:
        NotVisible: the page was opened too long ago, or the letter is gone.
        NobodyReads: in danger, in a demonstration.
        Blocked: a listener holds this code; never who is in danger, or writes it.
        TooManyWords: more than a hand adds; the same.
    """
    body = cleaned(text, longest=terms.LONGEST_WORD)
    topics = frozenset({DANGER_NOW}) if in_danger else frozenset()
    found = placed(topics=topics, text=body, minor=None)
    told = found.level is Level.DANGER
    if told and not settings.FANAL_SERVICE:
        raise NobodyReads
    try:
        ref = UUID(signing.loads(token, salt=USE, max_age=terms.STAYS_OPEN))
    except (signing.BadSignature, ValueError):
        raise NotVisible from None
    if stops_code(kind=Kind.FORM, opens=ref, in_danger=told, now=now):
        raise Blocked
    row = LetterText(ref=uuid4(), text=body)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT letters_add(%s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s)",
            [
                *(ref, row.ref, key, sealed(row, "text"), in_danger, int(found.level)),
                *(names_of(found), now, now + terms.TARGET, now + terms.LIMIT),
                *(terms.MOST_WORDS_AN_HOUR, terms.MOST_WORDS),
            ],
        )
        answer = cursor.fetchone()[0]
    if answer == "unknown":
        raise NotVisible
    if answer == "slow":
        raise TooManyWords
    if answer == "again":
        return
    record(agent=None, deed="letter.add", subject=Letter(ref=ref))
    if told:
        tell_of_danger(helpline_here(), now=now)
