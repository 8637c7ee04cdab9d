"""Two groups that a lucky pair of texts links are compared whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.clustering.corpus import Ints
from fanal.engines.clustering.grouping import Agreed, Grouping
from fanal.engines.clustering.judging import _by_contacts, _by_words
from fanal.engines.clustering.linking import SEVERAL, Limits, Refusal, Rule
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


LIMITS = Limits(sure=8.0, likely=4.0, words=np.full((3, 3), 12.0), eased=3.0)


def test_what_few_of_a_group_give_must_be_sure() -> None:
    quoting, owning = (2, 2), (4, 2)
    found = Agreed(
        pairs((0, 40, 5), (0, 60, 5)),
        np.full(2, 5.0, dtype=np.float32),
        np.full(2, 5.0, dtype=np.float32),
        np.array([quoting, owning], dtype=np.int32),
        np.array([(40, 10), (40, 10)], dtype=np.int32),
    )

    told, least = _by_contacts(
        found, Limits(sure=8.0, likely=4.0, words=np.zeros((3, 3)), eased=0.0)
    )

    assert (told >= least).tolist() == [False, True]


def test_a_text_alone_needs_a_little_less_for_many_answer_for_it() -> None:
    means = np.full(2, 3.75, dtype=np.float32)
    found = Agreed(
        pairs((0, 40, 5), (0, 60, 5)), means, means,
        np.array([(1, 5), (5, 5)], dtype=np.int32), np.array([(1, 10), (10, 10)], dtype=np.int32),
    )  # fmt: skip

    told, least = _by_contacts(found, LIMITS)

    assert (told >= least).tolist() == [True, False]


def by_words(texts: list[tuple[int, ...]], of: list[int], seconds: float) -> bool:
    """Whether words join the group of the first text and that of the last, near as they are."""
    groups = np.array(of, dtype=np.int32)
    sizes = np.bincount(groups)[[of[0], of[-1]]]
    near = np.array([seconds], dtype=np.float32)
    found = Agreed(
        pairs((0, len(texts) - 1, seconds)), near, near,
        np.full((1, 2), 3, dtype=np.int32), sizes[np.newaxis].astype(np.int32),
    )  # fmt: skip
    wholes = Wholes(measured(*texts), np.arange(len(texts), dtype=np.int32))
    kinds = np.full(len(texts), SEVERAL, dtype=np.int8)
    told, least = _by_words(found, groups, kinds, LIMITS, wholes)
    return bool((told >= least)[0])


def test_groups_as_alike_as_the_texts_of_each_need_less() -> None:
    of = [0, 0, 0, 3, 3, 3]

    assert by_words([ONE] * 6, of, seconds=9.5)
    assert not by_words([ONE] * 6, of, seconds=8.5)
    assert not by_words([ONE] * 4, [0, 0, 2, 2], seconds=9.5)


def test_groups_less_alike_than_the_texts_of_each_need_all_of_it() -> None:
    of = [0, 0, 0, 3, 3, 3]
    partly = [ONE, ONE, ONE, (0, 1, 3, 4, BOTH), (0, 1, 3, 4, BOTH), (0, 1, 2, 3, 4)]

    assert not by_words(partly, of, seconds=9.5)
    assert by_words(partly, of, seconds=12.5)


def test_groups_near_several_others_are_of_a_formula() -> None:
    of = np.repeat([0, 2, 4], 3).astype(np.int32) // 2 * 3
    near = np.full(2, 9.5, dtype=np.float32)
    found = Agreed(
        pairs((0, 3, 9.5), (0, 6, 9.5)), near, near,
        np.full((2, 2), 3, dtype=np.int32), np.full((2, 2), 3, dtype=np.int32),
    )  # fmt: skip
    wholes = Wholes(measured(*[ONE] * 9), np.arange(9, dtype=np.int32))

    told, least = _by_words(found, of, np.full(9, SEVERAL, dtype=np.int8), LIMITS, wholes)

    assert not (told >= least).any()
