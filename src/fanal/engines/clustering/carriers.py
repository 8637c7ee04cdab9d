"""Pairs of texts that carry one contact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Carried, Floats, Ints
from fanal.engines.clustering.linking import TELLING, Rule
from fanal.engines.clustering.pairs import Bools, Pairs, different, each_once
from fanal.engines.clustering.rarity import Measured

# A contact that many carry ties each to so many after it.
AT_MOST = 20
LINK = "link"


@dataclass(frozen=True, slots=True)
class ByContact:
    """Pairs that carry a contact. ``personal``: one that is no link to a page of the web."""

    pairs: Pairs
    personal: Bools

    def rules(self, rest: Floats, sure: float) -> npt.NDArray[np.int8]:
        """Of each pair, the rule that makes it sure, or 0. ``rest``: of each text."""
        pairs = self.pairs
        mute = (rest[pairs.ones] < TELLING) & (rest[pairs.others] < TELLING) & self.personal
        alone = np.where(mute, Rule.CONTACT_ALONE, 0)
        return np.where(pairs.likeness >= sure, Rule.CONTACT, alone).astype(np.int8)

    def lenient(self, rest: Floats, likely: float) -> Pairs:
        """The pairs, likely at least where a text says too little to belie the contact."""
        pairs = self.pairs
        mute = ((rest[pairs.ones] < TELLING) | (rest[pairs.others] < TELLING)) & self.personal
        likeness = np.where(mute, np.maximum(pairs.likeness, likely), pairs.likeness)
        return Pairs(pairs.ones, pairs.others, likeness.astype(np.float32))


def by_contact(carried: Carried, measured: Measured) -> ByContact:
    """The pairs of texts that carry a contact, each once."""
    ones, others, rows = tied(carried, AT_MOST)
    pairs = each_once(ones, others, measured)
    personal = np.array([kind != LINK for kind, _ in carried.keys], dtype=np.bool_)[rows]
    size = measured.words.begins.size
    kept = different(ones[personal].astype(np.int64) * size + others[personal])
    codes = pairs.codes(size)
    rank = np.minimum(np.searchsorted(kept, codes), max(0, kept.size - 1))
    return ByContact(pairs, kept[rank] == codes if kept.size else np.zeros(codes.size, dtype=bool))


def tied(carried: Carried, most: int) -> tuple[Ints, Ints, Ints]:
    """Each text that carries a contact with the ``most`` that do after it, and the contact."""
    from fanal.engines.clustering.kernels.nearness import carriers

    ones, others, rows = carriers(carried.begins, carried.places, most)
    return ones, others, rows
