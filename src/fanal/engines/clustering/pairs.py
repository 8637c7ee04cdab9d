"""Pairs of texts, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Floats, Ints, Longs
from fanal.engines.clustering.rarity import Measured

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts, ``ones`` < ``others``, with the likeness of each."""

    ones: Ints
    others: Ints
    likeness: Floats

    def __len__(self) -> int:
        return self.ones.size

    def where(self, kept: Bools | Longs) -> Pairs:
        """The pairs of these rows."""
        return Pairs(self.ones[kept], self.others[kept], self.likeness[kept])

    def nearest_first(self) -> Longs:
        """Their rows by likeness; of two that are as like, the first."""
        order: Longs = np.argsort(-self.likeness, kind="stable")
        return order

    def falling(self) -> Pairs:
        """The same, the nearest first."""
        return self.where(self.nearest_first())

    def across(self, of: Ints) -> Pairs:
        """Those between two groups. ``of``: the group of each text."""
        return self.where(of[self.ones] != of[self.others])

    def and_(self, more: Pairs) -> Pairs:
        return Pairs(
            np.append(self.ones, more.ones),
            np.append(self.others, more.others),
            np.append(self.likeness, more.likeness),
        )

    def codes(self, size: int) -> Longs:
        """One number for each pair of ``size`` texts."""
        return self.ones.astype(np.int64) * size + self.others


def each_once(ones: Ints, others: Ints, measured: Measured) -> Pairs:
    """These pairs, each once, in order."""
    size = measured.words.begins.size
    codes = different(ones.astype(np.int64) * size + others)
    ones, others = (codes // size).astype(np.int32), (codes % size).astype(np.int32)
    return Pairs(ones, others, measured.likeness(ones, others))


def different(some: Longs | Ints) -> Longs:
    """The different codes, in order."""
    codes = np.sort(some.astype(np.int64))
    kept: Longs = codes[np.append(codes[:1] == codes[:1], codes[1:] != codes[:-1])]
    return kept
