"""The reader who wants to know: every table that agrees with what was published, as a programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.bounds import NEAR, Floats
from fanal.engines.disclosure.components import components
from fanal.engines.programmes.solver import (
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
FEWER = 8
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

    def drawn(self, cost: Floats, *, whole: bool) -> Floats | None:
        """A table where ``cost @ x`` is small; nothing when no whole one was found quickly."""
        table = self._least(cost)
        return self._dive(table) if whole and table is not None else table

    def limit(self, place: int, sign: float) -> tuple[float, Floats | None]:
        """
        The least (``sign`` 1) or the most (-1) that any table, whole or not, gives one cell.

        Returns:
            The limit, as a whole number that no whole table passes, and a table that comes there;
            an infinite limit when no table agrees at all.
        """
        table = self._least(self._alone(place, sign))
        return (sign * np.inf, None) if table is None else (_inwards(table[place], sign), table)

    def whole(self, place: int, sign: float, table: Floats, *, enough: float) -> Floats | None:
        """
        A whole table that gives one cell as little (or as much) as possible.

        Args:
            table: what ``limit`` gave, just before.
            enough: a value past which it is of no use to look.
        """
        found = self._dive(table)
        if found is not None and sign * (found[place] - enough) <= 0:
            return found
        solver = programme(*self._model, **BRANCHING, objective_target=sign * enough + NEAR)
        make_whole(solver, self._columns)
        solver.changeColsCost(self._columns.size, self._columns, self._alone(place, sign))
        solver.run()
        branched = solution(solver)
        return found if branched is None else np.rint(branched)

    def _alone(self, place: int, sign: float) -> Floats:
        cost = np.zeros(self._columns.size)
        cost[place] = sign
        return cost

    def _least(self, cost: Floats) -> Floats | None:
        """A table, perhaps fractional, where the objective is least."""
        self._linear.changeColsCost(self._columns.size, self._columns, cost)
        self._linear.run()
        return solution(self._linear) if is_optimal(self._linear) else None

    def _dive(self, table: Floats) -> Floats | None:
        """Round some cells, solve again, and so on until every cell is whole."""
        held = np.zeros(table.size, dtype=bool)
        self._linear.setOptionValue("simplex_strategy", EITHER)
        found, share = table, SHARE
        while True:
            away = np.abs(found - np.rint(found))
            broken = np.flatnonzero(away > NEAR)
            if not broken.size:
                break
            nearest = np.argsort(away[broken], kind="stable")[: -(-broken.size // share)]
            self._bound(broken[nearest], np.rint(found), np.rint(found))
            self._linear.run()
            next_one = solution(self._linear) if is_optimal(self._linear) else None
            if next_one is not None:
                held[broken[nearest]] = True
                found = next_one
            elif nearest.size > 1:
                # Too many at once: they are let go, and fewer are tried.
                self._bound(broken[nearest], self._low, self._high)
                share *= FEWER
            else:
                held[broken[nearest]] = True
                break
        self._linear.setOptionValue("simplex_strategy", PRIMAL)
        self._bound(np.flatnonzero(held), self._low, self._high)
        return None if broken.size else np.rint(found)

    def _bound(self, places: Integers, low: Floats, high: Floats) -> None:
        self._linear.changeColsBounds(
            places.size, places.astype(np.int32), low[places], high[places]
        )


def _inwards(value: float, sign: float) -> float:
    return float(np.ceil(value - NEAR) if sign > 0 else np.floor(value + NEAR))


def blocks(sums: Any, unknown: npt.NDArray[np.bool_]) -> Iterator[tuple[Integers, Any]]:
    """
    The unknown cells in groups that no sum ties together.

    Yields:
        The cells of a group, and the sums that hold some of them (all their columns).
    """
    cells = np.flatnonzero(unknown)
    of_row, of_cell = components(sums[:, cells])
    for group in _groups(of_cell):
        mine = np.isin(of_cell, group)
        yield cells[mine], sums[np.flatnonzero(np.isin(of_row, group))]


def _groups(labels: Integers) -> Iterator[list[int]]:
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
