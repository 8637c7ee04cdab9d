"""A group is shown as one text with slots; what changes in each post is marked where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.clustering.slots.templates import Template, templates
from fanal.engines.contacts.extracting import contacts

TABLE = (
    "Belle table en chêne 🪑 massif, fabriquée dans notre atelier, livrée à {} en deux semaines, "
    "{} euros, demander {}. Tél {}"
)
POSTS = (
    ("Nantes", 120, "Lou", "zéro six trente-neuf 98 12 34"),
    ("Le Havre", 95, "Noa", "0️⃣6️⃣3️⃣9️⃣9️⃣8️⃣1️⃣2️⃣3️⃣4️⃣"),
    ("Dijon", 130, "Anne", "+33 6 39 98 12 34"),
    ("Saint-Malo", 80, "Yaël", "06.39.98.12.34"),
)


def of(texts: list[str]) -> Template:
    found = [contacts(text) for text in texts]
    (one,) = templates([range(len(texts))], texts, found)
    return one


def marked(text: str, found: Template, place: int) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in found.parts[place]]


def test_slots_say_what_changes() -> None:
    found = of([TABLE.format(*post) for post in POSTS])

    assert found.said == (
        "Belle table en chêne 🪑 massif, fabriquée dans notre atelier, livrée à [ville] en deux "
        "semaines, [prix] euros, demander [prénom]. Tél [contact]"
    )


@pytest.mark.parametrize("place", range(4))
def test_what_changes_is_marked_where_each_post_writes_it(place: int) -> None:
    texts = [TABLE.format(*post) for post in POSTS]
    town, price, name, contact = POSTS[place]

    assert marked(texts[place], of(texts), place) == [
        (town, "town"), (str(price), "price"), (name, "name"), (contact, "contact"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fillings", "kind", "slot"),
    [
        (("12 €", "9€", "40 €"), "price", "[prix] €"),
        (("le 12/05", "le 03/11", "le 30/01"), "date", "le [date]"),
        (("vers 14 h", "vers 9 h", "vers 18 h"), "date", "vers [date] h"),
        (("lot 12", "lot 7", "lot 31"), "number", "lot [nombre]"),
        (("près de Ouistreham", "près de Quimperlé", "près de Trie"), "town", "près de [ville]"),
        (("appelez Zébulon", "appelez Quentine", "appelez Ludmilla"), "name", "appelez [prénom]"),
        (("en pin", "en métal", "en osier"), "other", "en […]"),
    ],
)  # fmt: skip
def test_each_kind_is_told_apart(fillings: tuple[str, ...], kind: str, slot: str) -> None:
    texts = [f"Grand buffet bien solide {filling} merci beaucoup" for filling in fillings]
    found = of(texts)

    assert found.said == f"Grand buffet bien solide {slot} merci beaucoup"
    assert {part[2] for parts in found.parts for part in parts} == {kind}


def test_a_word_misspelt_once_opens_no_slot() -> None:
    texts = ["Vélo de ville révisé, panier et sonnette"] * 5
    texts[2] = "Vélo de ville révsié, panier et sonnette"
    found = of(texts)

    assert found.said == texts[0]
    assert marked(texts[2], found, 2) == [("révsié", "other")]


@settings(deadline=None)
@given(st.lists(st.text(max_size=60) | st.text(alphabet="aA04¼½ 1️⃣œ", max_size=9), min_size=2))
def test_every_part_is_inside_its_text_and_in_order(texts: list[str]) -> None:
    found = of(texts)

    assert len(found.parts) == len(texts)
    for text, parts in zip(texts, found.parts, strict=True):
        ends = [place for start, end, _ in parts for place in (start, end)]
        assert ends == sorted(ends)
        assert all(0 <= start < end <= len(text) for start, end, _ in parts)
