"""
Sample coverage: how much of the population the lists reach, told by who is on one list only.

Chao and Tsay (1998, *A sample coverage approach to multiple-system estimation with application to
census undercount*, JASA 93, 283-293), equations 14, 15 and 20; Chao, Tsay, Lin, Shau and Chao
(2001, *The applications of capture-recapture models to epidemiological data*, Statistics in
Medicine 20, 3123-3157), equations 9, 12 and 13. Dependence of each pair of lists is measured by
the data, under one assumption: that the lists have no more in common than their pairs do. Written
here for any number of lists: with three to five, as the program CARE-1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear.held import Held, held_lists
from fanal.engines.population.loglinear.profile import log_interval
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
DRAWS = 2000
# Chao et al. (2001), section 4: under this coverage the estimator for high coverage is unsteady, as
# it is when its standard error is more than a third of it.
ENOUGH, UNSTEADY = 0.55, 1 / 3
SMALLEST = 1e-4
SHARE_WITHOUT = 0.01
LITTLE = "La couverture est de {:.0f} % : sous 55 %, prenez l'estimateur de faible couverture."
SHAKY = "L'erreur type dépasse le tiers de l'estimation : prenez celui de faible couverture."
WITHOUT = "{:.0f} % des tirages n'ont pas d'estimation : ils comptent pour les personnes vues."
UNDER = "L'estimateur donne moins de personnes que les listes n'en ont vu."
IMPOSSIBLE = "Elle ne sait pas qu'une combinaison de listes est impossible."


class Estimator(StrEnum):
    """``INDEPENDENT`` lists; pairs that depend on each other, with ``HIGH`` or ``LOW`` coverage."""

    INDEPENDENT = "coverage_independent"
    HIGH = "coverage_high"
    LOW = "coverage_low"


@dataclass(frozen=True, slots=True)
class _Gathered:
    """
    What the estimators read of ``r`` tables.

    ``spread``: people that each list leaves to the others, on average; ``coverage``: share of the
    population's chances of being seen that the lists have reached; for each pair of lists,
    ``together`` over ``people`` of one times the other, and how much it ``weighs``.
    """

    seen: Floats
    spread: Floats
    coverage: Floats
    ratio: Floats
    weight: Floats
    lists: int


def independent(
    table: CaptureTable, *, level: float = LEVEL, draws: int = DRAWS, seed: int = 1
) -> Answer:
    """Lists that are independent, people who differ: Chao et al. (2001), equation 9."""
    return coverage(table, Estimator.INDEPENDENT, level=level, draws=draws, seed=seed)


def high(table: CaptureTable, *, level: float = LEVEL, draws: int = DRAWS, seed: int = 1) -> Answer:
    """Lists that depend on each other, and reach most people: equation 12."""
    return coverage(table, Estimator.HIGH, level=level, draws=draws, seed=seed)


def low(table: CaptureTable, *, level: float = LEVEL, draws: int = DRAWS, seed: int = 1) -> Answer:
    """Lists that depend on each other, and reach few people: one step, equation 13."""
    return coverage(table, Estimator.LOW, level=level, draws=draws, seed=seed)


def coverage(
    table: CaptureTable,
    estimator: Estimator,
    *,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = 1,
) -> Answer:
    """
    Args:
        draws: tables drawn again from the estimated population, for the standard error.

    Returns:
        People; the limits are those of a normal logarithm of the unseen (Burnham in Chao 1987).
        ``details`` has the coverage, the standard error and, for each pair of lists, the
        coefficient of covariation: above zero, being on one list goes with being on the other.
    """
    held = held_lists(table)
    if isinstance(held, Held) and held.table.impossible:
        held = Refused.because(Code.NOT_IDENTIFIABLE, IMPOSSIBLE)
    if isinstance(held, Refused):
        return Answer(estimator, level=level, refused=held, digest=table.digest)
    kept = held.table
    gathered = _gather(kept.array()[None].astype(np.float64))
    estimate = float(_estimates(gathered, estimator)[0])
    if not estimate >= kept.n:
        refused = Refused.because(Code.NO_ESTIMATE_EXISTS, UNDER)
        return Answer(estimator, level=level, refused=refused, digest=table.digest)
    drawn = _drawn(kept, estimate, estimator, draws, np.random.default_rng(seed))
    error = float(np.where(np.isnan(drawn[0]), drawn[1], drawn[0]).std(ddof=1))
    lower, upper = log_interval(kept.n, estimate, error, level=level)
    # The standard error of a standard error, by the number of draws; and what it does to a limit.
    _, further = log_interval(kept.n, estimate, error * (1 + 1 / math.sqrt(2 * draws)), level=level)
    share = float(gathered.coverage[0])
    without = float(np.isnan(drawn[0]).mean())
    return Answer(
        estimator,
        estimate,
        lower,
        upper,
        level,
        draws,
        further - upper,
        warnings=_warnings(estimator, share, error / estimate, without),
        digest=table.digest,
        details={
            "standard_error": error,
            "coverage": share,
            "draws_without_estimate": without,
            "covariation": _covariation(kept, gathered, estimate),
        },
    )


def _gather(counts: Floats) -> _Gathered:
    """Out of ``(r, 2**t)`` counts by history."""
    histories = np.arange(counts.shape[1])
    t = int(counts.shape[1]).bit_length() - 1
    on = np.array([histories >> number & 1 for number in range(t)], dtype=np.float64)
    seen = counts[:, 1:].sum(axis=1)
    people = counts @ on.T
    only = counts[:, [1 << number for number in range(t)]]
    missed = np.divide(only, people, out=np.zeros_like(only), where=people > 0)
    pairs = list(combinations(range(t), 2))
    together = np.column_stack([counts @ (on[i] * on[j]) for i, j in pairs])
    product = np.column_stack([people[:, i] * people[:, j] for i, j in pairs])
    weight = np.column_stack(
        [only[:, i] + only[:, j] + 2 * counts[:, 1 << i | 1 << j] for i, j in pairs]
    )
    return _Gathered(
        seen,
        seen - only.sum(axis=1) / t,
        1 - missed.sum(axis=1) / t,
        np.divide(together, product, out=np.zeros_like(together), where=product > 0),
        weight,
        t,
    )


def _estimates(gathered: _Gathered, estimator: Estimator) -> Floats:
    """People in all; NaN where the estimator gives nothing, or fewer than were seen."""
    reached = gathered.lists * gathered.coverage
    apart = gathered.lists * gathered.spread
    with np.errstate(divide="ignore", invalid="ignore"):
        first = apart / reached
        if estimator is Estimator.INDEPENDENT:
            found = first
        elif estimator is Estimator.HIGH:
            left = reached - (gathered.weight * gathered.ratio).sum(axis=1)
            found = np.where(left > SMALLEST, (apart - gathered.weight.sum(axis=1)) / left, np.nan)
        else:
            found = first
            for _ in range(2):
                depends = found[:, None] * gathered.ratio - 1
                found = first + (gathered.weight * depends).sum(axis=1) / reached
    return np.where(np.isfinite(found) & (found >= gathered.seen), found, np.nan)


def _drawn(
    table: CaptureTable,
    estimate: float,
    estimator: Estimator,
    draws: int,
    generator: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Of tables drawn from the estimated population: the estimates, and the people seen."""
    people = max(round(estimate), table.n)
    counts = table.array().astype(np.float64)
    counts[0] = people - table.n
    drawn = generator.multinomial(people, counts / people, size=draws).astype(np.float64)
    drawn[:, 0] = 0
    gathered = _gather(drawn)
    return _estimates(gathered, estimator), gathered.seen


def _covariation(table: CaptureTable, gathered: _Gathered, estimate: float) -> dict[str, Any]:
    pairs = combinations(table.lists, 2)
    return {
        f"{one} & {other}": float(estimate * ratio - 1)
        for (one, other), ratio in zip(pairs, gathered.ratio[0], strict=True)
    }


def _warnings(
    estimator: Estimator, share: float, relative: float, without: float
) -> tuple[str, ...]:
    told = []
    if estimator is Estimator.HIGH and share < ENOUGH:
        told.append(LITTLE.format(100 * share))
    if estimator is Estimator.HIGH and relative > UNSTEADY:
        told.append(SHAKY)
    if without > SHARE_WITHOUT:
        told.append(WITHOUT.format(100 * without))
    return tuple(told)
