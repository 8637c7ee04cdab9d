"""
The rules by which two texts, or two groups of texts, go together; each may be read on a card.

Formulaic texts are alike by the thousand, and one wrong contact joins two cases: a contact links
two texts only if their words do not belie it, and words alone only if chance would not have given
as much to any of the pairs that were compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Floats, Reals

# Part of every card: it changes with any rule or threshold.
VERSION = "4"
# In nats of likeness: of pairs drawn by chance, about one in a thousand is as like as the first,
# and one in a hundred as the second. More is asked in a corpus where chance gives more.
SURE, LIKELY = 4.0, 1.5
# The mean of what ties a text alone to a group is steadier than one pair: chance gives less.
STEADIER = 0.5
# A text whose words weigh less than this, but for three of them, cannot belie a contact.
TELLING = 5.0
# Of what words alone join, how much may be wrong: two groups of several texts, or a text alone.
WRONG, WRONG_ALONE = 0.01, 0.05
# A text alone without a contact, a text alone with one, several texts.
WITHOUT, ALONE, SEVERAL = range(3)


class Rule(IntEnum):
    """Why two texts are linked."""

    CONTACT = 1
    CONTACT_ALONE = 2
    CONTACTS = 3
    WORDS = 4


class Refusal(IntEnum):
    """Why a link joins nothing."""

    APART = -1
    ONE_TEXT = -2
    ELSEWHERE = -3
    WHOLES = -4


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How like texts must be, in nats. ``sure``, ``likely``: where they share a contact. ``words``:
    two groups, for their words alone to join them, by the kinds of both; ``eased``: by how much
    less, where they are as alike as the texts of each.
    """

    sure: float
    likely: float
    words: npt.NDArray[np.float64]
    eased: float


def word_limit(likeness: Floats, expected: Reals, wrong: float, alone: float) -> float:
    """
    The least likeness at which the pairs that chance gives are few among those that are found.

    ``likeness``: of the pairs found, falling; ``expected``: how many of those compared chance would
    make as like as each; ``wrong``: the part of the joined ones that may be wrong (Benjamini and
    Hochberg, 1995); ``alone``: what a pair must reach where no other does.
    """
    held = np.flatnonzero(expected <= wrong * np.arange(1, likeness.size + 1))
    return float(likeness[held[-1]]) if held.size else alone


def kinds_of(groups: npt.NDArray[np.int32], first: npt.NDArray[np.int32]) -> npt.NDArray[np.int8]:
    """The kind of each text. ``first``: a contact of each, or -1."""
    sizes = np.bincount(groups, minlength=groups.size)[groups]
    return np.where(sizes > 1, SEVERAL, np.where(first >= 0, ALONE, WITHOUT)).astype(np.int8)
