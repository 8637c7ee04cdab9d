"""Leaving at once, and the choice of light or dark."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.urls("ground.shell.addresses")


def test_leaving_goes_to_the_neutral_page_and_the_browser_forgets(client, settings):
    settings.FANAL_EXIT_URL = "https://exemple.invalid/meteo"

    response = client.get("/quitter/")

    assert response.status_code == 302
    assert response["Location"] == "https://exemple.invalid/meteo"
    assert response["Clear-Site-Data"] == '"*"'
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_leaving_sets_no_cookie(client):
    client.get("/quitter/")

    assert not client.cookies


def test_a_public_page_sets_no_cookie_and_has_a_way_out(client, settings):
    settings.FANAL_EXIT_URL = "https://exemple.invalid/meteo"

    response = client.get("/rien-ici/")
    page = response.content.decode()

    assert not client.cookies
    assert 'href="/quitter/"' in page
    assert 'data-exit-to="https://exemple.invalid/meteo"' in page
    assert "<title>Fanal</title>" in page


@pytest.mark.parametrize("wanted", ["clair", "sombre"])
def test_a_choice_of_appearance_is_kept(client, wanted):
    response = client.post("/apparence/", {"apparence": wanted, "next": "/coquille/pieces/"})

    assert response["Location"] == "/coquille/pieces/"
    cookie = client.cookies["apparence"]
    assert cookie.value == wanted
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert f'data-appearance="{wanted}"' in client.get("/coquille/pieces/").content.decode()


@pytest.mark.parametrize("wanted", ["appareil", "", "<script>"])
def test_following_the_device_keeps_nothing(client, wanted):
    client.cookies["apparence"] = "sombre"

    client.post("/apparence/", {"apparence": wanted})

    assert client.cookies["apparence"].value == ""


def test_a_cookie_that_means_nothing_is_not_believed(client):
    client.cookies["apparence"] = '"><script>'

    assert 'data-appearance="appareil"' in client.get("/coquille/pieces/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://ailleurs.invalid/", "//ailleurs.invalid", "javascript:alert(1)", ""]
)
def test_the_choice_never_leads_to_another_site(client, back):
    response = client.post("/apparence/", {"apparence": "clair", "next": back})

    assert response["Location"] == "/"


def test_the_appearance_is_not_changed_by_a_link(client):
    assert client.get("/apparence/").status_code == 405
