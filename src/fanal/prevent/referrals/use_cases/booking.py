"""Somebody books, comes back with five words, moves or gives up: nothing says who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.db import connection, transaction

from fanal.ground.audit.use_cases import record
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import Issued, issue_code, opened_by
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.referrals import terms
from fanal.prevent.referrals.models import Booking
from fanal.prevent.referrals.slots import Slot, day_at, next_free, slot_of
from fanal.prevent.referrals.terms import State, hours_in_words
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.models import PublicService

SALT = "fanal.referrals.opened"


class Full(Refusal):
    """Somebody was quicker: the next slot is said."""

    def __init__(self, following: Slot | None = None) -> None:
        self.following = following
        self.message = "La dernière place de ce créneau vient d’être prise. " + (
            f"Le suivant : {following.said}."
            if following
            else "Il n’y en a pas d’autre dans les deux semaines qui viennent."
        )
        super().__init__(self.message)


class Gone(Refusal):
    message = (
        "Ce créneau n’est plus proposé : rien n’a été pris. Les créneaux ci-dessous sont à jour."
    )


class TooManyBookings(Refusal):
    message = (
        "Trop de rendez-vous sont pris en ce moment : celui-ci ne l’est pas encore. On peut "
        "réessayer dans un moment. Le 119 répond jour et nuit, gratuitement."
    )


class AlreadyOver(Refusal):
    message = "Ce rendez-vous est déjà passé ou annulé : on peut en prendre un autre."


class TooOld(Refusal):
    message = "Cette page est restée ouverte trop longtemps. Tapez de nouveau les cinq mots."


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom and what for: chosen in a list, or left empty; nothing is written by hand."""

    audience: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A number to say at the door, and when."""

    ref: UUID
    number: int
    place: PublicService
    slot: Slot | None
    until: date


@dataclass(frozen=True, slots=True, repr=False)
class Booked:
    """``code``: shown once; None when the form was sent before, too long ago to say it again."""

    kept: Kept
    code: Issued | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a code opens: an appointment, never a word of who booked."""

    ref: UUID
    state: State
    day: date
    starts: time | None
    ends: time | None
    number: int
    place: PublicService | None
    welcome: str
    reason: str
    elsewhere: PublicService | None
    booked_at: datetime
    # The place closed that day after it was booked.
    is_off: bool

    @property
    def hours(self) -> str:
        if self.starts is None or self.ends is None:
            return ""
        return hours_in_words(self.starts, self.ends)


def book(*, place: PublicService, key: str, wanted: Wanted, sent: UUID, now: datetime) -> Booked:
    """
    Take a seat, then make the code that leads back to it.

    Args:
        key: of the slot that was chosen. sent: drawn by the form; sent twice, it is one seat.

    Raises:
        Full: the last seat has gone, with the next slot.
        Gone: no such slot, or not any more.
        TooManyBookings: more than can be, of all or of this place; nobody is looked at.
    """
    slot = slot_of(place, key, now=now)
    if slot is None or slot.walk_in:
        raise Gone
    kept, is_new = keep(place=place, slot=slot, wanted=wanted, sent=sent, now=now)
    return Booked(kept, issue_code(kind=Kind.BOOKING, opens=kept.ref, now=now) if is_new else None)


def keep(
    *,
    place: PublicService,
    slot: Slot | None,
    wanted: Wanted,
    sent: UUID,
    now: datetime,
    note: bytes = b"",
    name: UUID | None = None,
    referred: bool = False,
) -> tuple[Kept, bool]:
    """
    The seat without its code, and whether a code may be given for it.

    Raises:
        Full, Gone, TooManyBookings: as ``book``.
    """
    day = slot.day if slot else day_at(place, now) + terms.A_WEEK
    with transaction.atomic():
        answer, ref, number, booked_at = _asked(
            "SELECT answer, ref, number, booked_at FROM"
            " referrals_book(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                *(sent, name or uuid4(), place.ref, slot.opening if slot else None, day),
                *(wanted.audience, wanted.need, note, referred, now),
                *(terms.MOST_A_MINUTE, terms.MOST_OF_A_PLACE, terms.MOST_OF_A_WEEK),
            ],
        )
        if answer == "kept":
            record(agent=None, deed="booking.take", subject=Booking(ref=ref))
    if answer == "full":
        raise Full(next_free(place, now=now, after=slot))
    if answer == "gone":
        raise Gone
    if answer == "slow":
        raise TooManyBookings
    is_new = answer == "kept" or now - booked_at < terms.SENT_AGAIN
    return Kept(ref, number, place, slot, day), is_new


def open_booking(*, typed: str, now: datetime) -> Shown:
    """
    Open with a code. One that was never given, is over, leads elsewhere or was given under duress
    meets one and the same refusal.

    Raises:
        UnreadableCode: what was typed cannot be a code.
        BusyCodes: too many codes are tried at once.
        NotVisible: it opens nothing.
    """
    opens = opened_by(typed=typed, kind=Kind.BOOKING, now=now)
    with transaction.atomic():
        record(agent=None, deed="booking.return", subject=Booking(ref=opens))
        return _shown(opens)


def key_of(shown: Shown) -> str:
    """What the buttons of an opened appointment carry, instead of the words: half an hour."""
    return signing.TimestampSigner(salt=SALT).sign(str(shown.ref))


def reopen(key: str) -> Shown:
    """
    Raises:
        TooOld: no key of ours, or not any more.
        NotVisible: the appointment was forgotten since.
    """
    return _shown(_ref_of(key))


@transaction.atomic
def cancel(*, key: str) -> Shown:
    """
    Raises:
        TooOld, NotVisible: as ``reopen``.
        AlreadyOver: the place has said what became of it, or it was cancelled.
    """
    ref = _ref_of(key)
    (done,) = _asked("SELECT referrals_cancel(%s)", [ref])
    if not done:
        raise AlreadyOver
    record(agent=None, deed="booking.cancel", subject=Booking(ref=ref))
    return _shown(ref)


def move(*, key: str, to: str, now: datetime) -> Shown:
    """
    Take another slot of the same place; the code and the number stay.

    Raises:
        TooOld, NotVisible, AlreadyOver: as ``cancel``.
        Full, Gone: as ``book``; the former slot is kept.
    """
    shown = reopen(key)
    slot = slot_of(shown.place, to, now=now) if shown.place else None
    if slot is None or slot.day > day_at(shown.place, shown.booked_at) + terms.MOVED_WITHIN:
        raise Gone
    assert shown.place is not None  # noqa: S101 — for the type checker
    with transaction.atomic():
        (answer,) = _asked("SELECT referrals_move(%s, %s, %s)", [shown.ref, slot.opening, slot.day])
        if answer == "moved":
            record(agent=None, deed="booking.move", subject=Booking(ref=shown.ref))
    if answer == "settled":
        raise AlreadyOver
    if answer == "full":
        raise Full(next_free(shown.place, now=now, after=slot))
    if answer == "gone":
        raise Gone
    return _shown(shown.ref)


def _ref_of(key: str) -> UUID:
    try:
        signer = signing.TimestampSigner(salt=SALT)
        return UUID(signer.unsign(key, max_age=terms.OPENED_FOR))
    except (signing.BadSignature, ValueError):
        raise TooOld from None


def _shown(ref: UUID) -> Shown:
    row = _asked(
        "SELECT state, day, starts, ends, number, place, welcome, reason, elsewhere, booked_at,"
        " is_off FROM referrals_shown(%s)",
        [ref],
    )
    if row is None:
        # Forgotten since the code was given.
        raise NotVisible
    state, day, starts, ends, number, place, welcome, reason, elsewhere, booked_at, is_off = row
    return Shown(
        ref,
        State(state),
        day,
        starts,
        ends,
        number,
        read_public(place),
        welcome,
        reason,
        read_public(elsewhere) if elsewhere else None,
        booked_at,
        bool(is_off),
    )


def _asked(question: str, given: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone()
