"""A place takes part, says when it receives, shuts a day, rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from fanal.engines.hours.places import place_of
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.exchange.flags import flags_of
from fanal.prevent.referrals.models import Booking, ClosedDay, Opening, Participation
from fanal.prevent.referrals.queries import day_of
from fanal.prevent.referrals.terms import State
from fanal.prevent.spaces.keeping import lock_service
from fanal.prevent.spaces.terms import Tier


class NotReady(Refusal):
    message = (
        "Ce lieu ne peut pas encore recevoir sur rendez-vous : il faut qu’il soit visible de tout "
        "le monde, dans un département, et que son adresse soit confirmée."
    )


class Elsewhere(Refusal):
    message = "Ce lieu reçoit déjà, tenu par une autre organisation."


class TellsOfSomebody(Refusal):
    """A text in which somebody might be known."""

    def __init__(self, *texts: str) -> None:
        said = ", ".join(one.said for one in flags_of(*texts))
        self.message = (
            f"Réécrivez sans ce qui ferait reconnaître quelqu’un : {said}. "
            "Un mot ordinaire peut être pris pour un nom : écrivez-le sans majuscule."
        )
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Hours:
    """Each week on ``weekday``, or on one ``day``; no seat: one comes without having booked."""

    starts: time
    ends: time
    seats: int = 1
    weekday: int | None = None
    day: date | None = None
    walk_in: bool = False


@transaction.atomic
def take_part(
    *, agent: Agent, ref: UUID, organisation: Organisation, now: datetime
) -> Participation:
    """
    Whoever keeps the directory says whose people hold the desk of a place.

    Raises:
        NotVisible: no such place, or the agent does not keep the directory.
        NotReady: nobody would find its door.
        Elsewhere: another organisation holds it.
    """
    service = lock_service(ref)
    if (
        service.tier != Tier.PUBLIC
        or service.departement_id is None
        or "address" not in service.verified
    ):
        raise NotReady
    today = now.astimezone(place_of(service.departement_id).zone).date()
    known = Participation.objects.select_for_update(of=("self",)).filter(service=service).first()
    if known is None:
        known = Participation.objects.create(
            service=service, organisation=organisation, since=today
        )
    elif known.organisation_id != organisation.pk:
        # What was booked with others is theirs alone.
        raise Elsewhere
    else:
        known.until = None
        known.save(update_fields=["until"])
    record(agent=agent, deed="place.take_part", subject=known)
    return known


@transaction.atomic
def leave(*, agent: Agent, ref: UUID, now: datetime) -> Participation:
    """
    From tomorrow on it receives no more; whoever is expected today is still.

    Raises:
        NotVisible: no such place, or the agent does not keep the directory.
    """
    found = (
        Participation.objects.select_for_update(of=("self",))
        .filter(service=lock_service(ref))
        .first()
    )
    if found is None:
        raise NotVisible
    found.until = day_of(found, now=now)
    found.save(update_fields=["until"])
    record(agent=agent, deed="place.leave", subject=found)
    return found


@transaction.atomic
def present(*, agent: Agent, ref: UUID, welcome: str, paused: bool) -> Participation:
    """
    What happens when one arrives, and whether anything new is taken.

    Raises:
        NotVisible: not the agent's place.
        TellsOfSomebody: a name or a number of somebody stands in the text.
    """
    found = _locked(ref)
    # Of a place, its own line may be said; of a person, nothing.
    if any(one.kind in ("mail", "handle") for one in flags_of(welcome)):
        raise TellsOfSomebody(welcome)
    found.welcome, found.paused = welcome, paused
    found.save(update_fields=["welcome", "paused"])
    record(agent=agent, deed="place.present", subject=found)
    return found


@transaction.atomic
def add_opening(*, agent: Agent, ref: UUID, hours: Hours, now: datetime) -> Opening:
    """
    Raises:
        NotVisible: not the agent's place.
    """
    found = _locked(ref)
    opening = Opening.objects.create(
        participation=found,
        weekday=hours.weekday,
        day=hours.day,
        starts=hours.starts,
        ends=hours.ends,
        walk_in=hours.walk_in,
        seats=0 if hours.walk_in else hours.seats,
        since=day_of(found, now=now),
    )
    record(agent=agent, deed="place.open", subject=opening)
    return opening


@transaction.atomic
def end_opening(*, agent: Agent, ref: UUID, now: datetime) -> Opening:
    """
    Offered no more from tomorrow on. Whoever is expected later sees it with their code.

    Raises:
        NotVisible: not of the agent's place.
    """
    openings = Opening.objects.select_for_update(of=("self",)).select_related("participation")
    opening = openings.filter(ref=ref).first()
    if opening is None:
        raise NotVisible
    opening.until = day_of(opening.participation, now=now) - timedelta(days=1)
    opening.save(update_fields=["until"])
    record(agent=agent, deed="place.end_opening", subject=opening)
    return opening


@transaction.atomic
def close_day(*, agent: Agent, ref: UUID, day: date) -> int:
    """
    Nothing is offered that day; how many were expected, whom nobody can call.

    Raises:
        NotVisible: not the agent's place.
    """
    found = _locked(ref)
    ClosedDay.objects.get_or_create(participation=found, day=day)
    record(agent=agent, deed="place.close_day", subject=found)
    expected = Booking.objects.filter(participation=found, day=day, state=State.EXPECTED)
    return expected.exclude(opening=None).count()


@transaction.atomic
def reopen_day(*, agent: Agent, ref: UUID, day: date) -> None:
    """
    Raises:
        NotVisible: not the agent's place.
    """
    found = _locked(ref)
    ClosedDay.objects.filter(participation=found, day=day).delete()
    record(agent=agent, deed="place.reopen_day", subject=found)


def _locked(ref: UUID) -> Participation:
    found = Participation.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found
