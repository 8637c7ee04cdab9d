"""The cheapest pattern that satisfies the inequalities found so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fanal.engines.disclosure.linking import Flags
from fanal.engines.disclosure.suppression.problem import Cut, Problem
from fanal.engines.programmes.solver import is_optimal, make_whole, programme, solution

# Small covering programmes, solved many times: heuristics cost more than they find.
OPTIONS: dict[str, Any] = {
    "mip_max_nodes": 5_000,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_detect_symmetry": False,
    "mip_allow_restart": False,
}
NEARLY = 1e-9


@dataclass(slots=True, eq=False)
class Master:
    """
    The inequalities, and the pattern that they ask for.

    Groups of cells that no inequality ties are solved apart, and only when a new one touches them,
    each to within ``gap`` of its cheapest pattern.
    """

    problem: Problem
    hidden: Flags
    optimal: bool = True
    gap: float = 0.0
    cuts: list[Cut] = field(default_factory=list)
    _leader: dict[int, int] = field(default_factory=dict)
    _least: dict[int, float] = field(default_factory=dict)

    @classmethod
    def start(cls, problem: Problem) -> Master:
        return cls(problem, problem.always.copy())

    def add(self, cuts: Sequence[Cut], *, keep: bool = False) -> int | None:
        """
        Add inequalities and choose again; a cell that nothing can protect is returned.

        Args:
            keep: whether what is hidden stays so; the search then ends soon, and not at the best.
        """
        self.optimal &= not keep
        for cut in cuts:
            if not cut.possible and not cut.conditional:
                return cut.protects
            self._tie(cut)
        self.cuts += cuts
        touched = {self._root(self._first(cut)) for cut in cuts}
        if not keep:
            self._least = {r: v for r, v in self._least.items() if self._root(r) not in touched}
        for root, group in self._groups(touched).items():
            least = self._choose(group, keep=keep)
            if least is None and not (keep and self.hide_all()):
                return group[0].protects
            if least is not None and not keep:
                self._least[root] = least
        return None

    @property
    def bound(self) -> float:
        """What any pattern that protects as much costs at least, beside what is always hidden."""
        return sum(self._least.values())

    def hide_all(self) -> bool:
        """The last resort; whether there was something left to hide."""
        left = self.problem.free & ~self.hidden
        self.hidden |= left
        return bool(left.any())

    def _first(self, cut: Cut) -> int:
        return int(cut.cells[0]) if cut.cells.size else cut.protects

    def _root(self, cell: int) -> int:
        while self._leader.setdefault(cell, cell) != cell:
            self._leader[cell] = self._leader[self._leader[cell]]
            cell = self._leader[cell]
        return cell

    def _tie(self, cut: Cut) -> None:
        root = self._root(self._first(cut))
        tied = [*cut.cells.tolist(), cut.protects] if cut.conditional else cut.cells.tolist()
        for cell in tied:
            self._leader[self._root(cell)] = root

    def _groups(self, roots: set[int]) -> dict[int, list[Cut]]:
        groups: dict[int, list[Cut]] = {}
        for cut in self.cuts:
            root = self._root(self._first(cut))
            if root in roots:
                groups.setdefault(root, []).append(cut)
        return groups

    def _choose(self, cuts: list[Cut], *, keep: bool) -> float | None:
        """The 0-1 programme of one group of inequalities; its bound, if it has a solution."""
        from scipy.sparse import coo_array

        conditional = np.array([cut.conditional for cut in cuts])
        owners = [cut.protects for cut in cuts if cut.conditional]
        cells = np.unique(np.concatenate([*(cut.cells for cut in cuts), owners])).astype(np.int64)
        rows = np.repeat(np.arange(len(cuts)), [cut.cells.size for cut in cuts])
        matrix = coo_array(
            (
                np.concatenate([*(cut.coefficients for cut in cuts), np.full(len(owners), -1.0)]),
                (
                    np.concatenate([rows, np.flatnonzero(conditional)]),
                    np.searchsorted(cells, np.concatenate([*(c.cells for c in cuts), owners])),
                ),
            ),
            shape=(len(cuts), cells.size),
        )
        solver = programme(
            matrix,
            self.hidden[cells].astype(float) * keep,
            np.ones(cells.size),
            np.where(conditional, 0.0, 1.0),
            np.full(len(cuts), np.inf),
            cost=self.problem.cost[cells],
            mip_rel_gap=self.gap,
            **OPTIONS,
        )
        make_whole(solver, np.arange(cells.size, dtype=np.int32))
        solver.run()
        chosen = solution(solver)
        if chosen is None:
            return None
        self.optimal &= is_optimal(solver)
        self.hidden[cells] = chosen > 0.5  # noqa: PLR2004
        return float(solver.getInfo().mip_dual_bound)


def satisfy(problem: Problem, hidden: Flags, cut: Cut) -> bool:
    """Hide what helps most for its cost until an inequality holds; whether it does."""
    help_first = np.argsort(problem.cost[cut.cells] / cut.coefficients, kind="stable")
    lacking = 1 - float(cut.coefficients[hidden[cut.cells]].sum())
    for place in help_first:
        if lacking > NEARLY and not hidden[cut.cells[place]]:
            hidden[cut.cells[place]] = True
            lacking -= float(cut.coefficients[place])
    return lacking <= NEARLY
