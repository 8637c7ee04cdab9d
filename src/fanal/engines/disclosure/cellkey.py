"""
Cell-key perturbation: the same question always has the same answer, two questions never share one.

Each person has a key, a keyed hash of the record's identifier. The key of a cell is the sum of
those of its people, modulo 2**32; with the count it looks up a perturbation in a table of
distributions. A cell asked twice, in two tables, is perturbed alike; two cells that differ by one
person have unrelated perturbations, so that subtracting them tells little.

The distributions are those of largest entropy among the ones with mean 0, variance ``variance``,
no perturbation beyond ``most``, no negative count, and no result from 1 to ``never``. A cell where
nobody is stays at 0.

Sources: Fraser and Wooton (2005, UNECE meeting on statistical confidentiality); Thompson,
Broadfoot and Elazar (2013, same meeting); Giessing (2016, PSD, LNCS 9867, 248-263) for the maximum
entropy; Meindl and Enderle (2019, UNECE) for its use in the European census.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Wholes = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
BYTES = 4
SECRET_AT_LEAST = 16
EXACT = 1e-12
KEYS = 2**32


@dataclass(frozen=True, slots=True)
class Perturbation:
    """
    Args:
        most: no count changes by more, in people.
        variance: of the change, in people squared.
        never: results from 1 to this one are never published.
    """

    most: int = 6
    variance: float = 4.0
    never: int = 2

    def changes(self, count: int) -> Wholes:
        """The changes that a count may have."""
        changes = np.arange(-self.most, self.most + 1, dtype=np.int64)
        results = count + changes
        return np.asarray(changes[(results == 0) | (results > self.never)])

    def chances(self, count: int) -> Floats:
        """The probability of each of ``changes(count)``; mean 0, and the variance if it can be."""
        return _chances(self, min(count, self.most + self.never + 1))

    def apply(self, counts: npt.ArrayLike, keys: npt.ArrayLike) -> Wholes:
        """
        Args:
            counts: int, any shape; people of each cell.
            keys: uint32, the same shape; the key of each cell.
        """
        before = np.asarray(counts, dtype=np.int64)
        cut = np.asarray(keys, dtype=np.float64) / KEYS
        after = before.copy()
        rows = np.minimum(before, self.most + self.never + 1)
        for row in np.unique(rows[rows > 0]):
            held = rows == row
            steps = np.cumsum(self.chances(int(row)))[:-1]
            after[held] += self.changes(int(row))[np.searchsorted(steps, cut[held], side="right")]
        return after


@lru_cache(maxsize=256)
def _chances(perturbation: Perturbation, count: int) -> Floats:
    """
    Maximum entropy is an exponential family, ``exp(a j + b j**2)``; its dual is convex in (a, b).

    Raises:
        ValueError: no distribution on these changes has this mean and variance.
    """
    changes = perturbation.changes(count).astype(np.float64)
    moments = np.stack([changes, changes**2])
    wanted = np.array([0.0, perturbation.variance])
    dual = np.zeros(2)
    for _ in range(200):
        weights = np.exp(dual @ moments - (dual @ moments).max())
        chances = weights / weights.sum()
        means = moments @ chances
        if np.abs(means - wanted).max() < EXACT:
            return np.asarray(chances)
        centred = moments - means[:, None]
        hessian = (centred * chances) @ centred.T + 1e-14 * np.eye(2)
        step = np.linalg.solve(hessian, wanted - means)
        dual = dual + step / max(1.0, float(np.abs(step * [1, perturbation.most]).max()))
    raise ValueError(f"no perturbation of {count} has mean 0 and this variance")


def record_keys(identifiers: Iterable[str], *, secret: bytes) -> Keys:
    """
    The key of each record: uniform on 32 bits for whoever does not hold the secret.

    Args:
        secret: at least 16 bytes, kept with the ledger and never published.
    """
    if len(secret) < SECRET_AT_LEAST:
        raise ValueError("a secret of at least 16 bytes is needed")
    digest = b"".join(
        blake2b(one.encode(), key=secret, digest_size=BYTES).digest() for one in identifiers
    )
    return np.frombuffer(digest, dtype=">u4").astype(np.uint32)


def cell_keys(keys: Keys, cells: npt.ArrayLike, *, size: int) -> Keys:
    """
    The key of each cell.

    Args:
        keys: uint32, one per record.
        cells: int, the cell of each record.
        size: how many cells there are.
    """
    sums = np.zeros(size, dtype=np.uint64)
    np.add.at(sums, np.asarray(cells), keys.astype(np.uint64))
    return (sums % KEYS).astype(np.uint32)
