"""The controller's screens: references and days of their own authority, no name."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, AgentFactory, ConcernFactory, PostingFactory
from fanal.ground.agents.models import Agent
from fanal.ground.retention.models import Hold
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def solene(client: Client, nord: Any) -> Agent:
    agent = AgentFactory(name="Solène Inventée", email="solene@fanal.invalid")
    PostingFactory(agent=agent, organisation=nord, role="controller")
    client.force_login(agent)
    return agent


def _page(client: Client, route: str, **asked: str) -> str:
    answer = client.get(reverse(route), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_falls_due_is_shown_without_a_name(client: Client, solene: Agent) -> None:
    assert "Aucun dossier ne vient à terme" in _page(client, "keeping:due")
    concern = ConcernFactory(
        status="not_a_concern", exploitation="none", received_at=NOON.replace(year=2024)
    )
    elsewhere = ConcernFactory(
        status="not_a_concern", exploitation="none", minor__case_file__authority_id="13"
    )

    page = _page(client, "keeping:due")

    assert str(concern.case_file.ref) in page
    assert "échu" in page
    assert str(elsewhere.case_file.ref) not in page
    assert "Inventée, Léa" not in page
    assert "Léa" not in page
    assert str(concern.case_file.ref) not in _page(client, "keeping:due", when="held")
    exported = _page(client, "keeping:export")
    assert str(concern.case_file.ref) in exported
    assert "Moins de" not in _page(client, "keeping:runs")
    assert "référentiel CNIL" in _page(client, "keeping:periods")


def test_a_hold_is_placed_then_lifted(client: Client, solene: Agent, paul: Agent) -> None:
    concern = ConcernFactory(status="not_a_concern", exploitation="none")
    elsewhere = ConcernFactory(
        status="not_a_concern", exploitation="none", minor__case_file__authority_id="13"
    )
    for ref in (elsewhere.case_file.ref, "00000000-0000-4000-8000-000000000000"):
        refused = client.post(reverse("keeping:hold"), {"ref": ref, "reason": "Plainte."})
        assert "Aucun dossier de votre autorité" in refused.content.decode()

    client.post(reverse("keeping:hold"), {"ref": concern.case_file.ref, "reason": "Plainte."})

    with as_owner():
        hold = Hold.objects.get()
    page = _page(client, "keeping:due")
    assert "Plainte." in page
    address = reverse("keeping:lift", args=[hold.ref])
    stranger = Client()
    stranger.force_login(paul)
    assert stranger.get(address).status_code == 403
    client.post(address, {"reason": "Classée."})
    with as_owner():
        hold.refresh_from_db()
    assert (hold.lifted_by_id, hold.lift_reason) == (solene.pk, "Classée.")


def test_another_controller_meets_a_404(
    client: Client, bouches_du_rhone: Any, solene: Agent
) -> None:
    concern = ConcernFactory(status="not_a_concern", exploitation="none")
    client.post(reverse("keeping:hold"), {"ref": concern.case_file.ref, "reason": "Plainte."})
    with as_owner():
        hold = Hold.objects.get()
    other = AgentFactory()
    PostingFactory(agent=other, organisation=bouches_du_rhone, role="controller")
    client.force_login(other)

    assert client.get(reverse("keeping:lift", args=[hold.ref])).status_code == 404
    assert str(concern.case_file.ref) not in _page(client, "keeping:due")
