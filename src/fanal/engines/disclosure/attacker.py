"""The reader who wants to know: every table that agrees with what was published, as a programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.bounds import NEAR, Floats
from fanal.engines.disclosure.solver import is_optimal, make_whole, programme, solution

Integers = npt.NDArray[np.int64]
# Blocks smaller than this are put together: starting a solver costs more than they do.
TOGETHER = 1_500
# A whole table that moves many cells is wanted, not the very best one.
DRAWN = {"mip_rel_gap": 0.5, "mip_max_nodes": 1}
ALONE = {"mip_rel_gap": 0.0, "mip_max_nodes": 50}


class Attacker:
    """
    The tables of one block, ready to be asked.

    Args:
        sums: sparse, ``sums @ x = right`` over the unknown cells of the block.
        right: shape (equalities,).
        low, high: bounds of the unknowns; finite.
    """

    def __init__(self, sums: Any, right: Floats, low: Floats, high: Floats) -> None:
        self._model = (sums, low, high, right, right)
        self._columns = np.arange(sums.shape[1], dtype=np.int32)
        # Only the objective changes: primal simplex goes on from the last answer.
        self._linear: Any = None
        self._cost = np.zeros(sums.shape[1])
        self._whole = programme(*self._model, mip_heuristic_run_feasibility_jump=False)
        make_whole(self._whole, self._columns)

    def drawn(self, cost: Floats) -> Floats | None:
        """A whole table where ``cost @ x`` is small; nothing when none was found quickly."""
        return self._whole_table(cost, {**DRAWN, "objective_target": -np.inf})[0]

    def alone(
        self, place: int, sign: float, *, met: float, enough: float
    ) -> tuple[Floats | None, float]:
        """
        The least (``sign`` 1) or the most (-1) of one cell.

        Args:
            met: what some whole table gives the cell already.
            enough: a value past which no whole table is looked for; fractional ones still are.

        Returns:
            A whole table that goes further than ``met``, if one was found; and the limit that no
            whole table passes, infinite when no table agrees at all.
        """
        cost = np.zeros(self._columns.size)
        cost[place] = sign
        table = self._linear_table(cost)
        if table is None:
            return None, sign * np.inf
        limit = _inwards(table[place], sign)
        if np.abs(table - np.rint(table)).max() < NEAR:
            return np.rint(table), limit
        if limit == met or sign * (enough - met) >= 0:
            return None, limit
        target = max(sign * limit, sign * enough) + NEAR
        whole, proven = self._whole_table(cost, {**ALONE, "objective_target": target})
        if whole is not None and proven:
            return whole, float(whole[place])
        return whole, limit

    def _linear_table(self, cost: Floats) -> Floats | None:
        if self._linear is None:
            self._linear = programme(*self._model, presolve="off", simplex_strategy=4)
        changed = np.flatnonzero(cost != self._cost).astype(np.int32)
        self._linear.changeColsCost(changed.size, changed, cost[changed])
        self._cost = cost
        self._linear.run()
        return solution(self._linear) if is_optimal(self._linear) else None

    def _whole_table(self, cost: Floats, options: dict[str, Any]) -> tuple[Floats | None, bool]:
        for name, value in options.items():
            self._whole.setOptionValue(name, value)
        self._whole.changeColsCost(self._columns.size, self._columns, cost)
        self._whole.run()
        found = solution(self._whole)
        return None if found is None else np.rint(found), is_optimal(self._whole)


def _inwards(value: float, sign: float) -> float:
    return float(np.ceil(value - NEAR) if sign > 0 else np.floor(value + NEAR))


def blocks(sums: Any, unknown: npt.NDArray[np.bool_]) -> Iterator[tuple[Integers, Any]]:
    """
    The unknown cells in groups that no sum ties together.

    Yields:
        The cells of a group, and the sums that hold some of them (all their columns).
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    cells = np.flatnonzero(unknown)
    if not cells.size:
        return
    inside = sums[:, cells].tocoo()
    rows, columns = inside.coords
    size = cells.size + sums.shape[0]
    graph = coo_array((np.ones(rows.size), (columns, rows + cells.size)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    of_cell, of_row = labels[: cells.size], labels[cells.size :]
    held = np.zeros(sums.shape[0], dtype=bool)
    held[rows] = True
    for group in _groups(of_cell):
        mine = np.isin(of_cell, group)
        yield cells[mine], sums[np.flatnonzero(np.isin(of_row, group) & held)]


def _groups(labels: npt.NDArray[np.int32]) -> Iterator[list[int]]:
    group: list[int] = []
    taken = 0
    for label, size in zip(*np.unique(labels, return_counts=True), strict=True):
        if group and taken + size > TOGETHER:
            yield group
            group, taken = [], 0
        group.append(int(label))
        taken += int(size)
    if group:
        yield group
