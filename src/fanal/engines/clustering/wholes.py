"""
Two groups compared whole: not by their nearest texts, which are near by chance when groups are
large, but by how alike they are on average, beside how alike the texts of each are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Floats, Ints, Longs
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.rarity import Measured

# So many texts stand for a group.
STANDING = 8


@dataclass(frozen=True, slots=True)
class Wholes:
    """What groups are compared by. ``places``: the row of each text in what was measured."""

    measured: Measured
    places: Ints

    @property
    def rest(self) -> Floats:
        """What the words of each text weigh, but for three."""
        return self.measured.rest[self.places]

    def join(self, above: Ints, pairs: Pairs, parts: Floats) -> npt.NDArray[np.int8]:
        """
        Join what pairs link, unless two groups of several are less alike than that part.

        Returns 1 for what joined, 0 for what already was, -1 for what is not alike.
        """
        from fanal.engines.clustering.kernels.wholes import join_whole

        words = self.measured.words
        found: npt.NDArray[np.int8] = join_whole(
            above, pairs.ones, pairs.others, parts, self.places,
            words.held, words.begins, self.measured.gains, self.measured.bases, STANDING,
        )  # fmt: skip
        return found

    def parts(self, of: Ints, ones: Ints, others: Ints) -> Floats:
        """
        How alike these groups are, two by two, as a part of how alike the texts of each are.

        ``of``: the group of each text; ``ones``, ``others``: groups of several texts.
        """
        from fanal.engines.clustering.kernels.wholes import parts_of_own

        # Called for nothing too: compiled the first time that texts are grouped, and not later.
        begun, members = _standing(of if ones.size else of[:0])
        words = self.measured.words
        found: Floats = parts_of_own(
            begun, members, ones, others, self.places,
            words.held, words.begins, self.measured.gains, self.measured.bases,
        )  # fmt: skip
        return found


def _standing(of: Ints) -> tuple[Longs, Ints]:
    """Some texts of each group, drawn by chance: where those of each begin, and the texts."""
    drawn = np.random.default_rng(2).permutation(of.size).astype(np.int32)
    members = drawn[np.argsort(of[drawn], kind="stable")]
    groups = of[members]
    rank = np.arange(of.size) - np.searchsorted(groups, groups)
    members = members[rank < STANDING]
    begun = np.searchsorted(of[members], np.arange(of.size + 1))
    return begun.astype(np.int64), members
