"""
Controlled rounding: every cell goes to a neighbouring multiple, and the margins still add up.

Cox (1987, *A constructive procedure for unbiased controlled rounding*, JASA 82) for two variables,
where a rounding always exists; Salazar-González (2005, *Controlled rounding and cell perturbation*,
Mathematical Programming 105) for the 0-1 programme of any linked tables, where it may not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fanal.engines.disclosure.audit import Knowledge
from fanal.engines.disclosure.counting import misread
from fanal.engines.disclosure.linking import Flags, Integers, Kind, Linked
from fanal.engines.disclosure.refusals import Code, Refused
from fanal.engines.programmes.solver import (
    is_infeasible,
    is_optimal,
    make_whole,
    programme,
    solution,
)

BASE = 5
NODES = 2_000
# A rounding whose distance to the counts is within this share of the least one does.
NEARLY = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Rounding:
    """
    Args:
        counts: the rounded count of every shown cell, and of the differences between them.
        base: every count is a multiple of it, and less than it away from the true one.
        nearest: no other such rounding is nearer to the counts, all cells together.
    """

    counts: Integers
    base: int
    nearest: bool


def round_together(
    linked: Linked, counts: Integers, *, base: int = BASE, nodes: int = NODES
) -> Rounding | Refused:
    """
    Round every cell up or down to a multiple of ``base``; a multiple stays as it is.

    Args:
        counts: of every cell.
        base: 2 or more.
        nodes: of branch and bound, after which the best rounding found is taken.

    Returns:
        A rounding whose sums all hold; a refusal when none exists, or none was found.
    """
    if base < 2:  # noqa: PLR2004
        return Refused.because(Code.UNSUITABLE, "Un arrondi se fait à 2 au moins.")
    wrong = misread(linked, counts)
    if wrong is not None:
        return wrong
    rounded = linked.kinds != Kind.JOINT
    rows = np.diff(linked.sums[:, ~rounded].indptr) == 0
    cells = np.flatnonzero(rounded)
    below, left = np.divmod(counts[cells], base)
    # A sum says: what goes up among the children is what goes up at the parent, and what is due.
    sums = linked.sums[np.flatnonzero(rows)][:, cells]
    due = -(sums @ below).astype(float)
    up = (left > 0).astype(float)
    solver = programme(
        sums,
        np.zeros(cells.size),
        up,
        due,
        due,
        cost=(base - 2 * left).astype(float) * up,
        mip_max_nodes=nodes,
        mip_rel_gap=NEARLY,
    )
    make_whole(solver, np.arange(cells.size, dtype=np.int32))
    solver.run()
    chosen = solution(solver)
    if chosen is None:
        code = Code.CANNOT_ROUND if is_infeasible(solver) else Code.NOT_SOLVED
        return Refused.because(code)
    answer = np.zeros(linked.size, dtype=np.int64)
    answer[cells] = base * (below + np.rint(chosen).astype(np.int64))
    return Rounding(answer, base, is_optimal(solver))


def knowledge_of(linked: Linked, rounding: Rounding, printed: Flags | None = None) -> Knowledge:
    """What the reader of rounded counts knows of the true ones; see ``audit``."""
    seen = linked.is_shown if printed is None else printed & linked.is_shown
    off = rounding.base - 1
    return Knowledge(
        np.where(seen, np.maximum(rounding.counts - off, 0), 0).astype(float),
        np.where(seen, rounding.counts + off, np.inf).astype(float),
    )
