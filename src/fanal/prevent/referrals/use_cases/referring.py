"""Whoever listens or works with somebody refers them, with their consent and their words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import issue_code
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.privacy.sealing.keys import KeysAbsent
from fanal.ground.privacy.sealing.rows import sealed
from fanal.prevent.exchange.flags import flags_of
from fanal.prevent.referrals.models import Booking
from fanal.prevent.referrals.queries import people_of
from fanal.prevent.referrals.slots import slot_of, welcome_at
from fanal.prevent.referrals.terms import LONGEST_NOTE
from fanal.prevent.referrals.use_cases.booking import Booked, Gone, Kept, Wanted, keep
from fanal.prevent.referrals.use_cases.opening import TellsOfSomebody
from fanal.prevent.spaces.models import PublicService

ANNOUNCED = "Quelqu’un vous est orienté"


class NotAgreed(Refusal):
    message = "Une orientation se fait avec la personne : cochez qu’elle est d’accord."


class NothingToSealWith(Refusal):
    message = "Le mot ne peut pas être scellé pour le moment : orientez sans mot, ou réessayez."


@transaction.atomic
def refer(
    *,
    agent: Agent,
    place: PublicService,
    key: str,
    wanted: Wanted,
    note: str,
    agreed: bool,
    sent: UUID,
    now: datetime,
) -> Booked:
    """
    Announce somebody who agrees. ``key``: of a slot; empty, they come within the week.

    Raises:
        NotAgreed: nobody is referred without knowing it.
        TellsOfSomebody: something in the note might let somebody be known.
        NothingToSealWith: a note is never kept in clear.
        Full, Gone: as ``book``.
    """
    kept, is_new = announce(
        agent=agent,
        place=place,
        key=key,
        wanted=wanted,
        note=note,
        agreed=agreed,
        sent=sent,
        now=now,
    )
    return Booked(kept, issue_code(kind=Kind.BOOKING, opens=kept.ref, now=now) if is_new else None)


@transaction.atomic
def announce(
    *,
    agent: Agent,
    place: PublicService,
    key: str,
    wanted: Wanted,
    note: str,
    agreed: bool,
    sent: UUID,
    now: datetime,
) -> tuple[Kept, bool]:
    """The referral without its code, and whether a code may be given for it; refuses alike."""
    if not agreed:
        raise NotAgreed
    note = " ".join(note.replace("\x00", "").split())[:LONGEST_NOTE]
    if flags_of(note):
        raise TellsOfSomebody(note)
    slot = slot_of(place, key, now=now) if key else None
    if (key and (slot is None or slot.walk_in)) or welcome_at(place.ref) is None:
        raise Gone
    name = uuid4()
    kept, is_new = keep(
        place=place,
        slot=slot,
        wanted=wanted,
        sent=sent,
        now=now,
        name=name,
        note=_sealed(note, name),
        referred=True,
    )
    record(agent=agent, deed="referral.make", subject=Booking(ref=kept.ref))
    _tell(kept, now)
    return kept, is_new


def _sealed(note: str, name: UUID) -> bytes:
    try:
        return sealed(Booking(ref=name, note=note), "note") if note else b""
    except KeysAbsent:
        raise NothingToSealWith from None


def _tell(kept: Kept, now: datetime) -> None:
    notify(
        agents=people_of(kept.place.ref, Role.RECEPTION, on=localdate(now, timezone=PARIS)),
        text=ANNOUNCED,
        path=reverse("referrals:desk"),
        now=now,
    )
