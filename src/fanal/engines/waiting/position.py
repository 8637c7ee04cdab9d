"""
The wait of somebody who sees their place in the queue: what is ahead is known, the rest is not.

Those ahead are answered one by one, or leave: the wait is a sum of exponentials (Whitt, Predicting
queueing delays, 1999). Its range is that of the gamma law of same mean and variance, widened by the
doubt on how long answers take. No library: a page asks it for each visitor.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from fanal.engines.waiting.plans import MOST_PLACES, check_doubt, check_minutes
from fanal.engines.waiting.refusals import Code, NoForecast

LOW, HIGH = 0.1, 0.9
MOST_AHEAD = 10_000


@dataclass(frozen=True, slots=True)
class Range:
    """Minutes: eight in ten wait from ``low`` to ``high``."""

    low: float
    high: float


def wait_behind(
    ahead: int, *, places: int, duration: float, patience: float, doubt: float = 0.1
) -> Range | None:
    """
    The wait with ``ahead`` people before one and every place taken; None when nobody answers.

    Raises:
        NoForecast: a number that means nothing.
    """
    if not 0 <= ahead <= MOST_AHEAD:
        raise NoForecast(Code.BAD_ARRIVALS, f"De 0 à {MOST_AHEAD} personnes avant soi.")
    if not 0 <= places <= MOST_PLACES:
        raise NoForecast(Code.BAD_PLACES, f"De 0 à {MOST_PLACES} places.")
    check_minutes(duration)
    check_minutes(patience)
    check_doubt(doubt)
    if places == 0:
        return None
    spread = 1 + NormalDist().inv_cdf(HIGH) * doubt
    return Range(
        _quantile(LOW, ahead, places / duration * spread, patience),
        _quantile(HIGH, ahead, places / duration / spread, patience),
    )


def _quantile(share: float, ahead: int, answered: float, patience: float) -> float:
    rates = [answered + before / patience for before in range(ahead + 1)]
    mean = sum(1 / rate for rate in rates)
    shape = mean**2 / sum(1 / rate**2 for rate in rates)
    # Wilson and Hilferty (1931): the cube root of a gamma is nearly normal.
    root = 1 - 1 / (9 * shape) + NormalDist().inv_cdf(share) / (3 * sqrt(shape))
    return mean * max(root, 0.0) ** 3
