"""Pages of error: in French, with a way on, and silent about what went wrong."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from fanal.ground.errors import Refusal
from fanal.ground.shell import views

pytestmark = [pytest.mark.urls("ground.shell.addresses"), pytest.mark.django_db]
SECRET = "un nom qui ne doit pas sortir"
CASES = [
    ("/rien/", 404, "n’existe pas, ou elle ne vous est pas ouverte"),
    ("/ferme/", 403, "Vos droits n’ouvrent pas cet écran"),
    ("/louche/", 400, "Cette demande n’a pas été comprise"),
    ("/panne/", 500, "Le service a rencontré une panne"),
]


@pytest.fixture
def visitor(settings) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("path", "status", "words"), CASES)
def test_an_error_is_said_in_french_and_tells_nothing_else(visitor, path, status, words):
    response = visitor.get(path)
    page = response.content.decode()

    assert response.status_code == status
    assert words in page
    assert SECRET not in page
    assert "Revenir à l’accueil" in page


@pytest.mark.parametrize(("path", "status", "words"), CASES)
def test_every_error_page_says_that_this_is_a_demonstration(visitor, settings, path, status, words):
    said = "démonstration, personne ne lit ici ; 119, 17, 112, 114"

    settings.FANAL_SERVICE = ""
    assert said in visitor.get(path).content.decode()

    settings.FANAL_SERVICE = "Département inventé"
    assert said not in visitor.get(path).content.decode()


def test_a_breakdown_reminds_whom_to_call(visitor):
    assert "appelez le 17 ou le 112" in visitor.get("/panne/").content.decode()


def test_a_missing_thing_and_a_missing_address_give_the_same_page(rf):
    absent = views.page_not_found(rf.get("/x/"), Exception("No Concern matches"))
    unknown = views.page_not_found(rf.get("/x/"), None)

    assert absent.content == unknown.content


def test_a_refusal_is_read_to_the_agent_and_no_other_exception_is(rf):
    class Closed(Refusal, PermissionDenied):
        message = "Ce dossier est scellé."

    said = views.permission_denied(rf.get("/"), Closed()).content.decode()
    silent = views.permission_denied(rf.get("/"), PermissionDenied(SECRET)).content.decode()

    assert "Ce dossier est scellé." in said
    assert SECRET not in silent


def test_a_page_left_open_too_long_says_how_to_send_again():
    visitor = Client(enforce_csrf_checks=True)

    response = visitor.post("/apparence/", {"apparence": "clair"})

    assert response.status_code == 403
    assert "ouverte depuis trop longtemps" in response.content.decode()


def test_the_page_of_a_breakdown_needs_nothing_that_may_be_broken(rf, monkeypatch):
    def broken(*_: object) -> None:
        raise AssertionError("a context processor ran")

    monkeypatch.setattr("fanal.ground.shell.context.shell", broken)
    request = rf.get("/")

    assert views.server_error(request).status_code == 500
