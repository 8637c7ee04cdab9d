"""
The relaxed programme by column generation, and a bound that stands without trusting it.

Dantzig and Wolfe (1960): few columns are held, the others are priced. Any prices of places and
separations that are not negative give a lower bound (Lagrangian duality; Geoffrion, 1974): each
block pays its cheapest column, less what all the places and separations are worth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.opening import opening_prices
from fanal.engines.placement.problem import Floats, Ints
from fanal.engines.placement.rows import Rows
from fanal.engines.programmes.solver import silent

# Columns a block, at first, and each time some are added.
FIRST_COLUMNS = 2
MOST_BLOCK = 2
ROUNDS = 60
CLOSE = 1e-6
JUST_MORE = 1e-5
LEAST_ROUNDS = 6
# The columns that are added leave the last solution as it was: the primal goes on from it.
PRIMAL = 4


@dataclass(frozen=True, slots=True)
class Relaxed:
    """
    Attributes:
        bound: no assignment costs less.
        excess: how much more than ``bound`` an assignment that uses each column costs at least.
        left_excess: the same, leaving each block out.
        place_price: the most that one more place in each unit would take from ``bound``; of
            those that have a place, shape (units,).
        taken, share: the columns that the relaxed programme takes, and how much of each.
    """

    bound: float
    excess: Floats
    left_excess: Floats
    place_price: Floats
    taken: Ints
    share: Floats

    def cheapest(self, columns: float) -> Ints:
        """The columns of least excess, so many a block on average."""
        few = round(columns * self.left_excess.size)
        if few >= self.excess.size:
            return np.arange(self.excess.size)
        return np.sort(np.argpartition(self.excess, few)[: few + 1])


class Restricted:
    """HiGHS, with the columns held so far: one row a block, a unit, a written row."""

    def __init__(self, columns: Columns, places: Ints | Floats, rows: Rows) -> None:
        import highspy

        self.columns, self.places, self.rows = columns, places, rows
        self.blocks, self.units = len(columns.members), places.size
        self.held = np.zeros(columns.block.size, dtype=bool)
        self.order: list[Ints] = []
        self.position = np.full(columns.block.size, -1, dtype=np.int64)
        self.written = 0
        self.solver = silent(presolve="off", solver="simplex", simplex_strategy=PRIMAL)
        none = np.zeros(0, dtype=np.int32)
        low = np.concatenate([np.ones(self.blocks), np.full(self.units, -highspy.kHighsInf)])
        high = np.concatenate([np.ones(self.blocks), places.astype(float)])
        self.solver.addRows(low.size, low, high, 0, none, none, np.zeros(0))
        self._add(
            columns.penalty.astype(float),
            np.arange(self.blocks, dtype=np.int32),
            np.arange(self.blocks, dtype=np.int32),
            np.ones(self.blocks),
        )

    def _add(self, cost: Floats, starts: Any, index: Any, value: Floats) -> None:
        import highspy

        size = cost.size
        self.solver.addCols(
            size, cost, np.zeros(size), np.full(size, highspy.kHighsInf),
            index.size, starts, index, value,
        )  # fmt: skip

    def hold(self, chosen: Ints) -> None:
        chosen = chosen[~self.held[chosen]]
        self.position[chosen] = self.held.sum() + np.arange(chosen.size)
        self.held[chosen] = True
        use = self.columns.use[:, chosen]
        self.order.append(chosen)
        index, value, starts = [], [], [0]
        for at, one in enumerate(chosen.tolist()):
            here = slice(use.indptr[at], use.indptr[at + 1])
            more = self.rows.of_column.get(one, ())
            index.append(int(self.columns.block[one]))
            index += (self.blocks + use.indices[here]).tolist()
            index += [self.blocks + self.units + row for row, _ in more]
            value += [1.0, *use.data[here].tolist(), *[float(weight) for _, weight in more]]
            starts.append(len(index))
        self._add(
            self.columns.cost[chosen].astype(float),
            np.array(starts[:-1], dtype=np.int32),
            np.array(index, dtype=np.int32),
            np.array(value),
        )

    def write_broken(self, taken: Ints, share: Floats) -> bool:
        import highspy

        if not self.rows.write_broken(taken, share):
            return False
        for row in self.rows.rows[self.written :]:
            mine = self.held[row.columns]
            index = (self.blocks + self.position[row.columns[mine]]).astype(np.int32)
            weight = row.weight[mine].astype(float)
            self.solver.addRow(-highspy.kHighsInf, float(row.most), index.size, index, weight)
        self.written = len(self.rows.rows)
        return True

    def make_room(self) -> None:
        """Just more than there is, in each unit."""
        import highspy

        rows = np.arange(self.blocks, self.blocks + self.units, dtype=np.int32)
        low = np.full(self.units, -highspy.kHighsInf)
        self.solver.changeRowsBounds(self.units, rows, low, self.places + JUST_MORE)

    def priced(self) -> tuple[Relaxed, Ints]:
        """What the prices of the last solution prove, and the columns that would lower it."""
        dual = np.array(self.solver.getSolution().row_dual)
        prices = np.maximum(0.0, -dual[self.blocks :])
        found = bound(self.columns, self.places, self.rows, prices)
        return found, _wanted(self.columns, found, dual[: self.blocks], self.held)

    def shares(self) -> tuple[Ints, Floats]:
        chosen = np.concatenate(self.order)
        share = np.array(self.solver.getSolution().col_value)[self.blocks :]
        taken = share > CLOSE
        return chosen[taken], share[taken]


def relax(columns: Columns, places: Ints | Floats, rows: Rows, stop: Any) -> Relaxed:
    """
    Args:
        rows: those that are broken on the way are written.
        stop: told nothing, says whether the time is up.
    """
    programme = Restricted(columns, places, rows)
    best = bound(columns, places, rows, opening_prices(columns, places))
    programme.hold(best.cheapest(FIRST_COLUMNS))
    taken, share = np.zeros(0, dtype=np.int64), np.zeros(0)
    for _ in range(ROUNDS):
        programme.solver.run()
        found, wanted = programme.priced()
        if found.bound >= best.bound:
            best = found
        taken, share = programme.shares()
        if stop():
            break
        if wanted.size:
            programme.hold(wanted)
        if not programme.write_broken(taken, share) and not wanted.size:
            best = replace(best, place_price=_least_prices(programme, best))
            break
    return replace(best, taken=taken, share=share)


def _least_prices(programme: Restricted, best: Relaxed) -> Floats:
    """
    Where many prices prove the same bound, those that say what one more place would really save.

    A little more room makes the programme tell the least of them, if it stays what it was.
    """
    programme.make_room()
    for _ in range(LEAST_ROUNDS):
        programme.solver.run()
        found, wanted = programme.priced()
        programme.hold(wanted)
        if not programme.write_broken(*programme.shares()) and found.bound >= best.bound - CLOSE:
            return found.place_price
    return best.place_price


def bound(columns: Columns, places: Ints | Floats, rows: Rows, prices: Floats) -> Relaxed:
    """What these prices, none negative, prove."""
    priced = columns.cost + columns.use.T @ prices[: places.size]
    asked = prices[places.size :]
    worth = prices[: places.size] @ places + rows.price(priced, asked)
    cheapest = columns.penalty.astype(float)
    np.minimum.at(cheapest, columns.block, priced)
    none = np.zeros(0)
    return Relaxed(
        bound=float(cheapest.sum() - worth),
        excess=priced - cheapest[columns.block],
        left_excess=columns.penalty - cheapest,
        place_price=prices[: places.size] + rows.of_one_more_place(places.size, asked),
        taken=none.astype(np.int64),
        share=none,
    )


def _wanted(columns: Columns, found: Relaxed, dual: Floats, held: Any) -> Ints:
    """The columns that would lower the relaxed cost, a few a block."""
    cheapest = columns.penalty - found.left_excess
    gain = (dual - cheapest)[columns.block] - found.excess
    good = np.flatnonzero((gain > CLOSE) & ~held)
    order = good[np.lexsort((-gain[good], columns.block[good]))]
    block = columns.block[order]
    rank = np.arange(order.size) - np.searchsorted(block, block)
    return order[rank < MOST_BLOCK]
