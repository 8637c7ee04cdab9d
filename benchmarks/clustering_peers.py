"""The peers of the clustering engine, on the same posts, in the same run."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

WORD = re.compile(r"[a-z]+")
PERMUTATIONS = 128
# The best of several settings, as published: near-duplicates of texts.
DATASKETCH, RENSA = 0.5, 0.6
RENSA_BANDS = 16
Answer = tuple[list[int], float]


def _shingles(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    words = WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
    return set(words) | {" ".join(pair) for pair in pairwise(words)}


def datasketch(texts: Sequence[str]) -> Answer:
    """MinHash LSH, each candidate checked by its Jaccard index."""
    from datasketch import MinHash, MinHashLSH

    start = time.process_time()
    sets = [_shingles(text) for text in texts]
    index = MinHashLSH(threshold=DATASKETCH, num_perm=PERMUTATIONS)
    hashed = MinHash.bulk([[one.encode() for one in each] for each in sets], num_perm=PERMUTATIONS)
    edges = []
    for place, one in enumerate(hashed):
        edges += [
            (other, place) for other in index.query(one) if _near(sets, other, place, DATASKETCH)
        ]
        index.insert(place, one)
    return _components(len(texts), edges), time.process_time() - start


def rensa(texts: Sequence[str]) -> Answer:
    """The same in Rust, with tight bands."""
    from rensa import RMinHash, RMinHashLSH

    start = time.process_time()
    sets = [_shingles(text) for text in texts]
    index = RMinHashLSH(threshold=RENSA, num_perm=PERMUTATIONS, num_bands=RENSA_BANDS)
    edges = []
    for place, each in enumerate(sets):
        one = RMinHash(num_perm=PERMUTATIONS, seed=1)
        one.update(list(each))
        edges += [(other, place) for other in index.query(one) if _near(sets, other, place, RENSA)]
        index.insert(place, one)
    return _components(len(texts), edges), time.process_time() - start


def phonenumbers(texts: Sequence[str]) -> tuple[list[set[str]], float]:
    """What the matcher of ``phonenumbers`` finds, possible numbers included."""
    from phonenumbers import (
        Leniency,
        PhoneNumberFormat,
        PhoneNumberMatcher,
        format_number,
    )  # fmt: skip

    start = time.process_time()
    found = [
        {
            format_number(one.number, PhoneNumberFormat.E164)
            for one in PhoneNumberMatcher(text, "FR", leniency=Leniency.POSSIBLE)
        }
        for text in texts
    ]
    return found, time.process_time() - start


def _near(sets: Sequence[set[str]], one: int, other: int, least: float) -> bool:
    common = len(sets[one] & sets[other])
    return common >= least * (len(sets[one]) + len(sets[other]) - common)


def _components(size: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    found: list[int] = connected_components(graph, directed=False)[1].tolist()
    return found


def faiss(known: np.ndarray, asked: np.ndarray, within: int) -> str:
    """
    MultiHash of 16 bands of 16 bits, one of them flipped at most: exact up to 31 bits, as a
    band at least then has one error or none.
    """
    import faiss as peer

    peer.omp_set_num_threads(1)
    start = time.process_time()
    index = peer.IndexBinaryMultiHash(8 * known.shape[1], 16, 16)
    index.nflip = 1
    index.add(known)
    built = time.process_time()
    index.range_search(asked, within + 1)
    speed = len(asked) / (time.process_time() - built)
    return f"faiss MultiHash: {speed:.0f} (index {built - start:.1f} s)"
