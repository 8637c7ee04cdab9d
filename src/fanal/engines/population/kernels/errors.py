"""Standard errors of fitted log-linear models, compiled."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fanal.engines.population.kernels.newton import columns, fit, kept, solve

UNKNOWN = -1.0


@njit(cache=True, nogil=True)
def variances(counts, cells, models, chosen):
    """
    The variance of the number of people, of the models that are asked for.

    With ``m`` unseen people expected and ``v`` the variance of its logarithm, a Poisson count has
    ``m + m * m * v`` (Rivest and Baillargeon 2007).

    Args:
        counts, cells: as in ``newton.fit``.
        models: ``(m, k)`` int64, as in ``searching.fit_each``.
        chosen: numbers of the models, int64.

    Returns:
        One variance for each of ``chosen``; UNKNOWN where the information cannot be inverted.
    """
    found = np.full(chosen.shape[0], UNKNOWN)
    fitted, beta = np.empty(counts.shape[0]), np.empty(models.shape[1] + 1)
    for place in range(chosen.shape[0]):
        terms = models[chosen[place]]
        fit(counts, cells, terms, fitted, beta)
        some_cells, some_terms, _ = kept(counts, cells, terms)
        held, number = columns(some_cells, some_terms)
        size = held.shape[1]
        matrix, first = np.zeros((size, size)), np.zeros(size)
        for row in range(some_cells.shape[0]):
            weight = fitted[some_cells[row]]
            for a in range(number[row]):
                for b in range(a + 1):
                    matrix[held[row, a], held[row, b]] += weight
        first[0] = 1.0
        if solve(matrix, first):
            unseen = math.exp(min(beta[0], 300.0))
            found[place] = unseen + unseen * unseen * first[0]
    return found
