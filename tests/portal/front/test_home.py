"""The home: for whoever comes, and not for who has a desk."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import OrganisationKind
from portal.front.naming import NAMED

pytestmark = pytest.mark.django_db


def home(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_comes_has_three_doors_and_the_numbers_that_always_answer(client: Client) -> None:
    page = home(client)

    for words in (
        "Je suis concerné·e",
        "Je m’inquiète pour quelqu’un",
        "Je travaille avec des jeunes",
        'href="tel:119"',
        'href="tel:17"',
        'href="tel:112"',
        'href="sms:114"',
        'href="/connexion/"',
        "Quitter vite",
    ):
        assert words in page, words


def test_nothing_names_the_subject_and_no_cookie_is_set(client: Client) -> None:
    answer = client.get("/")

    assert NAMED.findall(answer.content.decode()) == []
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "<title>Fanal</title>" in answer.content.decode()
    assert "<img" not in answer.content.decode()


def test_who_has_signed_in_goes_on_to_their_desk(client: Client, nadia: Agent) -> None:
    client.force_login(nadia)

    assert client.get("/").headers["Location"] == "/bureau/"


def test_without_a_helpline_nobody_is_said_to_answer_here(client: Client) -> None:
    page = home(client)

    assert "Par écrit, ici" not in page
    assert "Laisser un message" not in page


@pytest.mark.parametrize(
    ("hours", "said"), [("24/7", "Ouvert"), ("Mo-Su 00:00-00:01 off", "Fermé")]
)
def test_what_is_open_is_computed_and_not_typed(
    client: Client, settings: Settings, hours: str, said: str
) -> None:
    Organisation.objects.create(name="Ligne inventée", kind=OrganisationKind.HELPLINE)
    settings.FANAL_SERVICE = "Service inventé"
    settings.FANAL_CHAT_HOURS = hours

    assert said in home(client)


def test_a_place_is_looked_for_from_the_home(client: Client) -> None:
    token = re.search(r'name="jeton" value="([^"]+)"', home(client))
    assert token is not None

    answer = client.post("/trouver/", {"jeton": token[1], "where": "59"})

    assert "Près de Nord" in answer.content.decode()
