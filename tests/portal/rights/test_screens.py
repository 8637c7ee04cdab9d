"""The screens of the requests: recorded by the delegate, prepared by the référent, answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from factories import AgentFactory, GrantFactory, PostingFactory
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor
from fanal.portal.rights.models import RightsRequest
from rows import as_owner

pytestmark = pytest.mark.django_db


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def desk(nord: Any) -> Client:
    agent = AgentFactory(name="Denis Inventé", email="denis@fanal.invalid")
    PostingFactory(agent=agent, organisation=nord, role="data_protection")
    return signed_in(agent)


def page(client: Client, route: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(route, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_request_goes_from_its_letter_to_its_answer(
    desk: Client, claire: Agent, paul: Agent, lea: Minor
) -> None:
    assert "Aucune demande." in page(desk, "rights:list")
    typed = {
        "kind": "rectification",
        "asker": "holder",
        "name": "Alix Inventé",
        "contact": "3, impasse des Phares",
        "way": "letter",
        "received_on": "02/11/2026",
        "wish": "Le nom du collège est faux.",
    }
    refused = desk.post(reverse("rights:new"), typed | {"received_on": "02/11/2126"})
    assert "à venir" in refused.content.decode()
    desk.post(reverse("rights:new"), typed)
    with as_owner():
        asked = RightsRequest.objects.get()
    assert "Alix Inventé" in page(desk, "rights:list")
    desk.post(
        reverse("rights:identity", args=[asked.ref]),
        {"how": "Pièce d’identité.", "file_ref": lea.case_file.ref},
    )
    assert "Aucune demande à préparer" in page(signed_in(claire), "rights:to_prepare")

    GrantFactory(case_file=lea.case_file, agent=claire)
    holder = signed_in(claire)
    assert "Alix Inventé" in page(holder, "rights:to_prepare")
    holder.post(
        reverse("rights:correct", args=[asked.ref]), {"field": "school", "corrected": "Collège B"}
    )
    holder.post(
        reverse("rights:prepare", args=[asked.ref]),
        {"given": "Le nom du collège est changé.", "withheld": ["informant"]},
    )
    assert "Collège B" in page(holder, "rights:show", asked.ref)
    assert "Collège B" not in page(desk, "rights:show", asked.ref)
    assert desk.get(reverse("rights:letter", args=[asked.ref])).status_code == 404
    desk.post(reverse("rights:answer", args=[asked.ref]))
    letter = desk.get(reverse("rights:letter", args=[asked.ref]))
    assert letter.status_code == 200
    assert "no-store" in letter["Cache-Control"]
    assert letter.content.startswith(b"%PDF")
    for route in ("show", "identity", "extend", "prepare", "correct", "answer", "refuse"):
        assert signed_in(paul).get(reverse(f"rights:{route}", args=[asked.ref])).status_code in (
            403,
            404,
        )


def test_the_list_filters_counts_and_exports_without_a_name(desk: Client) -> None:
    typed = {
        "asker": "minor",
        "name": "Léa Inventée",
        "contact": "au guichet",
        "way": "desk",
        "received_on": "02/01/2026",
        "wish": "Savoir.",
    }
    desk.post(reverse("rights:new"), typed | {"kind": "access"})
    desk.post(reverse("rights:new"), typed | {"kind": "rectification"})

    assert "2 demandes" in page(desk, "rights:list")
    assert "1 demande" in page(desk, "rights:list", kind="access")
    assert "Aucune demande ne répond à ces filtres" in page(desk, "rights:list", status="answered")
    assert "2 demandes" in page(desk, "rights:list", late="on")
    exported = page(desk, "rights:export")
    assert "Léa" not in exported
    assert exported.count("02/01/2026") == 2


def test_whoever_answers_nowhere_has_no_screen(sofia: Agent) -> None:
    assert signed_in(sofia).get(reverse("rights:list")).status_code == 403
    assert signed_in(sofia).get(reverse("rights:to_prepare")).status_code == 403


def test_the_desk_shows_what_is_due_and_says_what_is_late(desk: Client, nadia: Agent) -> None:
    assert "Aucune demande n’attend de réponse." in page(desk, "desks:home")
    typed = {
        "kind": "access",
        "asker": "holder",
        "name": "Alix Inventé",
        "contact": "x",
        "way": "letter",
        "wish": "Tout.",
    }
    for received in (localdate() - timedelta(days=62), localdate()):
        desk.post(reverse("rights:new"), typed | {"received_on": f"{received:%d/%m/%Y}"})
    with as_owner():
        late, fresh = RightsRequest.objects.order_by("due_on")

    shown = page(desk, "desks:home")

    assert "Le délai d’une réponse est dépassé." in shown
    # The first to end on top; neither name nor file is on a desk.
    assert 0 < shown.index(str(late.ref)) < shown.index(str(fresh.ref))
    assert "Alix" not in shown
    assert str(late.ref) in page(desk, "rights:list", late="on")
    assert str(fresh.ref) not in page(desk, "rights:list", late="on")
    assert str(late.ref) not in page(signed_in(nadia), "desks:home")
