"""
The inner loop, compiled: one Poisson log-linear fit.

Cells and terms are sets of lists (``models``); the column of a term is 1 in the cells that hold
it. So the constant is the logarithm of the number of people whom nobody saw.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

STEPS = 80
TIGHT = 1e-11
# A last step smaller than this ends at a summit; along a ridge that never ends it is of size 1.
AT_REST = 1e-3
FITTED, DOUBTFUL, NOT_THERE = 0, 1, 2


@njit(cache=True, nogil=True)
def solve(matrix, vector):  # type: ignore[no-untyped-def]
    """Cholesky, in place; False when the matrix is not positive definite to working precision."""
    size = vector.shape[0]
    for j in range(size):
        pivot = matrix[j, j]
        scale = pivot
        for k in range(j):
            pivot -= matrix[j, k] * matrix[j, k]
        if not pivot > 1e-12 * scale:
            return False
        root = math.sqrt(pivot)
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
def fit(counts, cells, terms, fitted, beta):  # type: ignore[no-untyped-def]
    """
    Maximum likelihood by Newton's method, an interaction of lists that share nobody at -infinity.

    Args:
        counts: people by history, ``2**t`` float64.
        cells: the histories that somebody may have, int64.
        terms: the terms but the constant, int64; a 0 is room left empty.
        fitted: room for ``2**t`` numbers: the fitted table, 0 in the cells left out.
        beta: room for ``len(terms) + 1`` numbers; the constant first.

    Returns:
        (deviance, number of terms at -infinity, state). FITTED: the fit came to rest, so the
        estimate exists. NOT_THERE: it runs away for ever along a direction that was verified.
        DOUBTFUL: neither was shown; only then does existence have to be asked (``existence``).
    """
    kept_terms = np.empty(terms.shape[0], dtype=np.int64)
    kept_cells = np.empty(cells.shape[0], dtype=np.int64)
    gone = np.empty(terms.shape[0], dtype=np.int64)
    n_terms = n_gone = n_cells = 0
    for term in terms:
        if term == 0:
            continue
        some = False
        for cell in cells:
            if cell & term == term and counts[cell] > 0:
                some = True
                break
        if some:
            kept_terms[n_terms] = term
            n_terms += 1
        else:
            gone[n_gone] = term
            n_gone += 1
    fitted[:] = 0.0
    for cell in cells:
        left = True
        for j in range(n_gone):
            if cell & gone[j] == gone[j]:
                left = False
                break
        if left:
            kept_cells[n_cells] = cell
            n_cells += 1
    size = n_terms + 1
    if n_cells < size:
        return -1.0, n_gone, DOUBTFUL
    held = np.zeros((n_cells, size), dtype=np.int64)
    n_held = np.empty(n_cells, dtype=np.int64)
    for row in range(n_cells):
        number = 1
        for j in range(n_terms):
            if kept_cells[row] & kept_terms[j] == kept_terms[j]:
                held[row, number] = j + 1
                number += 1
        n_held[row] = number
    matrix = np.empty((size, size))
    step = np.empty(size)
    beta[:] = 0.0
    last = math.inf
    for turn in range(STEPS):
        deviance = 0.0
        for row in range(n_cells):
            cell = kept_cells[row]
            y = counts[cell]
            if turn == 0:
                mu = y + 0.1
            else:
                eta = 0.0
                for a in range(n_held[row]):
                    eta += beta[held[row, a]]
                mu = math.exp(min(max(eta, -100.0), 60.0))
            fitted[cell] = mu
            deviance += mu - y
            if y > 0:
                deviance += y * math.log(y / mu)
        deviance *= 2.0
        if turn > 1:
            if deviance > last + 1e-9 * (abs(last) + 1.0):
                # Too far: half of the way back.
                largest = 0.0
                for i in range(size):
                    step[i] *= 0.5
                    beta[i] -= step[i]
                    largest = max(largest, abs(step[i]))
                if largest < 1e-12:
                    return deviance, n_gone, DOUBTFUL
                continue
            if last - deviance < TIGHT * (abs(deviance) + 0.1):
                return deviance, n_gone, _ended(counts, kept_cells, n_cells, held, n_held, step)
        if turn > 0:
            last = deviance
        step[:] = 0.0
        matrix[:] = 0.0
        for row in range(n_cells):
            cell = kept_cells[row]
            weight = fitted[cell]
            # The first turn is Fisher's scoring from the counts; the others correct what is left.
            pull = weight * math.log(weight) if turn == 0 else counts[cell] - weight
            for a in range(n_held[row]):
                i = held[row, a]
                step[i] += pull
                for b in range(a + 1):
                    matrix[i, held[row, b]] += weight
        if not solve(matrix, step):
            return -1.0, n_gone, DOUBTFUL
        for i in range(size):
            beta[i] += step[i]
    return -1.0, n_gone, DOUBTFUL


@njit(cache=True, nogil=True)
def _ended(counts, cells, n_cells, held, n_held, step):  # type: ignore[no-untyped-def]
    """
    How a fit ended whose deviance no longer moves.

    No estimate exists when some direction leaves every cell that somebody has where it is, raises
    no empty cell and lowers one (Fienberg and Rinaldo 2012, theorem 3.2): Newton's last step is
    that direction.
    """
    moved = 0.0
    for i in range(step.shape[0]):
        moved = max(moved, abs(step[i]))
    if moved < AT_REST:
        return FITTED
    lowest = 0.0
    for row in range(n_cells):
        along = 0.0
        for a in range(n_held[row]):
            along += step[held[row, a]]
        if along > 1e-6 or (counts[cells[row]] > 0 and along < -1e-6):
            return DOUBTFUL
        lowest = min(lowest, along)
    return NOT_THERE if lowest < -0.5 else DOUBTFUL


@njit(cache=True, nogil=True)
def log_tail(seen, expected):  # type: ignore[no-untyped-def]
    """
    Logarithm of the smaller tail of a Poisson count: as many or more, as few or fewer.

    On the scale of logarithms: far tails all round to the same number otherwise, and a tie there
    has changed which interaction enters, hence the estimate, from 121,522 to 48,013.
    """
    if expected <= 0.0:
        return 0.0
    first = -expected + seen * math.log(expected) - math.lgamma(seen + 1.0)
    total, part, k = 1.0, 1.0, seen
    if seen >= expected:
        while part > 1e-17 * total:
            k += 1.0
            part *= expected / k
            total += part
    else:
        while k > 0.0 and part > 1e-17 * total:
            part *= k / expected
            k -= 1.0
            total += part
    return min(first + math.log(total), 0.0)
