"""
Pairs of texts that may share much, without looking at all of them (Indyk and Motwani, Approximate
nearest neighbors, 1998).

In each band a text has one key: its words in an order drawn for the band, the rarest first most
often, until together they are so rare that chance would give them to one text or so. However many
texts there are and whatever formulas they share, a key is that of few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Hashes, Ints, Longs
from fanal.engines.clustering.linking import SEVERAL, WITHOUT
from fanal.engines.clustering.pairs import Pairs, different, each_once
from fanal.engines.clustering.rarity import Measured

BANDS, WEIGHTY = 24, 0.3
SEARCHED = range(BANDS, 2 * BANDS)
# Of fewer texts than this, the words alone are drawn.
FEW = 2_000
# Of one key: texts of a group, and how many each text is compared with.
OF_A_GROUP, OF_A_KEY = 3, 10
# In nats: what is worth comparing the rest of two groups, and what may ever join them.
WORTH, LEAST = 4.0, 6.0
OF_ONE, OF_EACH = 40, 20
# How many pairs texts without contact are given, all and each.
SOUGHT, SOUGHT_AT_MOST, SOUGHT_LEAST = 3e7, 64, 4.0
Kinds = npt.NDArray[np.int8]


def by_words(measured: Measured, groups: Ints, kinds: Kinds) -> Pairs:
    """
    Pairs of texts of two groups that share a key of some band, and others of the same groups; each
    once, with those alone that are alike. A text alone without a contact is sought more widely.
    """
    texts = np.arange(groups.size, dtype=np.int32)
    weight = log(max(2, texts.size))
    found = [
        of_one_band(made, measured, groups)
        for made in keys_of_bands(measured, texts, range(BANDS), weight)
    ]
    search = search_of(groups, kinds)
    for there, wanted in zip(
        keys_of_bands(measured, search.known, search.bands, search.weight),
        keys_of_bands(measured, search.seeking, search.bands, search.weight),
        strict=True,
    ):
        found.append(of_one_search(there, wanted, search, measured))
    ones = np.concatenate([pairs.ones for pairs in found])
    others = np.concatenate([pairs.others for pairs in found])
    more = of_the_same_groups(different(groups_met(ones, others, groups)), groups)
    pairs = each_once(np.append(ones, more[0]), np.append(others, more[1]), measured)
    return pairs.where(pairs.likeness >= LEAST)


def keys_of_bands(
    measured: Measured, texts: Ints, bands: Iterable[int], weight: float
) -> Iterator[Hashes]:
    """The keys of these texts, band by band."""
    from fanal.engines.clustering.kernels.nearness import band, ranks

    held, begins, weights = measured.words.held, measured.words.begins, measured.weights
    if texts.size < FEW:
        some = different(
            np.concatenate([held[begins[one] : begins[one + 1]] for one in texts] or [held[:0]])
        )
    else:
        some = np.arange(weights.size)
    for which in bands:
        found: Hashes = band(
            held, begins, weights, ranks(weights, some, which, WEIGHTY), texts, weight
        )
        yield found


def of_one_band(found: Hashes, measured: Measured, groups: Ints) -> Pairs:
    """Pairs of texts of two groups with one key, worth comparing the rest."""
    from fanal.engines.clustering.kernels.nearness import met

    keyed = np.flatnonzero(found)
    order = keyed[np.lexsort((groups[keyed], found[keyed]))].astype(np.int32)
    ones, others = met(found, order, groups, OF_A_GROUP, OF_A_KEY)
    return _worth(ones, others, measured)


def _worth(ones: Ints, others: Ints, measured: Measured) -> Pairs:
    pairs = Pairs(ones, others, measured.likeness(ones, others))
    return pairs.where(pairs.likeness >= WORTH)


@dataclass(frozen=True, slots=True)
class Search:
    """
    Texts alone without a contact, ``seeking`` among those ``known`` of groups: at most so many for
    each, by keys of a lesser ``weight``, which more texts have.
    """

    seeking: Ints
    known: Ints
    most: int
    weight: float

    @property
    def bands(self) -> range:
        return SEARCHED if self.seeking.size and self.known.size else range(0)


def search_of(groups: Ints, kinds: Kinds) -> Search:
    seeking = np.flatnonzero(kinds == WITHOUT).astype(np.int32)
    known = some_of_each(groups, kinds)
    most = int(np.clip(SOUGHT / (BANDS * max(1, seeking.size)), 1, SOUGHT_AT_MOST))
    return Search(seeking, known, most, max(SOUGHT_LEAST, log(max(1, known.size) / most)))


def of_one_search(there: Hashes, wanted: Hashes, search: Search, measured: Measured) -> Pairs:
    """Pairs of one band. ``there``, ``wanted``: the keys of those known, and of those seeking."""
    from fanal.engines.clustering.kernels.nearness import sought

    order = np.argsort(there, kind="stable")
    first = np.searchsorted(there[order], wanted)
    last = np.searchsorted(there[order], wanted, side="right")
    last[wanted == 0] = first[wanted == 0]
    ones, others = sought(search.seeking, first, last, search.known[order], search.most)
    return _worth(ones, others, measured)


def some_of_each(groups: Ints, kinds: Kinds) -> Ints:
    """Up to ``OF_A_GROUP`` texts of each group of several texts."""
    several = np.flatnonzero(kinds == SEVERAL)
    order = several[np.argsort(groups[several], kind="stable")]
    rank = np.arange(order.size) - np.searchsorted(groups[order], groups[order])
    return order[rank < OF_A_GROUP].astype(np.int32)


def groups_met(ones: Ints, others: Ints, groups: Ints) -> Longs:
    """The two groups that each of these pairs is between, as one number, if one has several."""
    size = max(1, groups.size)
    sizes = np.bincount(groups, minlength=size)
    one, other = groups[ones].astype(np.int64), groups[others].astype(np.int64)
    several = (sizes[one] > 1) | (sizes[other] > 1)
    codes: Longs = (np.minimum(one, other) * size + np.maximum(one, other))[several]
    return codes


def of_the_same_groups(codes: Longs, groups: Ints) -> tuple[Ints, Ints]:
    """More pairs of these groups, two by two."""
    from fanal.engines.clustering.kernels.nearness import crossed

    size = max(1, groups.size)
    begins = np.append(0, np.cumsum(np.bincount(groups, minlength=size)))
    members = np.argsort(groups, kind="stable").astype(np.int32)
    more: tuple[Ints, Ints] = crossed(begins, members, codes // size, codes % size, OF_ONE, OF_EACH)
    return more
