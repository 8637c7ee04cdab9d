"""A letter comes in: kept first, and only then is a code made for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from fanal.engines.triage.rules import Level
from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Organisation
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import Issued, issue_code
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.privacy.sealing.keys import KeysAbsent
from fanal.ground.privacy.sealing.rows import sealed
from fanal.helpline.chats.asked import cleaned, names_of, placed, tells_danger, topics_of
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.queries import answerers_of
from fanal.helpline.letters.terms import Source, State, Way, Writer


class NotOpen(Refusal):
    """There is no helpline here, or nothing to seal with."""

    message = (
        "Ce formulaire n’est pas ouvert pour le moment. Le 119 répond jour et nuit, gratuitement."
    )


class NobodyReads(Refusal):
    """The demonstration takes nobody in danger."""

    message = (
        "Ceci est une démonstration : personne ne lit. En danger, il faut appeler le 17, le 112 "
        "ou le 119, ou écrire au 114 par SMS."
    )


class TooManyLetters(Refusal):
    message = (
        "Trop de lettres arrivent en ce moment : celle-ci n’est pas encore partie. On peut la "
        "renvoyer dans une minute. Le 119 répond jour et nuit, gratuitement."
    )


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """What was written. Nothing but ``text`` need be said."""

    text: str
    writer: Writer | None = None
    topic: str = ""
    departement: str = ""
    in_danger: bool = False
    way: Way = Way.CODE
    contact: str = ""
    safe_when: str = ""

    @property
    def topics(self) -> frozenset[str]:
        return topics_of(self.topic, in_danger=self.in_danger)

    @property
    def tells_danger(self) -> bool:
        """Ticked or written."""
        return tells_danger(self.text, topics=self.topics)


@dataclass(frozen=True, slots=True)
class Received:
    """
    ``code``: to be shown once. None when this letter was sent before, longer ago than a finger or a
    network hesitates, and for a room that has its own way back.
    """

    ref: UUID
    code: Issued | None


def receive_letter(
    *,
    written: Written,
    helpline: Organisation | None,
    sent: UUID,
    now: datetime,
    source: Source = Source.WEB,
    with_code: bool = True,
) -> Received:
    """
    Keep a letter, then make the code that leads back to it: whatever becomes of the code, the
    letter is there.

    Args:
        sent: drawn by the form; sent twice, it is one letter.
        with_code: False for a room that has its own way back to who wrote.

    Raises:
        NobodyReads: in danger, in a demonstration; a disclosure was read by somebody already.
        NotOpen: there is no helpline here, or no key was ever made to seal with.
        TooManyLetters: more in a minute than can be; nothing about who sends is looked at.
    """
    read_already = source is Source.DISCLOSURE
    if written.tells_danger and not read_already and not settings.FANAL_SERVICE:
        raise NobodyReads
    if helpline is None:
        raise NotOpen
    try:
        kept = _keep(written, helpline, sent, source, now)
    except KeysAbsent:
        raise NotOpen from None
    if not with_code or not kept.may_have_a_code:
        return Received(kept.ref, None)
    return Received(kept.ref, issue_code(kind=Kind.FORM, opens=kept.ref, now=now))


@dataclass(frozen=True, slots=True)
class _Kept:
    ref: UUID
    may_have_a_code: bool


@transaction.atomic
def _keep(
    written: Written, helpline: Organisation, sent: UUID, source: Source, now: datetime
) -> _Kept:
    letter = Letter(
        ref=uuid4(),
        contact=cleaned(written.contact, longest=terms.LONGEST_CONTACT),
        safe_when=cleaned(written.safe_when, longest=terms.LONGEST_CONTACT),
    )
    body = cleaned(written.text, longest=terms.LONGEST_LETTER)
    text = LetterText(ref=uuid4(), text=body)
    # A child and who did not say are answered first; an adult who writes says so.
    minor = False if written.writer in (Writer.PARENT, Writer.PROFESSIONAL) else None
    found = placed(topics=written.topics, text=body, minor=minor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, ref, received_at, state FROM letters_keep(%s, %s, %s, %s, %s, %s, %s,"
            " %s, %s, %s::jsonb, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                *(sent, letter.ref, helpline.pk, source, written.writer or "", written.topic),
                *(written.departement, written.in_danger, int(found.level), names_of(found)),
                *(found.version, written.way, sealed(letter, "contact")),
                *(sealed(letter, "safe_when"), text.ref, sealed(text, "text"), now),
                *(now + terms.TARGET, now + terms.LIMIT, terms.MOST_A_MINUTE),
            ],
        )
        answer, ref, received_at, state = cursor.fetchone()
    if answer == "slow":
        raise TooManyLetters
    if answer == "nobody":
        raise NotOpen
    if answer == "known":
        return _Kept(ref, state == State.WAITING and now - received_at < terms.SENT_AGAIN)
    # A letter that nobody who asks may read: its reference is known, no more.
    record(
        agent=None,
        organisation=helpline,
        deed="letter.receive",
        subject=Letter(ref=ref),
        detail={"level": int(found.level), "source": str(source)},
    )
    if found.level is Level.DANGER:
        tell_of_danger(helpline, now=now)
    return _Kept(ref, True)


def tell_of_danger(helpline: Organisation | None, *, now: datetime) -> None:
    """Those who answer are told at once, whatever was promised."""
    if helpline is not None:
        today = localdate(now, timezone=PARIS)
        notify(
            agents=answerers_of(helpline, Role.LISTENER, Role.COORDINATOR, on=today),
            text=terms.NEEDS_YOU,
            path=reverse("letters:desk"),
            now=now,
            urgent=True,
        )
