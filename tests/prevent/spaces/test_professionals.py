"""Places that verified professionals know of too; an account without a role opens nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from factories import AgentFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.prevent.spaces.models import ProfessionalService
from fanal.prevent.spaces.terms import Tier
from past import past
from prevent.spaces.places import ServiceFactory

pytestmark = pytest.mark.django_db
LIST = reverse("spaces:professionals")
UAPED = {"name": "UAPED inventée", "kind": "uaped", "tier": Tier.PROFESSIONAL}
ARRAS = {"commune_id": "62041", "departement_id": "62", "latitude": 50.29, "longitude": 2.78}


def page(client: Client, **filters: str) -> str:
    answer = client.get(LIST, filters)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_holds_a_role_reads_both_tiers_the_nearest_first(
    client: Client, nadia: Agent
) -> None:
    ServiceFactory(name="Lieu public d’Arras", **ARRAS)
    ServiceFactory(**UAPED, phone="03 20 99 99 99", address="9 rue Cachée")
    ServiceFactory(name="Refuge jamais montré", tier=Tier.HIDDEN)
    client.force_login(nadia)
    said = page(client, where="Lille")
    assert said.index("UAPED inventée") < said.index("Lieu public d’Arras")
    assert "jamais montré" not in said
    # What nobody confirmed is hidden from them as well.
    assert "03 20 99" not in said
    assert "rue Cachée" not in said
    assert "UAPED inventée" not in page(client, tier=Tier.PUBLIC)
    assert "Lieu public d’Arras" not in page(client, kind="uaped")
    assert "UAPED inventée" not in page(client, where="Pas-de-Calais")
    assert "Aucune commune ni aucun département" in page(client, where="zzzq")


def test_what_was_confirmed_is_shown_to_them(client: Client, nadia: Agent) -> None:
    ServiceFactory(**UAPED, phone="03 20 99 99 99", verified={"phone": "2026-11-20"})
    client.force_login(nadia)
    assert 'href="tel:0320999999"' in page(client)


def test_the_trace_says_which_filters_and_no_place_that_was_looked_for(
    client: Client, nadia: Agent
) -> None:
    ServiceFactory(**UAPED)
    client.force_login(nadia)
    page(client, where="Lille")
    trace = past(Trace).get(deed="directory.consult")
    assert (trace.detail["filters"], trace.detail["rows"]) == (["where"], 1)
    assert "Lille" not in str(trace.detail)


def test_an_account_without_a_role_and_a_role_that_ended_open_nothing(
    client: Client, nadia: Agent, as_owner: Any
) -> None:
    ServiceFactory(**UAPED)
    nobody = AgentFactory()
    client.force_login(nobody)
    assert client.get(LIST).status_code == 403
    client.force_login(nadia)
    assert "UAPED inventée" in page(client)
    with as_owner():
        nadia.postings.update(until="2026-01-01")
    assert localdate().year >= 2026
    assert client.get(LIST).status_code == 403
    for agent in (nobody, nadia):
        with acting_as(agent):
            assert ProfessionalService.objects.count() == 0


def test_nobody_reads_them_without_signing_in(client: Client) -> None:
    ServiceFactory(**UAPED)
    ServiceFactory()
    assert client.get(LIST)["Location"].startswith("/connexion/")
    with acting_as(None):
        assert ProfessionalService.objects.count() == 0
