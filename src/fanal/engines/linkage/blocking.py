"""
Which pairs of records are worth comparing: those that share a key.

A key that a crowd shares tells nothing and costs its square: the room that pairs may take is
bounded by the number of records, and the largest blocks are the first to be left.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import numpy.typing as npt

from fanal.engines.linkage.encoding import MISSING, Encoded
from fanal.engines.linkage.profiles.reading import DATE, DAY, NAME, NAMES, YEAR, Kind

# Pairs for each record, at most, that one key may bring.
ROOM = 8
FORGET = np.int64(1_000_003)
Pairs = npt.NDArray[np.int32]
Parts = npt.NDArray[np.int64]


def candidates(encoded: Encoded) -> Pairs:
    """The pairs that share one of the profile's keys, once each, shape (pairs, 2)."""
    return once([pairs_sharing(encoded, key) for key in encoded.profile.keys], len(encoded))


def once(told: list[Pairs], records: int) -> Pairs:
    """All these pairs, in their order, without those told twice."""
    pairs = np.concatenate(told).astype(np.int64)
    codes = pairs[:, 0] * records + pairs[:, 1]
    # Sorted in place: ``numpy.unique`` takes three times as long, and as much memory again.
    codes.sort()
    codes = codes[np.diff(codes, prepend=-1) != 0]
    return np.stack([codes // records, codes % records], axis=1).astype(np.int32)


def pairs_sharing(encoded: Encoded, key: tuple[str, ...]) -> Pairs:
    """The pairs that share every part of this key; a record may hold it in several ways."""
    from fanal.engines.linkage.kernels.blocks import pairs_of_blocks

    records, keys = holding(encoded, key)
    order = np.argsort(keys, kind="stable")
    edges = np.flatnonzero(np.diff(keys[order], prepend=MISSING, append=MISSING))
    starts, ends = edges[:-1], edges[1:]
    sizes = ends - starts
    each, blocks = np.unique(sizes, return_counts=True)
    kept = (sizes > 1) & (sizes <= largest(each, blocks, len(encoded)))
    room = int(pairs_in(sizes[kept]).sum())
    pairs: Pairs = pairs_of_blocks(records[order], starts[kept], ends[kept], room)
    return pairs


def holding(encoded: Encoded, key: tuple[str, ...]) -> tuple[Pairs, Parts]:
    """The records that hold this key, and the number of each; once for each number it has."""
    ways = list(product(*(_part(encoded, part) for part in key)))
    held = np.stack([_together(way) for way in ways])
    if len(ways) > 1:
        held = _different(held)
    records = np.tile(np.arange(len(encoded), dtype=np.int32), len(ways))
    keys = held.ravel()
    return records[keys != MISSING], keys[keys != MISSING]


def largest(sizes: Parts, blocks: Parts, records: int) -> int:
    """
    How many records a block may hold for its pairs to be compared: the smallest come first, and
    those of one size together or not at all.

    Args:
        sizes, blocks: how many blocks there are of each size, the smallest first.
    """
    taken = np.cumsum(blocks * pairs_in(sizes))
    return int(sizes[taken <= ROOM * records].max(initial=0))


def pairs_in(sizes: Parts) -> Parts:
    """How many pairs blocks of these sizes hold."""
    told: Parts = sizes * (sizes - 1) // 2
    return told


def _together(parts: tuple[Parts, ...]) -> Parts:
    """One number for several, missing as soon as one of them is."""
    told = np.zeros(parts[0].size, dtype=np.int64)
    with np.errstate(over="ignore"):
        for part in parts:
            told = told * FORGET + part + 1
    missing = np.any([part == MISSING for part in parts], axis=0)
    return np.where(missing, MISSING, np.abs(told))


def _different(held: Parts) -> Parts:
    """A record that holds one key in two ways holds it once; shape (ways, records)."""
    kept = held.copy()
    for way in range(1, len(held)):
        kept[way] = np.where((held[:way] == held[way]).any(axis=0), MISSING, held[way])
    return kept


def _part(encoded: Encoded, part: str) -> list[Parts]:
    """The ways in which each record holds this part of a key."""
    kin = np.append(encoded.values.kin, MISSING).astype(np.int64)
    given, family = kin[encoded.given], kin[encoded.family]
    room = int(kin.max()) + 1
    ways: dict[str, Callable[[], list[Parts]]] = {
        NAME: lambda: [given, family],
        NAMES: lambda: [_both(given, family, room)],
        DAY: lambda: [encoded.day.astype(np.int64)],
        YEAR: lambda: [encoded.year.astype(np.int64)],
        DATE: lambda: [_together((encoded.day.astype(np.int64), encoded.year.astype(np.int64)))],
    }
    return ways[part]() if part in ways else [_column(encoded, part, kin)]


def _both(given: Parts, family: Parts, room: int) -> Parts:
    lower, upper = np.minimum(given, family), np.maximum(given, family)
    return np.where(lower == MISSING, MISSING, lower * room + upper)


def _column(encoded: Encoded, column: str, kin: Parts) -> Parts:
    profile = encoded.profile
    place = profile.columns.index(column)
    match profile.fields[place].kind:
        case Kind.GIVEN:
            return kin[encoded.given]
        case Kind.FAMILY:
            return kin[encoded.family]
        case Kind.CODE:
            return encoded.codes[:, profile.of(Kind.CODE).index(place)].astype(np.int64)
        case _:
            truths = encoded.truths[:, profile.of(Kind.DATE, Kind.TEXT).index(place)]
            return kin[truths]
