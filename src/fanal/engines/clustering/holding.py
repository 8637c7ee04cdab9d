"""
The texts that hold two groups together, and the links to cut there.

Tarjan, Depth-first search and linear graph algorithms, 1972: one walk finds every text whose loss
would part those that remain.
"""

from __future__ import annotations

from collections.abc import Sequence

from fanal.engines.clustering.linking import Link

ONE_TEXT = "one_text"
LEAST = 2


def cuts(size: int, links: Sequence[Link]) -> set[tuple[int, int]]:
    """
    The links to cut so that no text alone holds two groups of ``LEAST`` texts or more.

    Such a text stays with the side where its nearest link is.
    """
    near: list[dict[int, float]] = [{} for _ in range(size)]
    for link in links:
        near[link.one][link.other] = near[link.other][link.one] = link.likeness
    walk = _Walk(near)
    cut: set[tuple[int, int]] = set()
    for place, below in walk.held.items():
        sides: dict[int, list[int]] = {}
        for other in near[place]:
            side = next((child for child in below if walk.is_below(other, child)), -1)
            sides.setdefault(side, []).append(other)
        if len(sides) < 2:  # noqa: PLR2004
            continue
        weight = {side: max(near[place][other] for other in each) for side, each in sides.items()}
        nearest = max(weight, key=lambda side: (weight[side], -side))
        above = walk.whole[place] - 1 - sum(walk.size[child] for child in below)
        for side, each in sides.items():
            if side != nearest and (walk.size[side] if side >= 0 else above) >= LEAST:
                cut |= {(min(place, other), max(place, other)) for other in each}
    return cut


class _Walk:
    """A walk in depth: when each text is met, how far up it reaches, how many are below it."""

    def __init__(self, near: Sequence[dict[int, float]]) -> None:
        self.near = near
        self.met = [-1] * len(near)
        self.up = [0] * len(near)
        self.size = [1] * len(near)
        self.whole = [1] * len(near)
        self.held: dict[int, list[int]] = {}
        self.clock = 0
        for place in range(len(near)):
            if self.met[place] < 0 and near[place]:
                seen = self._from(place)
                for one in seen:
                    self.whole[one] = len(seen)

    def is_below(self, place: int, child: int) -> bool:
        return self.met[child] <= self.met[place] < self.met[child] + self.size[child]

    def _meet(self, place: int) -> None:
        self.met[place] = self.up[place] = self.clock
        self.clock += 1

    def _from(self, root: int) -> list[int]:
        self._meet(root)
        seen = [root]
        stack = [(root, -1, iter(self.near[root]))]
        while stack:
            place, above, others = stack[-1]
            other = next(others, -1)
            if other < 0:
                stack.pop()
                if above >= 0:
                    self._leave(place, above)
            elif self.met[other] < 0:
                self._meet(other)
                seen.append(other)
                stack.append((other, place, iter(self.near[other])))
            elif other != above:
                self.up[place] = min(self.up[place], self.met[other])
        return seen

    def _leave(self, place: int, above: int) -> None:
        self.size[above] += self.size[place]
        self.up[above] = min(self.up[above], self.up[place])
        if self.up[place] >= self.met[above]:
            self.held.setdefault(above, []).append(place)
