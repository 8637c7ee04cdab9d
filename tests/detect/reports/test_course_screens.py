"""The signalement once sent, seen and moved from both sides."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from detect.reports.samples import FACTS, writing
from factories import NOON
from fanal.detect.reports.models import Report
from fanal.detect.reports.terms import Status
from fanal.detect.reports.use_cases import save_draft, send_report
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent

pytestmark = pytest.mark.django_db

BY_PHONE = "greffe du parquet, par téléphone"


def at(screen: str, report: Report) -> str:
    return reverse(f"reports:{screen}", args=[report.ref])


def status_of(report: Report, agent: Agent) -> str:
    with acting_as(agent):
        return Report.objects.get(pk=report.pk).status


@pytest.fixture
def involved(draft: Report, nadia: Agent, julien: Agent) -> Report:
    said = writing(
        parents_informed=False,
        parents_reason="Un parent est cité. [invention]",
        parents_may_be_involved=True,
    )
    with acting_as(nadia):
        save_draft(agent=nadia, ref=draft.ref, writing=said, now=NOON)
        return send_report(agent=nadia, ref=draft.ref, now=NOON)


def test_the_crip_sees_what_is_awaited(client: Client, nadia: Agent, sent: Report) -> None:
    client.force_login(nadia)

    page = client.get(at("show", sent)).content.decode()

    assert "Relancer le parquet" in page
    assert "Art. L226-4 CASF" in page
    assert "L. I., 14 ans" in page
    assert "Accuser réception pour lui" in page
    assert "Clôturer" not in page


def test_a_draft_is_shown_where_it_is_written(client: Client, nadia: Agent, draft: Report) -> None:
    client.force_login(nadia)

    assert client.get(at("show", draft))["Location"] == at("write", draft)


def test_the_parquet_reads_the_minor_and_the_facts_not_the_file(
    client: Client, julien: Agent, sent: Report
) -> None:
    client.force_login(julien)

    page = client.get(at("answer", sent)).content.decode()

    assert "Léa Inventée" in page
    assert FACTS.split("[")[0].replace("'", "&#x27;") in page
    assert "Sofia Inventée" in page
    assert "Accuser réception" in page
    assert "Absences répétées" not in page


def test_the_parquet_walks_its_whole_answer(
    client: Client, julien: Agent, nadia: Agent, sent: Report
) -> None:
    client.force_login(julien)

    assert client.post(at("acknowledge", sent))["Location"] == at("answer", sent)
    said = {"kind": "judge_seised", "on": "09/03/2026", "note": "Audience à venir. [invention]"}
    assert client.post(at("outcome", sent), said)["Location"] == at("answer", sent)
    assert client.post(at("inform_back", sent), {"note": ""})["Location"] == at("answer", sent)

    page = client.get(at("answer", sent)).content.decode()
    assert "Juge des enfants saisi" in page
    assert status_of(sent, julien) == Status.INFORMED_BACK


def test_the_crip_walks_the_answer_told_by_telephone(
    client: Client, nadia: Agent, sent: Report
) -> None:
    client.force_login(nadia)
    told = {"told_by": BY_PHONE}

    refused = client.post(at("acknowledge", sent), {"told_by": ""})
    assert refused.status_code == 200
    client.post(at("acknowledge", sent), told)
    client.post(at("outcome", sent), {"kind": "no_action", "on": "09/03/2026"} | told)
    client.post(at("inform_back", sent), told)
    client.post(at("tell_parents", sent), {"note": "Courrier du jour."})
    client.post(at("close", sent))

    assert status_of(sent, nadia) == Status.CLOSED
    page = client.get(at("show", sent)).content.decode()
    assert f"d&#x27;après : {BY_PHONE}" in page or f"d'après : {BY_PHONE}" in page
    assert "Relancer le parquet" not in page


def test_an_act_out_of_turn_is_explained(client: Client, nadia: Agent, sent: Report) -> None:
    client.force_login(nadia)

    response = client.post(at("close", sent))

    assert response.status_code == 200
    assert "réception par le parquet" in response.content.decode()


def test_the_crip_asks_the_parquet_again(client: Client, nadia: Agent, sent: Report) -> None:
    client.force_login(nadia)

    page = client.post(at("relaunch", sent), {"note": ""}, follow=True).content.decode()

    assert "Le parquet est relancé." in page
    assert "Parquet relancé" in page


def test_the_parquet_lets_the_parents_be_told(
    client: Client, julien: Agent, nadia: Agent, involved: Report
) -> None:
    client.force_login(nadia)
    assert "n&#x27;informez pas la famille" in client.get(
        at("show", involved)
    ).content.decode().replace("n'informez", "n&#x27;informez")

    client.force_login(julien)
    assert client.get(at("allow_parents", involved)).status_code == 200
    client.post(at("allow_parents", involved))

    client.force_login(nadia)
    assert "Enregistrer leur information" in client.get(at("show", involved)).content.decode()


@pytest.mark.parametrize("screen", ["acknowledge", "outcome", "inform_back", "allow_parents"])
def test_the_parquet_is_not_asked_who_told_it(
    client: Client, julien: Agent, nadia: Agent, sent: Report, screen: str
) -> None:
    client.force_login(julien)
    assert 'name="told_by"' not in client.get(at(screen, sent)).content.decode()

    client.force_login(nadia)
    assert 'name="told_by"' in client.get(at(screen, sent)).content.decode()


@pytest.mark.parametrize("screen", ["relaunch", "tell_parents", "close", "show", "write", "send"])
def test_the_acts_of_the_departement_are_not_the_parquets(
    client: Client, julien: Agent, sent: Report, screen: str
) -> None:
    client.force_login(julien)

    assert client.get(at(screen, sent)).status_code == 403


def test_both_sides_read_the_same_letter(
    client: Client, julien: Agent, nadia: Agent, sent: Report
) -> None:
    letters = []
    for agent in (julien, nadia):
        client.force_login(agent)
        response = client.get(at("letter", sent))
        assert response["Content-Type"] == "application/pdf"
        assert response["Cache-Control"].startswith("private, no-store")
        assert "Inv" not in response["Content-Disposition"]
        letters.append(response.content)

    assert letters[0] == letters[1]
    assert letters[0].startswith(b"%PDF")


def test_a_draft_has_no_letter(client: Client, nadia: Agent, draft: Report) -> None:
    client.force_login(nadia)

    assert client.get(at("letter", draft)).status_code == 404


def test_a_late_return_is_amber_since_the_law_sets_no_day(
    client: Client, nadia: Agent, sent: Report
) -> None:
    client.force_login(nadia)

    page = client.get(at("show", sent)).content.decode()

    assert "sans retour" in page
    assert "clock-overdue" not in page.split("Retour du parquet")[1].split("Relancer")[0]


def test_an_image_hidden_in_a_note_is_refused(client: Client, nadia: Agent, sent: Report) -> None:
    client.force_login(nadia)

    note = f"data:image/png;base64,{'iVBORw0KGgo' * 9}"
    page = client.post(at("relaunch", sent), {"note": note}).content.decode()

    assert "PHAROS" in page
    assert "Parquet relancé" not in client.get(at("show", sent)).content.decode()
