"""A desk asks the database as many questions for two rows as for twelve."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from factories import (
    NOON,
    AgentFactory,
    ConcernFactory,
    GrantFactory,
    MinorFactory,
    PostingFactory,
    RowFactory,
    SubmissionFactory,
)
from fanal.detect.concerns.models import Draft, Evaluation
from fanal.detect.reports.models import Report
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.territory.queries import find_commune
from protect.situations.following import begin
from rows import as_owner

pytestmark = pytest.mark.django_db

Fill = Callable[[int], None]


class EvaluationFactory(RowFactory[Evaluation]):
    class Meta:
        model = Evaluation

    started_at = NOON
    updated_at = NOON


def queries_of(agent: Agent, path: str = "/bureau/") -> int:
    client = Client()
    client.force_login(agent)
    words = {"q": "inventee"} if path == "/recherche/" else None
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        answer = client.post(path, words) if words else client.get(path)
        assert answer.status_code == 200
    return len(caught)


def sent_report(author: Agent) -> Report:
    concern = ConcernFactory()
    commune = find_commune("59350")
    with as_owner():
        report = Report.objects.create(
            number=f"SI-{concern.pk}",
            case_file=concern.case_file,
            concern=concern,
            authority_id="59",
            commune=commune,
            court_id="tj59350",
            tpe_court_id="tj59350",
            grounds=["grave_and_immediate"],
            facts="Faits inventés.",
            parents_informed=True,
            identity={},
            drafted_at=NOON,
            drafted_by=author,
            updated_at=NOON,
        )
        Report.objects.filter(pk=report.pk).update(status="sent", sent_at=NOON, sent_by=author)
    return report


def test_the_crip_s_desk(nadia: Agent) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            ConcernFactory()

    check(nadia, fill)


def test_the_on_call_s_desk(omar: Agent) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            ConcernFactory(immediate_danger=True)

    check(omar, fill)


def test_the_supervisor_s_desk(ines: Agent, nord: Organisation) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            proposer = AgentFactory()
            PostingFactory(agent=proposer, organisation=nord, role="crip")
            ConcernFactory(
                status="evaluated",
                proposed="no_further_action",
                proposed_by=proposer,
                proposed_at=NOON,
            )
            ConcernFactory(status="decided", outcome="admin_measure", decided_at=NOON)
            referent = AgentFactory()
            PostingFactory(agent=referent, organisation=nord, role="referent")
            begin(ines, referent, MinorFactory(), now=now() - timedelta(days=60))

    check(ines, fill)


def test_the_evaluator_s_desk(karim: Agent) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            concern = ConcernFactory(status="under_evaluation")
            EvaluationFactory(concern=concern, case_file=concern.case_file, lead=karim)
            GrantFactory(case_file=concern.case_file, agent=karim, capacity="evaluator")

    check(karim, fill)


def test_the_referent_s_desk(claire: Agent, ines: Agent) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            begin(ines, claire, MinorFactory(), now=now() - timedelta(days=60))

    check(claire, fill)


def test_the_parquet_s_desk(julien: Agent, nadia: Agent) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            sent_report(nadia)

    check(julien, fill)


def test_the_author_s_desk(sofia: Agent, school: Organisation) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            SubmissionFactory(agent=sofia, organisation=school)
            with as_owner():
                Draft.objects.create(
                    agent=sofia, organisation=school, started_at=NOON, updated_at=NOON
                )

    check(sofia, fill)


def test_the_search(nadia: Agent) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            ConcernFactory()

    check(nadia, fill, "/recherche/")


def test_the_supervisor_s_search(ines: Agent, nord: Organisation) -> None:
    def fill(rows: int) -> None:
        for _ in range(rows):
            referent = AgentFactory()
            PostingFactory(agent=referent, organisation=nord, role="referent")
            minor = MinorFactory()
            ConcernFactory(minor=minor)
            begin(ines, referent, minor)

    check(ines, fill, "/recherche/")


def check(agent: Agent, fill: Fill, path: str = "/bureau/") -> None:
    fill(2)
    few = queries_of(agent, path)
    fill(10)
    assert queries_of(agent, path) == few
    assert few < 40
