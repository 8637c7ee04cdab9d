"""HiGHS (Huangfu and Hall, 2018), one thread and silent."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from fanal.engines.placement.clock import Clock
from fanal.engines.placement.problem import Floats


@cache
def _silent() -> Any:
    import highspy

    class Silent(highspy.Highs):
        """HiGHS prints its name when callbacks are set up, whatever it is told afterwards."""

        def enableCallbacks(self) -> None:  # noqa: N802
            self.setOptionValue("output_flag", False)

    return Silent


def silent(**options: Any) -> Any:
    solver = _silent()()
    for name, value in {"output_flag": False, "threads": 1, **options}.items():
        solver.setOptionValue(name, value)
    return solver


def whole(cost: Floats, rows: Any, low: Floats, high: Floats, **options: Any) -> Any:
    """
    A solver that minimises ``cost @ x`` over ``low <= rows @ x <= high``, ``x`` being 0 or 1.

    Args:
        rows: a sparse matrix, shape (rows, columns).
        options: of HiGHS, by name.
    """
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = np.zeros(cost.size), np.ones(cost.size)
    model.row_lower_, model.row_upper_ = low, high
    by_column = rows.tocsc()
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = by_column.indptr
    model.a_matrix_.index_ = by_column.indices
    model.a_matrix_.value_ = by_column.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * cost.size
    solver = silent(mip_rel_gap=0.0, mip_abs_gap=0.0, **options)
    solver.passModel(model)
    return solver


def stop_when_over(solver: Any, clock: Clock) -> None:
    """HiGHS counts the seconds of the wall, which a shared machine gives to others."""
    import highspy

    def heed(_kind: Any, _message: str, _out: Any, told: Any, _data: Any) -> None:
        told.user_interrupt = clock.over()

    super(highspy.Highs, solver).setCallback(heed, None)
    super(highspy.Highs, solver).startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)


def is_optimal(solver: Any) -> bool:
    import highspy

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def is_infeasible(solver: Any) -> bool:
    import highspy

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible)


def solution(solver: Any) -> Floats | None:
    """The best solution, when it satisfies every row and bound."""
    import highspy

    status = highspy.SolutionStatus.kSolutionStatusFeasible
    if solver.getInfo().primal_solution_status != status:
        return None
    return np.array(solver.getSolution().col_value)
