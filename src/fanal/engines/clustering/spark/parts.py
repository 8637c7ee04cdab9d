"""
What is done with a part of the corpus, by column; nothing here knows Spark.

``keying``: the whole corpus, as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log

import numpy as np

from fanal.engines.clustering.bands import (
    BANDS,
    LEAST,
    Search,
    groups_met,
    keys_of_bands,
    of_one_band,
    of_one_search,
    of_the_same_groups,
)
from fanal.engines.clustering.corpus import Hashes, Ints, Longs
from fanal.engines.clustering.pairs import Bools, different
from fanal.engines.clustering.rarity import Measured
from fanal.engines.spark.mapping import Table

# Whose key it is: any text's, that of one known in a search, of one that seeks.
ANY, KNOWN, SEEKING = range(3)
# Keys of a part, at most: one band of so many texts is cut in several.
PART = 1_000_000


@dataclass(frozen=True, slots=True)
class Keying:
    """``groups``: of each text, as contacts make them."""

    measured: Measured
    groups: Ints
    search: Search

    @property
    def sides(self) -> tuple[Ints, Ints, Ints]:
        """The texts of each side."""
        everyone = np.arange(self.groups.size, dtype=np.int32)
        return everyone, self.search.known, self.search.seeking

    @property
    def rows(self) -> int:
        """One for each text of each side."""
        return sum(side.size for side in self.sides)


def keyed(keying: Keying, told: Table) -> Table:
    """
    The keys of these texts, of all bands.

    Args:
        told: ``row``, among those of ``keying.rows``.

    Returns:
        ``band``; ``part``, of the band; ``side``; ``place`` among those of its side; ``key``.
    """
    found = [*_keyed(keying, told["row"].astype(np.int64))]
    band, side, place, keys = (np.concatenate(column) for column in zip(*found, strict=True))
    held = keys != 0
    parts = np.uint64(1 + keying.groups.size // PART)
    return {
        "band": band[held],
        "part": (keys[held] // np.uint64(2) % parts).astype(np.int32),
        "side": side[held],
        "place": place[held],
        "key": keys[held].view(np.int64),
    }


def _keyed(keying: Keying, rows: Longs) -> Iterator[tuple[Ints, Ints, Ints, Hashes]]:
    first = 0
    search = keying.search
    for side, texts in enumerate(keying.sides):
        places = rows[(rows >= first) & (rows < first + texts.size)] - first
        first += texts.size
        weight = search.weight if side else log(max(2, texts.size))
        bands = search.bands if side else range(BANDS)
        keys = keys_of_bands(keying.measured, texts[places], bands, weight)
        for band, found in zip(bands, keys, strict=True):
            yield (
                np.full(places.size, band, dtype=np.int32),
                np.full(places.size, side, dtype=np.int32),
                places.astype(np.int32),
                found,
            )


def paired(keying: Keying, told: Table) -> Table:
    """
    The pairs that keys of one band make, worth comparing the rest of their groups.

    Args:
        told: as ``keyed`` returns; of a key, all the texts.
    """
    side, place, key = told["side"], told["place"], told["key"].view(np.uint64)
    if not (side > ANY).any():
        found = np.zeros(keying.groups.size, dtype=np.uint64)
        found[place] = key
        pairs = of_one_band(found, keying.measured, keying.groups)
    else:
        known, seeking = (_sorted(place, key, side == one) for one in (KNOWN, SEEKING))
        search = replace(
            keying.search,
            known=keying.search.known[known[0]],
            seeking=keying.search.seeking[seeking[0]],
        )
        pairs = of_one_search(known[1], seeking[1], search, keying.measured)
    return {"one": pairs.ones, "other": pairs.others}


def _sorted(place: Ints, key: Hashes, kept: Bools) -> tuple[Ints, Hashes]:
    order = np.argsort(place[kept])
    return place[kept][order], key[kept][order]


def met(keying: Keying, told: Table) -> Table:
    """The two groups that these pairs are between, as one number."""
    return {"groups": different(groups_met(told["one"], told["other"], keying.groups))}


def crossed(keying: Keying, told: Table) -> Table:
    """More pairs of these groups."""
    ones, others = of_the_same_groups(told["groups"], keying.groups)
    return {"one": ones, "other": others}


def alike(keying: Keying, told: Table) -> Table:
    """Those of these pairs that are alike, and how much."""
    likeness = keying.measured.likeness(told["one"], told["other"])
    held = likeness >= LEAST
    return {"one": told["one"][held], "other": told["other"][held], "likeness": likeness[held]}
