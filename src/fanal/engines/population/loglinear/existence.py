"""
Whether a model has an estimate in these data, and only one.

Fienberg and Rinaldo (2012, *Maximum likelihood estimation in log-linear models*, Annals of
Statistics 40): the estimate exists when some table with every cell above zero has the margins of
the data. That depends only on which cells are empty; so answers are kept by (empty cells, model).
Chan, Silverman and Vincent (2021, JASA 116): an interaction of lists that share nobody is fitted
at minus infinity, and the cells that hold it are left out, before the question is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.refusals import Code

SURE = 1e-7


class Status(IntEnum):
    EXISTS = 1
    NOT_THERE = 2
    NOT_IDENTIFIABLE = 3


WHY = {Status.NOT_THERE: Code.NO_ESTIMATE_EXISTS, Status.NOT_IDENTIFIABLE: Code.NOT_IDENTIFIABLE}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model is fitted to tables whose empty cells are these."""

    status: Status
    cells: npt.NDArray[np.int64]
    terms: npt.NDArray[np.int64]
    # Interactions at minus infinity: they count as parameters, and are not fitted.
    empty: tuple[int, ...]


def plan(terms: Terms, support: npt.NDArray[np.bool_], impossible: frozenset[int]) -> Plan:
    """
    Args:
        terms: a hierarchical model.
        support: for each history, whether somebody has it; ``2**t`` booleans.
        impossible: histories left out of every fit.
    """
    cells = np.array(
        [cell for cell in range(1, support.size) if cell not in impossible], dtype=np.int64
    )
    seen = cells[support[cells]]
    empty = sorted(term for term in terms if not np.any(seen & term == term))
    for term in empty:
        cells = cells[cells & term != term]
    kept = np.array(sorted(terms.difference(empty)), dtype=np.int64)
    design = np.column_stack(
        [np.ones(cells.size), *((cells & term == term).astype(float) for term in kept)]
    )
    status = Status.EXISTS
    if cells.size < design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        status = Status.NOT_IDENTIFIABLE
    if not _some_positive_table(design, support[cells]):
        status = Status.NOT_THERE
    return Plan(status, cells, kept, tuple(empty))


def _some_positive_table(design: npt.NDArray[np.float64], held: npt.NDArray[np.bool_]) -> bool:
    """The linear programme of Fienberg and Rinaldo, on a table of ones in the cells held."""
    if held.all():
        return True
    from scipy.optimize import linprog

    cells = held.size
    # x: a table with the margins of ``held``; s: its smallest cell, to be made as large as can be.
    margins = design.T @ held
    equal = np.hstack([design.T, np.zeros((design.shape[1], 1))])
    above = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    found = linprog(
        np.append(np.zeros(cells), -1.0),
        A_ub=above,
        b_ub=np.zeros(cells),
        A_eq=equal,
        b_eq=margins,
        bounds=[(0, None)] * cells + [(None, 1)],
        method="highs",
    )
    return bool(found.success and -found.fun > SURE)
