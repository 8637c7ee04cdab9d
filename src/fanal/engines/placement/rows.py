"""What the relaxed programme must still be told: rows written only once they are broken."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from fanal.engines.placement.problem import Floats, Ints

BROKEN = 1e-6


NO_UNIT = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Row:
    """
    ``weight`` of each of these ``columns``, added up, is at most ``most``.

    ``raised_by``: the units in which one more place would make it one more.
    """

    columns: Ints
    weight: Ints
    most: int
    raised_by: Ints = field(default_factory=lambda: NO_UNIT)


class Source(Protocol):
    """Knows rows by their keys, and which ones some shares of columns break."""

    def broken(self, chosen: Ints, share: Floats) -> list[Hashable]: ...

    def row(self, key: Any) -> Row: ...


@dataclass(slots=True)
class Rows:
    """
    Attributes:
        sources: where rows come from.
        rows: those written so far.
        of_column: the rows each column is in, and its weight there.
    """

    sources: tuple[Source, ...]
    rows: list[Row] = field(default_factory=list)
    of_column: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    written: set[tuple[int, Hashable]] = field(default_factory=set)

    def write_broken(self, chosen: Ints, share: Floats) -> bool:
        """Whether there was a row to write: ``chosen`` columns, taken by ``share``, broke it."""
        found = [
            (number, key)
            for number, source in enumerate(self.sources)
            for key in source.broken(chosen, share)
            if (number, key) not in self.written
        ]
        for number, key in found:
            row = self.sources[number].row(key)
            at = len(self.rows)
            self.rows.append(row)
            self.written.add((number, key))
            for one, weight in zip(row.columns.tolist(), row.weight.tolist(), strict=True):
                self.of_column.setdefault(one, []).append((at, weight))
        return bool(found)

    def price(self, cost: Floats, prices: Floats) -> float:
        """Add to ``cost`` what the rows ask, in place; what they are worth together."""
        worth = 0.0
        for row, asked in zip(self.rows, prices.tolist(), strict=True):
            if asked > 0:
                cost[row.columns] += asked * row.weight
                worth += asked * row.most
        return worth

    def of_one_more_place(self, units: int, prices: Floats) -> Floats:
        """What the rows would give back, at these prices, for one more place in each unit."""
        back = np.zeros(units)
        for row, asked in zip(self.rows, prices.tolist(), strict=True):
            back[row.raised_by] += asked
        return back

    def among(self, kept: Ints, columns: int) -> tuple[Any, Ints]:
        """The rows as a sparse matrix (rows, kept columns), and the most of each."""
        from scipy.sparse import csr_matrix

        position = np.full(columns, -1, dtype=np.int64)
        position[kept] = np.arange(kept.size)
        index, weight, starts = [np.zeros(0, dtype=np.int64)], [np.zeros(0)], [0]
        for row in self.rows:
            at = position[row.columns]
            index.append(at[at >= 0])
            weight.append(row.weight[at >= 0].astype(float))
            starts.append(starts[-1] + index[-1].size)
        matrix = csr_matrix(
            (np.concatenate(weight), np.concatenate(index), np.array(starts)),
            shape=(len(self.rows), kept.size),
        )
        return matrix, np.array([row.most for row in self.rows], dtype=np.int64)
