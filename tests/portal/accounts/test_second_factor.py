"""Outside the demonstration nobody reaches a screen without a second factor."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from doors import addresses, filled
from fanal.ground.access.middleware import is_open
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from rows import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("service")]

PASSWORD = "une phrase assez longue"
SECURITY = "/compte/securite/"


def code_of(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def enter(client: Client, agent: Agent) -> str:
    answer = client.post("/connexion/", {"email": agent.email, "password": PASSWORD})
    return answer.headers["Location"]


def enrol(client: Client) -> str:
    """Tie an application, as a person would; returns the secret that it holds."""
    page = client.get(f"{SECURITY}application/").content.decode()
    said = re.search(r'class="reference">([A-Z2-7 ]+)<', page)
    assert said
    secret = said[1].replace(" ", "")
    answer = client.post(f"{SECURITY}application/", {"code": code_of(secret)})
    assert answer.headers["Location"] == f"{SECURITY}codes/"
    return secret


def recovery_codes(client: Client) -> list[str]:
    page = client.get(f"{SECURITY}codes/").content.decode()
    return re.findall(r'class="reference">(\d{8})<', page)


def test_an_agent_without_a_factor_reaches_no_screen_but_those_that_give_one(
    client: Client, adele: Agent
) -> None:
    enter(client, adele)
    reached = set()
    for route, view in addresses():
        if is_open(view):
            continue
        address = next(filled(route, ["00000000-0000-4000-8000-000000000000"]))
        answer = client.get(address)
        if answer.status_code != 302 or answer.headers["Location"] != SECURITY:
            reached.add(address)

    assert reached == {
        SECURITY,
        f"{SECURITY}application/",
        f"{SECURITY}cle/",
        "/compte/confirmer/",
    }
    assert "Ajoutez un second facteur pour entrer" in client.get(SECURITY).content.decode()
    assert client.get("/administration/").headers["Location"] == SECURITY


def test_an_application_of_codes_opens_then_guards_the_account(
    client: Client, adele: Agent
) -> None:
    enter(client, adele)
    secret = enrol(client)
    assert client.get("/bureau/").status_code == 200
    with as_owner():
        held = Authenticator.objects.get(type="totp")
        assert secret not in str(held.data)
        assert "factor.add" in Trace.objects.values_list("deed", flat=True)

    other = Client()
    assert enter(other, adele) == reverse("mfa_authenticate")
    assert other.get("/bureau/").headers["Location"].startswith("/connexion/")
    wrong = other.post("/connexion/second-facteur/", {"code": "000000"})
    assert "Ce code n’est pas le bon" in wrong.content.decode()
    code = code_of(secret, steps=1)
    assert other.post("/connexion/second-facteur/", {"code": code}).status_code == 302
    assert other.get("/bureau/").status_code == 200
    # The same code does not serve twice.
    third = Client()
    enter(third, adele)
    assert third.post("/connexion/second-facteur/", {"code": code}).status_code == 200


def another_process(settings: object, name: str) -> None:
    """A process of the service has a cache of its own, and the same database."""
    local = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": local, "LOCATION": name}}  # type: ignore[attr-defined]


def test_a_code_serves_once_whichever_process_takes_it(
    client: Client, adele: Agent, settings: object
) -> None:
    enter(client, adele)
    secret = enrol(client)
    code = code_of(secret, steps=1)

    said = []
    for name in ("one", "two", "three"):
        another_process(settings, name)
        other = Client()
        enter(other, adele)
        said.append(other.post("/connexion/second-facteur/", {"code": code}).status_code)

    assert said == [302, 200, 200]


def test_a_code_older_than_the_last_one_serves_no_more(client: Client, adele: Agent) -> None:
    """Read over a shoulder and kept for half a minute, or shown when the application was tied."""
    enter(client, adele)
    secret = enrol(client)
    older, newer = code_of(secret), code_of(secret, steps=1)
    for code, status in ((newer, 302), (older, 200), (newer, 200)):
        other = Client()
        enter(other, adele)
        answer = other.post("/connexion/second-facteur/", {"code": code})
        assert answer.status_code == status


def test_a_recovery_code_serves_once(client: Client, adele: Agent) -> None:
    enter(client, adele)
    enrol(client)
    codes = recovery_codes(client)
    assert len(codes) == 10

    for status in (302, 200):
        other = Client()
        enter(other, adele)
        answer = other.post("/connexion/second-facteur/", {"code": codes[0]})
        assert answer.status_code == status
    client.post(f"{SECURITY}codes/")
    assert not set(codes) & set(recovery_codes(client))


def test_codes_are_not_guessed(client: Client, adele: Agent) -> None:
    enter(client, adele)
    secret = enrol(client)
    other = Client()
    enter(other, adele)

    said = [
        other.post("/connexion/second-facteur/", {"code": "000000"}).content.decode()
        for _ in range(6)
    ]
    assert "Ce code n’est pas le bon" in said[4]
    assert "Trop d’essais" in said[5]
    late = other.post("/connexion/second-facteur/", {"code": code_of(secret, steps=1)})
    assert "Trop d’essais" in late.content.decode()


def test_the_last_factor_stays(client: Client, adele: Agent) -> None:
    enter(client, adele)
    enrol(client)
    held = Authenticator.objects.get(type="totp")

    answer = client.post(f"{SECURITY}{held.pk}/retirer/", follow=True)

    assert "C’est votre seul facteur" in answer.content.decode()
    assert Authenticator.objects.filter(pk=held.pk).exists()
    assert client.post(f"{SECURITY}{held.pk + 1000}/retirer/").status_code == 404


def test_a_session_that_came_in_by_another_door_goes_out(client: Client, adele: Agent) -> None:
    """The password alone, given elsewhere than at our door, opens nothing and adds no factor."""
    enter(client, adele)
    enrol(client)
    other = Client()
    other.force_login(adele)

    assert other.get(f"{SECURITY}application/").headers["Location"] == "/connexion/"
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize("credential", ["{}", "[]", '{"id": 1}', '"x"', "null", "{"])
def test_what_no_key_signed_is_refused(client: Client, adele: Agent, credential: str) -> None:
    enter(client, adele)
    assert client.post(f"{SECURITY}cle/", {"credential": credential}).status_code == 200
    enrol(client)
    other = Client()
    enter(other, adele)

    answer = other.post("/connexion/second-facteur/", {"credential": credential})

    assert answer.status_code == 200
    assert "_auth_user_id" not in other.session


def test_the_demonstration_asks_for_none(client: Client, adele: Agent, settings: object) -> None:
    settings.FANAL_SERVICE = ""  # type: ignore[attr-defined]

    enter(client, adele)

    assert client.get("/bureau/").status_code == 200
