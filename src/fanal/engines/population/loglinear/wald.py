"""
One log-linear model, with the normal interval of its number of people.

Rivest and Baillargeon (2007, Biometrics 63, 999-1006) for the standard error under independent
Poisson counts. The interval takes the model as given: it says nothing of the choice among models,
and it may go below the people seen. Burnham's (Chao 1987) does not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import Floats, Wholes, as_rows, cells_of
from fanal.engines.population.loglinear.existence import WHY, Status, plan
from fanal.engines.population.loglinear.held import Held, held_lists
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.profile import log_interval, quantile
from fanal.engines.population.loglinear.selection import (
    FIVE,
    ORDER,
    Criterion,
    Fits,
    criteria,
    fit_all,
    fit_some,
    unfit,
)
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

# What is printed everywhere as a 95 % interval.
PRINTED = {0.95: 1.96}
GIVEN = "L'intervalle tient le modèle pour acquis : il ne dit rien du choix entre les modèles."
UNDER_N = (
    "La borne basse est inférieure au nombre de personnes vues : prenez l'intervalle "
    "logarithmique, dans les détails."
)


def standard_errors(
    table: CaptureTable, some: tuple[Terms, ...], chosen: Wholes
) -> list[float | None]:
    """Of the chosen models, by number; None where the information cannot be inverted."""
    from fanal.engines.population.kernels.errors import variances

    counts = table.array().astype(np.float64)
    found = variances(counts, cells_of(table), as_rows(some), chosen)
    return [math.sqrt(variance) if variance >= 0 else None for variance in map(float, found)]


def wald(table: CaptureTable, model: Terms, *, level: float = LEVEL) -> Answer:
    """
    Args:
        model: hierarchical; ``models.closed`` makes one.

    Returns:
        People; ``details`` has the standard error, and ``log_interval`` that is never below the
        people seen.
    """
    return answer("wald", table, unfit(table) or _refused(table, model) or model, level)


def best_with_interval(
    table: CaptureTable, criterion: Criterion, *, order: int = ORDER, level: float = LEVEL
) -> Answer:
    """The model of ``selected.best``, with its interval."""
    method = f"best_{criterion}"
    found = ranked(table, criterion, order=order)
    if isinstance(found, Refused):
        return answer(method, table, found, level)
    best = found.fits.models[int(np.argmin(found.values))]
    return answer(method, table, found.held.back(best), level)


@dataclass(frozen=True, slots=True)
class Ranked:
    """All hierarchical models of the lists held, and their criterion, infinite without estimate."""

    held: Held
    fits: Fits
    values: Floats


def ranked(table: CaptureTable, criterion: Criterion, *, order: int = ORDER) -> Ranked | Refused:
    held = held_lists(table)
    if isinstance(held, Refused):
        return held
    if held.table.t > FIVE:
        return Refused.because(Code.TOO_MANY_MODELS)
    fits = fit_all(held.table, order=order)
    values = criteria(fits, held.table, criterion)
    if not np.isfinite(values).any():
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    return Ranked(held, fits, values)


def _refused(table: CaptureTable, model: Terms) -> Refused | None:
    status = plan(model, table.array() > 0, table.impossible).status
    return None if status is Status.EXISTS else Refused.because(WHY[status])


def answer(method: str, table: CaptureTable, model: Terms | Refused, level: float) -> Answer:
    """One model that has an estimate, with both intervals; or why there is none."""
    if isinstance(model, Refused):
        return Answer(method, level=level, refused=model, digest=table.digest)
    estimate = table.n + float(fit_some(table, (model,)).unseen[0])
    (error,) = standard_errors(table, (model,), np.zeros(1, dtype=np.int64))
    if error is None:
        refused = Refused.because(Code.NOT_CONVERGED)
        return Answer(method, level=level, refused=refused, digest=table.digest)
    reach = PRINTED.get(level, quantile(level)) * error
    under = estimate - reach < table.n
    return Answer(
        method,
        estimate,
        estimate - reach,
        estimate + reach,
        level,
        model=models.name(model, table.t),
        warnings=(GIVEN, UNDER_N) if under else (GIVEN,),
        digest=table.digest,
        details={
            "standard_error": error,
            "log_interval": log_interval(table.n, estimate, error, level=level),
        },
    )
