"""
The estimate against growing data: had fewer people been seen, what would have been said?

Binette and Steorts (2022, JRSS A 185, 640-676): one bootstrap hides what a trajectory shows, an
estimate that still grows with the data.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fanal.engines.population.answers import LEVEL
from fanal.engines.population.loglinear.choosing import Floats, Stepwise
from fanal.engines.population.loglinear.selection import unfit
from fanal.engines.population.refusals import Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.tables import CaptureTable

SHARES = tuple(tenth / 10 for tenth in range(1, 11))


@dataclass(frozen=True, slots=True)
class Stage:
    """
    A share of the people seen, drawn many times: the estimate divided by the share.

    A draw without an estimate counts as larger than all others; a limit is None among them.
    """

    share: float
    people: int
    lower: float | None
    median: float | None
    upper: float | None
    without_estimate: float


def trajectory(
    table: CaptureTable,
    *,
    draws: int,
    seed: int,
    level: float = LEVEL,
    progress: Progress | None = None,
) -> tuple[Stage, ...] | Refused:
    """
    Args:
        draws: tables drawn for each share, with replacement: the last stage is the bootstrap.
    """
    if refused := unfit(table):
        return refused
    chooser, generator = Stepwise(table), np.random.default_rng(seed)
    proportions = table.array() / table.n
    stages = []
    for number, share in enumerate(SHARES, start=1):
        people = max(round(share * table.n), 1)
        unseen, _ = chooser.choose(generator.multinomial(people, proportions, size=draws))
        stages.append(_stage(share, people, (people + unseen) * (table.n / people), level))
        if progress:
            progress(number, len(SHARES))
    return tuple(stages)


def _stage(share: float, people: int, totals: Floats, level: float) -> Stage:
    placed = np.sort(np.where(np.isfinite(totals), totals, np.inf))
    # An observed draw, and no mean of two: one of them may have no estimate.
    places = [int(tail * (placed.size - 1) + 0.5) for tail in ((1 - level) / 2, 0.5)]
    lower, median, upper = (
        float(placed[place]) if np.isfinite(placed[place]) else None
        for place in (places[0], places[1], placed.size - 1 - places[0])
    )
    return Stage(share, people, lower, median, upper, float(np.isinf(placed).mean()))
