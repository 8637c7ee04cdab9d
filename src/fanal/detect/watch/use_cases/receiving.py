"""An alert comes in: kept first, and only then is a receipt made for it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from fanal.detect.concerns.schema.media import MESSAGE as NO_MEDIA
from fanal.detect.concerns.schema.media import hides_media
from fanal.detect.watch import terms
from fanal.detect.watch.models import LodgingAlert
from fanal.detect.watch.places import listing_key, place_key, searched_words
from fanal.detect.watch.queries import contact_points, readers_of
from fanal.detect.watch.terms import Lodging, Moment, Seen, Sign, Source, State, Writer
from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import Issued, issue_code
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.privacy.sealing.keys import KeysAbsent
from fanal.ground.privacy.sealing.rows import sealed
from fanal.ground.territory.models import Commune

# Neither I, L, O nor U: nobody mishears them.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class NobodyReads(Refusal):
    """No contact point in this département, or no key to seal with."""

    message = (
        "Aucun point de contact ne lit encore les alertes de ce département : celle-ci n’est pas "
        "partie. Appelez le 17, ou le commissariat ou la gendarmerie du lieu. Pour un enfant, le "
        "119 répond jour et nuit."
    )


class TooManyAlerts(Refusal):
    message = (
        "Trop d’alertes arrivent en ce moment : celle-ci n’est pas encore partie. Renvoyez-la dans "
        "une minute. En cas de danger, appelez le 17 ou le 112 maintenant."
    )


class HoldsAnImage(Refusal):
    message = NO_MEDIA


class OtherContent(Refusal):
    message = (
        "Cette référence a déjà été transmise avec un autre contenu : donnez une nouvelle "
        "référence."
    )


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What was told. An address or a listing is needed: without a place nobody can go."""

    commune: Commune
    lodging: Lodging
    moment: Moment
    minor: Seen
    there_now: Seen
    writer: Writer
    address: str = ""
    listing: str = ""
    danger: bool = False
    signs: tuple[Sign, ...] = field(default=())
    words: str = ""
    contact: str = ""

    @property
    def presses(self) -> bool:
        return self.danger or self.minor in (Seen.YES, Seen.PERHAPS)


@dataclass(frozen=True, slots=True)
class Platform:
    """Whose software sends it, under which reference of its own, and what it sent."""

    organisation: Organisation
    external_ref: str
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """``again``: it had been sent before. ``fresh``: so lately that it may have another receipt."""

    ref: UUID
    receipt: str
    again: bool
    fresh: bool


@dataclass(frozen=True, slots=True)
class Received:
    """``code``: to be shown once. None when this form was sent before, longer ago than a hand."""

    receipt: str
    code: Issued | None


def receive_alert(*, told: Told, sent: UUID, now: datetime) -> Received:
    """
    Keep an alert, then make the words that lead back to it: whatever becomes of them, it is there.

    Args:
        sent: drawn by the form; sent twice, it is one alert.

    Raises:
        NobodyReads: no contact point reads this département, or no key was ever made.
        HoldsAnImage: a file hides in a text.
        TooManyAlerts: more in a minute than can be; nothing about who sends is looked at.
    """
    kept = keep_alert(told=told, sent=sent, now=now)
    code = issue_code(kind=Kind.LODGING, opens=kept.ref, now=now) if kept.fresh else None
    return Received(kept.receipt, code)


@transaction.atomic
def keep_alert(*, told: Told, sent: UUID, now: datetime, platform: Platform | None = None) -> Kept:
    """
    The alert without its words. Of a platform, its own reference is sent once.

    Raises:
        NobodyReads, HoldsAnImage, TooManyAlerts.
        OtherContent: the platform used this reference for something else.
    """
    if any(hides_media(text) for text in (told.words, told.address, told.listing, told.contact)):
        raise HoldsAnImage
    if not contact_points(told.commune.departement_id, on=localdate(now, timezone=PARIS)):
        raise NobodyReads
    row = LodgingAlert(
        ref=uuid4(),
        words=cleaned(told.words, longest=terms.LONGEST_WORDS),
        contact=cleaned(told.contact, longest=terms.LONGEST_CONTACT),
    )
    try:
        sealing = sealed(row, "words"), sealed(row, "contact")
    except KeysAbsent:
        raise NobodyReads from None
    document = json.dumps(_document(told, row.ref, sent, platform, now))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, ref, received_at, state, receipt, digest"
            " FROM watch_keep(%s::jsonb, %s, %s, %s, %s)",
            [document, *sealing, now, terms.MOST_A_MINUTE],
        )
        answer, ref, received_at, state, receipt, digest = cursor.fetchone()
    if answer == "slow":
        raise TooManyAlerts
    if answer == "known":
        if platform is not None and digest != platform.digest:
            raise OtherContent
        fresh = state == State.RECEIVED and now - received_at < terms.SENT_AGAIN
        return Kept(ref, receipt, again=True, fresh=fresh)
    record(
        agent=None,
        organisation=platform.organisation if platform else None,
        deed="alert.receive",
        subject=LodgingAlert(ref=ref),
        detail={"source": str(Source.PLATFORM if platform else Source.WEB)},
    )
    tell_readers(told.commune.departement_id, ref, terms.TOLD, urgent=told.presses, now=now)
    return Kept(ref, receipt, again=False, fresh=True)


def tell_readers(departement: str, ref: UUID, text: str, *, urgent: bool, now: datetime) -> None:
    """A notice to everybody of the contact point; it says that something waits, and no more."""
    notify(
        agents=readers_of(departement, on=localdate(now, timezone=PARIS)),
        text=text,
        path=reverse("watch:show", args=[ref]),
        now=now,
        urgent=urgent,
    )


def cleaned(text: str, *, longest: int) -> str:
    """What may be kept: PostgreSQL takes no NUL, and lines end in one way."""
    return "\n".join(text.replace("\x00", "").splitlines()).strip()[:longest]


def _document(
    told: Told, ref: UUID, sent: UUID, platform: Platform | None, now: datetime
) -> dict[str, object]:
    address = cleaned(told.address, longest=terms.LONGEST_PLACE)
    listing = cleaned(told.listing, longest=terms.LONGEST_PLACE)
    receipt = _new_receipt(now)
    return {
        "ref": str(ref),
        "sent": str(sent),
        "receipt": receipt,
        "source": str(Source.PLATFORM if platform else Source.WEB),
        "organisation": platform.organisation.pk if platform else None,
        "external_ref": platform.external_ref if platform else "",
        "digest": platform.digest if platform else "",
        "departement": told.commune.departement_id,
        "commune": told.commune.pk,
        "lodging": str(told.lodging),
        "address": address,
        "listing": listing,
        "place_key": place_key(address, commune=told.commune.name),
        "listing_key": listing_key(listing),
        "searched": searched_words(address, listing, told.commune.name, receipt),
        "moment": str(told.moment),
        "danger": told.danger,
        "minor": str(told.minor),
        "there_now": str(told.there_now),
        "signs": [str(one) for one in told.signs],
        "writer": str(told.writer),
    }


def _new_receipt(now: datetime) -> str:
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"HB-{localdate(now, timezone=PARIS):%Y}-{drawn[:4]}-{drawn[4:]}"
