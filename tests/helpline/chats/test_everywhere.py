"""Every public page says who answers now, and when it opens next."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from doors import addresses, holes
from factories import OrganisationFactory
from fanal.ground.access.middleware import is_open

pytestmark = pytest.mark.django_db
# Written by libraries, or their own programs: no page of ours.
PUBLIC = sorted({route for route, view in addresses() if is_open(view) and not holes(route)})


@pytest.fixture
def helpline(db: None) -> None:
    OrganisationFactory(kind="helpline")


def pages(client: Client) -> dict[str, str]:
    found = {}
    for route in PUBLIC:
        answer = client.get(f"/{route}")
        if answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
            found[route] = answer.content.decode()
    return {route: text for route, text in found.items() if "public-foot" in text}


@pytest.mark.usefixtures("helpline")
def test_each_page_says_who_answers_and_when_it_opens(client: Client, settings: Settings) -> None:
    settings.FANAL_CHAT_HOURS = "2040 Jan 01 10:00-12:00"

    found = pages(client)

    assert len(found) > 10
    way = f'<a href="{reverse("chats:begin")}">Parler par écrit</a> : Fermé.'
    assert [route for route, text in found.items() if way not in text] == []


def test_without_a_helpline_nothing_is_promised(client: Client) -> None:
    assert [
        route for route, text in pages(client).items() if "Parler par écrit</a> :" in text
    ] == []
