"""The reader who wants to know: every table that agrees with what was published, as a programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.bounds import NEAR, Floats
from fanal.engines.disclosure.solver import (
    is_optimal,
    make_whole,
    programme,
    solution,
)

Integers = npt.NDArray[np.int64]
# Blocks smaller than this are put together: starting a solver costs more than they do.
TOGETHER = 1_500
# Of the cells that are not whole yet, the nearest quarter is rounded at a time.
SHARE = 4
PRIMAL, EITHER = 4, 0
# The last resort for one cell: branch and bound over whole tables, cut short.
BRANCHING: dict[str, Any] = {
    "mip_rel_gap": 0.0,
    "mip_max_nodes": 50,
    "mip_heuristic_run_feasibility_jump": False,
}


class Attacker:
    """
    The tables of one block, ready to be asked.

    Only the objective changes from one question to the next, so primal simplex goes on from the
    last answer.

    Args:
        sums: sparse, ``sums @ x = right`` over the unknown cells of the block.
        right: shape (equalities,).
        low, high: bounds of the unknowns; finite.
    """

    def __init__(self, sums: Any, right: Floats, low: Floats, high: Floats) -> None:
        self._model = (sums, low, high, right, right)
        self._low, self._high = low, high
        self._columns = np.arange(sums.shape[1], dtype=np.int32)
        self._linear = programme(*self._model, presolve="off", simplex_strategy=PRIMAL)

    def drawn(self, cost: Floats) -> Floats | None:
        """A whole table where ``cost @ x`` is small; nothing when none was found quickly."""
        table = self._least(cost)
        return None if table is None else self._dive(table)

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
        table = self._least(cost)
        if table is None:
            return None, sign * np.inf
        limit = _inwards(table[place], sign)
        if limit == met or sign * (enough - met) >= 0:
            return None, limit
        target = max(sign * limit, sign * enough)
        whole = self._dive(table)
        if whole is not None and sign * whole[place] <= target:
            return whole, limit
        return self._branched(cost, place, limit, target)

    def _least(self, cost: Floats) -> Floats | None:
        """A table, perhaps fractional, where the objective is least."""
        self._linear.changeColsCost(self._columns.size, self._columns, cost)
        self._linear.run()
        return solution(self._linear) if is_optimal(self._linear) else None

    def _dive(self, table: Floats) -> Floats | None:
        """Round some cells, solve again, and so on until every cell is whole."""
        held = np.zeros(table.size, dtype=bool)
        self._linear.setOptionValue("simplex_strategy", EITHER)
        found: Floats | None = table
        while found is not None:
            away = np.abs(found - np.rint(found))
            broken = np.flatnonzero(away > NEAR)
            if not broken.size:
                break
            nearest = np.argsort(away[broken], kind="stable")[: -(-broken.size // SHARE)]
            held[broken[nearest]] = True
            self._bound(broken[nearest], np.rint(found), np.rint(found))
            self._linear.run()
            found = solution(self._linear) if is_optimal(self._linear) else None
        self._linear.setOptionValue("simplex_strategy", PRIMAL)
        self._bound(np.flatnonzero(held), self._low, self._high)
        return None if found is None else np.rint(found)

    def _bound(self, places: Integers, low: Floats, high: Floats) -> None:
        self._linear.changeColsBounds(
            places.size, places.astype(np.int32), low[places], high[places]
        )

    def _branched(
        self, cost: Floats, place: int, limit: float, target: float
    ) -> tuple[Floats | None, float]:
        solver = programme(*self._model, **BRANCHING, objective_target=target + NEAR)
        make_whole(solver, self._columns)
        solver.changeColsCost(self._columns.size, self._columns, cost)
        solver.run()
        found = solution(solver)
        if found is None:
            return None, limit
        whole = np.rint(found)
        return whole, float(whole[place]) if is_optimal(solver) else limit


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
