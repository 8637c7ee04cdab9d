"""Which cells hang together, through which sums."""

from __future__ import annotations

from typing import Any

import numpy as np

from fanal.engines.disclosure.linking import Integers


def components(sums: Any) -> tuple[Integers, Integers]:
    """
    Args:
        sums: sparse by rows, shape (equalities, cells).

    Returns:
        A label for each equality and one for each cell; those that share cells, directly or not,
        have the same, which is the number of the first cell. An equality without cells has -1.
    """
    count, size = sums.shape
    rows = np.repeat(np.arange(count), np.diff(sums.indptr))
    cells = sums.indices
    of_cell = np.arange(size, dtype=np.int64)
    while True:
        of_row = np.full(count, size, dtype=np.int64)
        np.minimum.at(of_row, rows, of_cell[cells])
        lower = of_cell.copy()
        np.minimum.at(lower, cells, of_row[rows])
        # A label is a cell: following it twice as far each time ends in few rounds.
        lower = lower[lower]
        if np.array_equal(lower, of_cell):
            return np.where(of_row < size, of_row, -1), of_cell
        of_cell = lower
