"""
What every model says, and how much each is supported: the choice of one hides all the others.

Silverman, Chan and Vincent (2024, *Bootstrapping multiple systems estimates to account for model
selection*, Statistics and Computing 34) for the number of models that each draw tries; a model
weighs ``exp(-BIC / 2)`` (Raftery 1995, Sociological Methodology 25, 111-163).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from fanal.engines.population.analyses.alone import alone
from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import NO_MODEL, Stepwise
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.selected import best
from fanal.engines.population.loglinear.selection import (
    FIVE,
    ORDER,
    Criterion,
    Fits,
    ask,
    criteria,
    fit_all,
    fit_some,
    unfit,
)
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.tables import CaptureTable

KEPT, FIRST = 300, 10
LIGHTEST = 1e-9
TOPS = (1, 5, 10, 50, 100)


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    A model, its estimate of all the people, and its share of the weight of all models.

    ``lower`` and ``upper`` suppose this model, and are None but for the first ones.
    """

    name: str
    estimate: float
    weight: float
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Top:
    """The interval when each draw chooses among the ``first`` models of the table."""

    first: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Cloud:
    """
    The heaviest models, out of ``considered``; ``refused`` have no estimate in these data.

    ``share`` is the weight that those kept here have together. ``near``: not all the models there
    are, but those around the stepwise one.
    """

    considered: int
    refused: int
    models: tuple[Weighed, ...]
    share: float
    tops: tuple[Top, ...]
    near: bool = False


def cloud(
    table: CaptureTable,
    *,
    replicates: int,
    seed: int,
    order: int = ORDER,
    progress: Progress | None = None,
) -> Cloud | Refused:
    """
    All hierarchical models with terms of at most ``order`` lists, up to five lists; beyond, the
    stepwise model and those that differ from it by one or two pairs.

    Args:
        replicates: draws for the limits of the first ten models, and for each ``Top``.
    """
    if refused := unfit(table):
        return refused
    near = table.t > FIVE
    fits = ask(table, fit_some(table, around(table))) if near else fit_all(table, order=order)
    values = criteria(fits, table, Criterion.BIC)
    if not np.isfinite(values).any():
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    weights = np.exp((values.min() - values) / 2)
    weights /= weights.sum()
    ranked = [int(row) for row in np.argsort(values, kind="stable") if weights[row] > LIGHTEST]
    kept = ranked[:KEPT]
    heaviest = tuple(
        _weighed(table, fits, row, float(weights[row]), replicates * (place < FIRST), seed)
        for place, row in enumerate(kept)
    )
    exists = int(fits.exists.sum())
    return Cloud(
        len(fits.models),
        len(fits.models) - exists,
        heaviest,
        float(weights[kept].sum()),
        () if near else _tops(table, exists, order, replicates, seed, progress),
        near,
    )


def around(table: CaptureTable) -> tuple[Terms, ...]:
    """The stepwise model (of no pair, when it has no estimate), and its neighbours."""
    chooser = Stepwise(table)
    _, (number,) = chooser.choose(table.array()[None])
    middle = chooser.terms(0 if number == NO_MODEL else int(number))
    pairs = models.pairs(table.t)
    changes = [(), *combinations(pairs, 1), *combinations(pairs, 2)]
    return tuple(middle.symmetric_difference(some) for some in changes)


def _weighed(
    table: CaptureTable, fits: Fits, row: int, weight: float, replicates: int, seed: int
) -> Weighed:
    model = fits.models[row]
    name, estimate = models.name(model, table.t), table.n + float(fits.unseen[row])
    if not replicates:
        return Weighed(name, estimate, weight)
    given = alone("", table, model, replicates=replicates, seed=seed)
    return Weighed(name, estimate, weight, given.lower, given.upper)


def _tops(
    table: CaptureTable,
    exists: int,
    order: int,
    replicates: int,
    seed: int,
    progress: Progress | None,
) -> tuple[Top, ...]:
    tried = [first for first in TOPS if first <= exists]
    found = []
    for place, first in enumerate(tried, start=1):
        answer = best(
            table, Criterion.BIC, order=order, first=first, replicates=replicates, seed=seed
        )
        found.append(Top(first, answer))
        if progress:
            progress(place, len(tried))
    return tuple(found)
