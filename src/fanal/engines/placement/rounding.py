"""From the relaxed programme to whole placements, and the proof that none is better."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Ints
from fanal.engines.placement.relaxing import Relaxed
from fanal.engines.placement.rows import Rows
from fanal.engines.placement.separations import Separations
from fanal.engines.programmes.clock import Clock
from fanal.engines.programmes.solver import (
    choice,
    is_infeasible,
    proved_least,
    solution,
    stop_when_over,
)

CLOSE = 1e-4
# Columns a block, at first.
FIRST_COLUMNS = 2.4
GROWTH = 4.0
# A margin that is this near to all that could be better takes it all.
NEARLY_ALL = 2.0
HALF = 0.5
# The relaxed programme is nearly whole already: what makes hard ones easier is time lost here.
QUICK: dict[str, Any] = {
    "presolve": "off",
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


@dataclass(frozen=True, slots=True)
class Whole:
    """
    Attributes:
        chosen: one column a block that is placed.
        value: of the columns and of the blocks left out.
        bound: no assignment costs less.
    """

    chosen: Ints
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched, and until when."""

    columns: Columns
    places: Ints
    apart: Separations
    rows: Rows
    clock: Clock


def make_whole(search: Search, relaxed: Relaxed) -> Whole:
    """
    Columns within a margin of the relaxed optimum, the margin widened until nothing beyond it can
    be better: reduced-cost fixing (Nemhauser and Wolsey, 1988, II.5).
    """
    best = at_once(search.columns, search.places, search.apart, relaxed)
    floor = max(0, ceil(relaxed.bound - CLOSE))
    margin = float(relaxed.excess[relaxed.cheapest(FIRST_COLUMNS)].max(initial=0.0)) + 1
    while best.value > floor and not search.clock.over():
        beyond = best.value - 1 - relaxed.bound
        reach = beyond if beyond < NEARLY_ALL * margin else margin
        kept = np.flatnonzero(relaxed.excess <= reach + CLOSE)
        found = _within(search, relaxed, kept, best, all_=reach == beyond)
        # Whatever is better than these columns can do uses another, which costs its excess.
        others = best.value if reach == beyond else ceil(relaxed.bound + reach - CLOSE)
        best = min(best, found, key=lambda one: one.value)
        floor = max(floor, min(best.value, found.bound, others))
        if found.bound < best.value:
            break
        margin *= GROWTH
    return Whole(best.chosen, best.value, min(floor, best.value))


class _Taking:
    """An assignment made one column after another; none that would break a rule."""

    def __init__(self, columns: Columns, places: Ints, apart: Separations) -> None:
        self.columns, self.left = columns, places.copy()
        self.groups: dict[int, list[int]] = {}
        for number, group in enumerate(apart.groups):
            for one in group:
                self.groups.setdefault(one, []).append(number)
        self.met: set[tuple[int, int]] = set()
        self.chosen: dict[int, int] = {}

    def take(self, column: int) -> bool:
        """Whether the column could be taken, its block having none."""
        use = self.columns.use
        here = slice(use.indptr[column], use.indptr[column + 1])
        units, much = use.indices[here], use.data[here].astype(np.int64)
        block, where = int(self.columns.block[column]), int(self.columns.facility[column])
        meetings = [(number, where) for number in self.groups.get(block, ())]
        if (self.left[units] < much).any() or not self.met.isdisjoint(meetings):
            return False
        self.left[units] -= much
        self.met.update(meetings)
        self.chosen[block] = column
        return True


def at_once(columns: Columns, places: Ints, apart: Separations, relaxed: Relaxed) -> Whole:
    """
    An assignment that breaks no rule: what the relaxed programme takes most of, then the blocks
    that lose most by waiting choose first.
    """
    taking = _Taking(columns, places, apart)
    for column in relaxed.taken[np.argsort(-relaxed.share, kind="stable")].tolist():
        if int(columns.block[column]) not in taking.chosen:
            taking.take(column)
    for block in np.argsort(-relaxed.left_excess, kind="stable").tolist():
        if block in taking.chosen:
            continue
        first, last = int(columns.start[block]), int(columns.start[block + 1])
        order = first + np.argsort(relaxed.excess[first:last], kind="stable")
        any(taking.take(column) for column in order.tolist())
    return valued(columns, np.array(sorted(taking.chosen.values()), dtype=np.int64))


def valued(columns: Columns, chosen: Ints) -> Whole:
    out = np.ones(columns.penalty.size, dtype=bool)
    out[columns.block[chosen]] = False
    return Whole(chosen, int(columns.cost[chosen].sum() + columns.penalty[out].sum()), 0)


def _within(search: Search, relaxed: Relaxed, kept: Ints, best: Whole, *, all_: bool) -> Whole:
    """
    The best assignment found; the bound is of those that use these columns alone.

    Args:
        all_: whether these are all the columns that could be better: only better is looked for.
    """
    from scipy.sparse import coo_matrix, csr_matrix, hstack, identity, vstack

    columns, places, n = search.columns, search.places, kept.size
    blocks = columns.penalty.size
    belongs = coo_matrix((np.ones(n), (columns.block[kept], np.arange(n))), shape=(blocks, n))
    head = hstack([belongs, identity(blocks)])
    use = hstack([columns.use[:, kept], csr_matrix((places.size, blocks))])
    cost = np.concatenate([columns.cost[kept], columns.penalty]).astype(float)
    shut = np.flatnonzero(relaxed.left_excess > best.value - relaxed.bound).astype(np.int32)
    while True:
        rows, most = search.rows.among(kept, columns.block.size)
        tail = hstack([rows, csr_matrix((most.size, blocks))])
        solver = choice(
            cost,
            vstack([head, use, tail]),
            np.concatenate([np.ones(blocks), np.full(places.size + most.size, -np.inf)]),
            np.concatenate([np.ones(blocks), places, most]),
            **QUICK,
        )
        if all_:
            # Costs are whole.
            solver.setOptionValue("objective_bound", best.value - HALF)
        stop_when_over(solver, search.clock)
        solver.changeColsBounds(shut.size, n + shut, np.zeros(shut.size), np.zeros(shut.size))
        solver.run()
        taken = solution(solver)
        # What was shut costs more than the best: nothing found is as good as it.
        least = best.value if is_infeasible(solver) else proved_least(solver)
        if taken is None:
            return replace(best, bound=min(least, best.value))
        chosen = kept[np.flatnonzero(taken[:n] > HALF)]
        whole = replace(relaxed, taken=chosen, share=np.ones(chosen.size))
        if not search.rows.write_broken(chosen, whole.share):
            return replace(valued(columns, chosen), bound=least)
        mended = at_once(columns, places, search.apart, whole)
        best = min(best, mended, key=lambda one: one.value)
        if search.clock.over():
            return replace(best, bound=min(least, best.value))
