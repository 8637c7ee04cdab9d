"""All hierarchical models of a table, fitted and ranked, compiled."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fanal.engines.population.kernels.newton import fit


@njit(cache=True, nogil=True)
def fit_each(counts, cells, models, deviances, unseen, parameters, states):
    """
    Fit each model to one table.

    Args:
        counts, cells: as in ``newton.fit``.
        models: ``(m, k)`` int64, the terms of each model, 0 where there are fewer than ``k``.
        deviances, unseen, parameters, states: room for ``m`` answers; a deviance is negative only
            where no fit ended; ``parameters`` counts all terms and the constant, those at minus
            infinity too.
    """
    fitted = np.empty(counts.shape[0])
    beta = np.empty(models.shape[1] + 1)
    for m in range(models.shape[0]):
        deviances[m], _, states[m] = fit(counts, cells, models[m], fitted, beta)
        unseen[m] = math.exp(min(beta[0], 300.0))
        parameters[m] = 1
        for term in models[m]:
            parameters[m] += term != 0
