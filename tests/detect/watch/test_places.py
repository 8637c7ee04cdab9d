"""Spellings of one place meet, in a list and in a search; those of two do not."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.watch.telling import alerted
from fanal.detect.watch import places, queries
from fanal.detect.watch.places import listing_key, place_key, wanted_words
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent


def test_the_examples_hold() -> None:
    assert doctest.testmod(places).failed == 0


@pytest.mark.parametrize(
    "spelling",
    [
        "12 rue de Lille",
        "12, R. de LILLE",
        "12 rue de lille 59100 Roubaix",
        "12 rue de Lille, ROUBAIX",
        "Hôtel du Parc — 12 rue de Lille, chambre 214",
        "12 rue de Lille, 2e étage",
        "12 rue de Lille appt 4",
    ],
)
def test_spellings_of_one_address_meet(spelling: str) -> None:
    kept = place_key(spelling, commune="Roubaix")
    assert kept.startswith("12 rue lille")
    assert kept in ("12 rue lille", "12 rue lille 2 e")


@pytest.mark.parametrize(
    "other", ["14 rue de Lille", "12 bis rue de Lille", "12 avenue de Lille", "12 rue de Lens"]
)
def test_two_addresses_do_not(other: str) -> None:
    assert place_key(other, commune="Roubaix") != place_key("12 rue de Lille", commune="Roubaix")


def test_a_street_that_bears_the_name_of_its_commune_keeps_it() -> None:
    assert place_key("12 rue de Lille, Lille", commune="Lille") == "12 rue lille"
    assert place_key("12 rue de Lille", commune="Lille") == "12 rue lille"


def test_a_listing_is_known_by_its_number_whatever_the_country_of_the_site() -> None:
    spellings = [
        "https://www.exemple.invalid/rooms/7654321?check_in=2026-11-28",
        "https://fr.exemple.invalid/rooms/7654321/",
        "www.exemple.invalid/rooms/7654321",
    ]
    assert {listing_key(one) for one in spellings} == {"7654321"}


@given(text=st.text(max_size=60), commune=st.text(max_size=20))
def test_any_text_has_a_key_that_a_search_may_hold(text: str, commune: str) -> None:
    """Letters and figures alone: nothing of it is read as an order by the search."""
    for key in (place_key(text, commune=commune), listing_key(text), *wanted_words(text)):
        assert all(sign.isalnum() or sign == " " for sign in key)


@pytest.mark.django_db
def test_alerts_of_one_place_are_read_together_and_found_by_a_piece_of_it(
    hugo: Agent, lena: Agent
) -> None:
    first = alerted("59512", address="Hôtel du Parc, 12 r. de Lille, chambre 3")
    same = alerted("59512", address="12 rue de Lille 59100 Roubaix")
    elsewhere = alerted("59183", address="12 rue de Lille")
    listing = alerted("59183", address="", listing="https://exemple.invalid/rooms/7654321")
    again = alerted("59350", address="3 rue X", listing="exemple 7654321 7654321")
    far = alerted("13055", address="", listing="https://exemple.invalid/rooms/7654321?a=1")
    with acting_as(hugo):
        assert [one.pk for one in queries.beside(first)] == [same.pk]
        assert queries.beside(elsewhere) == []
        assert queries.beside(listing) == []
        found = {one.pk for one in queries.listed_alerts({"q": "12 r de lille roub"})}
        assert found == {first.pk, same.pk}
        found = {one.pk for one in queries.listed_alerts({"q": "7654321"})}
        assert found == {listing.pk, again.pk}
        assert [one.pk for one in queries.listed_alerts({"q": same.receipt.lower()})] == [same.pk]
        assert list(queries.listed_alerts({"q": "' | !:*&"})) == []
    with acting_as(lena):
        assert [one.pk for one in queries.listed_alerts({"q": "7654321"})] == [far.pk]
