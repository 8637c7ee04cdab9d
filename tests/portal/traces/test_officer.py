"""« Qui a ouvert ce dossier »: the officer of an authority, and nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, AgentFactory, CaseFileFactory, MinorFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record, record_list
from fanal.ground.people.models import Minor
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def denis(nord: Organisation) -> Agent:
    agent = AgentFactory(name="Denis Inventé", email="denis@fanal.invalid")
    PostingFactory(agent=agent, organisation=nord, role="data_protection")
    return agent


@pytest.fixture
def desk(client: Client, denis: Agent) -> Client:
    client.force_login(denis)
    return client


def read(agent: Agent, minor: Minor) -> None:
    with acting_as(agent):
        record(agent=agent, deed="minor.read", subject=minor, outcome=Outcome.READ)


def page(desk: Client, **filters: object) -> str:
    answer = desk.get(reverse("traces:list"), filters)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_officer_sees_who_entered_the_files_sealed_ones_too(
    desk: Client, lea: Minor, nadia: Agent, paul: Agent, ines: Agent
) -> None:
    sealed = MinorFactory(case_file=CaseFileFactory(sealed_at=NOON, seal_reason="inventé"))
    read(nadia, lea)
    read(ines, sealed)
    elsewhere = MinorFactory(case_file=CaseFileFactory(authority_id="13"))
    read(paul, elsewhere)

    shown = page(desk)

    assert "Nadia" in shown
    assert "Inès" in shown
    assert "Paul" not in shown
    assert lea.family_name not in shown
    assert "n’ouvre aucun dossier" in shown


def test_by_file_agent_and_day(
    desk: Client, lea: Minor, nadia: Agent, ines: Agent, karim: Agent
) -> None:
    read(nadia, lea)
    read(ines, MinorFactory())
    with acting_as(karim):
        record_list(agent=karim, deed="concern.list", rows=[lea])

    by_file = page(desk, dossier=lea.case_file.ref)
    assert "Nadia" in by_file
    assert "Karim" in by_file
    assert "Inès" not in by_file
    assert "Nadia" not in page(desk, agent="inès")
    assert "Nadia" not in page(desk, until="01/01/2020")
    assert "Aucune trace ne répond" in page(desk, dossier=uuid4())
    # What cannot be read shows nothing rather than everything.
    assert "Nadia" not in page(desk, dossier="rien")


def test_reading_and_exporting_leave_a_trace_too(desk: Client, denis: Agent, lea: Minor) -> None:
    page(desk, dossier=lea.case_file.ref)
    desk.get(reverse("traces:export"))

    with as_owner():
        mine = list(Trace.objects.filter(agent=denis).order_by("at"))
    assert [(one.deed, one.outcome) for one in mine] == [
        ("traces.list", "read"),
        ("traces.export", "read"),
    ]
    assert mine[0].detail == {"rows": 0, "page": 1, "filters": ["dossier"]}


def test_an_export_holds_no_formula(desk: Client, lea: Minor, nadia: Agent) -> None:
    with as_owner():
        Agent.objects.filter(pk=nadia.pk).update(name="=1+1", function="@inventée")
    read(nadia, lea)

    text = desk.get(reverse("traces:export")).content.decode()

    assert "'=1+1;'@inventée" in text


def test_the_officer_opens_no_file(desk: Client, lea: Minor, denis: Agent) -> None:
    with acting_as(denis):
        assert not Minor.objects.exists()


@pytest.mark.parametrize("name", ["list", "export"])
def test_others_are_refused(client: Client, nadia: Agent, name: str) -> None:
    client.force_login(nadia)
    assert client.get(reverse(f"traces:{name}")).status_code == 403
