"""From the relaxed programme to whole placements, and the proof that none is better."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Ints
from fanal.engines.placement.relaxing import Relaxed
from fanal.engines.placement.separations import Separations
from fanal.engines.programmes.solver import choice, is_optimal, solution, stop_when_over

CLOSE = 1e-4
# Columns a block, at first.
FIRST_COLUMNS = 2.4
GROWTH = 2.0
HALF = 0.5


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


def make_whole(
    columns: Columns, places: Ints, apart: Separations, relaxed: Relaxed, clock: Any
) -> Whole:
    """
    Columns within a margin of the relaxed optimum, the margin doubled until nothing beyond it can
    be better: reduced-cost fixing (Nemhauser and Wolsey, 1988, II.5).
    """
    best = cheapest_first(columns, places, apart, relaxed)
    floor = max(0, ceil(relaxed.bound - CLOSE))
    margin = _first_margin(columns, relaxed)
    while best.value > floor and not clock.over():
        reach = min(margin, best.value - 1 - relaxed.bound)
        kept = np.flatnonzero(relaxed.excess <= reach + CLOSE)
        found, proved = _within(columns, places, apart, relaxed, kept, best, clock)
        best = min(best, found, key=lambda one: one.value)
        if not proved:
            break
        # Whatever is better than the best of these columns uses another, which costs its excess.
        floor = max(floor, min(best.value, ceil(relaxed.bound + reach - CLOSE)))
        if reach < margin:
            floor = best.value
        margin *= GROWTH
    return Whole(best.chosen, best.value, min(floor, best.value))


def _first_margin(columns: Columns, relaxed: Relaxed) -> float:
    """What keeps a few columns a block, whatever the costs are counted in."""
    few = round(FIRST_COLUMNS * columns.penalty.size)
    if few >= relaxed.excess.size:
        return float(relaxed.excess.max(initial=0.0)) + 1
    return float(np.partition(relaxed.excess, few)[few]) + 1


def cheapest_first(columns: Columns, places: Ints, apart: Separations, relaxed: Relaxed) -> Whole:
    """An assignment that breaks no rule: the blocks that lose most by waiting choose first."""
    left = places.copy()
    group_of: dict[int, list[int]] = {}
    for number, group in enumerate(apart.groups):
        for one in group:
            group_of.setdefault(one, []).append(number)
    taken: set[tuple[int, int]] = set()
    chosen = []
    for block in np.argsort(-relaxed.left_excess, kind="stable").tolist():
        first, last = int(columns.start[block]), int(columns.start[block + 1])
        mine = group_of.get(block, ())
        for at in (first + np.argsort(relaxed.excess[first:last], kind="stable")).tolist():
            where = int(columns.facility[at])
            use = slice(columns.use.indptr[at], columns.use.indptr[at + 1])
            units = columns.use.indices[use]
            fits = (left[units] >= columns.use.data[use]).all()
            if fits and not any((number, where) in taken for number in mine):
                left[units] -= columns.use.data[use].astype(np.int64)
                taken.update((number, where) for number in mine)
                chosen.append(at)
                break
    return valued(columns, np.array(chosen, dtype=np.int64))


def valued(columns: Columns, chosen: Ints) -> Whole:
    out = np.ones(columns.penalty.size, dtype=bool)
    out[columns.block[chosen]] = False
    return Whole(chosen, int(columns.cost[chosen].sum() + columns.penalty[out].sum()), 0)


def _within(
    columns: Columns,
    places: Ints,
    apart: Separations,
    relaxed: Relaxed,
    kept: Ints,
    best: Whole,
    clock: Any,
) -> tuple[Whole, bool]:
    """The best assignment among these columns, and whether that is proved."""
    from scipy.sparse import coo_matrix, csr_matrix, hstack, identity, vstack

    blocks, n = columns.penalty.size, kept.size
    position = np.full(columns.block.size, -1, dtype=np.int64)
    position[kept] = np.arange(n)
    belongs = coo_matrix((np.ones(n), (columns.block[kept], np.arange(n))), shape=(blocks, n))
    head = hstack([belongs, identity(blocks)])
    use = hstack([columns.use[:, kept], csr_matrix((places.size, blocks))])
    cost = np.concatenate([columns.cost[kept], columns.penalty]).astype(float)
    while True:
        rows = [position[row] for row in apart.rows]
        rows = [row[row >= 0] for row in rows]
        lengths = [row.size for row in rows]
        tail = csr_matrix(
            (
                np.ones(sum(lengths)),
                np.concatenate([*rows, np.zeros(0, dtype=np.int64)]),
                np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            ),
            shape=(len(rows), n + blocks),
        )
        solver = choice(
            cost,
            vstack([head, use, tail]),
            np.concatenate([np.ones(blocks), np.full(places.size + len(rows), -np.inf)]),
            np.concatenate([np.ones(blocks), places, np.ones(len(rows))]),
        )
        stop_when_over(solver, clock)
        shut = np.flatnonzero(relaxed.left_excess > best.value - relaxed.bound).astype(np.int32)
        none = np.zeros(shut.size)
        solver.changeColsBounds(shut.size, n + shut, none, none)
        solver.run()
        taken = solution(solver)
        if taken is None:
            return best, False
        chosen = kept[np.flatnonzero(taken[:n] > HALF)]
        broken = apart.broken(chosen, np.ones(chosen.size))
        if not broken:
            return valued(columns, chosen), is_optimal(solver)
        apart.write(broken)
        if clock.over():
            return best, False
