"""
How alike two texts of two hands are by chance, in this corpus: measured, and not only computed.

The likeness supposes that words come one by one, and so is cautious; where they come by subjects
(lessons have the words of lessons), chance gives more. Pairs are drawn among the groups that
contacts make, one text of each, so that few are of one hand; a text without a contact may be of
any. Beyond what one in ten thousand reaches, the tail is taken to fall as it does between one in a
hundred and there, and to be twice what was found. A corpus of few groups keeps to
``exp(-likeness)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Floats, Ints, Longs
from fanal.engines.clustering.linking import LIKELY, SURE
from fanal.engines.clustering.rarity import Measured

# The tail is taken to be so many times what was found.
CAUTION = 2.0
DRAWN, GROUPS_AT_LEAST = 400_000, 1_000
ONE_IN = (100.0, 1_000.0, 10_000.0)
# However strange the corpus, no more is asked of two texts that share a contact.
SURE_AT_MOST, LIKELY_AT_MOST = 10.0, 4.0


@dataclass(frozen=True, slots=True)
class Chance:
    """
    ``sure``, ``likely``: what texts that share a contact must reach. ``rare``: what this ``part``
    of the pairs reach, as caution says; beyond, it falls by ``slope`` for each nat.
    """

    sure: float = SURE
    likely: float = LIKELY
    rare: float = 0.0
    part: float = 1.0
    slope: float = 1.0

    def expected(self, likeness: Floats) -> npt.NDArray[np.float64]:
        """The part of the pairs of two hands that are as alike, at most."""
        beyond = self.slope * (likeness.astype(np.float64) - self.rare)
        found: npt.NDArray[np.float64] = np.exp(-beyond) * self.part
        return found

    def least(self, part: float) -> float:
        """The likeness that no more than this part of the pairs reach."""
        return self.rare + log(self.part / part) / self.slope


def chance_of(measured: Measured, groups: Ints, first: Ints) -> Chance:
    """
    What chance gives in this corpus.

    ``groups``: of each text, as contacts make them; ``first``: a contact of each, or -1.
    """
    drawing = np.random.default_rng(1)
    drawn_from = _of_each(groups, drawing.permutation(np.flatnonzero(first >= 0)))
    if drawn_from.size < GROUPS_AT_LEAST:
        drawn_from = _of_each(groups, drawing.permutation(groups.size))
    if drawn_from.size < GROUPS_AT_LEAST:
        return Chance()
    drawn = drawn_from[drawing.integers(0, drawn_from.size, (2, DRAWN))]
    drawn = np.sort(drawn[:, drawn[0] != drawn[1]], axis=0)
    found = measured.likeness(drawn[0], drawn[1])
    likely, sure, rare = (float(np.quantile(found, 1 - 1 / each)) for each in ONE_IN)
    fall = log(ONE_IN[2] / ONE_IN[0]) / max(rare - likely, 1e-9)
    return Chance(
        sure=float(np.clip(sure, SURE, SURE_AT_MOST)),
        likely=float(np.clip(likely, LIKELY, LIKELY_AT_MOST)),
        rare=rare,
        part=CAUTION / ONE_IN[2],
        slope=min(1.0, fall),
    )


def _of_each(groups: Ints, texts: Longs) -> Ints:
    """The first of these texts in each group."""
    _, rows = np.unique(groups[texts], return_index=True)
    found: Ints = texts[rows].astype(np.int32)
    return found
