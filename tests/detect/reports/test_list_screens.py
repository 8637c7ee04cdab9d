"""The lists of both sides, their filters and their exports."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from detect.reports.samples import writing
from factories import NOON, ConcernFactory, MinorFactory
from fanal.detect.reports.models import Report
from fanal.detect.reports.queries import report_steps, reports_of, reports_unanswered
from fanal.detect.reports.terms import StepKind
from fanal.detect.reports.use_cases import draft_report, save_draft, send_report
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent

pytestmark = pytest.mark.django_db


def send_many(agent: Agent, count: int, *, at: datetime = NOON, **changes: object) -> list[Report]:
    reports = []
    for _ in range(count):
        concern = ConcernFactory(minor=MinorFactory())
        with acting_as(agent):
            report = draft_report(agent=agent, concern_ref=concern.ref, now=at)
            save_draft(agent=agent, ref=report.ref, writing=writing(**changes), now=at)
            reports.append(send_report(agent=agent, ref=report.ref, now=at))
    return reports


def page_of(client: Client, name: str, query: str = "") -> str:
    return client.get(f"{reverse(f'reports:{name}')}{query}").content.decode()


def rows_of(client: Client, name: str, query: str = "") -> list[list[str]]:
    response = client.get(f"{reverse(f'reports:{name}')}{query}")
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_an_empty_list_says_what_comes_next(client: Client, nadia: Agent, julien: Agent) -> None:
    client.force_login(nadia)
    assert "se prépare depuis une information préoccupante" in page_of(client, "list")

    client.force_login(julien)
    assert "attend votre parquet" in page_of(client, "inbox")


def test_the_list_names_no_minor(client: Client, nadia: Agent, sent: Report) -> None:
    client.force_login(nadia)

    page = page_of(client, "list")

    assert sent.number in page
    assert "L. I., Lille" in page
    assert "Léa" not in page


def test_the_list_is_of_ones_own_authority(client: Client, paul: Agent, sent: Report) -> None:
    client.force_login(paul)

    assert sent.number not in page_of(client, "list")
    assert len(rows_of(client, "export")) == 1


def test_the_parquet_finds_what_waits_urgent_first(
    client: Client, nadia: Agent, julien: Agent
) -> None:
    (calm,) = send_many(nadia, 1)
    (urgent,) = send_many(nadia, 1, at=NOON + timedelta(hours=1), urgent=True)
    client.force_login(julien)

    page = page_of(client, "inbox")

    assert page.index(urgent.number) < page.index(calm.number)
    assert calm.number not in page_of(client, "inbox", "?urgent=on")


def test_what_is_answered_leaves_the_inbox_and_stays_in_the_whole(
    client: Client, julien: Agent, informed: Report
) -> None:
    client.force_login(julien)

    assert informed.number not in page_of(client, "inbox")
    assert informed.number in page_of(client, "inbox", "?status=all")
    assert informed.number in page_of(client, "inbox", "?status=informed_back")


def test_no_draft_comes_to_the_parquet(client: Client, julien: Agent, draft: Report) -> None:
    client.force_login(julien)

    assert draft.number not in page_of(client, "inbox", "?status=all")


def test_another_court_finds_an_empty_inbox(
    client: Client, other_parquet: Agent, sent: Report
) -> None:
    client.force_login(other_parquet)

    assert sent.number not in page_of(client, "inbox", "?status=all")
    assert len(rows_of(client, "inbox_export", "?status=all")) == 1


def test_the_list_filters_by_state_and_urgency(client: Client, nadia: Agent, draft: Report) -> None:
    (urgent,) = send_many(nadia, 1, urgent=True)
    client.force_login(nadia)

    assert urgent.number not in page_of(client, "list", "?status=draft")
    assert draft.number in page_of(client, "list", "?status=draft")
    assert draft.number not in page_of(client, "list", "?urgent=on")
    assert "Tout afficher" in page_of(client, "list", "?status=closed")


def test_a_filter_that_means_nothing_hides_nothing(
    client: Client, nadia: Agent, sent: Report
) -> None:
    client.force_login(nadia)

    assert sent.number in page_of(client, "list", "?status=inconnu&page=zzz")


def test_what_the_parquet_left_without_return_is_found(
    client: Client, nadia: Agent, julien: Agent
) -> None:
    now = timezone.now()
    (late,) = send_many(nadia, 1, at=now - timedelta(days=20))
    (recent,) = send_many(nadia, 1, at=now - timedelta(days=2))
    client.force_login(nadia)

    page = page_of(client, "list", "?unanswered=on")

    assert late.number in page
    assert recent.number not in page
    with acting_as(nadia):
        assert list(reports_unanswered(authorities=[late.authority], now=now)) == [late]


def test_the_list_is_paginated_at_a_constant_number_of_queries(
    client: Client, nadia: Agent
) -> None:
    client.force_login(nadia)
    send_many(nadia, 2)
    with CaptureQueriesContext(connection) as few:
        page_of(client, "list")
    send_many(nadia, 28)
    with CaptureQueriesContext(connection) as many:
        page = page_of(client, "list")

    assert page.count("/signalements/") > 25
    assert "?page=2" in page
    # The paginator alone asks for its count in both cases.
    assert len(many) == len(few)


def test_the_export_names_no_minor_and_follows_the_filters(
    client: Client, nadia: Agent, informed: Report, julien: Agent
) -> None:
    client.force_login(nadia)

    head, row = rows_of(client, "export")
    assert dict(zip(head, row, strict=True)) == {
        "Numéro": informed.number,
        "État": "suites connues",
        "Urgent": "non",
        "Commune": "Lille",
        "Tribunal judiciaire": "Tribunal judiciaire de Lille",
        "Tribunal pour enfants": "Tribunal judiciaire de Lille",
        "Adressé le": "09/03/2026",
        "Suites": "Juge des enfants saisi",
        "Retour attendu le": "24/03/2026",
    }
    assert len(rows_of(client, "export", "?status=draft")) == 1

    client.force_login(julien)
    head, row = rows_of(client, "inbox_export", "?status=all")
    assert row[0] == informed.number
    assert "Retour attendu le" not in head


def test_the_export_says_the_day_that_it_was_here(client: Client, nadia: Agent) -> None:
    # Half past midnight in Lille; the day before in universal time.
    send_many(nadia, 1, at=datetime(2026, 3, 9, 23, 30, tzinfo=UTC))
    client.force_login(nadia)

    head, row = rows_of(client, "export")

    assert dict(zip(head, row, strict=True))["Adressé le"] == "10/03/2026"


def test_nothing_is_lost_between_two_batches_of_a_long_export(
    client: Client, nadia: Agent, julien: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fanal.ground.privacy.exports.BATCH", 2)
    sent = {report.number for report in send_many(nadia, 5)}

    client.force_login(nadia)
    head, *rows = rows_of(client, "export")
    assert {row[0] for row in rows} == sent
    assert {row[head.index("Retour attendu le")] for row in rows} == {"24/03/2026"}
    client.force_login(julien)
    _, *rows = rows_of(client, "inbox_export")
    assert {row[0] for row in rows} == sent


def test_the_course_of_a_file_is_told_in_order(nadia: Agent, informed: Report) -> None:
    with acting_as(nadia):
        files = CaseFile.objects.filter(pk=informed.case_file_id)
        told = [step.step for step in report_steps(files)]
        assert list(reports_of(files)) == [informed]

    assert told == [
        StepKind.SENT,
        StepKind.ACKNOWLEDGED,
        StepKind.OUTCOME,
        StepKind.INFORMED_BACK,
    ]
