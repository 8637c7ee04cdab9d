"""
Every way of placing a request alone, or siblings together, as one column.

A block is a request, or siblings who go together. A column puts a whole block in one facility:
siblings need no rule of their own, and the relaxed programme is as tight as it can be for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.refusals import Code, NotPlaced

MOST_WAYS = 1_000_000
MOST_COLUMNS = 2_000_000
NAMED = 4
TIES = 256
STIR = (2_654_435_761, 2_246_822_519)


@dataclass(frozen=True, slots=True)
class Columns:
    """
    Sorted by block, cheapest first.

    Attributes:
        members: of each block.
        penalty: of leaving each block out, shape (blocks,).
        block, cost, facility: of each column, shape (columns,).
        start: where the columns of each block begin, shape (blocks + 1,).
        use: places each column takes in each unit, a sparse matrix (units, columns).
        choice: the units of the block's members, in their order; -1 beyond, (columns, widest).
    """

    members: list[tuple[int, ...]]
    penalty: Ints
    block: Ints
    cost: Ints
    facility: Ints
    start: Ints
    use: Any
    choice: Ints

    def of(self, block: int, facility: int) -> Ints:
        """The columns that put this block in this facility."""
        first, last = self.start[block], self.start[block + 1]
        here: Ints = first + np.flatnonzero(self.facility[first:last] == facility)
        return here


def columns_of(problem: Problem) -> Columns:
    """
    Raises:
        NotPlaced: siblings have more ways to be together than can be examined.
    """
    kins = problem.blocks()
    alone = np.ones(problem.penalty.size, dtype=bool)
    alone[[one for kin in kins for one in kin]] = False
    singles = np.flatnonzero(alone)
    members = [(int(one),) for one in singles] + kins
    number = np.full(alone.size, -1, dtype=np.int64)
    number[singles] = np.arange(singles.size)
    kept = alone[problem.request] & (problem.places[problem.unit] > 0)
    widest = max((len(kin) for kin in members), default=1)
    choice = np.full((int(kept.sum()), widest), -1, dtype=np.int64)
    choice[:, 0] = problem.unit[kept]
    blocks, costs, choices = _together(problem, kins, singles.size, widest)
    return _sorted(
        problem,
        members,
        np.concatenate([number[problem.request[kept]], blocks]),
        np.concatenate([problem.cost[kept], costs]),
        np.concatenate([choice, choices]),
    )


def _together(
    problem: Problem, kins: list[tuple[int, ...]], first: int, widest: int
) -> tuple[Ints, Ints, Ints]:
    blocks, costs, choices = [], [], []
    order = np.argsort(problem.request, kind="stable")
    starts = np.searchsorted(problem.request[order], np.arange(problem.penalty.size + 1))
    for number, kin in enumerate(kins, first):
        arcs = [order[starts[one] : starts[one + 1]] for one in kin]
        for way, cost in _ways(problem, arcs, kin):
            blocks.append(number)
            costs.append(cost)
            choices.append(way + (-1,) * (widest - len(way)))
            if len(blocks) > MOST_COLUMNS:
                raise _too_many(kin)
    return (
        np.array(blocks, dtype=np.int64),
        np.array(costs, dtype=np.int64),
        np.array(choices, dtype=np.int64).reshape(-1, widest),
    )


def can_be_together(problem: Problem, kin: tuple[int, ...]) -> bool:
    """Whether some facility could take them all, were it empty of others."""
    arcs = [np.flatnonzero(problem.request == one) for one in kin]
    return next(_ways(problem, arcs, kin), None) is not None


def _too_many(kin: tuple[int, ...]) -> NotPlaced:
    named = ", ".join(map(str, kin[:NAMED]))
    others = f" et {len(kin) - NAMED} autres" if len(kin) > NAMED else ""
    return NotPlaced(
        Code.UNSUITABLE, f"La fratrie {named}{others} a trop de façons d'être placée ensemble."
    )


def _ways(
    problem: Problem, arcs: list[Ints], kin: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """
    How the siblings can share the units of one facility, each way with its cost.

    Of the ways that take the same places, only the cheapest: nobody else can tell them apart.
    """
    by_facility: list[dict[int, list[tuple[int, int]]]] = []
    for mine in arcs:
        found: dict[int, list[tuple[int, int]]] = {}
        for unit, cost in zip(
            problem.unit[mine].tolist(), problem.cost[mine].tolist(), strict=True
        ):
            if problem.places[unit] > 0:
                found.setdefault(int(problem.facility[unit]), []).append((unit, cost))
        by_facility.append(found)
    for facility in sorted(set(by_facility[0]).intersection(*by_facility[1:])):
        ways: dict[tuple[int, ...], tuple[int, tuple[int, ...]]] = {(): (0, ())}
        for one in by_facility:
            if len(ways) * len(one[facility]) > MOST_WAYS:
                raise _too_many(kin)
            ways = _with_one_more(problem, ways, one[facility])
        yield from ((units, cost) for cost, units in ways.values())


def _with_one_more(
    problem: Problem,
    ways: dict[tuple[int, ...], tuple[int, tuple[int, ...]]],
    offered: list[tuple[int, int]],
) -> dict[tuple[int, ...], tuple[int, tuple[int, ...]]]:
    """Ways by the places they take, whoever takes which."""
    more: dict[tuple[int, ...], tuple[int, tuple[int, ...]]] = {}
    for taken, (cost, units) in ways.items():
        for unit, asked in offered:
            if taken.count(unit) < problem.places[unit]:
                key = tuple(sorted((*taken, unit)))
                way = (cost + asked, (*units, unit))
                more[key] = min(more.get(key, way), way)
    return more


def _sorted(
    problem: Problem, members: list[tuple[int, ...]], block: Ints, cost: Ints, choice: Ints
) -> Columns:
    from scipy.sparse import csc_matrix

    # Equal costs in no order: blocks that all saw the same unit first would all ask for it.
    tie = ((block * STIR[0] + choice[:, 0] * STIR[1]) >> 16) % TIES
    ranked = (block * (int(cost.max(initial=0)) + 1) + cost) * TIES + tie
    order = np.argsort(ranked, kind="stable")
    block, cost, choice = block[order], cost[order], choice[order]
    taken = choice >= 0
    use = csc_matrix(
        (
            np.ones(int(taken.sum())),
            choice[taken].astype(np.int32),
            np.concatenate([[0], np.cumsum(taken.sum(1))]).astype(np.int32),
        ),
        shape=(problem.places.size, block.size),
    )
    use.sum_duplicates()
    facility = problem.facility[choice[:, 0]] if block.size else block
    return Columns(
        members=members,
        penalty=np.array([problem.penalty[list(kin)].sum() for kin in members], dtype=np.int64),
        block=block,
        cost=cost,
        facility=facility,
        start=np.searchsorted(block, np.arange(len(members) + 1)),
        use=use,
        choice=choice,
    )
