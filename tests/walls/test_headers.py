"""What the browser is told, at every address there is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from doors import addresses, filled
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.config.answers import ALWAYS
from fanal.ground.agents.terms import Role
from fanal.ground.shell.permissions import HEADER, permissions_policy
from sizes import WHOLE
from walls.figures import say

pytestmark = pytest.mark.django_db
NOTHING = "00000000-0000-4000-8000-000000000000"
# Said by Django over HTTPS when it serves for good: the production settings turn it on.
HSTS = "max-age=31536000; includeSubDomains; preload"
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": HSTS,
    **ALWAYS,
}
REFERRER = ("same-origin", "no-referrer")
# The one page that any site may hold in a frame: it runs no script, and calls nobody.
FRAMED = "/trouver/cadre/"
HELD = {"frame-ancestors": ["*"], "script-src": ["'none'"], "connect-src": ["'none'"]}
# What software reads from any site, and its answers alone.
OPEN_DATA = "/lieux/hsds"
# The one page that may ask where one is: rounded by the browser before it is sent.
LOCATES = {"/trouver/"}


@pytest.fixture(autouse=True)
def in_service(settings) -> None:
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


@pytest.fixture
def everybody(client: Client) -> Client:
    """Signed in with every role, in places where nothing happened."""
    agent = AgentFactory()
    authority = OrganisationFactory(kind="child_welfare", authority_id="974")
    for role in Role:
        PostingFactory(agent=agent, organisation=authority, role=role)
    client.force_login(agent)
    return client


def policy(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in parts if words}


def expected_at(address: str) -> dict[str, str | None]:
    if address in LOCATES:
        return EXPECTED | {HEADER: permissions_policy("geolocation")}
    return EXPECTED | {"X-Frame-Options": None} if address == FRAMED else EXPECTED


def faults(answer, address: str) -> list[str]:
    expected = expected_at(address)
    said = [name for name, value in expected.items() if answer.headers.get(name) != value]
    if answer.headers.get("Referrer-Policy") not in REFERRER:
        said.append("Referrer-Policy")
    told = policy(answer)
    held = HELD if address == FRAMED else {"frame-ancestors": ["'none'"]}
    if told.get("default-src") != ["'none'"] or {name: told.get(name) for name in held} != held:
        said.append("Content-Security-Policy")
    if ("Access-Control-Allow-Origin" in answer.headers) != address.startswith(OPEN_DATA):
        said.append("Access-Control-Allow-Origin")
    sources = {word for name, words in told.items() if name not in held for word in words}
    said += [word for word in sources if "unsafe" in word or word in ("*", "http:", "data:")]
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        said.append("Cache-Control")
    return said


def test_every_address_answers_with_every_header(client: Client, everybody: Client) -> None:
    wrong, seen = [], 0
    for client_ in (Client(), everybody) if WHOLE else (everybody,):
        for route, _ in addresses():
            address = next(filled(route, [NOTHING]))
            answer = client_.get(address, secure=True)
            seen += 1
            wrong += [(address, answer.status_code, fault) for fault in faults(answer, address)]
    say(f"Security headers: {seen} answers, {len(wrong)} faults")
    assert wrong == []


def test_nowhere_but_where_a_place_is_looked_for_may_a_page_ask_where_one_is() -> None:
    assert "geolocation=()" in ALWAYS[HEADER]
    asked = permissions_policy("geolocation").split(", ")
    assert set(asked) - set(ALWAYS[HEADER].split(", ")) == {"geolocation=(self)"}
    assert {reverse("spaces:find")} == LOCATES


@pytest.mark.parametrize("address", ["/nulle-part/", "/api/nulle-part", "/api/v1/concerns"])
def test_a_refusal_carries_them_too(client: Client, address: str) -> None:
    assert faults(client.post(address, secure=True), address) == []
