"""The screen « Repérer »: tick facts, read what can be done, carry the codes further."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.detect.screening.grid import load

ADDRESS = reverse_lazy("screening:grid")


@pytest.fixture
def teacher(db, client):
    """Nobody in particular: a professional of an invented school."""
    agent = AgentFactory()
    PostingFactory(agent=agent, organisation=OrganisationFactory(), role="author")
    client.force_login(agent)
    return client


def with_role(client, role):
    agent = AgentFactory()
    PostingFactory(agent=agent, organisation=OrganisationFactory(), role=role)
    client.force_login(agent)
    return client


def test_every_fact_of_the_grid_can_be_ticked_and_has_its_example(teacher):
    page = teacher.get(ADDRESS).content.decode()

    for domain in load().domains:
        assert f'value="{domain.code}"' in page
        for item in domain.items:
            assert f'value="{item.code}"' in page
    assert page.count("Exemple :") == sum(len(domain.items) for domain in load().domains)
    assert "sans validation scientifique" in page


def test_ticked_facts_become_next_steps_with_their_reasons(teacher):
    response = teacher.post(ADDRESS, {"RUN": ["RUN-1"], "MAT": ["MAT-1"]})

    assert response.status_code == 200
    assert response.templates[0].name == "detect/screening/reading.html"
    for step in response.context["reading"].next_steps:
        assert step.code in {"SAME_DAY", "MISSING", "NO_SEARCH", "WRITE", "TRANSMIT"}
    page = response.content.decode()
    assert "responsable et à la CRIP" in page
    assert "Ce qui est observé ne doit pas attendre demain." in page


def test_the_codes_go_with_the_concern(teacher):
    page = teacher.post(ADDRESS, {"RUN": ["RUN-1"], "SCH": ["SCH"]}).content.decode()

    assert f'action="{reverse("concerns:start")}"' in page
    assert '<input type="hidden" name="codes" value="RUN-1">' in page
    assert '<input type="hidden" name="codes" value="SCH">' in page

    response = teacher.post(reverse("concerns:start"), {"codes": ["RUN-1", "SCH"]})
    assert response.status_code == 302


def test_what_was_ticked_can_be_revised(teacher):
    response = teacher.post(ADDRESS, {"RUN": ["RUN-1"], "revise": "1"})

    assert response.templates[0].name == "detect/screening/grid.html"
    form = response.context["form"]
    assert form["RUN"].value() == ["RUN-1"]
    assert form.errors == {}


def test_nothing_ticked_asks_for_one_fact(teacher):
    response = teacher.post(ADDRESS, {})

    assert "Cochez au moins un fait" in response.content.decode()


@pytest.mark.parametrize("data", [{"RUN": ["RUN-9"]}, {"RUN": ["SCH-1"]}, {"SAY": ["<b>"]}])
def test_a_sign_that_is_not_in_the_grid_is_refused(teacher, data):
    page = teacher.post(ADDRESS, data).content.decode()

    assert "Ce repère n" in page
    assert "<b>" not in page


def test_nothing_is_written_and_nothing_is_kept_by_the_browser(teacher):
    teacher.get(ADDRESS)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = teacher.post(ADDRESS, {"REL": ["REL-2"]})

    written = [
        q["sql"] for q in queries if q["sql"].upper().startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert written == []
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("role", ["crip", "evaluator", "referent", "supervisor"])
def test_professionals_of_child_protection_may_screen(client, db, role):
    assert with_role(client, role).get(ADDRESS).status_code == 200


@pytest.mark.parametrize("role", ["parquet", "administrator"])
def test_others_may_not(client, db, role):
    assert with_role(client, role).get(ADDRESS).status_code == 403


def test_who_may_not_write_a_concern_is_not_offered_to(client, db):
    page = with_role(client, "evaluator").post(ADDRESS, {"RUN": ["RUN-1"]}).content.decode()

    assert "Prochaines étapes" in page
    assert "Transmettre une information préoccupante</" not in page
    assert reverse("concerns:start") not in page.split("<main", 1)[1]


def test_a_stranger_must_sign_in(client, db):
    assert client.get(ADDRESS).status_code == 302
