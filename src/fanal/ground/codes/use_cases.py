"""
Give a code, open with one, close it.

``redeem_code`` answers and raises nothing once it has looked: a refusal would undo, with the
transaction, the count of tries.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from fanal.ground.codes.hashing import digests_of, digests_under_each_key
from fanal.ground.codes.terms import LASTS, Answer, Kind
from fanal.ground.codes.words import Choose, draw, draw_other, fold, read_code
from fanal.ground.errors import NotVisible, Refusal


class BusyCodes(Refusal):
    message = "Trop de codes sont essayés en ce moment. On peut réessayer dans une minute."


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """
    Shown once, kept nowhere. ``duress``: the same with another last word, to give when forced:
    it answers as a code that never was, and whoever listens is told.
    """

    words: tuple[str, ...]
    duress: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Redeemed:
    """
    ``opens``: the thing to go on with. ``since``: nothing said before is shown, to anybody who
    holds the code. ``forced_at``: for whoever listens; never shown to whoever typed.
    """

    answer: Answer
    kind: Kind | None = None
    opens: UUID | None = None
    since: datetime | None = None
    forced_at: datetime | None = None


@transaction.atomic
def issue_code(
    *,
    kind: Kind,
    opens: UUID,
    now: datetime,
    expires_at: datetime | None = None,
    choose: Choose = secrets.choice,
) -> Issued:
    """
    Make the code of a thing; the one that it had opens no more.

    Args:
        expires_at: a month from now at most, and when none is given.
        choose: how words are drawn; chance that nobody can guess.
    """
    until = min(expires_at or now + LASTS, now + LASTS)
    while True:
        words = draw(choose)
        duress = draw_other(words, choose)
        right, forced = (digests_of(tuple(map(fold, one))) for one in (words, duress))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT codes_keep(%s, %s, %s, %s, %s, %s, %s, %s)",
                [uuid4(), right.tag, right.secret, forced.secret, kind, opens, now, until],
            )
            if cursor.fetchone()[0]:
                return Issued(words, duress, until)


def redeem_code(*, typed: str, now: datetime) -> Redeemed:
    """
    Open with a code, whatever is wrong with it in the same time and with the same answer.

    Raises:
        UnreadableCode: what was typed cannot be a code; nothing was looked up, nothing counted.
    """
    words = read_code(typed)
    if not _admitted(now):
        # Before the slow digest: a flood costs little.
        return Redeemed(Answer.BUSY)
    found = Redeemed(Answer.UNKNOWN)
    for one in digests_under_each_key(words):
        opened = _open(one.tag, one.secret, now)
        found = opened if found.answer is Answer.UNKNOWN else found
    return found


def opened_by(*, typed: str, kind: Kind, now: datetime) -> UUID:
    """
    What a code of this kind opens. One that was never given, is over, leads elsewhere or was given
    under duress meets one and the same refusal.

    Raises:
        UnreadableCode: what was typed cannot be a code.
        BusyCodes: too many codes are tried at once.
        NotVisible: it opens nothing.
    """
    found = redeem_code(typed=typed, now=now)
    if found.answer is Answer.BUSY:
        raise BusyCodes
    if found.answer is not Answer.OPEN or found.kind is not kind or found.opens is None:
        raise NotVisible
    return found.opens


@transaction.atomic
def close_code(*, kind: Kind, opens: UUID) -> None:
    """The thing is over, or erased: its code opens nothing more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT codes_close(%s, %s)", [kind, opens])


@transaction.atomic
def sweep_codes(*, now: datetime) -> int:
    """Forget what is over; how many codes were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT codes_sweep(%s)", [now])
        swept: int = cursor.fetchone()[0]
    return swept


def _admitted(now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT codes_admit(%s)", [now])
        admitted: bool = cursor.fetchone()[0]
    return admitted


@transaction.atomic
def _open(tag: str, secret: bytes, now: datetime) -> Redeemed:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, kind, opens, forced FROM codes_open(%s, %s, %s)", [tag, secret, now]
        )
        answer, kind, opens, forced = cursor.fetchone()
    if answer != Answer.OPEN:
        return Redeemed(Answer(answer))
    return Redeemed(Answer.OPEN, Kind(kind), opens, since=now, forced_at=forced)
