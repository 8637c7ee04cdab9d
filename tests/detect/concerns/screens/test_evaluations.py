"""The evaluator's screens: written in one's own time, handed in once."""

import pytest
from django.urls import reverse

from detect.concerns.screens.concerns import WRITTEN, entrusted, evaluated, fresh, to
from factories import OtherMinorFactory
from fanal.detect.concerns.models import Evaluation, Visit
from rows import as_owner


@pytest.fixture
def evaluator(signed_in, karim):
    return signed_in(karim)


@pytest.fixture
def concern(karim):
    return entrusted(karim)


def kept(concern):
    with as_owner():
        return Evaluation.objects.get(concern=concern)


def page_of(response):
    return response.content.decode()


def test_my_evaluations_are_listed_with_their_two_clocks(evaluator, ines, concern):
    theirs = entrusted(ines)

    page = page_of(evaluator.get(reverse("concerns:evaluations")))

    assert concern.receipt in page
    assert theirs.receipt not in page
    assert page.count('class="clock ') == 2


def test_an_empty_list_says_what_comes_next(evaluator):
    assert "Aucune évaluation en cours." in page_of(evaluator.get(reverse("concerns:evaluations")))


def test_the_page_has_the_headings_of_the_framework_and_the_facts(evaluator, concern):
    page = page_of(evaluator.get(to("evaluate", concern)))

    for said in ("Avis du mineur", "Avis des parents", "Qualification du danger", "Suite proposée"):
        assert said in page
    assert concern.facts in page


def test_what_is_written_is_kept_at_each_pause(evaluator, concern):
    response = evaluator.post(
        to("evaluate", concern), {"parents_opinion": "Sa mère"}, headers={"X-Autosave": "1"}
    )

    assert response.status_code == 204
    assert kept(concern).parents_opinion == "Sa mère"


def test_a_pause_that_keeps_a_part_only_does_not_look_whole(evaluator, concern):
    response = evaluator.post(
        to("evaluate", concern),
        {"parents_opinion": "Sa mère", "danger": "unheard_of"},
        headers={"X-Autosave": "1"},
    )

    assert response.status_code == 422
    assert kept(concern).parents_opinion == "Sa mère"


def test_without_script_the_button_keeps(evaluator, concern):
    response = evaluator.post(to("evaluate", concern), WRITTEN)

    assert response["Location"] == to("evaluate", concern)
    assert kept(concern).minor_met is True
    assert kept(concern).submitted_at is None


def test_what_is_missing_is_said_with_links_and_nothing_is_handed_in(evaluator, concern):
    other = OtherMinorFactory(concern=concern)

    response = evaluator.post(
        to("evaluate", concern), WRITTEN | {"danger": "", "submit": "1"}, follow=True
    )
    page = page_of(response)

    assert "Qualifiez le danger." in page
    assert 'href="#id_danger_0"' in page
    assert other.full_name in page
    assert fresh(concern).status == "under_evaluation"


def test_a_minor_not_met_needs_a_reason(evaluator, concern):
    evaluator.post(to("evaluate", concern), WRITTEN | {"minor_met": "False"})

    assert "le juge est alors saisi" in page_of(evaluator.get(to("evaluate", concern)))


def test_a_meeting_is_added(evaluator, concern):
    assert evaluator.post(to("visit", concern), {"on": "", "x": "1"}).status_code == 200

    evaluator.post(
        to("visit", concern),
        {"on": "10/03/2026", "place": "collège", "met": "Léa", "observations": "Calme."},
    )

    with as_owner():
        assert Visit.objects.get().place == "collège"
    assert "collège" in page_of(evaluator.get(to("evaluate", concern)))


def test_each_other_minor_has_its_findings(evaluator, concern):
    other = OtherMinorFactory(concern=concern)
    where = to("findings", concern, other.ref)
    assert "Tom Inventé" in page_of(evaluator.get(where))

    response = evaluator.post(where, {"findings": "Va bien, suivi à l'école."})

    assert response["Location"] == to("evaluate", concern)
    with as_owner():
        other.refresh_from_db()
    assert other.findings == "Va bien, suivi à l'école."


def test_once_handed_in_it_does_not_change(evaluator, karim):
    concern = evaluated(karim)

    for name in ("evaluate", "visit"):
        assert evaluator.get(to(name, concern))["Location"] == to("show", concern)
    evaluator.post(to("submit", concern))
    evaluator.post(to("evaluate", concern), {"parents_opinion": "autre"})
    assert kept(concern).parents_opinion == WRITTEN["parents_opinion"]


def test_the_report_is_printed_once_handed_in(evaluator, karim, concern):
    early = evaluator.post(to("evaluation_report", concern))
    assert early["Location"] == to("show", concern)

    response = evaluator.post(to("evaluation_report", evaluated(karim)))

    assert evaluator.get(response["Location"]).content.startswith(b"%PDF")


def test_handing_in_from_its_own_address(evaluator, concern):
    assert "#manque" in evaluator.post(to("submit", concern))["Location"]
    evaluator.post(to("evaluate", concern), WRITTEN)

    evaluator.post(to("submit", concern))

    assert fresh(concern).status == "evaluated"
