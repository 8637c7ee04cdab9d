"""The public pages: no cookie, no word of the search in an address, nothing of another tier."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.shell.visitors import form_token
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.terms import Audience, Need, Tier
from past import past
from prevent.spaces.places import ServiceFactory, starting_directory
from sizes import size

pytestmark = pytest.mark.django_db
FIND, MAP = reverse("spaces:find"), reverse("spaces:map")
HIDING = "Refuge jamais montré"


def place(service: Service) -> str:
    return reverse("spaces:place", args=[service.ref])


def sought(client: Client, **answers: Any) -> str:
    answer = client.post(FIND, {"jeton": form_token(), "where": "Lille"} | answers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_searches_sees_the_nearest_and_the_numbers(client: Client) -> None:
    starting_directory()
    page = sought(client)
    assert "Près de Lille (59)" in page
    assert "moins de 5 km" in page
    assert "À confirmer" in page
    for number in ("17", "112", "119", "116000", "3018"):
        assert f'href="tel:{number}"' in page


def test_a_departement_without_anything_shows_the_nearest(client: Client) -> None:
    ServiceFactory(name="Lieu de Lille")
    page = sought(client, where="Lozère")
    assert "Voici le plus proche" in page
    assert "Lieu de Lille" in page
    assert re.search(r"<strong>[5-9]\d\d km</strong>", page)


def test_when_nothing_is_known_to_be_open_the_nearest_is_shown_all_the_same(client: Client) -> None:
    ServiceFactory(name="Lieu de Lille")
    page = sought(client, open_now="on")
    assert "Aucun lieu n’est connu comme ouvert maintenant." in page
    assert "Lieu de Lille" in page
    assert "moins de 5 km" in page
    framed = client.post(
        reverse("spaces:frame"), {"jeton": form_token(), "where": "Lille", "open_now": "on"}
    ).content.decode()
    assert "Lieu de Lille" in framed


def test_a_place_that_is_unknown_is_explained(client: Client) -> None:
    assert "Aucune commune ni aucun département ne s’appelle ainsi." in sought(client, where="zzzq")
    assert "Écrivez une commune" in sought(client, where="")


def test_a_form_that_is_too_old_or_from_nowhere_gives_nothing(client: Client) -> None:
    ServiceFactory(name="Lieu de Lille")
    for token in ("", "abc:def", form_token()[:-1] + "~"):
        page = sought(client, jeton=token)
        assert "restée ouverte trop longtemps" in page
        assert "Lieu de Lille" not in page


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.invalid"}],
    ids=["fetch", "origin"],
)
def test_another_site_sends_nothing(client: Client, headers: dict[str, str]) -> None:
    sent = {"jeton": form_token(), "where": "Lille"}
    assert client.post(FIND, sent, headers=headers).status_code == 403


def test_no_cookie_is_set_and_no_browser_keeps_the_page(client: Client) -> None:
    service = ServiceFactory()
    answers = [
        client.get(FIND),
        client.post(FIND, {"jeton": form_token(), "where": "Lille"}),
        client.get(MAP),
        client.get(MAP, {"d": "59"}),
        client.get(place(service)),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert re.search("<title>(.*)</title>", answer.content.decode())[1] == "Fanal"  # type: ignore[index]


def test_a_search_leaves_no_word_in_an_address(client: Client) -> None:
    ServiceFactory()
    page = sought(client, need=Need.HURT)
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert not [one for one in addresses if "Lille" in one or "59350" in one or Need.HURT in one]


def test_more_is_shown_on_demand(client: Client) -> None:
    for _ in range(12):
        ServiceFactory()
    first = sought(client)
    assert first.count('class="place"') == 10
    assert "Voir d’autres lieux" in first
    assert sought(client, shown="20").count('class="place"') == 12
    assert sought(client, shown="-5").count('class="place"') == 10
    assert sought(client, shown="mille").count('class="place"') == 10


def test_a_place_says_what_was_confirmed_and_its_source(client: Client) -> None:
    service = ServiceFactory(
        phone="03 20 00 00 00",
        website="https://lieu.invalid",
        source_url="https://source.invalid/page",
        source_date="2022-11",
        verified={"phone": "2026-11-20"},
    )
    page = client.get(place(service)).content.decode()
    assert 'href="tel:0320000000"' in page
    assert "lieu.invalid" not in page
    assert "source.invalid, 2022-11" in page


def test_the_map_says_the_same_as_its_table(client: Client) -> None:
    for _ in range(4):
        ServiceFactory()
    page = client.get(MAP).content.decode()
    assert page.count('<path class="map-') == page.count('scope="row"') == 101
    assert page.count('class="map-3"') == 1
    assert re.search(r'href="\?d=59">Nord \(59\)</a></th><td class="number">4</td>', page)


@pytest.mark.parametrize("asked", ["", "\x00", "999", "zz", "59'--"])
def test_a_map_of_nowhere_is_the_map(client: Client, asked: str) -> None:
    assert "Nord (59)" in client.get(MAP, {"d": asked}).content.decode()


def test_what_is_not_for_everybody_answers_as_what_does_not_exist(client: Client) -> None:
    nothing = client.get(reverse("spaces:place", args=[uuid4()]))
    for tier in (Tier.PROFESSIONAL, Tier.HIDDEN):
        answer = client.get(place(ServiceFactory(tier=tier)))
        assert (answer.status_code, answer.content) == (404, nothing.content)


@settings(
    max_examples=size(20, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    where=st.sampled_from(["Lille", "59", "59000", "Nord", "Roubaix"]) | st.text(max_size=90),
    who=st.sampled_from(["", *Audience.values, "tous"]),
    need=st.sampled_from(["", *Need.values]),
    open_now=st.sampled_from(["", "on"]),
    shown=st.text(max_size=6),
    code=st.sampled_from(["", "59350", "59", "\x00"]) | st.text(max_size=8),
)
def test_no_search_ever_shows_a_record_of_another_tier(
    hidden: list[Service], client: Client, **answers: str
) -> None:
    page = sought(client, **answers)
    assert HIDING not in page
    assert not [one for one in hidden if str(one.ref) in page]


@pytest.fixture
def hidden(db: None) -> list[Service]:
    ServiceFactory(name="Lieu de tous")
    always = {"hours": "24/7", "verified": {"hours": "2026-11-20", "phone": "2026-11-20"}}
    every = {"audiences": [str(one) for one in Audience]}
    return [
        ServiceFactory(name=HIDING, tier=tier, kind=kind, **every, **always)
        for tier in (Tier.PROFESSIONAL, Tier.HIDDEN)
        for kind in ("uaped", "maison_des_adolescents", "ligne_nationale", "cegidd")
    ]


def test_an_anonymous_crawl_reaches_no_record_of_another_tier(
    client: Client, hidden: list[Service]
) -> None:
    """From the public front, by every link and each form that it offers, to the end."""
    starting_directory()
    refs = {str(one.ref) for one in past(Service) if one.tier != Tier.PUBLIC}
    assert len(refs) > 28
    todo, seen, pages = [FIND, MAP], set(), 0
    while todo and pages < size(120, 400):
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        page = client.get(address).content.decode()
        pages += 1
        assert HIDING not in page
        assert not [ref for ref in refs if ref in page]
        for found in re.findall(r'href="([^"#]+)"', page):
            target = MAP + found if found.startswith("?") else found
            # The sheets of all départements are read in test_sheets.
            if target.startswith(("/trouver/", "/lieux/")) and not target.endswith(".pdf"):
                todo.append(target)
    assert pages > size(100, 300)
