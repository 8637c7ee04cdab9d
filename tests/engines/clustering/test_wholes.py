"""Two groups that a lucky pair of texts links are compared whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.clustering.corpus import Ints
from fanal.engines.clustering.grouping import Agreed, Grouping
from fanal.engines.clustering.judging import _by_contacts
from fanal.engines.clustering.linking import Limits, Refusal, Rule
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.rarity import Measured, Words
from fanal.engines.clustering.wholes import Wholes

# Words of one hand, of another, and one that both have.
ONE, OTHER, BOTH = (0, 1, 2), (3, 4, 5), 6


def measured(*texts: tuple[int, ...]) -> Measured:
    """Each common word is worth ten nats, and a word that one lacks nothing."""
    held = np.array([word for text in texts for word in sorted(text)], dtype=np.int32)
    begins = np.cumsum([0, *map(len, texts)]).astype(np.int64)
    gains = np.full((7, 1), 10.0, dtype=np.float32)
    bases = np.zeros((len(texts), 1), dtype=np.float32)
    rest = np.full(len(texts), 30.0, dtype=np.float32)
    return Measured(Words(held, begins), gains[:, 0].astype(np.float64), gains, bases, rest)


def pairs(*ends: tuple[int, int, float]) -> Pairs:
    told = np.array([end[:2] for end in ends], dtype=np.int32)
    return Pairs(told[:, 0].copy(), told[:, 1].copy(), np.array([e[2] for e in ends], np.float32))


def joined(texts: list[tuple[int, ...]], links: Pairs, rule: Rule) -> Grouping:
    grouping = Grouping.of_one(len(texts))
    wholes = Wholes(measured(*texts), np.arange(len(texts), dtype=np.int32))
    rules = np.full(len(links), rule, dtype=np.int8)
    grouping.join_sure(links, rules, links.likeness, wholes)
    return grouping


WITHIN = ((0, 1, 30), (1, 2, 30), (0, 2, 30), (3, 4, 30), (4, 5, 30), (3, 5, 30))
# Two separate links, so that no single text holds the groups together.
LUCKY = pairs(*WITHIN, (2, 3, 9), (1, 4, 9))


def test_a_lucky_link_does_not_join_strangers_and_is_told() -> None:
    strangers = [ONE, ONE, ONE, OTHER, OTHER, OTHER]

    found = joined(strangers, LUCKY, Rule.CONTACT)

    assert found.groups().tolist() == [0, 0, 0, 3, 3, 3]
    told = [(len(some), why) for some, why in found.refused if len(some)]
    assert told == [(2, Refusal.WHOLES)]


def test_groups_alike_as_wholes_are_joined() -> None:
    alike = [ONE, ONE, ONE, (0, BOTH), (0, BOTH), (0, BOTH)]

    assert set(joined(alike, LUCKY, Rule.CONTACT).groups().tolist()) == {0}


def test_texts_that_say_too_little_are_not_compared() -> None:
    strangers = [ONE, ONE, ONE, OTHER, OTHER, OTHER]

    assert set(joined(strangers, LUCKY, Rule.CONTACT_ALONE).groups().tolist()) == {0}


def test_parts_are_of_the_texts_that_are_asked_for() -> None:
    wholes = Wholes(measured(OTHER, ONE, ONE, OTHER, OTHER), np.array([1, 2, 3, 4], dtype=np.int32))
    of = np.array([0, 0, 2, 2], dtype=np.int32)
    groups: tuple[Ints, Ints] = (np.array([0], np.int32), np.array([2], np.int32))

    assert wholes.parts(of, *groups).tolist() == [0.0]


@given(
    sizes=st.tuples(st.integers(2, 60), st.integers(2, 60)),
    texts=st.tuples(st.integers(2, 60), st.integers(2, 60)),
)
@settings(max_examples=200, deadline=None)
def test_who_quotes_a_stranger_never_counts_as_many(
    sizes: tuple[int, int], texts: tuple[int, int]
) -> None:
    found = Agreed(
        pairs((0, 1, 1)),
        np.ones(1, np.float32),
        np.ones(1, np.float32),
        np.array([texts], dtype=np.int32),
        np.array([sizes], dtype=np.int32),
    )

    (many,) = found.many()

    assert not many or all(
        some >= min(20, size / 10) for some, size in zip(texts, sizes, strict=True)
    )
    assert not many or found.several()[0]


def test_what_few_of_a_group_give_must_be_sure() -> None:
    quoting, owning = (2, 2), (4, 2)
    found = Agreed(
        pairs((0, 40, 5), (0, 60, 5)),
        np.full(2, 5.0, dtype=np.float32),
        np.full(2, 5.0, dtype=np.float32),
        np.array([quoting, owning], dtype=np.int32),
        np.array([(40, 10), (40, 10)], dtype=np.int32),
    )

    told, least = _by_contacts(found, Limits(sure=8.0, likely=4.0, words=np.zeros((3, 3))))

    assert (told >= least).tolist() == [False, True]
