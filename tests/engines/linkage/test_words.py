"""Two names agree the same way alone, one against many, or in a whole vocabulary."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.linkage.people import FAMILY, GIVEN
from fanal.engines.linkage.names.folding import fold
from fanal.engines.linkage.words import WordLevel, level, near, near_names, near_texts, text_level

OTHERS = (
    "Khadija Kadija Hadidja Youssef Yusuf Yousef Loïc Loick Diallo Jallow Ben_Ali Benali "
    "El_Idrissi Idrissi Marie_Claire Claire Marie Bless Blessing Dupont_Martin Martin Martni "
    "Dupond Du_Pont Fatou Fatoumata Fatumata Fatumta Ines Inaya Inya Mohamed Mohamde Lo Li Lea"
)


def slipped(name: str, draw: random.Random) -> str:
    place = draw.randrange(len(name))
    return name[:place] + draw.choice(("", "x", name[place] * 2)) + name[place + 1 :]


def vocabulary(seed: int) -> list[str]:
    draw = random.Random(seed)  # noqa: S311
    names = [*GIVEN, *FAMILY, *(word.replace("_", " ") for word in OTHERS.split())]
    names += [slipped(draw.choice(names), draw) for _ in range(60)]
    return sorted({fold(name) for name in names} - {""})


@pytest.mark.parametrize("seed", range(3))
def test_a_vocabulary_says_of_each_pair_what_the_pair_says(seed: int) -> None:
    names = vocabulary(seed)
    found = near_names(names)

    for one, name in enumerate(names):
        for other in range(one + 1, len(names)):
            told = found.get((one, other), WordLevel.OTHER)
            assert told == level(name, names[other]), (name, names[other])


def test_one_against_many_says_what_each_pair_says() -> None:
    names = vocabulary(7)

    for name in names[::5]:
        told = near(name, names)
        for other in names:
            assert told.get(other, WordLevel.OTHER) == level(name, other)


def test_texts_of_a_vocabulary_agree_as_they_do_alone() -> None:
    texts = sorted({fold(text) for text in ("12 rue des lilas", "12 rue des lila", "rue", "75011",
        "75012", "75021", "lilas", "allée des lilas", "12ruedeslilas")})  # fmt: skip
    found = near_texts(texts)

    for one, text in enumerate(texts):
        for other in range(one + 1, len(texts)):
            assert found.get((one, other), WordLevel.OTHER) == text_level(text, texts[other])


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_order_of_two_names_changes_nothing(one: str, other: str) -> None:
    first, second = fold(one), fold(other)

    assert level(first, second) == level(second, first)
    assert text_level(first, second) == text_level(second, first)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Léa", "LEA", WordLevel.EXACT),
        ("Ben Ali", "Benali", WordLevel.SOUND),
        ("Youssef", "Yusuf", WordLevel.SOUND),
        ("Tournebise", "Tournebsie", WordLevel.SLIP),
        ("Tournebise", "Turnbise", WordLevel.LOOSE),
        ("Dupont-Martin", "Martin", WordLevel.LOOSE),
        ("Chardonnet", "Quillebeuf", WordLevel.OTHER),
        ("Lo", "Li", WordLevel.OTHER),
    ],
)
def test_names_agree_as_a_reader_says(one: str, other: str, told: WordLevel) -> None:
    assert level(fold(one), fold(other)) == told
