"""
Intervals by the profile likelihood of a population size, and by the logarithm of the unseen.

Cormack (1992, *Interval estimation for mark-recapture studies of closed populations*, Biometrics
48, 567-576) for the first, Burnham in Chao (1987, Biometrics 43, 783-791) for the second.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import LEVEL
from fanal.engines.population.loglinear.existence import SURE
from fanal.engines.population.refusals import Code, Refused

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Profile:
    """
    Numbers of people, the unseen included.

    ``lower`` is the number seen, and ``none_unseen`` or ``lower_is_n`` says so, when fewer than one
    person is missing; ``upper`` is None when the likelihood never falls so low. ``poisson`` and
    ``standard_error`` are those of independent Poisson counts (Rivest and Baillargeon 2007),
    ``free`` tells the parameters that were not held at zero.
    """

    estimate: float
    lower: float
    upper: float | None
    none_unseen: bool
    lower_is_n: bool
    poisson: float
    standard_error: float
    deviance: float
    free: Bools


def quantile(level: float) -> float:
    """How many standard errors a normal interval of this level reaches on each side."""
    if not 0 < level < 1:
        raise ValueError(f"{level} is no level of confidence")
    return NormalDist().inv_cdf((1 + level) / 2)


def profile(
    design: Floats, counts: Floats, *, first_signed: int | None = None, level: float = LEVEL
) -> Profile | Refused:
    """
    Fit a log-linear model, and profile its multinomial likelihood by the number of people.

    Args:
        design: ``(cells + 1, columns)``; row 0 is the cell of no list, and column 0 the constant.
            Its estimate exists and is the only one (``existence``).
        counts: people by row of ``design``; the first is not read.
        first_signed: the parameters from this column on are held at zero rather than negative.
    """
    from fanal.engines.population.kernels import profiling as kernel

    drop = quantile(level) ** 2 / 2
    signed = design.shape[1] if first_signed is None else first_signed
    found, states, poisson, free = kernel.profile(
        np.ascontiguousarray(design), np.ascontiguousarray(counts), signed, drop
    )
    top, below, above = map(int, states)
    if top == kernel.NO_TOP:
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    if kernel.SINGULAR in (top, below, above):
        # A fit that comes to rest has an estimate; of another one it is asked why.
        gone = runs_away(design[1:], counts[1:] > 0, signed)
        return Refused.because(Code.NO_ESTIMATE_EXISTS if gone else Code.NOT_CONVERGED)
    n = float(counts[1:].sum())
    unseen, lower, upper = map(float, found)
    none, least = top == kernel.AT_EDGE, below == kernel.AT_EDGE
    return Profile(
        n if none else n + unseen,
        n if none or least else n + lower,
        None if above == kernel.NO_TOP else n + upper,
        none,
        none or least,
        n + float(poisson[0]),
        math.sqrt(poisson[1]),
        float(poisson[2]),
        free,
    )


def runs_away(design: Floats, support: Bools, first_signed: int) -> bool:
    """
    Whether the likelihood grows for ever along some direction of the parameters.

    Such a direction leaves every cell that somebody has where it is, raises no empty one and lowers
    one (Fienberg and Rinaldo 2012, Annals of Statistics 40, theorem 3.2); here it must not lower a
    parameter that is never negative.
    """
    from scipy.optimize import linprog

    empty, held = design[~support], design[support]
    if not empty.size:
        return False
    found = linprog(
        empty.sum(axis=0),
        A_ub=np.vstack([empty, -empty]),
        b_ub=np.append(np.zeros(len(empty)), np.ones(len(empty))),
        A_eq=held,
        b_eq=np.zeros(len(held)),
        bounds=[(None if j < first_signed else 0, None) for j in range(design.shape[1])],
        method="highs",
    )
    return bool(found.success and found.fun < -SURE)


def log_interval(
    n: float, estimate: float, standard_error: float, *, level: float = LEVEL
) -> tuple[float, float]:
    """
    Burnham's interval (Chao 1987): the unseen are taken to have a normal logarithm.

    Never below ``n``; ``(n, n)`` where nobody is unseen.
    """
    unseen = estimate - n
    if unseen <= 0:
        return n, n
    spread = math.exp(quantile(level) * math.sqrt(math.log1p((standard_error / unseen) ** 2)))
    return n + unseen / spread, n + unseen * spread
