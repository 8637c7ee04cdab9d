"""
One interval out of several analyses, of tables imputed or linked several times.

Rubin (1987, *Multiple Imputation for Nonresponse in Surveys*): the variance within the analyses,
and that between them. Degrees of freedom of Barnard and Rubin (1999, Biometrika 86, 948-955). On
the scale of logarithms: a population is a product of chances, and its errors are not symmetrical.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.refusals import Code, Refused

TWO = 2
# Analyses that agree so well: as many degrees of freedom as one likes.
NEGLIGIBLE = 1e-9
# So many analyses without an estimate, and the others tell nothing of the whole.
REFUSED_AT_MOST = 0.05


@dataclass(frozen=True, slots=True)
class Combined:
    """
    ``between`` over ``total`` says how much of the uncertainty comes from what was imputed or
    linked; ``missing_information`` is the same, corrected for few analyses.
    """

    estimate: float
    within: float
    between: float
    total: float
    degrees: float
    lower: float
    upper: float
    missing_information: float


def rubin(
    estimates: Sequence[float],
    variances: Sequence[float],
    *,
    complete_degrees: float | None = None,
    level: float = LEVEL,
) -> Combined:
    """
    Args:
        estimates: one from each analysis, two or more.
        variances: the sampling variance of each.
        complete_degrees: degrees of freedom that complete data would leave; as many as one likes
            when None.

    Raises:
        ValueError: fewer than two analyses, or not as many variances.
    """
    from scipy.special import stdtrit

    m = len(estimates)
    if m < TWO or len(variances) != m:
        raise ValueError("two analyses or more, each with its variance")
    estimate, within = float(np.mean(estimates)), float(np.mean(variances))
    between = float(np.var(estimates, ddof=1))
    added = (1 + 1 / m) * between
    total = within + added
    degrees = _degrees(m, added / total if total else 0.0, complete_degrees)
    quantile = (
        float(stdtrit(degrees, (1 + level) / 2)) if math.isfinite(degrees) else _normal(level)
    )
    half = quantile * math.sqrt(total)
    ratio = added / within if within else math.inf
    missing = 1.0 if math.isinf(ratio) else (ratio + 2 / (degrees + 3)) / (ratio + 1)
    return Combined(
        estimate, within, between, total, degrees, estimate - half, estimate + half, missing
    )


def _degrees(m: int, share: float, complete: float | None) -> float:
    old = (m - 1) / share**2 if share > NEGLIGIBLE else math.inf
    if complete is None:
        return old
    observed = (complete + 1) / (complete + 3) * complete * (1 - share)
    if not observed:
        return old
    return 1 / (1 / old + 1 / observed)


def _normal(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def combined(answers: Sequence[Answer], *, complete_degrees: float | None = None) -> Answer:
    """
    One answer out of those of several tables, each a draw of the linkage or of what was missing.

    The variance of each is read off its interval, on the scale of logarithms.
    """
    first = answers[0]
    done = [one for one in answers if one.estimate and one.lower and one.upper]
    refused = len(answers) - len(done)
    if len(done) < TWO or refused > REFUSED_AT_MOST * len(answers):
        why = Refused.because(
            Code.NO_ESTIMATE_EXISTS, f"{refused} analyses sur {len(answers)} n'en ont pas."
        )
        return Answer(first.method, refused=why, digest=first.digest)
    logs = [math.log(one.estimate or 1) for one in done]
    widths = [math.log((one.upper or 1) / (one.lower or 1)) for one in done]
    variances = [
        (width / 2 / _normal(one.level)) ** 2 for width, one in zip(widths, done, strict=True)
    ]
    found = rubin(logs, variances, complete_degrees=complete_degrees)
    warned = (f"{refused} analyses sur {len(answers)} n'ont pas d'estimation.",) if refused else ()
    return Answer(
        first.method,
        estimate=math.exp(found.estimate),
        lower=math.exp(found.lower),
        upper=math.exp(found.upper),
        replicates=first.replicates,
        warnings=warned,
        digest=first.digest,
        details={
            "analyses": len(done),
            "degrees_of_freedom": found.degrees if math.isfinite(found.degrees) else None,
            "missing_information": found.missing_information,
            "between_share": found.between / found.total if found.total else 0.0,
        },
    )
