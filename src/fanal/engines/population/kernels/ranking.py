"""The best of a few models, for many tables, compiled: what a bootstrap of a criterion repeats."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fanal.engines.population.kernels.newton import FITTED, fit
from fanal.engines.population.kernels.stepping import ASKS, DONE, EXISTS, NONE, is_fitted


@njit(cache=True, nogil=True)
def best_of(counts, cells, models, sizes, flat, penalty, known, support, asked):
    """
    The model with the lowest criterion among those that have an estimate.

    The criterion is ``deviance + penalty * sizes + flat``; a fit that failed has none.

    Args:
        counts, cells: as in ``newton.fit``.
        models: ``(m, k)`` int64, the terms of each model, 0 where there are fewer than ``k``.
        sizes, flat: number of parameters of each model, and what else is held against it.
        known: what was found out of doubtful models, by ``support * m + model``.
        support: number given to the set of the cells of ``counts`` that are not empty.
        asked: one int64: the model to be found out, on ASKS.

    Returns:
        (DONE, ASKS or NONE; the people whom nobody saw; the row of the model).
    """
    fitted = np.empty(counts.shape[0])
    beta = np.empty(models.shape[1] + 1)
    lowest, unseen, first = math.inf, 0.0, -1
    for m in range(models.shape[0]):
        deviance, _, state = fit(counts, cells, models[m], fitted, beta)
        value = deviance + penalty * sizes[m] + flat[m]
        if state == FITTED and value >= lowest:
            continue
        answer = is_fitted(state, deviance, support * models.shape[0] + m, known, asked)
        if answer == 0:
            return ASKS, 0.0, -1
        if answer == EXISTS and value < lowest:
            lowest, unseen, first = value, math.exp(min(beta[0], 300.0)), m
    return (NONE if first < 0 else DONE), unseen, first


@njit(cache=True, nogil=True)
def best_of_each(
    tables, supports, cells, models, sizes, flat, penalties, known, unseen, chosen, states, asked
):
    """``best_of`` of each row of ``tables`` whose state is ASKS; returns how many still ask."""
    asking = 0
    for row in range(tables.shape[0]):
        if states[row] == ASKS:
            states[row], unseen[row], chosen[row] = best_of(
                tables[row], cells, models, sizes, flat, penalties[row], known, supports[row],
                asked[row:],
            )  # fmt: skip
            asking += states[row] == ASKS
    return asking
