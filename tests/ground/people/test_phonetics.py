"""Two spellings of one name meet; two names do not."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fanal.ground.people import phonetics
from fanal.ground.people.phonetics import LONGEST_KEY, heard, name_keys, plain

MEET = (
    ("Catherine", "Katrine"),
    ("Catherine", "Katherine"),
    ("Mohamed", "Muhammad"),
    ("Mohamed", "Mohammed"),
    ("Aïcha", "Aicha"),
    ("Aïcha", "Aisha"),
    ("Leïla", "Leila"),
    ("Leïla", "Leyla"),
    ("Kévin", "Kevin"),
    ("Nguyen", "Nguyễn"),
    ("Nguyen", "N'Guyen"),
    ("Le Goff", "LE GOFF"),
    ("Le Goff", "Legoff"),
    ("D'Angelo", "d’Angelo"),
    ("D'Angelo", "DʼAngelo"),
    ("D'Angelo", "Dangelo"),
    ("Abd el Kader", "Abdelkader"),
    ("Marie-Ève", "marie eve"),
    ("Jean‑Luc", "Jean Luc"),
    ("Lœuf", "Loeuf"),
    ("Œdipe", "OEDIPE"),
    ("Cœur", "Keur"),
    ("François", "FRANCOIS"),
    ("François", "Fransois"),
    ("François", unicodedata.normalize("NFD", "François")),
    ("Chloé", "Cloé"),
    ("Christophe", "Kristof"),
    ("Philippe", "Filipe"),
    ("Quentin", "Kentin"),
    ("Yasmine", "Iasmine"),
    ("Mathieu", "Matthieu"),
    ("Guillaume", "Guilaume"),
    ("Fatoumata", "Fatumata"),
    ("Dupont", "Dupond"),
    ("Łukasz", "Lukasz"),
    ("Søren", "Soren"),
    ("Strauß", "Strauss"),
    ("Мария", "МАРИЯ"),
    ("محمد", "محمد"),
    ("李娜", "李娜"),
)
APART = (
    ("Marie", "Martin"),
    ("Léa", "Théo"),
    ("Léa", "Leïla"),
    ("Dupont", "Durand"),
    ("Manon", "Marion"),
    ("Karim", "Karine"),
    ("Emma", "Anna"),
    ("Lina", "Luna"),
    ("Inès", "Anaïs"),
    ("Sarah", "Sirine"),
    ("Jade", "Jordan"),
    ("D.", "T."),
    ("H.", "E."),
    ("Мария", "Марк"),
)
NOT_HEARD_ALIKE = (("Martin", "Martine"), ("Louis", "Louise"), ("Jean", "Jeanne"), ("Léo", "Léa"))

names = st.text(max_size=200)


@pytest.mark.parametrize(("one", "other"), MEET)
def test_two_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert set(name_keys(one)) & set(name_keys(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_names_do_not_meet(one: str, other: str) -> None:
    assert not set(name_keys(one)) & set(name_keys(other))


@pytest.mark.parametrize(("one", "other"), NOT_HEARD_ALIKE)
def test_a_feminine_is_not_heard_as_its_masculine(one: str, other: str) -> None:
    assert heard(plain(one)) != heard(plain(other))


def test_an_initial_is_heard_as_itself() -> None:
    assert [heard(letter) for letter in "DTSEH"] == list("DTSEH")


def test_the_examples_of_the_documentation_hold() -> None:
    tried = doctest.testmod(phonetics)

    assert (tried.failed, tried.attempted > 0) == (0, True)


def test_plain_keeps_letters_and_single_spaces() -> None:
    assert plain("  d’Œuvre-Ýves  2 ") == "D OEUVRE YVES"
    assert plain("12 — !") == ""


def test_a_name_without_a_letter_has_no_key() -> None:
    assert name_keys("", " - ", "42") == []


@given(names)
@example("ﷺ" * 200)
@example("ŉ")
@example("ß")
@example("İı")
def test_any_text_has_keys_that_fit_their_column(text: str) -> None:
    keys = name_keys(text)

    assert all(0 < len(key) <= LONGEST_KEY for key in keys)
    assert bool(keys) == bool(plain(text))
    assert keys == sorted(set(keys))


@given(names)
@example("ΐ")
@example("ǰŉ")
def test_capitals_and_plain_writing_change_no_key(text: str) -> None:
    assert name_keys(text) == name_keys(text.upper())
    assert plain(plain(text)) == plain(text)


@given(names)
@example("François Besançon")
def test_a_name_written_without_its_accents_keeps_its_keys(text: str) -> None:
    """All those of the bare name; the accented one may have more."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))

    assert set(name_keys(bare)) <= set(name_keys(text))
    assert plain(bare) == plain(text)


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=40))
def test_a_word_is_never_heard_as_nothing(word: str) -> None:
    assert heard(word)


@given(names, names)
def test_the_order_of_the_names_changes_no_key(one: str, other: str) -> None:
    assert name_keys(one, other) == name_keys(other, one)
