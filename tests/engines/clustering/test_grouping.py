"""No single text holds two groups together, and a text alone is of one group."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.clustering.grouping import Agreed, Grouping, agreement
from fanal.engines.clustering.kernels.graphs import cuts
from fanal.engines.clustering.linking import Refusal, Rule
from fanal.engines.clustering.pairs import Pairs

Places = list[tuple[int, int]]


def linked(places: Places, likeness: float = 8.0) -> Pairs:
    ends = np.array([(min(pair), max(pair)) for pair in places], dtype=np.int32).reshape(-1, 2)
    told = np.full(len(places), likeness, dtype=np.float32)
    return Pairs(ends[:, 0].copy(), ends[:, 1].copy(), told)


def clique(*places: int) -> Places:
    return list(combinations(places, 2))


GIVEN = np.zeros(7, dtype=np.bool_)
TWO = clique(0, 1, 2) + clique(3, 4, 5)


def sure(size: int, pairs: Pairs) -> Grouping:
    grouping = Grouping.of_one(size)
    grouping.join_sure(pairs, np.full(len(pairs), Rule.CONTACT, dtype=np.int8), pairs.likeness)
    return grouping


def agreeing(found: Agreed) -> tuple[np.ndarray, np.ndarray]:
    return found.means, np.where(found.several(), 1.5, np.inf)


def of(grouping: Grouping) -> list[int]:
    return grouping.groups().tolist()


def refused(grouping: Grouping) -> list[tuple[int, int, Refusal]]:
    return [
        (one, other, why)
        for pairs, why in grouping.refused
        for one, other in zip(pairs.ones.tolist(), pairs.others.tolist(), strict=True)
    ]


def test_groups_that_one_link_holds_are_two() -> None:
    found = sure(6, linked(TWO).and_(linked([(2, 3)], 5)))

    assert of(found) == [0, 0, 0, 3, 3, 3]
    assert refused(found) == [(2, 3, Refusal.ONE_TEXT)]


def test_groups_that_two_separate_links_hold_are_one() -> None:
    found = sure(6, linked(TWO).and_(linked([(2, 3), (1, 4)], 5)))

    assert set(of(found)) == {0}
    assert sum(len(pairs) for pairs, _, _ in found.kept) == 5


def test_links_of_one_text_join_no_groups() -> None:
    found = sure(6, linked(TWO))
    found.join_agreed(linked([(2, 3), (2, 4)], 3), Rule.CONTACTS, agreeing, GIVEN[:6])

    assert of(found) == [0, 0, 0, 3, 3, 3]


def test_links_of_two_texts_of_each_join_groups() -> None:
    found = sure(6, linked(TWO))
    found.join_agreed(linked([(2, 3), (1, 4)], 3), Rule.CONTACTS, agreeing, GIVEN[:6])

    assert set(of(found)) == {0}


def test_a_text_alone_joins_the_nearest_group_only() -> None:
    found = sure(7, linked(TWO))
    near, far = linked([(6, 0), (6, 1)], 3), linked([(6, 3), (6, 4)], 2)
    found.join_agreed(far.and_(near), Rule.CONTACTS, agreeing, GIVEN)

    assert of(found) == [0, 0, 0, 3, 3, 3, 0]


def test_texts_without_contact_join_the_nearest_group_only() -> None:
    found = sure(8, linked([*TWO, (6, 7)]))
    near = linked([(6, 0), (7, 1)], 3).and_(linked([(6, 3), (7, 4)], 2))
    found.join_agreed(near, Rule.WORDS, agreeing, np.arange(8) > 5)

    assert of(found) == [0, 0, 0, 3, 3, 3, 0, 0]


def test_what_groups_share_is_told_without_the_first_texts() -> None:
    told: list[Agreed] = []
    pairs = linked([(0, 3)], 9).and_(linked([(0, 4)], 8)).and_(linked([(4, 1)], 5))

    def hear(found: Agreed) -> tuple[np.ndarray, np.ndarray]:
        told.append(found)
        return found.means, found.means + 1

    sure(6, linked(TWO)).join_agreed(pairs, Rule.WORDS, hear, GIVEN[:6])

    (only,) = told
    assert only.seconds.tolist() == [5.0]
    assert only.means.tolist() == [22 / 3]
    assert (only.first.ones.tolist(), only.first.others.tolist()) == ([0], [3])


@settings(deadline=None)
@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1])))
def test_the_walk_finds_all_that_hold_two_groups(drawn: set[tuple[int, int]]) -> None:
    places = sorted(drawn)
    pairs = linked(places)
    cut = cuts(10, pairs.ones, pairs.others, pairs.likeness)

    assert bool(cut.any()) == any(_holds(place, places) for place in range(10))


def _holds(place: int, pairs: Places) -> bool:
    """Whether without ``place`` two or more sides of it are left, one of two or more to cut."""
    around = {one + other - place for one, other in pairs if place in (one, other)}
    sides: list[set[int]] = []
    for start in sorted(around):
        if any(start in side for side in sides):
            continue
        side, grown = {start}, True
        while grown:
            grown = False
            for one, other in pairs:
                if place not in (one, other) and (one in side) != (other in side):
                    side |= {one, other}
                    grown = True
        sides.append(side)
    nearest = _nearest(place, sides)
    return any(len(side) >= 2 for side in sides if side is not nearest)


def _nearest(place: int, sides: list[set[int]]) -> set[int] | None:
    """Of equal likenesses, the side where the walk began, or else the one it met first."""
    least = min((min(side) for side in sides), default=place)
    if least < place:
        return next(side for side in sides if least in side)
    return sides[0] if sides else None


LINKS = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 4),
    min_size=1,
)


@given(links=LINKS, groups=st.lists(st.integers(0, 3), min_size=9, max_size=9))
@settings(deadline=None)
def test_what_links_say_of_two_groups_is_what_reading_them_all_says(
    links: dict[tuple[int, int], int], groups: list[int]
) -> None:
    names = np.array([groups.index(group) for group in groups], dtype=np.int32)
    pairs = Pairs(
        *np.array(list(links), dtype=np.int32).T.copy(),
        np.array(list(links.values()), dtype=np.float32),
    )
    found = agreement(names, pairs.across(names).falling())

    told = {frozenset(names[list(pair)].tolist()) for pair in links}
    assert len(found.first) == len([two for two in told if len(two) > 1])
    for row, (one, other) in enumerate(zip(found.first.ones, found.first.others, strict=True)):
        sides = (names[one], names[other])
        said = [
            (likeness, *(pair if names[pair[0]] == sides[0] else pair[::-1]))
            for pair, likeness in links.items()
            if {names[pair[0]], names[pair[1]]} == set(sides)
        ]
        sizes = [int((names == side).sum()) for side in sides]
        seconds = [
            likeness
            for likeness, mine, theirs in said
            if (mine != one or sizes[0] == 1) and (theirs != other or sizes[1] == 1)
        ]
        assert found.first.likeness[row] == max(likeness for likeness, _, _ in said)
        assert np.isclose(found.means[row], np.mean([likeness for likeness, _, _ in said]))
        assert found.seconds[row] == max(seconds, default=-1)
        assert found.sizes[row].tolist() == sizes
        assert found.texts[row].tolist() == [
            len({mine for _, mine, _ in said}),
            len({theirs for _, _, theirs in said}),
        ]
