"""Short ways to hold a place's desk, to book, to refer. Everything is invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils.timezone import localtime

from factories import AgentFactory, OrganisationFactory, PostingFactory, RowFactory
from fanal.ground.agents.models import Agent, Organisation
from fanal.prevent.referrals import use_cases
from fanal.prevent.referrals.models import Booking, Opening, Participation
from fanal.prevent.referrals.slots import Slot, slots_of
from fanal.prevent.referrals.use_cases import Booked, Wanted
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.models import PublicService, Service
from past import past
from prevent.spaces.places import ServiceFactory

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# The database counts the postings and the days of whoever asks from today.
NOON = localtime().replace(hour=12, minute=0, second=0, microsecond=0)
TOMORROW = NOON + DAY


class ParticipationFactory(RowFactory[Participation]):
    class Meta:
        model = Participation

    since = NOON.date() - 400 * DAY


class OpeningFactory(RowFactory[Opening]):
    class Meta:
        model = Opening

    day: Any = TOMORROW.date()
    starts = time(14)
    ends = time(15)
    seats = 2
    since = NOON.date() - 400 * DAY


def somebody_at(organisation: Organisation, name: str, role: str = "reception") -> Agent:
    agent = AgentFactory(name=f"{name} Inventé", email=f"{uuid4()}@fanal.invalid")
    PostingFactory(agent=agent, organisation=organisation, role=role)
    return agent


def a_place(organisation: Organisation | None = None, **named: Any) -> PublicService:
    """A public place that receives, whose desk is held by an organisation."""
    service: Service = ServiceFactory(
        verified={"address": "2026-11-20", "hours": "2026-11-20"},
        address="1 rue des Essais (invention)",
        **named,
    )
    ParticipationFactory(
        service=service,
        organisation=organisation or OrganisationFactory(kind="association"),
    )
    found = read_public(service.ref)
    assert found is not None
    return found


def opened(place: PublicService, **named: Any) -> Slot:
    participation = past(Participation).get(service_id=place.pk)
    opening = OpeningFactory(participation=participation, **named)
    return next(one for one in slots_of(place, now=NOON) if one.opening == opening.ref)


def booked(place: PublicService, slot: Slot, *, now: datetime = NOON, **said: str) -> Booked:
    return use_cases.book(place=place, key=slot.key, wanted=Wanted(**said), sent=uuid4(), now=now)


def kept(done: Booked) -> Booking:
    row: Booking = past(Booking).get(ref=done.kept.ref)
    return row


def words_of(done: Booked) -> str:
    assert done.code is not None
    return " ".join(done.code.words)
