"""What a desk reads of whom it expects, what whoever referred learns, who holds a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible
from fanal.ground.privacy.sealing.keys import KeysLocked, Unopenable
from fanal.prevent.referrals.models import Booking, Participation, Reach
from fanal.prevent.referrals.slots import day_at
from fanal.prevent.referrals.terms import OUTCOMES, UNDONE_WITHIN, Said, State
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.queries import public_services

SEALED = "Le mot ne peut pas être lu pour le moment : il n’est pas perdu."
NOT_PUBLIC = "Lieu qui n’est plus public"
# Whoever holds a desk there; of these kinds, as the policies of the database say.
KINDS = ("association", "health", "other")


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody by their number, as the desk shows them."""

    booking: Booking
    # Whose desk it is; empty when there is but one.
    place: str
    note: str
    # Their code was given to somebody who forced them.
    forced: bool
    may_take_back: bool
    may_settle: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """One of those whom an agent referred: where, when, and what became of it."""

    place: UUID
    name: str
    day: date
    has_slot: bool
    referred_at: datetime
    said: Said
    elsewhere: PublicService | None


def my_places() -> list[Participation]:
    """Those whose desk is held by whoever asks, with their name in the directory."""
    return with_names(Participation.objects.order_by("pk"))


def with_names(places: Iterable[Participation]) -> list[Participation]:
    """Each with ``public``, None when it is not any more."""
    found = list(places)
    names = {one.pk: one for one in _services(one.service_id for one in found)}
    for one in found:
        # The record itself is for its keepers; its public page is for everybody.
        one.public = names.get(one.service_id)  # type: ignore[attr-defined]
    return found


def read_place(*, agent: Agent, ref: UUID) -> Participation:
    """
    Raises:
        NotVisible: no such place, or its desk is another's.
    """
    found = next((one for one in my_places() if one.ref == ref), None)
    if found is None:
        raise NotVisible
    record(agent=agent, deed="place.read", subject=found, outcome=Outcome.READ)
    return found


def read_booking(*, agent: Agent, ref: UUID) -> Booking:
    """
    Raises:
        NotVisible: no such appointment, or it is another place's.
    """
    found = Booking.objects.filter(ref=ref).select_related("opening", "participation").first()
    if found is None:
        raise NotVisible
    record(agent=agent, deed="booking.read", subject=found, outcome=Outcome.READ)
    return found


@dataclass(frozen=True, slots=True)
class Days:
    """
    The day that it is at each place of a desk: it may hold some where it is tomorrow already.

    An appointment is late, of the day or to come by the clock of its own place, never two of them.
    """

    today: dict[int, date]

    @classmethod
    def at(cls, places: Iterable[Participation], *, now: datetime) -> Days:
        """``places``: with their names."""
        return cls({one.pk: day_at(one.public, now) for one in places})  # type: ignore[attr-defined]

    def expected(self) -> QuerySet[Booking]:
        """Of the day, with those who may come any day of the week."""
        return self._listed(
            lambda today: (
                Q(day=today, opening__isnull=False) | Q(opening__isnull=True, day__gte=today)
            )
        ).exclude(state=State.CANCELLED)

    def to_come(self) -> QuerySet[Booking]:
        """Of the days after."""
        return self._listed(lambda today: Q(day__gt=today, opening__isnull=False)).filter(
            state=State.EXPECTED
        )

    def unsaid(self) -> QuerySet[Booking]:
        """Past, and the place has not said what became of it."""
        return self._listed(lambda today: Q(day__lt=today)).filter(state=State.EXPECTED)

    def _listed(self, when: Callable[[date], Q]) -> QuerySet[Booking]:
        found = Q(pk__in=())
        for today in set(self.today.values()):
            here = [key for key, day in self.today.items() if day == today]
            found |= Q(participation__in=here) & when(today)
        return (
            Booking.objects.filter(found)
            .select_related("opening", "participation")
            .order_by("day", "opening__starts", "participation", "number")
        )


def day_of(place: Participation, *, now: datetime) -> date:
    """The day that it is at a place."""
    return day_at(public_services().filter(pk=place.service_id).first(), now)


def as_shown(
    bookings: Iterable[Booking], *, places: list[Participation], now: datetime
) -> list[Expected]:
    """``places``: all those of the desk. A number is of one place: two may have drawn the same."""
    today = Days.at(places, now=now).today
    names = {one.pk: _name(one) for one in places} if len(places) > 1 else {}
    return [
        _shown(one, names.get(one.participation_id, ""), today[one.participation_id], now)
        for one in bookings
    ]


def seen_lately(*, today: date) -> int:
    """How many the places of whoever asks have seen this quarter, for themselves."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    mine = Reach.objects.filter(
        participation__in=Participation.objects.values("pk"), month__gte=first
    )
    return int(mine.aggregate(n=Sum("seen"))["n"] or 0)


def followed() -> list[Followed]:
    """Whom whoever asks has referred, and nothing more than what became of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, name, day, has_slot, referred_at, said, elsewhere"
            " FROM referrals_followed()"
        )
        rows = cursor.fetchall()
    others = {one.ref: one for one in public_services().filter(ref__in=[row[6] for row in rows])}
    return [
        Followed(place, name, day, has_slot, at, Said(said), others.get(elsewhere))
        for place, name, day, has_slot, at, said, elsewhere in rows
    ]


def agents_in(organisation: Organisation, role: Role, *, on: date) -> list[Agent]:
    return list(
        Agent.objects.filter(
            is_active=True,
            postings__in=organisation.postings.current(on=on).filter(role=role),
        ).distinct()
    )


def people_of(place: UUID, role: Role, *, on: date) -> list[Agent]:
    """Who holds the desk of a public place, for whoever announces somebody there."""
    with acting_as(None, purpose=Purpose.REFERRALS):
        service = public_services().filter(ref=place).values_list("pk", flat=True).first()
        held = Participation.objects.filter(service_id=service) if service else None
        found = held.select_related("organisation").first() if held is not None else None
    return agents_in(found.organisation, role, on=on) if found else []


def organisations_that_receive() -> QuerySet[Organisation]:
    """Those in which somebody holds a desk, for the keepers of the directory to choose from."""
    posted = Organisation.objects.filter(kind__in=KINDS, postings__role=Role.RECEPTION)
    return posted.distinct().order_by("name")


def failed(ref: UUID) -> UUID | None:
    """The place that could not receive; None when the key was taken back, or nothing is left."""
    with acting_as(None, purpose=Purpose.REFERRALS):
        found = (
            Booking.objects.filter(ref=ref, state=State.IMPOSSIBLE)
            .select_related("participation")
            .first()
        )
    if found is None:
        return None
    service = public_services().filter(pk=found.participation.service_id).first()
    return service.ref if service else None


def _name(place: Participation) -> str:
    return place.public.name if place.public else NOT_PUBLIC  # type: ignore[attr-defined]


def _shown(booking: Booking, place: str, today: date, now: datetime) -> Expected:
    try:
        note = booking.note
    except (KeysLocked, Unopenable):
        note = SEALED
    settled = booking.settled_at
    waits = booking.state == State.EXPECTED
    return Expected(
        booking,
        place,
        note,
        forced=waits and forced_at(kind=Kind.BOOKING, opens=booking.ref) is not None,
        may_take_back=booking.state in OUTCOMES
        and settled is not None
        and now - settled <= UNDONE_WITHIN,
        may_settle=waits and (booking.opening_id is None or booking.day <= today),
    )


def _services(keys: Iterable[int]) -> Iterable[PublicService]:
    return public_services().filter(pk__in=list(keys)).select_related("commune", "departement")
