"""
Intervals out of draws: the bootstrap of the table, the jackknife by history, Efron's BCa limits.

Efron (1987, *Better bootstrap confidence intervals*, JASA 82, 171-185); Davison and Hinkley (1997,
*Bootstrap methods and their application*, chapter 5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import LEVEL
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]

# Under this the limits are mostly noise: of 1,000 draws the lower one is often the second smallest.
DRAWS_TO_PUBLISH = 20_000
# Draws handed over at once: enough for the loop to be compiled code, few enough to show progress.
AT_ONCE = 1000
# Draws of the draws, to know how far the limits would move with another seed.
AGAIN = 400


@dataclass(frozen=True, slots=True)
class Limits:
    """
    Limits of an interval, and the standard error that the number of draws leaves in each.

    ``acceleration`` and ``bias`` are the two corrections of BCa; ``infinite`` is the share of the
    draws that have no estimate, which count as larger than all others.
    """

    lower: float
    upper: float
    lower_error: float
    upper_error: float
    acceleration: float
    bias: float
    infinite: float


def draws(table: CaptureTable, number: int, generator: np.random.Generator) -> Wholes:
    """``(number, 2**t)`` tables of as many people, drawn from the proportions of this one."""
    counts = table.array()
    return generator.multinomial(table.n, counts / table.n, size=number)


def one_fewer(table: CaptureTable) -> tuple[Wholes, Wholes]:
    """
    The table without one person, for each history that somebody has, and how many have it.

    The exact jackknife: people of one history are the same.
    """
    counts = table.array()
    held = np.nonzero(counts)[0]
    tables = np.repeat(counts[None], held.size, axis=0)
    tables[np.arange(held.size), held] -= 1
    return tables, counts[held]


def acceleration(values: Floats, weights: Wholes) -> float:
    """Efron's acceleration, of jackknife values that ``weights`` people share each."""
    held = np.isfinite(values)
    weight, value = weights[held].astype(np.float64), values[held]
    if not weight.sum():
        return 0.0
    away = (weight * value).sum() / weight.sum() - value
    spread = float((weight * away**2).sum())
    return float((weight * away**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0


def bca(
    point: float,
    replicates: Floats,
    accelerated: float,
    generator: np.random.Generator,
    level: float = LEVEL,
) -> Limits:
    """
    Args:
        point: the estimate.
        replicates: the estimates of the draws; NaN or infinite where there is none.

    Raises:
        ValueError: fewer than two replicates.
    """
    if replicates.size < 2:  # noqa: PLR2004
        raise ValueError("an interval needs two draws")
    ordered = np.sort(np.where(np.isfinite(replicates), replicates, np.inf))
    number = ordered.size
    below = float((ordered < point).mean())
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    first = _quantiles(ordered, _adjusted(np.array([below]), accelerated, tails, number)[0])
    # The draws drawn again, without drawing them: their share below the point is binomial, and the
    # rank of their quantile follows a beta law.
    shares = generator.binomial(number, below, size=AGAIN) / number
    ranks = _adjusted(shares, accelerated, tails, number)
    ranks = generator.beta(ranks * (number - 1) + 1, (1 - ranks) * (number - 1) + 1)
    with np.errstate(invalid="ignore"):
        errors = np.std(_quantiles(ordered, ranks), axis=0)
    return Limits(
        float(first[0]),
        float(first[1]),
        float(errors[0]),
        float(errors[1]),
        accelerated,
        float(_bias(np.array([below]), number)[0]),
        float(np.isinf(ordered).mean()),
    )


def limits_of_fewer(
    point: float,
    replicates: Floats,
    accelerated: float,
    fewer: int,
    generator: np.random.Generator,
    level: float = LEVEL,
) -> Floats:
    """
    What the limits would have been with ``fewer`` draws, over and over: ``(AGAIN, 2)``.

    Somebody else's limits out of ``fewer`` draws are among these, or were not drawn alike.
    """
    finite = np.where(np.isfinite(replicates), replicates, np.inf)
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    found = np.empty((AGAIN, 2))
    for row in range(AGAIN):
        some = np.sort(generator.choice(finite, size=fewer, replace=False))
        below = np.array([(some < point).mean()])
        found[row] = _quantiles(some, _adjusted(below, accelerated, tails, fewer)[0])
    return found


def _bias(below: Floats, number: int) -> Floats:
    from scipy.special import ndtri

    # No draw on one side of the point: half a draw is put there.
    found: Floats = ndtri(np.clip(below, 0.5 / number, 1 - 0.5 / number))
    return found


def _adjusted(below: Floats, accelerated: float, tails: Floats, number: int) -> Floats:
    """``(len(below), len(tails))``: the levels whose quantiles are the limits."""
    from scipy.special import ndtr, ndtri

    moved = _bias(below, number)[:, None] + ndtri(tails)
    levels: Floats = ndtr(_bias(below, number)[:, None] + moved / (1 - accelerated * moved))
    return levels


def _quantiles(ordered: Floats, levels: Floats) -> Floats:
    """Linear between order statistics (Hyndman and Fan's type 7)."""
    places = np.clip(levels, 0, 1) * (ordered.size - 1)
    low = np.floor(places).astype(np.int64)
    high = np.minimum(low + 1, ordered.size - 1)
    part = places - low
    with np.errstate(invalid="ignore"):
        between = ordered[low] + part * (ordered[high] - ordered[low])
    between = np.where(np.isinf(ordered[high]), np.inf, between)
    return np.where(part > 0, between, ordered[low])
