"""
Groups that no single link or text holds together.

A connected component believes its worst link. Here what is sure makes the groups; a group that one
link holds together is two candidates; what is only likely joins two groups when two texts of each
say so, and a text alone joins one group only, the nearest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fanal.engines.clustering.holding import ONE_TEXT, cuts
from fanal.engines.clustering.linking import Link, Rule

ELSEWHERE = "elsewhere"
INDEPENDENT = 2


@dataclass(frozen=True, slots=True)
class Groups:
    """``of``: the group of each text, by its least place. ``kept``: links that made the groups."""

    of: tuple[int, ...]
    kept: tuple[Link, ...]
    refused: tuple[tuple[Link, str], ...]


class _Forest:
    """Disjoint sets; the least place names each."""

    def __init__(self, size: int) -> None:
        self.above = list(range(size))
        self.size = [1] * size

    def root(self, place: int) -> int:
        while self.above[place] != place:
            self.above[place] = self.above[self.above[place]]
            place = self.above[place]
        return place

    def join(self, one: int, other: int) -> bool:
        one, other = sorted((self.root(one), self.root(other)))
        if one == other:
            return False
        self.above[other] = one
        self.size[one] += self.size[other]
        return True


def group(size: int, links: Sequence[Link]) -> Groups:
    """The groups of ``size`` texts; ``links`` come nearest first."""
    sure = [link for link in links if link.rule is not Rule.LIKELY]
    cut = cuts(size, sure)
    refused = [(link, ONE_TEXT) for link in sure if (link.one, link.other) in cut]
    forest = _Forest(size)
    kept = [
        link
        for link in sure
        if (link.one, link.other) not in cut and forest.join(link.one, link.other)
    ]
    for link, reason in _likely(forest, [link for link in links if link.rule is Rule.LIKELY]):
        if reason:
            refused.append((link, reason))
        else:
            kept.append(link)
    of = tuple(forest.root(place) for place in range(size))
    across = ((link, why) for link, why in refused if of[link.one] != of[link.other])
    return Groups(of, tuple(kept), tuple(across))


def _likely(forest: _Forest, links: Iterable[Link]) -> list[tuple[Link, str]]:
    """Join what likely links join; each link with why not, or with nothing."""
    was = [forest.root(place) for place in range(len(forest.above))]
    sizes = forest.size.copy()
    between: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for link in links:
        one, other = sorted((was[link.one], was[link.other]))
        if one != other:
            between[one, other].append(link)
    taken: set[int] = set()
    told: list[tuple[Link, str]] = []
    for sides, agreeing in between.items():
        ends = {place for link in agreeing for place in (link.one, link.other)}
        if taken & set(sides):
            reason = ELSEWHERE
        elif all(
            sum(was[place] == side for place in ends) >= min(INDEPENDENT, sizes[side])
            for side in sides
        ):
            reason = ""
            taken |= {side for side in sides if sizes[side] == 1}
            forest.join(*sides)
        else:
            reason = ONE_TEXT
        told += [(agreeing[0], "")] if not reason else [(link, reason) for link in agreeing]
    return told
