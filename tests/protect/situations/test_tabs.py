"""A room above adds its tab, its count and what runs today."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from fanal.ground.agents.models import Agent
from fanal.protect.situations import tabs
from fanal.protect.situations.models import Situation

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "_tabs", {})


@pytest.mark.usefixtures("alone")
def test_a_registered_tab_stands_where_its_rank_says(
    client: Client, claire: Agent, followed: Situation
) -> None:
    tabs.register(
        tabs.Tab(
            label="Suivi inventé",
            route="situations:dossier",
            rank=10,
            count=lambda situation: 7,
            in_force=lambda situation: [f"aide en cours pour {situation.number}"],
        )
    )
    client.force_login(claire)

    page = client.get(reverse("situations:show", args=[followed.ref])).content.decode()

    assert page.index(">Fil<") < page.index("Suivi inventé") < page.index(">Personnes<")
    assert '<span class="tally">7</span>' in page
    assert f"aide en cours pour {followed.number}" in page


@pytest.mark.usefixtures("alone")
def test_the_same_route_again_replaces_the_former_tab(followed: Situation) -> None:
    for label in ("Un", "Deux"):
        tabs.register(tabs.Tab(label=label, route="situations:dossier"))

    assert [tab.label for tab in tabs.registered()] == ["Deux"]
