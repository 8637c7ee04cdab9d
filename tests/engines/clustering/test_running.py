"""Texts that go together are grouped; one wrong contact never joins two cases."""

from __future__ import annotations

from typing import Any

import pytest

from fanal.engines.clustering.cards import as_json, shown
from fanal.engines.clustering.reading import Texts
from fanal.engines.clustering.running import Clustering, cluster

TABLE = (
    "Belle table en chêne massif pour {}, fabriquée à la main dans notre atelier, livrée montée "
    "chez vous à {} en moins de deux semaines, {} euros, paiement à la livraison, {}"
)
VELO = (
    "Cours de réparation de vélo le samedi matin avec {}, outils et pièces fournis, débutants "
    "bienvenus, petit groupe, café offert, rendez-vous devant la gare de {}, {} euros, {}"
)
FIRST, SECOND = "zéro six trente-neuf 98 12 34", "06 39 98 55 66"
PEOPLE = (
    ("Lou", "Nantes", 120),
    ("Noa", "Brest", 95),
    ("Eden", "Dijon", 130),
    ("Ange", "Lens", 80),
)


def posts(model: str, contact: str) -> list[str]:
    return [model.format(*person, contact) for person in PEOPLE]


def grouped(texts: list[str]) -> Clustering:
    return cluster(Texts(tuple(f"p{place}" for place in range(len(texts))), tuple(texts)))


def told(texts: list[str]) -> dict[str, Any]:
    return as_json(shown(grouped(texts)))


def test_two_campaigns_are_two_groups_and_a_post_alone_is_one() -> None:
    texts = [*posts(TABLE, FIRST), *posts(VELO, SECOND), "Tondeuse à donner, à venir chercher."]

    assert grouped(texts).clusters == (1, 1, 1, 1, 2, 2, 2, 2, 3)


@pytest.mark.parametrize("place", range(4))
def test_a_wrong_contact_joins_nothing_and_is_told(place: int) -> None:
    texts = [*posts(TABLE, FIRST), *posts(VELO, SECOND)]
    texts[place] = f"{texts[place]} ou {SECOND}"

    found = grouped(texts)

    assert found.clusters == (1, 1, 1, 1, 2, 2, 2, 2)
    refused = as_json(shown(found))["refused"]
    assert {(one["refused"], *one["texts"]) for one in refused} == {
        ("texts_apart", f"p{place}", f"p{other}") for other in range(4, 8)
    }
    assert all(one["shared"][0]["value"] == "+33639985566" for one in refused)


def test_a_post_between_two_groups_leaves_two_candidates() -> None:
    half = " ".join(TABLE.split()[:22]) + " " + " ".join(VELO.split()[:22])
    texts = [*posts(TABLE, FIRST), *posts(VELO, SECOND), f"{half} {FIRST} {SECOND}"]

    clusters = grouped(texts).clusters

    assert clusters[0] != clusters[4]


def test_every_group_has_the_cards_that_hold_it() -> None:
    (one,) = told(posts(TABLE, FIRST))["clusters"]

    assert one["texts"] == ["p0", "p1", "p2", "p3"]
    assert len(one["links"]) == 3
    for card in one["links"]:
        assert card["rule"] == "same_contact"
        assert card["likeness"] >= card["threshold"]
        assert card["version"]
        assert card["reason"]
        assert card["shared"] == [
            {"kind": "phone", "value": "+33639981234", "written": [FIRST, FIRST]}
        ]
        assert [text[:11] for text in card["quotations"]] == ["Belle table"] * 2


def test_texts_that_say_nothing_are_alone_and_a_contact_needs_nobody_to_agree() -> None:
    assert grouped(["", "", "!!", FIRST, FIRST]).clusters == (1, 2, 3, 4, 4)


def test_a_formula_that_everybody_writes_joins_nobody() -> None:
    """Forty sellers, one sentence: only those with one number go together."""
    said = "Vends {}, très bon état, {} euros, à {}, me contacter au {}"
    things, towns = ("table", "vélo", "lampe", "lit"), ("Brest", "Lens", "Pau")
    texts = [
        said.format(things[seller % 4], 10 + post, towns[post], f"06 39 98 {seller:02} 00")
        for seller in range(40)
        for post in range(3)
    ]

    assert grouped(texts).clusters == tuple(1 + seller for seller in range(40) for _ in range(3))


def test_an_address_that_strangers_quote_joins_nobody() -> None:
    market = "Réservé sur exemple.fr/marche, paiement protégé."
    words = [f"{chr(97 + place // 26)}{chr(97 + place % 26)}mot" for place in range(26 * 12)]
    texts = [
        f"{' '.join(words[seller * 12 : seller * 12 + 12])} 06 39 98 {seller:02} 00. {market}"
        for seller in range(26)
    ] * 2

    found = grouped(texts)

    assert found.clusters == tuple(range(1, 27)) * 2
    assert [one["value"] for one in as_json(shown(found))["quoted"]] == ["exemple.fr/marche"]


def test_the_same_text_a_thousand_times_is_one_group() -> None:
    assert set(grouped([TABLE] * 1000).clusters) == {1}


def test_the_order_of_the_texts_changes_no_group() -> None:
    texts = [*posts(TABLE, FIRST), *posts(VELO, SECOND)]

    assert grouped(texts[::-1]).clusters == (1, 1, 1, 1, 2, 2, 2, 2)
