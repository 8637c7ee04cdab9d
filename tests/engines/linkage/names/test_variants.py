"""Other forms of one name, and no other name."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.linkage.names.commonest import GIVEN, SURNAMES
from fanal.engines.linkage.names import fold, joined, variants
from fanal.engines.linkage.names.variants import groups


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Alexandra", "Sandra"),
        ("ÉLISABETH", "Babeth"),
        ("Fatou", "Fatoumata"),
        ("Fatima", "Fatoumata"),
        ("Khadija", "Khady"),
        ("Ionela", "Ionuţa"),
        ("Noémie", "Naomi"),
        ("Grâce", "Graciella"),
        ("Blessing", "Bless"),
        ("Inès", "Inaya"),
        ("Océane", "Ocean"),
        ("Kévin", "Keven"),
        ("Traoré", "Trawole"),
        ("El Idrissi", "Idrissi"),
        ("Ben-Ali", "Benali"),
        ("Екатерина", "Katia"),
    ],
)
def test_forms_of_one_name_are_known_both_ways(word: str, other: str) -> None:
    assert joined(fold(other)) in variants(word)
    assert joined(fold(word)) in variants(other) or fold(word) == "ekaterina"


def test_groups_that_share_a_word_are_not_chained() -> None:
    assert {"alexandra", "cassandra"} <= set(variants("Sandra"))
    assert "cassandra" not in variants("Alexandra")


@pytest.mark.parametrize(
    "pair",
    ["Mamadou Mohamed", "Marie Jean", "Amina Amine", "Inès Agnès", "Luc Lucas", "Roux Leroux"],
)
def test_names_that_are_not_interchanged_are_kept_apart(pair: str) -> None:
    first, second = pair.split()

    assert joined(fold(second)) not in variants(first)


@pytest.mark.parametrize(("names", "among"), [(GIVEN, 1_000), (SURNAMES, 30_000)])
def test_hardly_two_of_the_commonest_names_are_forms_of_one(
    names: tuple[str, ...], among: int
) -> None:
    pairs = list(combinations(sorted(names), 2))
    linked = [pair for pair in pairs if joined(fold(pair[1])) in variants(pair[0])]

    assert len(linked) < len(pairs) / among + 1


@given(st.text())
def test_any_text_is_first_among_its_own_variants(text: str) -> None:
    found = variants(text)

    assert found[0] == joined(fold(text))
    assert len(set(found)) == len(found)


def test_the_table_holds_folded_words_in_groups_of_two_or_more() -> None:
    assert len(groups()) > 1_000
    assert len(set(map(frozenset, groups()))) == len(groups())
    for group in groups():
        assert len(group) > 1
        assert all(re.fullmatch(r"[a-z]{2,}", word) for word in group)
