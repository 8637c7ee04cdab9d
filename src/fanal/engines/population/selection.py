"""
Methods that choose one log-linear model: step by step, or the best of all by a criterion.

Each answers with an ``Estimate``, or with the reason why there is none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.population import models
from fanal.engines.population.existence import Status, plan
from fanal.engines.population.models import Terms
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
ENTERS_UNDER = 0.02
TWO, THREE, FIVE = 2, 3, 5
ORDER = 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """
    How many people there are in all, those whom nobody saw included.

    ``model`` is written as in the literature, ``[12;3]``; ``considered`` models were tried, of
    which ``refused`` have no estimate in these data; ``digest`` is that of the table.
    """

    estimate: float
    model: str
    considered: int
    refused: int
    digest: str


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


def cells_of(table: CaptureTable) -> Wholes:
    cells = [cell for cell in range(1, 1 << table.t) if cell not in table.impossible]
    return np.array(cells, dtype=np.int64)


class Stepper:
    """
    The stepwise choice for tables of the same lists, as many as a bootstrap draws.

    What was found out of doubtful models is kept: it depends only on which cells are empty.
    """

    def __init__(self, table: CaptureTable, *, enters_under: float = ENTERS_UNDER) -> None:
        from numba.core import types
        from numba.typed import Dict

        self._impossible = table.impossible
        self._cells = cells_of(table)
        self._mains = np.array(sorted(models.main_effects(table.t)), dtype=np.int64)
        self._pairs = np.array(models.pairs(table.t), dtype=np.int64)
        self._log_p = math.log(enters_under)
        self._known: Any = Dict.empty(types.int64, types.int64)
        self._numbers: dict[bytes, int] = {}
        self._supports: list[npt.NDArray[np.bool_]] = []

    def unseen(self, tables: npt.NDArray[Any]) -> tuple[Floats, list[Terms | None]]:
        """
        Args:
            tables: ``(r, 2**t)`` counts by history.

        Returns:
            For each row the people whom nobody saw, and the model; ``None`` and NaN where not even
            the independent lists have an estimate.
        """
        from fanal.engines.population.kernels.stepping import ASKS, DONE, step_up_each

        counts = np.ascontiguousarray(tables, dtype=np.float64)
        rows = counts.shape[0]
        unseen, chosen = np.zeros(rows), np.zeros(rows, dtype=np.int64)
        states, asked = np.full(rows, ASKS, dtype=np.int64), np.zeros(rows, dtype=np.int64)
        supports = self._number(counts > 0)
        while step_up_each(
            counts, supports, self._cells, self._mains, self._pairs, self._log_p, self._known,
            unseen, chosen, states, asked,
        ):  # fmt: skip
            self._find_out(np.unique(asked[states == ASKS]))
        unseen[states != DONE] = np.nan
        named = [
            self._terms(int(bits)) if state == DONE else None
            for bits, state in zip(chosen, states, strict=True)
        ]
        return unseen, named

    def _number(self, held: npt.NDArray[np.bool_]) -> Wholes:
        numbers = np.empty(held.shape[0], dtype=np.int64)
        for row, packed in enumerate(np.packbits(held, axis=1)):
            key = packed.tobytes()
            if key not in self._numbers:
                self._numbers[key] = len(self._supports)
                self._supports.append(held[row])
            numbers[row] = self._numbers[key]
        return numbers

    def _find_out(self, keys: Iterable[int]) -> None:
        from fanal.engines.population.kernels.stepping import EXISTS, REFUSED

        bits = len(self._pairs)
        for key in map(int, keys):
            terms = self._terms(key & (1 << bits) - 1)
            found = plan(terms, self._supports[key >> bits], self._impossible)
            self._known[key] = EXISTS if found.status is Status.EXISTS else REFUSED

    def _terms(self, bits: int) -> Terms:
        entered = {int(pair) for number, pair in enumerate(self._pairs) if bits >> number & 1}
        return frozenset(entered.union(map(int, self._mains)))


def stepwise(table: CaptureTable, *, enters_under: float = ENTERS_UNDER) -> Estimate | Refused:
    """
    Chan, Silverman and Vincent's stepwise method (2021, JASA 116, 1297-1306).

    Args:
        enters_under: the Poisson tail under which a pair of lists enters the model.
    """
    if refused := unfit(table):
        return refused
    unseen, (model,) = Stepper(table, enters_under=enters_under).unseen(table.array()[None])
    if model is None:
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    tried = len(model) - table.t + 1
    return Estimate(table.n + float(unseen[0]), models.name(model, table.t), tried, 0, table.digest)


@dataclass(frozen=True, slots=True)
class Fits:
    """All hierarchical models of a table; arrays of one number per model."""

    models: list[Terms]
    deviance: Floats
    unseen: Floats
    parameters: Wholes
    exists: npt.NDArray[np.bool_]


def fit_all(table: CaptureTable, *, order: int = ORDER) -> Fits:
    """Fit every hierarchical model with terms of at most ``order`` lists."""
    from fanal.engines.population.kernels.newton import DOUBTFUL, FITTED
    from fanal.engines.population.kernels.searching import fit_each

    known = models.hierarchical(table.t, min(order, table.t - 1))
    terms = np.zeros((len(known), max(map(len, known))), dtype=np.int64)
    for row, model in enumerate(known):
        terms[row, : len(model)] = sorted(model)
    counts = table.array().astype(np.float64)
    deviance, unseen = np.zeros(len(known)), np.zeros(len(known))
    parameters, states = (np.zeros(len(known), dtype=np.int64) for _ in range(2))
    fit_each(counts, cells_of(table), terms, deviance, unseen, parameters, states)
    for row in map(int, np.nonzero((states == DOUBTFUL) & (deviance >= 0))[0]):
        found = plan(known[row], counts > 0, table.impossible)
        states[row] = FITTED if found.status is Status.EXISTS else states[row]
    return Fits(known, deviance, unseen, parameters, (states == FITTED) & (deviance >= 0))


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
    values: Floats = fits.deviance - 2 * saturated + weight * p
    if criterion is Criterion.AICC:
        left = cells_of(table).size - p - 1
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(left > 0, values + 2 * p * (p + 1) / left, np.inf)
    return np.where(fits.exists, values, np.inf)


def best(table: CaptureTable, criterion: Criterion, *, order: int = ORDER) -> Estimate | Refused:
    """
    The hierarchical model of at most ``order`` lists a term with the lowest criterion.

    Silverman, Chan and Vincent (2024) for BIC over models whose estimate exists.
    """
    if refused := unfit(table):
        return refused
    if table.t > FIVE:
        return Refused.because(Code.TOO_MANY_MODELS)
    fits = fit_all(table, order=order)
    if not fits.exists.any():
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    first = int(np.argmin(criteria(fits, table, criterion)))
    return Estimate(
        table.n + float(fits.unseen[first]),
        models.name(fits.models[first], table.t),
        len(fits.models),
        int((~fits.exists).sum()),
        table.digest,
    )
