"""No text alone holds two groups together."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.clustering.grouping import group
from fanal.engines.clustering.holding import cuts
from fanal.engines.clustering.linking import Link, Rule


def links(pairs: list[tuple[int, int]], rule: Rule, likeness: float) -> list[Link]:
    return [Link(min(pair), max(pair), rule, likeness, ()) for pair in pairs]


def clique(*places: int) -> list[Link]:
    return links(list(combinations(places, 2)), Rule.TEXT, 0.8)


def test_groups_that_one_link_holds_are_two() -> None:
    bridge = links([(2, 3)], Rule.CONTACT, 0.6)

    found = group(6, [*clique(0, 1, 2), *clique(3, 4, 5), *bridge])

    assert found.of == (0, 0, 0, 3, 3, 3)
    assert found.refused == ((bridge[0], "one_text"),)


def test_groups_that_two_separate_links_hold_are_one() -> None:
    twice = links([(2, 3), (1, 4)], Rule.CONTACT, 0.6)

    assert set(group(6, [*clique(0, 1, 2), *clique(3, 4, 5), *twice]).of) == {0}


def test_likely_links_of_one_text_join_no_groups() -> None:
    likely = links([(2, 3), (2, 4)], Rule.LIKELY, 0.45)

    found = group(6, [*clique(0, 1, 2), *clique(3, 4, 5), *likely])

    assert found.of == (0, 0, 0, 3, 3, 3)
    assert [why for _, why in found.refused] == ["one_text", "one_text"]


def test_a_text_alone_joins_one_group_only() -> None:
    likely = links([(6, 0), (6, 1)], Rule.LIKELY, 0.48) + links([(6, 3), (6, 4)], Rule.LIKELY, 0.41)

    found = group(7, [*clique(0, 1, 2), *clique(3, 4, 5), *likely])

    assert found.of == (0, 0, 0, 3, 3, 3, 0)
    assert {why for _, why in found.refused} == {"elsewhere"}


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1])))
def test_the_walk_finds_all_that_hold_two_groups(pairs: set[tuple[int, int]]) -> None:
    drawn = sorted(pairs)
    cut = cuts(10, links(drawn, Rule.TEXT, 0.8))

    assert cut <= pairs
    assert bool(cut) == any(_holds(place, drawn) for place in range(10))


def _holds(place: int, pairs: list[tuple[int, int]]) -> bool:
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
