"""
The probability that two records are one person: how often they are, over many shares of the file.

A chain of states is begun from records each alone, learns how services slip while it warms up, and
then counts. What two records know together is so weighed with all that their group knows, and a
pair that one wrong key joins does not join the groups behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.linkage.blocking import Pairs
from fanal.engines.linkage.encoding import LEVELS, Encoded, Floats
from fanal.engines.linkage.kernels.likelihood import LARGEST
from fanal.engines.linkage.weighing import Weights, from_counts, logarithms, world

WARMING, COUNTED = 10, 30
# Pairs that are less likely than this, taken alone, are no way into a group.
LEAST_ODDS = 0.012
# Moves that part or join, by record and turn; more of them where it is doubtful.
MOVES = 0.15
SURE, REST = 0.999, 5
PRIOR_WEIGHT, SHRINKS = 50.0, 0.4

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Shared:
    """``pairs`` (pairs, 2), ``probability`` (pairs,): those together in a state or more."""

    pairs: Pairs
    probability: Floats
    weights: Weights
    persons: float


def is_a_way_in(worth: Floats, records: int) -> npt.NDArray[np.bool_]:
    """Which pairs, of these worths alone, may lead one record into the group of the other."""
    way: npt.NDArray[np.bool_] = worth > np.log(LEAST_ODDS * max(records, 1))
    return way


def share_out(
    encoded: Encoded, pairs: Pairs, worth: Floats, weights: Weights, *, seed: int, told: Told
) -> Shared:
    """
    Args:
        pairs, worth: those that are a way in, and the logarithm of how likely each is alone.
        told: called with the turns done and their number.
    """
    chain = _Chain(encoded, pairs, worth, weights, seed)
    turns = WARMING + COUNTED
    for turn in range(WARMING):
        chain.turn()
        chain.learn()
        told(turn + 1, turns)
    counted = _Counted(len(encoded))
    persons = 0.0
    for turn in range(COUNTED):
        chain.turn(rest=turn % REST > 0)
        counted.add(chain.together())
        persons += chain.persons / COUNTED
        told(WARMING + turn + 1, turns)
    found, times = counted.all()
    return Shared(found, times / COUNTED, chain.weights, persons)


class _Chain:
    def __init__(
        self, encoded: Encoded, pairs: Pairs, worth: Floats, weights: Weights, seed: int
    ) -> None:
        size = len(encoded)
        self.encoded, self.first, self.weights = encoded, weights, weights
        self.world, self.logs = world(encoded, weights.homes), logarithms(encoded, weights)
        self.pairs, self.begins, self.beside = pairs, *_neighbours(pairs, size)
        doubt = np.exp(-np.abs(worth - np.log(max(size, 1))) / 3.0) + 0.02
        self.doubt = np.cumsum(doubt) / max(doubt.sum(), 1e-9)
        self.random = np.random.default_rng(seed)
        self.reached = np.flatnonzero(np.diff(self.begins)).astype(np.int32)
        self.sure = np.zeros(size)
        self.prior = _prior(np.zeros(LARGEST + 2))
        members = np.zeros((size + 1, LARGEST), dtype=np.int32)
        members[:size, 0] = np.arange(size)
        sizes = np.ones(size + 1, dtype=np.int64)
        sizes[size] = 0
        free = np.zeros(size + 1, dtype=np.int64)
        free[0] = size
        counts = np.array([1, size], dtype=np.int64)
        of = np.arange(size, dtype=np.int64)
        self.state = (of, members, sizes, np.zeros(size + 1), free, counts)

    @property
    def persons(self) -> int:
        return int(self.state[5][1])

    def turn(self, *, rest: bool = False) -> None:
        """Every record moves, or those alone that are not sure; then groups part and join."""
        from fanal.engines.linkage.kernels.sharing import part_or_join, visit

        moving = self.reached[self.sure[self.reached] < SURE] if rest else self.reached
        moving = self.random.permutation(moving)
        chances = self.random.random(moving.size)
        visit(
            self.world, self.logs, self.prior, self.state, moving, chances,
            self.begins, self.beside, self.sure,
        )  # fmt: skip
        part_or_join(
            self.world, self.logs, self.prior, self.state, self._doubtful(),
            int(self.random.integers(1 << 31)),
        )  # fmt: skip

    def learn(self) -> None:
        """What the present state shows: how services slip, and how many records a person has."""
        from fanal.engines.linkage.kernels.observing import seen
        from fanal.engines.linkage.kernels.sharing import judge_anew

        ways, levels, drawn = seen(self.world, self.logs, self.state, LEVELS)
        self.weights = from_counts(self.first, ways, levels, drawn)
        self.logs = logarithms(self.encoded, self.weights)
        sizes = self.state[2]
        self.prior = _prior(np.bincount(sizes[sizes > 0], minlength=LARGEST + 2).astype(float))
        judge_anew(self.world, self.logs, self.state)

    def together(self) -> npt.NDArray[np.int64]:
        from fanal.engines.linkage.kernels.observing import together

        found: npt.NDArray[np.int64] = together(self.state)
        return found

    def _doubtful(self) -> Pairs:
        moves = int(MOVES * len(self.encoded)) if len(self.pairs) else 0
        return self.pairs[np.searchsorted(self.doubt, self.random.random(moves))]


def _neighbours(pairs: Pairs, size: int) -> tuple[Any, Any]:
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    begins = np.searchsorted(both[:, 0], np.arange(size + 1))
    return begins, np.ascontiguousarray(both[:, 1])


def _prior(held: Floats) -> Floats:
    """How often a person has so many records, from what is seen and, slightly, fewer and fewer."""
    fewer = SHRINKS ** np.arange(held.size, dtype=np.float64)
    fewer[0] = 0.0
    told = held + PRIOR_WEIGHT * fewer / fewer.sum()
    told[0] = 0.0
    prior: Floats = np.maximum(told / told.sum(), 1e-9)
    return prior


class _Counted:
    """How many states each pair was together in, added up now and then."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.codes = np.empty(0, dtype=np.int64)
        self.times = np.empty(0, dtype=np.int64)
        self.waiting: list[npt.NDArray[np.int64]] = []

    def add(self, codes: npt.NDArray[np.int64]) -> None:
        self.waiting.append(codes)
        if len(self.waiting) > 8:  # noqa: PLR2004
            self._add_up()

    def _add_up(self) -> None:
        new, times = np.unique(
            np.concatenate([*self.waiting, np.empty(0, dtype=np.int64)]), return_counts=True
        )
        codes = np.concatenate([self.codes, new])
        self.codes, back = np.unique(codes, return_inverse=True)
        self.times = np.bincount(
            back, weights=np.concatenate([self.times, times]), minlength=self.codes.size
        ).astype(np.int64)
        self.waiting = []

    def all(self) -> tuple[Pairs, Floats]:
        self._add_up()
        pairs = np.stack([self.codes // self.size, self.codes % self.size], axis=1)
        return pairs.astype(np.int32), self.times.astype(np.float64)
