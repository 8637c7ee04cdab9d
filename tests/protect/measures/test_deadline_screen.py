"""« Mes échéances »: the clocks of those whom the agent follows, and no others."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import NOON, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import MeasureType, Orderer
from fanal.protect.measures.use_cases import ask_parents, order_exit_ban
from fanal.protect.situations.models import Situation
from protect.measures.acting import DAY, LONG_AFTER, in_force, shelter
from protect.situations.following import begin

pytestmark = pytest.mark.django_db

PAGE = "measures:deadlines"


def page(client: Client, **asked: str) -> str:
    response = client.get(reverse(PAGE), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_list_says_why(client: Client, claire: Agent) -> None:
    client.force_login(claire)

    assert "Aucune échéance ne court." in page(client)


def test_each_clock_leads_to_what_it_is_about(
    client: Client, claire: Agent, followed: Situation
) -> None:
    measure = in_force(claire, followed, MeasureType.PLACEMENT_ASE)
    sheltered = shelter(claire, followed.case_file.ref)
    with acting_as(claire):
        ask_parents(
            agent=claire,
            ref=measure.ref,
            text="Passage en famille d'accueil",
            sent_on=DAY,
            received_on=None,
            now=LONG_AFTER,
        )
        order_exit_ban(agent=claire, ref=measure.ref, by=Orderer.JUDGE, on=DAY, now=LONG_AFTER)
    client.force_login(claire)

    shown = page(client)

    of_measure = reverse("measures:show", args=[measure.ref])
    # Notification, report, plan, longest term, and its question and its ban.
    assert shown.count(f'href="{of_measure}"') == 6
    assert reverse("measures:shelter", args=[sheltered.ref]) in shown
    assert reverse("situations:show", args=[followed.ref]) in shown
    assert "L. I., 15 ans" in shown
    assert "Léa" not in shown


def test_the_list_is_narrowed_by_kind_and_by_time(
    client: Client, claire: Agent, aemo: Measure
) -> None:
    client.force_login(claire)

    plan = page(client, rule="ppe")
    assert "1 échéance<" in plan
    assert "Rapport annuel au juge des enfants</a>" not in plan
    assert "Aucune échéance ne répond à ces filtres." in page(client, rule="summons")
    assert "Projet pour l" in page(client, shown="late")


def test_a_referent_sees_their_own_and_a_supervisor_the_whole_authority(
    client: Client, ines: Agent, claire: Agent, yanis: Agent, aemo: Measure
) -> None:
    other = MinorFactory(given_names="Zoé", family_name="Supposée")
    in_force(yanis, begin(ines, yanis, other), MeasureType.AEMO)

    client.force_login(claire)
    assert "Z. S." not in page(client)
    assert "Z. S." not in page(client, scope="authority")
    client.force_login(ines)
    assert "Z. S." not in page(client)
    assert "Z. S." in page(client, scope="authority")


def test_the_export_names_nobody_and_leaves_a_trace(
    client: Client, claire: Agent, aemo: Measure
) -> None:
    client.force_login(claire)

    response = client.get(reverse("measures:export"), {"rule": "ppe"})

    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Échéance", "Terme", "Mineur", "Fondement", "Qui veille"]
    assert rows[1][:2] == ["Projet pour l'enfant", "09/06/2026"]
    assert len(rows) == 2
    assert "Léa" not in text
    with acting_as(claire):
        assert Trace.objects.get(deed="deadline.export").detail == {"count": 1}


def test_a_fixed_number_of_queries_whatever_the_length(
    client: Client, ines: Agent, claire: Agent, aemo: Measure
) -> None:
    client.force_login(claire)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as taken:
            page(client)
        counts.append(len(taken))
        for name in ("Zoé", "Ali", "Eve"):
            minor = MinorFactory(given_names=name)
            in_force(claire, begin(ines, claire, minor, now=NOON), MeasureType.AEMO)

    assert counts[0] == counts[1]
