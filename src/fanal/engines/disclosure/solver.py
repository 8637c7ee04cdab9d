"""HiGHS (Huangfu and Hall, 2018), one thread and silent, fed with sparse matrices."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@cache
def _silent() -> Any:
    import highspy

    class Silent(highspy.Highs):
        """HiGHS prints its name when callbacks are set up, whatever it is told afterwards."""

        def enableCallbacks(self) -> None:  # noqa: N802
            self.setOptionValue("output_flag", False)

    return Silent


def programme(
    sums: Any, low: Floats, high: Floats, row_low: Floats, row_high: Floats, **options: Any
) -> Any:
    """
    A solver that holds ``row_low <= sums @ x <= row_high``, ``low <= x <= high``, and no objective.

    Args:
        sums: a sparse matrix, shape (rows, columns).
        options: of HiGHS, by name.
    """
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = sums.shape
    model.col_cost_ = np.zeros(sums.shape[1])
    model.col_lower_, model.col_upper_ = low, high
    model.row_lower_, model.row_upper_ = row_low, row_high
    by_column = sums.tocsc()
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = by_column.indptr
    model.a_matrix_.index_ = by_column.indices
    model.a_matrix_.value_ = by_column.data
    solver = _silent()()
    for name, value in {"output_flag": False, "threads": 1, **options}.items():
        solver.setOptionValue(name, value)
    solver.passModel(model)
    return solver


def make_whole(solver: Any, columns: npt.NDArray[np.int32]) -> None:
    import highspy

    kinds = np.full(columns.size, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(columns.size, columns, kinds)


def is_optimal(solver: Any) -> bool:
    import highspy

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def solution(solver: Any) -> Floats | None:
    """The last solution, when it satisfies every row and bound."""
    import highspy

    status = highspy.SolutionStatus.kSolutionStatusFeasible
    if solver.getInfo().primal_solution_status != status:
        return None
    return np.array(solver.getSolution().col_value)


def is_infeasible(solver: Any) -> bool:
    import highspy

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible)
