"""Bounds of each cell, drawn from the sums one at a time until nothing moves."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NEAR = 1e-6
ROUNDS = 40


def tighten(sums: Any, low: Floats, high: Floats) -> tuple[Floats, Floats] | None:
    """
    Whole-number bounds that every solution of ``sums @ x = 0`` within the bounds keeps.

    Args:
        sums: sparse, shape (equalities, cells), coefficients 1 and -1.
        low, high: shape (cells,); ``high`` may be infinite.

    Returns:
        Tighter bounds, or nothing when no solution exists. Each round reads every sum once; after
        ``ROUNDS`` the bounds are right, and perhaps not the tightest.
    """
    low, high = np.ceil(low - NEAR), np.floor(high + NEAR)
    rows = np.repeat(np.arange(sums.shape[0]), np.diff(sums.indptr))
    columns, positive = sums.indices, sums.data > 0
    for _ in range(ROUNDS):
        if (low > high).any():
            return None
        # Only sums that hold two unknowns or more, or one, can still say something.
        open_rows = np.zeros(sums.shape[0], dtype=bool)
        open_rows[rows[(low < high)[columns]]] = True
        used = open_rows[rows]
        if not used.any():
            break
        before = low.copy(), high.copy()
        _one_round(rows[used], columns[used], positive[used], sums.shape[0], low, high)
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    if (low > high).any() or not _holds(sums, low, high):
        return None
    return low, high


def _holds(sums: Any, low: Floats, high: Floats) -> bool:
    """Whether every sum whose cells are all known is right."""
    known = low == high
    settled = np.diff(sums[:, ~known].indptr) == 0
    return not np.any((sums @ np.where(known, low, 0.0))[settled])


def _one_round(
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    positive: npt.NDArray[np.bool_],
    count: int,
    low: Floats,
    high: Floats,
) -> None:
    least = np.where(positive, low[columns], -high[columns])
    most = np.where(positive, high[columns], -low[columns])
    others_least = _without_own(rows, least, count)
    others_most = _without_own(rows, most, count)
    above = np.where(positive, -others_least, others_most)
    below = np.where(positive, -others_most, others_least)
    np.minimum.at(high, columns, np.floor(above + NEAR))
    np.maximum.at(low, columns, np.ceil(below - NEAR))


def _without_own(rows: npt.NDArray[np.int64], values: Floats, count: int) -> Floats:
    """For each entry of a sum, the total of the others; infinite when one of them is."""
    finite = np.isfinite(values)
    total = np.bincount(rows, np.where(finite, values, 0.0), count)
    unbounded = np.bincount(rows, ~finite, count)
    others = total[rows] - np.where(finite, values, 0.0)
    return np.where(unbounded[rows] - ~finite > 0, _infinite_like(values), others)


def _infinite_like(values: Floats) -> float:
    """All infinities of a column of bounds have one sign."""
    infinite = values[~np.isfinite(values)]
    return float(infinite[0]) if infinite.size else np.inf
