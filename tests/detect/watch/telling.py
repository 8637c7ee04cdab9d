"""Short ways to tell of a lodging, and to be the contact point of a département."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.detect.watch import use_cases
from fanal.detect.watch.models import LodgingAlert
from fanal.detect.watch.terms import Lodging, Moment, Seen, Sign, Writer
from fanal.detect.watch.use_cases import Told
from fanal.ground.agents.models import Agent
from fanal.ground.codes.use_cases import Issued
from fanal.ground.territory.queries import find_commune
from past import past

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LILLE, MARSEILLE = "59350", "13055"
SAID = "Des mots que personne d’autre ne doit lire."


def reader(departement: str | None = "59", **posting: Any) -> Agent:
    """Somebody of the contact point of a département."""
    agent = AgentFactory()
    service = OrganisationFactory(kind="police", departement_id=departement)
    PostingFactory(agent=agent, organisation=service, **({"role": "contact_point"} | posting))
    return agent


def told(commune: str = LILLE, **said: Any) -> Told:
    usual: dict[str, Any] = {
        "commune": find_commune(commune),
        "lodging": Lodging.HOTEL,
        "moment": Moment.WEEK,
        "minor": Seen.UNKNOWN,
        "there_now": Seen.UNKNOWN,
        "writer": Writer.HOTEL_STAFF,
        "address": "12 rue de Lille",
        "signs": (Sign.DOOR,),
        "words": SAID,
    }
    return Told(**(usual | said))


def alerted(commune: str = LILLE, *, now: datetime = NOON, **said: Any) -> LodgingAlert:
    """An alert without its words."""
    kept = use_cases.keep_alert(told=told(commune, **said), sent=uuid4(), now=now)
    found: LodgingAlert = past(LodgingAlert).get(ref=kept.ref)
    return found


def with_code(*, now: datetime = NOON, **said: Any) -> tuple[LodgingAlert, Issued]:
    sent = uuid4()
    received = use_cases.receive_alert(told=told(**said), sent=sent, now=now)
    assert received.code is not None
    return past(LodgingAlert).get(sent=sent), received.code
