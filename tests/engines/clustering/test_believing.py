"""A contact that strangers give says nothing of who writes; that of one hand is believed."""

from __future__ import annotations

import random

from fanal.engines.clustering.believing import Believed, believed
from fanal.engines.clustering.corpus import carried, read

OFFICE = "04 65 71 00 00"
SYLLABLES = ("ba", "ko", "ri", "tu", "mé", "lan", "vier", "sto", "quet", "din", "lou", "cas")
WORDS = [one + other + "ne" for one in SYLLABLES for other in SYLLABLES]


def of(texts: list[str]) -> Believed:
    corpus = read(texts)
    return believed(corpus, carried(corpus.contacts))


def posts(seed: int, sellers: int, each: int, office: float) -> list[str]:
    """
    Posts of sellers who draw from the same sayings; ``office``: how often one gives, for a number,
    that of an office, which all announce in the same word.
    """
    drawing = random.Random(seed)  # noqa: S311
    sayings = [" ".join(drawing.sample(WORDS, 4)) for _ in range(90)]
    told = []
    for seller in range(sellers):
        own = drawing.sample(sayings, 7)
        for _ in range(each):
            number = f"06 39 98 {seller // 100:02} {seller % 100:02}"
            given = f"standard {OFFICE}" if drawing.random() < office else number
            told.append(f"{', '.join(drawing.sample(own, 5))} {given}")
    drawing.shuffle(told)
    return told


def named(found: Believed) -> list[str]:
    keys = zip(found.carried.keys, found.quoted.tolist(), strict=True)
    return [value for (_, value), quoted in keys if quoted]


def test_the_number_of_an_office_is_nobody_s_though_its_texts_are_somewhat_alike() -> None:
    assert named(of(posts(1, sellers=1200, each=3, office=0.4))) == ["+33465710000"]


def test_a_number_of_one_hand_is_believed_whatever_it_sells() -> None:
    drawing = random.Random(2)  # noqa: S311
    kinds = [" ".join(drawing.sample(WORDS, 12)) for _ in range(5)]
    own = [f"{drawing.choice(kinds)} {OFFICE}" for _ in range(60)]

    found = of(own + posts(3, sellers=1200, each=1, office=0))

    assert named(found) == []


def test_who_gives_only_a_quoted_number_is_of_no_source() -> None:
    found = of(posts(1, sellers=1200, each=3, office=0.4))

    assert 0.35 < (found.carried.first < 0).mean() < 0.45
