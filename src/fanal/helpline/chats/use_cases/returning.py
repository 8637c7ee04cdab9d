"""
To be able to come back, and to come back: five words, and a new key for another page.

What was typed is looked up before anything is refused: a refusal would undo the count of tries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import connection, transaction

from fanal.ground.codes.terms import SAID, Answer, Kind
from fanal.ground.codes.use_cases import Issued, issue_code, redeem_code
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.blocks.queries import stops_code
from fanal.helpline.blocks.use_cases import Blocked
from fanal.helpline.chats import terms
from fanal.helpline.chats.hours import is_open, said
from fanal.helpline.chats.use_cases.visiting import TooManyWait, trace

# Given to the page of who has just left: it makes a code, and hears nothing.
SALT = "fanal.chats.left"
HELD = (
    "Cette conversation ne peut pas être reprise pour le moment. En danger, commence une nouvelle "
    "conversation en cochant « Je suis en danger maintenant » : rien ne l’arrête. Le 119 répond "
    "aussi, jour et nuit."
)
LEFT_SECONDS = 600


class TooSoon(Refusal):
    message = "Un code vient d’être donné. Attends une minute pour en demander un autre."


class NothingOpens(Refusal):
    """Never given, over, tried too often, given under duress: one answer."""

    message = SAID[Answer.UNKNOWN]


class TooManyTry(Refusal):
    message = SAID[Answer.BUSY]


class NotNow(Refusal):
    """The code is right, its conversation had ended, and nobody answers at this hour."""


REFUSED: dict[str, type[Refusal]] = {"unknown": NotVisible, "soon": TooSoon}


@dataclass(frozen=True, slots=True)
class Left:
    """What who has just left may still ask for."""

    ref: UUID

    def written(self) -> str:
        return signing.dumps(str(self.ref), salt=SALT)


@transaction.atomic
def give_code(*, digest: bytes, now: datetime) -> Issued:
    """
    Five words, shown once; those that this conversation had open nothing more.

    Raises:
        NotVisible: no conversation has this key.
        TooSoon: one was given less than a minute ago.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer, thing FROM chats_code(%s, %s)", [digest, now])
        answer, ref = cursor.fetchone()
    if answer != "given":
        raise REFUSED[answer]
    return _issue(ref, now)


@transaction.atomic
def give_code_to_who_left(*, token: str, now: datetime) -> Issued:
    """
    Raises:
        NotVisible: no conversation was left from this page, or too long ago; or it goes on.
        TooSoon: one was given less than a minute ago.
    """
    try:
        ref = UUID(signing.loads(token, salt=SALT, max_age=LEFT_SECONDS))
    except (signing.BadSignature, ValueError):
        raise NotVisible from None
    with connection.cursor() as cursor:
        cursor.execute("SELECT chats_code_left(%s, %s)", [ref, now])
        answer = cursor.fetchone()[0]
    if answer != "given":
        raise REFUSED[answer]
    return _issue(ref, now)


def come_back(*, typed: str, digest: bytes, now: datetime) -> None:
    """
    Go on with a conversation under a new key; the former one opens nothing more.

    One that had ended goes to the queue again, where its listener is asked first.

    Raises:
        UnreadableCode: not five words of the list.
        NothingOpens: whatever is wrong with the code, in the same time.
        TooManyTry, TooManyWait: said as such.
        Blocked: a listener holds this code.
        NotNow: it had ended, and it is closed; says when it opens.
    """
    found = redeem_code(typed=typed, now=now)
    if found.answer is Answer.BUSY:
        raise TooManyTry
    if found.answer is not Answer.OPEN or found.kind is not Kind.CHAT or found.opens is None:
        raise NothingOpens
    if stops_code(kind=Kind.CHAT, opens=found.opens, in_danger=False, now=now):
        # Who is in danger says so on the first page, where nothing stops them.
        raise Blocked(HELD)
    answer = _come_back(found.opens, digest, now)
    if answer == "gone":
        raise NothingOpens
    if answer == "many":
        raise TooManyWait
    if answer == "closed":
        raise NotNow(f"Ton code est bon. {said(now)} Reviens à ce moment-là avec ce code.")


@transaction.atomic
def _come_back(ref: UUID, digest: bytes, now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chats_come_back(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                ref,
                digest,
                is_open(now),
                terms.MOST_WAITING,
                now - terms.COMES_BACK,
                now - terms.HERE_SINCE,
                terms.BACK,
                terms.BACK_ASKED,
                terms.BACK_OTHERS,
                now,
            ],
        )
        answer: str = cursor.fetchone()[0]
    if answer in ("on", "again"):
        trace("chat.come_back", ref, None, again=answer == "again")
    return answer


def _issue(ref: UUID, now: datetime) -> Issued:
    issued = issue_code(kind=Kind.CHAT, opens=ref, now=now)
    trace("chat.code", ref, None)
    return issued
