"""The capture table: how many people each combination of lists has seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
import numpy.typing as npt

# Ten lists make 1,023 histories; beyond, no method of this engine ends in a useful time.
LISTS_AT_MOST = 10
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CaptureTable:
    """
    Counts by history.

    Args:
        lists: names of the ``t`` lists, in the order of the bits of a history.
        counts: ``2**t`` whole numbers of people; ``counts[0]``, those whom nobody saw, is 0 and is
            never read.
        low, high: bounds of each count, both inclusive; equal to it but in a protected table.
        impossible: histories that nobody can have (structural zeros).
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]
    low: tuple[int, ...] = field(default=())
    high: tuple[int, ...] = field(default=())
    impossible: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", self.low or self.counts)
        object.__setattr__(self, "high", self.high or self.counts)

    @property
    def t(self) -> int:
        return len(self.lists)

    @property
    def n(self) -> int:
        """People seen at least once."""
        return sum(self.counts[1:])

    @property
    def is_protected(self) -> bool:
        return self.low != self.high

    def array(self) -> Counts:
        return np.array(self.counts, dtype=np.int64)

    def overlap(self, *numbers: int) -> int:
        """People seen by all of these lists, numbered from 0, and perhaps by others."""
        wanted = sum(1 << number for number in numbers)
        return sum(count for history, count in enumerate(self.counts) if history & wanted == wanted)

    def on_several(self) -> int:
        """People seen by two lists or more."""
        return sum(count for history, count in enumerate(self.counts) if history.bit_count() > 1)

    def without(self, number: int) -> CaptureTable:
        """The table as if this list had never been."""
        left, low, high = ([0] * (1 << (self.t - 1)) for _ in range(3))
        keep = (1 << number) - 1
        for history in range(1, 1 << self.t):
            reduced = (history & keep) | (history >> number + 1 << number)
            if reduced:
                left[reduced] += self.counts[history]
                low[reduced] += self.low[history]
                high[reduced] += self.high[history]
        names = tuple(name for other, name in enumerate(self.lists) if other != number)
        return CaptureTable(names, tuple(left), tuple(low), tuple(high))

    @property
    def digest(self) -> str:
        """
        Sixteen hexadecimal digits, the same whatever the order of rows and of lists.

        One case more changes it, and it is printed beside every result: two tables that differ by
        one case have given 1,034 and 981.
        """
        order = sorted(range(self.t), key=lambda number: self.lists[number])
        rows = []
        for history in range(1, 1 << self.t):
            low, high = self.low[history], self.high[history]
            if low or high or history in self.impossible:
                bits = "".join(str(history >> number & 1) for number in order)
                rows.append(f"{bits} {low} {high} {history in self.impossible:d}")
        told = "\n".join([" ".join(self.lists[number] for number in order), *sorted(rows)])
        return sha256(told.encode()).hexdigest()[:16]


def from_counts(
    lists: Sequence[str],
    rows: Iterable[tuple[Sequence[int], int]],
    *,
    impossible: Iterable[Sequence[int]] = (),
) -> CaptureTable:
    """A table out of ``(history, count)`` pairs; a history that is not there counts nobody."""
    counts = [0] * (1 << len(lists))
    for history, count in rows:
        counts[_number(history)] += count
    counts[0] = 0
    return CaptureTable(tuple(lists), tuple(counts), impossible=frozenset(map(_number, impossible)))


def together(tables: Iterable[CaptureTable]) -> CaptureTable:
    """The sum of tables of the same lists; impossible is what is so in all of them."""
    all_of_them = list(tables)
    counts, low, high = (
        tuple(map(sum, zip(*(getattr(one, name) for one in all_of_them), strict=True)))
        for name in ("counts", "low", "high")
    )
    impossible = frozenset.intersection(*(one.impossible for one in all_of_them))
    return CaptureTable(all_of_them[0].lists, counts, low, high, impossible)


def rounded(table: CaptureTable, expected: npt.NDArray[np.float64]) -> CaptureTable:
    """
    The table of these expected counts, in whole people and with their total.

    What rounding down leaves goes to the largest remainders.
    """
    whole = np.floor(expected).astype(np.int64)
    whole[0] = 0
    left = round(float(expected[1:].sum())) - int(whole.sum())
    remainders = np.where(np.arange(expected.size) > 0, expected - np.floor(expected), -1.0)
    whole[np.argsort(-remainders, kind="stable")[: max(left, 0)]] += 1
    return CaptureTable(table.lists, tuple(map(int, whole)), impossible=table.impossible)


def _number(history: Sequence[int]) -> int:
    return sum(1 << place for place, seen in enumerate(history) if seen)
