"""All hierarchical models of a table, fitted, and the criteria that rank them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import Floats, Wholes, as_rows, cells_of
from fanal.engines.population.loglinear.existence import Status, plan
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

TWO, THREE, FIVE = 2, 3, 5
ORDER = 3


class Criterion(StrEnum):
    AIC = "aic"
    BIC = "bic"
    AICC = "aicc"


def unfit(table: CaptureTable) -> Refused | None:
    """Why no model of this engine can be fitted to a table, if so."""
    if table.is_protected:
        return Refused.because(Code.NOT_FOR_PROTECTED_CELLS)
    if table.t < THREE:
        return Refused.because(Code.TOO_FEW_LISTS)
    if table.on_several() == 0:
        return Refused.because(Code.NO_OVERLAP)
    return None


@dataclass(frozen=True, slots=True)
class Fits:
    """Models of a table; arrays of one number per model."""

    models: tuple[Terms, ...]
    deviance: Floats
    unseen: Floats
    parameters: Wholes
    exists: npt.NDArray[np.bool_]
    doubtful: npt.NDArray[np.bool_]


def fit_all(table: CaptureTable, *, order: int = ORDER) -> Fits:
    """Fit every hierarchical model with terms of at most ``order`` lists."""
    return ask(table, fit_some(table, models.hierarchical(table.t, min(order, table.t - 1))))


def fit_some(table: CaptureTable, some: tuple[Terms, ...]) -> Fits:
    """Fit these models; of those that are ``doubtful`` it is not yet known whether they exist."""
    from fanal.engines.population.kernels.newton import DOUBTFUL, FITTED
    from fanal.engines.population.kernels.searching import fit_each

    counts = table.array().astype(np.float64)
    deviance, unseen = np.zeros(len(some)), np.zeros(len(some))
    parameters, states = (np.zeros(len(some), dtype=np.int64) for _ in range(2))
    fit_each(counts, cells_of(table), as_rows(some), deviance, unseen, parameters, states)
    ended = deviance >= 0
    fitted, doubtful = (states == FITTED) & ended, (states == DOUBTFUL) & ended
    return Fits(some, deviance, unseen, parameters, fitted, doubtful)


def ask(table: CaptureTable, fits: Fits) -> Fits:
    """The same fits, with no doubt left."""
    support, exists = table.array() > 0, fits.exists.copy()
    for row in map(int, np.nonzero(fits.doubtful)[0]):
        found = plan(fits.models[row], support, table.impossible)
        exists[row] = found.status is Status.EXISTS
    return replace(fits, exists=exists, doubtful=np.zeros_like(exists))


def criteria(fits: Fits, table: CaptureTable, criterion: Criterion) -> Floats:
    """
    The criterion of each model, lower is better; infinite where no estimate exists.

    ``-2 log likelihood`` of independent Poisson counts, plus 2 (AIC) or log n (BIC) for each
    parameter, those at minus infinity included; AICc adds Hurvich and Tsai's correction over the
    number of cells.
    """
    counts = table.array()[1:].astype(np.float64)
    held = counts[counts > 0]
    factorials = sum(math.lgamma(count + 1) for count in held)
    saturated = float((held * np.log(held) - held).sum()) - factorials
    p = fits.parameters.astype(np.float64)
    weight = math.log(table.n) if criterion is Criterion.BIC else float(TWO)
    values: Floats = fits.deviance - 2 * saturated + weight * p + beyond(table, criterion, p)
    return np.where(fits.exists, values, np.inf)


def beyond(table: CaptureTable, criterion: Criterion, p: Floats) -> Floats:
    """What a criterion holds against models of ``p`` parameters, beyond so much for each."""
    if criterion is not Criterion.AICC:
        return np.zeros(p.size)
    left = cells_of(table).size - p - 1
    with np.errstate(divide="ignore"):
        return np.where(left > 0, 2 * p * (p + 1) / left, np.inf)
