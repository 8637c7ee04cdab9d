"""
The inner loop: one Poisson log-linear fit, compiled.

Cells and terms are numbers of lists (``models``); the column of a term is 1 in the cells that hold
it. The constant is the logarithm of the number of people whom nobody saw: every term is 0 there.
"""

from __future__ import annotations

import numpy as np
from numba import njit

STEPS = 60
TIGHT = 1e-10


@njit(cache=True, nogil=True)
def solve(matrix, vector):  # type: ignore[no-untyped-def]
    """Cholesky, in place; False when the matrix is not positive definite to working precision."""
    size = vector.shape[0]
    for j in range(size):
        pivot = matrix[j, j]
        scale = pivot
        for k in range(j):
            pivot -= matrix[j, k] * matrix[j, k]
        if not pivot > 1e-13 * scale:
            return False
        root = np.sqrt(pivot)
        matrix[j, j] = root
        for i in range(j + 1, size):
            value = matrix[i, j]
            for k in range(j):
                value -= matrix[i, k] * matrix[j, k]
            matrix[i, j] = value / root
    for i in range(size):
        value = vector[i]
        for k in range(i):
            value -= matrix[i, k] * vector[k]
        vector[i] = value / matrix[i, i]
    for i in range(size - 1, -1, -1):
        value = vector[i]
        for k in range(i + 1, size):
            value -= matrix[k, i] * vector[k]
        vector[i] = value / matrix[i, i]
    return True


@njit(cache=True, nogil=True)
def deviance_of(counts, cells, n_cells, fitted):  # type: ignore[no-untyped-def]
    total = 0.0
    for row in range(n_cells):
        y, mu = counts[cells[row]], fitted[row]
        total += mu - y
        if y > 0:
            total += y * np.log(y / mu)
    return 2.0 * total


@njit(cache=True, nogil=True)
def fit(counts, cells, n_cells, terms, n_terms, beta):  # type: ignore[no-untyped-def]
    """
    Maximum likelihood by Newton's method with halved steps.

    Args:
        counts: people by history, float64.
        cells, n_cells: the histories fitted, int64.
        terms, n_terms: the terms but the constant, int64.
        beta: room for ``n_terms + 1`` numbers; the constant first, written in place.

    Returns:
        The deviance; -1 when the fit did not converge.
    """
    size = n_terms + 1
    mean = 0.0
    for row in range(n_cells):
        mean += np.log(counts[cells[row]] + 0.5)
    fitted = np.empty(n_cells)
    matrix = np.empty((size, size))
    step = np.empty(size)
    place = np.empty(size, dtype=np.int64)
    # First step of Fisher's scoring, from the counts themselves.
    for i in range(size):
        step[i] = 0.0
        for j in range(size):
            matrix[i, j] = 0.0
    for row in range(n_cells):
        cell = cells[row]
        weight = counts[cell] + 0.1
        held = 1
        place[0] = 0
        for j in range(n_terms):
            if cell & terms[j] == terms[j]:
                place[held] = j + 1
                held += 1
        target = np.log(weight)
        for a in range(held):
            step[place[a]] += weight * target
            for b in range(a + 1):
                matrix[place[a], place[b]] += weight
    if not solve(matrix, step):
        return -1.0
    for i in range(size):
        beta[i] = step[i]
    last = 1e300
    for turn in range(STEPS):
        for row in range(n_cells):
            cell = cells[row]
            eta = beta[0]
            for j in range(n_terms):
                if cell & terms[j] == terms[j]:
                    eta += beta[j + 1]
            fitted[row] = np.exp(min(max(eta, -60.0), 60.0))
        deviance = deviance_of(counts, cells, n_cells, fitted)
        if turn > 0 and deviance > last * (1 + 1e-9) + 1e-9:
            # Too far: half of the way back.
            for i in range(size):
                step[i] *= 0.5
                beta[i] -= step[i]
            if np.max(np.abs(step[:size])) < 1e-14:
                return -1.0
            continue
        if abs(last - deviance) < TIGHT * (abs(deviance) + 0.1) and turn > 1:
            return deviance
        last = deviance
        for i in range(size):
            step[i] = 0.0
            for j in range(size):
                matrix[i, j] = 0.0
        for row in range(n_cells):
            cell = cells[row]
            weight = fitted[row]
            left = counts[cell] - weight
            held = 1
            place[0] = 0
            for j in range(n_terms):
                if cell & terms[j] == terms[j]:
                    place[held] = j + 1
                    held += 1
            for a in range(held):
                step[place[a]] += left
                for b in range(a + 1):
                    matrix[place[a], place[b]] += weight
        if not solve(matrix, step):
            return -1.0
        for i in range(size):
            beta[i] += step[i]
    return -1.0
