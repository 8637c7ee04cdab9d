"""Whoever wrote comes back: where it stands, what the desk tells, and a word to add."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core import signing
from django.db import connection, transaction

from fanal.detect.concerns.schema.media import hides_media
from fanal.detect.watch import terms
from fanal.detect.watch.models import AlertWord, LodgingAlert
from fanal.detect.watch.terms import State
from fanal.detect.watch.use_cases.receiving import HoldsAnImage, cleaned, tell_readers
from fanal.ground.agents.models import Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import opened_by
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.sealing.rows import opened, sealed

USE = "fanal.watch.word"


class TooManyWords(Refusal):
    message = (
        "Plusieurs mots viennent déjà d’être ajoutés. On peut en ajouter un autre dans une heure. "
        "En cas de danger, appelez le 17 ou le 112 maintenant."
    )


class NothingSaid(Refusal):
    message = "Écrivez quelque chose avant d’envoyer."


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """Nothing that whoever wrote had said, and nothing that the desk writes for itself."""

    number: str
    state: State
    received_at: datetime
    closed_at: datetime | None
    added: int
    messages: tuple[Message, ...]
    # Lets one add a word, for a while.
    token: str


def open_receipt(*, typed: str, now: datetime) -> Receipt:
    """
    Open with the five words. Those that were never given, are over, lead elsewhere or were given
    under duress meet one and the same refusal.

    Raises:
        UnreadableCode: what was typed cannot be a code.
        BusyCodes: too many codes are tried at once.
        NotVisible: it opens nothing.
        KeysLocked: a message is sealed, and nobody has opened the keys.
    """
    opens = opened_by(typed=typed, kind=Kind.LODGING, now=now)
    return read_receipt(opens)


def receipt_of_token(token: str) -> Receipt:
    """
    Read again after a word was added.

    Raises:
        NotVisible: the page was opened too long ago, or the alert is gone.
        KeysLocked
    """
    return read_receipt(_ref_in(token))


def receipt_of_platform(*, organisation: Organisation, external_ref: str) -> Receipt | None:
    """What a platform may read of its own alert; None when no alert bears this reference."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT watch_of_platform(%s, %s)", [organisation.pk, external_ref])
        ref: UUID | None = cursor.fetchone()[0]
    return None if ref is None else read_receipt(ref, organisation=organisation)


@transaction.atomic
def read_receipt(ref: UUID, *, organisation: Organisation | None = None) -> Receipt:
    """
    Raises:
        NotVisible: erased since.
        KeysLocked
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT receipt, state, received_at, closed_at, added, number, ref, text, at"
            " FROM watch_receipt(%s)",
            [ref],
        )
        rows = cursor.fetchall()
    if not rows:
        raise NotVisible
    number, state, received_at, closed_at, added = rows[0][:5]
    messages = tuple(
        Message(opened(AlertWord(ref=name), "text", text), at)
        for *_, place, name, text, at in rows
        if place is not None
    )
    record(
        agent=None, organisation=organisation, deed="alert.return", subject=LodgingAlert(ref=ref)
    )
    token = signing.dumps(str(ref), salt=USE)
    return Receipt(number, State(state), received_at, closed_at, added, messages, token)


@transaction.atomic
def add_word(*, token: str, text: str, key: UUID, danger: bool, now: datetime) -> None:
    """
    Add a word to one's alert; nothing that was told before is changed. A closed one opens again.
    Sent again with its key, it is the same word.

    Raises:
        NotVisible: the page was opened too long ago, or the alert is gone.
        NothingSaid, HoldsAnImage.
        TooManyWords: more than a hand adds; never who says that there is danger.
    """
    ref = _ref_in(token)
    body = cleaned(text, longest=terms.LONGEST_WORDS)
    if not body:
        raise NothingSaid
    if hides_media(body):
        raise HoldsAnImage
    row = AlertWord(ref=uuid4(), text=body)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, departement FROM watch_add(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                *(ref, row.ref, key, sealed(row, "text"), danger, now),
                *(terms.MOST_WORDS_AN_HOUR, terms.MOST_WORDS),
            ],
        )
        answer, departement = cursor.fetchone()
    if answer == "unknown":
        raise NotVisible
    if answer == "slow":
        raise TooManyWords
    if answer == "again":
        return
    record(agent=None, deed="alert.add", subject=LodgingAlert(ref=ref))
    tell_readers(departement, ref, terms.ADDED, urgent=danger, now=now)


def _ref_in(token: str) -> UUID:
    try:
        return UUID(signing.loads(token, salt=USE, max_age=terms.STAYS_OPEN))
    except (signing.BadSignature, ValueError):
        raise NotVisible from None
