"""HiGHS (Huangfu and Hall, 2018), one thread and silent, fed with sparse matrices."""

from __future__ import annotations

from functools import cache
from math import ceil, isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.programmes.clock import Clock

Floats = npt.NDArray[np.float64]
NEAR = 1e-6


@cache
def _silent() -> Any:
    import highspy

    class Silent(highspy.Highs):
        """HiGHS prints its name when callbacks are set up, whatever it is told afterwards."""

        def enableCallbacks(self) -> None:  # noqa: N802
            self.setOptionValue("output_flag", False)

    return Silent


def silent(**options: Any) -> Any:
    """A solver with nothing in it; ``options`` of HiGHS, by name."""
    solver = _silent()()
    for name, value in {"output_flag": False, "threads": 1, **options}.items():
        solver.setOptionValue(name, value)
    return solver


def programme(
    rows: Any,
    low: Floats,
    high: Floats,
    row_low: Floats,
    row_high: Floats,
    *,
    cost: Floats | None = None,
    **options: Any,
) -> Any:
    """
    A solver of ``row_low <= rows @ x <= row_high``, ``low <= x <= high``.

    Args:
        rows: a sparse matrix, shape (rows, columns).
        cost: ``cost @ x`` is made as small as can be; without it there is no objective.
        options: of HiGHS, by name.
    """
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = np.zeros(rows.shape[1]) if cost is None else cost
    model.col_lower_, model.col_upper_ = low, high
    model.row_lower_, model.row_upper_ = row_low, row_high
    by_column = rows.tocsc()
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = by_column.indptr
    model.a_matrix_.index_ = by_column.indices
    model.a_matrix_.value_ = by_column.data
    solver = silent(**options)
    solver.passModel(model)
    return solver


def choice(cost: Floats, rows: Any, row_low: Floats, row_high: Floats, **options: Any) -> Any:
    """The same where each ``x`` is 0 or 1; it ends when no choice costs less, by nothing."""
    none, all_ = np.zeros(cost.size), np.ones(cost.size)
    exact = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    solver = programme(rows, none, all_, row_low, row_high, cost=cost, **exact, **options)
    make_whole(solver, np.arange(cost.size, dtype=np.int32))
    return solver


def make_whole(solver: Any, columns: npt.NDArray[np.int32]) -> None:
    import highspy

    kinds = np.full(columns.size, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(columns.size, columns, kinds)


def stop_when_over(solver: Any, clock: Clock) -> None:
    """
    HiGHS counts the seconds of the wall, which a shared machine gives to others; but it looks at
    them in the middle of a linear programme, where it asks nobody else.
    """
    import highspy

    def heed(_kind: Any, _message: str, _out: Any, told: Any, _data: Any) -> None:
        told.user_interrupt = clock.over()

    super(highspy.Highs, solver).setCallback(heed, None)
    super(highspy.Highs, solver).startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    solver.setOptionValue("time_limit", clock.left_on_the_wall())


def is_optimal(solver: Any) -> bool:
    import highspy

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def is_infeasible(solver: Any) -> bool:
    import highspy

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible)


def proved_least(solver: Any) -> int:
    """What no choice costs less than, where costs are whole and none is negative."""
    proved = float(solver.getInfo().mip_dual_bound)
    return max(0, ceil(proved - NEAR)) if isfinite(proved) else 0


def solution(solver: Any) -> Floats | None:
    """The best solution so far, when it satisfies every row and bound."""
    import highspy

    status = highspy.SolutionStatus.kSolutionStatusFeasible
    if solver.getInfo().primal_solution_status != status:
        return None
    return np.array(solver.getSolution().col_value)
