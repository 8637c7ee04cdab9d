"""
The relaxed programme by column generation, and a bound that stands without trusting it.

Dantzig and Wolfe (1960): few columns are held, the others are priced. Any prices of places and
separations that are not negative give a lower bound (Lagrangian duality; Geoffrion, 1974): each
block pays its cheapest column, less what all the places and separations are worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Floats, Ints
from fanal.engines.placement.separations import Separations
from fanal.engines.programmes.solver import silent

FIRST = 1
MOST_BLOCK = 4
ROUNDS = 60
CLOSE = 1e-6
# The columns that are added leave the last solution as it was: the primal goes on from it.
PRIMAL = 4


@dataclass(frozen=True, slots=True)
class Relaxed:
    """
    Attributes:
        bound: no assignment costs less.
        excess: how much more than ``bound`` an assignment that uses each column costs at least.
        left_excess: the same, leaving each block out.
        place_price: of one place in each unit, shape (units,).
    """

    bound: float
    excess: Floats
    left_excess: Floats
    place_price: Floats


class Restricted:
    """HiGHS, with the columns held so far: one row a block, a unit, a written separation."""

    def __init__(self, columns: Columns, places: Ints, apart: Separations) -> None:
        import highspy

        self.columns, self.places, self.apart = columns, places, apart
        self.blocks, self.units = len(columns.members), places.size
        self.held = np.zeros(columns.block.size, dtype=bool)
        self.order: list[Ints] = []
        self.position: dict[int, int] = {}
        self.rows = 0
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
        self.held[chosen] = True
        use = self.columns.use[:, chosen]
        first = sum(part.size for part in self.order)
        self.order.append(chosen)
        index, value, starts = [], [], [0]
        for at, one in enumerate(chosen.tolist()):
            self.position[one] = first + at
            rows = [int(self.columns.block[one])]
            here = slice(use.indptr[at], use.indptr[at + 1])
            rows += (self.blocks + use.indices[here]).tolist()
            more = self.apart.of_column.get(one, ())
            rows += [self.blocks + self.units + row for row in more]
            index += rows
            value += [1.0, *use.data[here].tolist(), *[1.0] * len(more)]
            starts.append(len(index))
        self._add(
            self.columns.cost[chosen].astype(float),
            np.array(starts[:-1], dtype=np.int32),
            np.array(index, dtype=np.int32),
            np.array(value),
        )

    def write(self, broken: list[tuple[int, int]]) -> None:
        import highspy

        self.apart.write(broken)
        for row in self.apart.rows[self.rows :]:
            mine = row[self.held[row]].tolist()
            index = np.array([self.blocks + self.position[one] for one in mine], dtype=np.int32)
            self.solver.addRow(-highspy.kHighsInf, 1.0, index.size, index, np.ones(index.size))
        self.rows = len(self.apart.rows)

    def shares(self) -> tuple[Ints, Floats]:
        chosen = np.concatenate(self.order)
        share = np.array(self.solver.getSolution().col_value)[self.blocks :]
        taken = share > CLOSE
        return chosen[taken], share[taken]


def relax(columns: Columns, places: Ints, apart: Separations, stop: Any) -> Relaxed:
    """
    Args:
        stop: told nothing, says whether the time is up.
    """
    programme = Restricted(columns, places, apart)
    rank = np.arange(columns.block.size) - columns.start[columns.block]
    programme.hold(np.flatnonzero(rank < FIRST))
    best = None
    for _ in range(ROUNDS):
        programme.solver.run()
        dual = np.array(programme.solver.getSolution().row_dual)
        prices = np.maximum(0.0, -dual[programme.blocks :])
        found = bound(columns, places, apart, prices)
        if best is None or found.bound > best.bound:
            best = found
        wanted = _wanted(columns, found, dual[: programme.blocks], programme.held)
        broken = apart.broken(*programme.shares())
        if (not wanted.size and not broken) or stop():
            break
        if wanted.size:
            programme.hold(wanted)
        if broken:
            programme.write(broken)
    assert best is not None  # noqa: S101  (for the type checker)
    return best


def bound(columns: Columns, places: Ints, apart: Separations, prices: Floats) -> Relaxed:
    """What these prices, none negative, prove."""
    priced = columns.cost + columns.use.T @ prices[: places.size]
    apart.price(priced, prices[places.size :])
    cheapest = columns.penalty.astype(float)
    np.minimum.at(cheapest, columns.block, priced)
    worth = prices[: places.size] @ places + prices[places.size :].sum()
    return Relaxed(
        bound=float(cheapest.sum() - worth),
        excess=priced - cheapest[columns.block],
        left_excess=columns.penalty - cheapest,
        place_price=prices[: places.size],
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
