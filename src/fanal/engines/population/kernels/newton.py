"""
One Poisson log-linear fit, compiled.

Cells and terms are sets of lists (``models``); the column of a term is 1 in the cells that hold
it. So the constant is the logarithm of the number of people whom nobody saw.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

STEPS = 80
TIGHT = 1e-11
# A pivot this far below its diagonal: the columns of the model are not independent.
SINGULAR = 1e-12
# A last step smaller than this ends at a summit; along a ridge that never ends it is of size 1.
AT_REST = 1e-3
# Along such a ridge: a cell that stays, a cell that falls for ever; and a step of no length.
STAYS, FALLS, NOTHING = 1e-6, -0.5, 1e-12
FITTED, DOUBTFUL, NOT_THERE = 0, 1, 2
FAILED = -1.0


@njit(cache=True, nogil=True)
def solve(matrix, vector):
    """
    Cholesky, in place; the lower triangle of ``matrix`` is read.

    Returns:
        False when the matrix is not positive definite to working precision.
    """
    size = vector.shape[0]
    for j in range(size):
        pivot = matrix[j, j]
        least = SINGULAR * pivot
        for k in range(j):
            pivot -= matrix[j, k] * matrix[j, k]
        if not pivot > least:
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
def held_by_some(counts, cells, term):
    for cell in cells:  # noqa: SIM110 (no generator is compiled)
        if cell & term == term and counts[cell] > 0:
            return True
    return False


@njit(cache=True, nogil=True)
def kept(counts, cells, terms):
    """
    What is fitted: an interaction of lists that share nobody goes to minus infinity.

    Returns:
        (cells, terms, number of terms at minus infinity); the cells that hold one of these are
        left out with it (Chan, Silverman and Vincent 2021). A term 0 is room left empty.
    """
    kept_terms = np.empty(terms.shape[0], dtype=np.int64)
    gone = np.empty(terms.shape[0], dtype=np.int64)
    n_kept = n_gone = n_cells = 0
    for term in terms:
        if term == 0:
            continue
        if held_by_some(counts, cells, term):
            kept_terms[n_kept] = term
            n_kept += 1
        else:
            gone[n_gone] = term
            n_gone += 1
    kept_cells = np.empty(cells.shape[0], dtype=np.int64)
    for cell in cells:
        stays = True
        for j in range(n_gone):
            if cell & gone[j] == gone[j]:
                stays = False
        if stays:
            kept_cells[n_cells] = cell
            n_cells += 1
    return kept_cells[:n_cells], kept_terms[:n_kept], n_gone


@njit(cache=True, nogil=True)
def columns(cells, terms):
    """For each cell the columns that are 1 there, the constant first, and how many they are."""
    held = np.zeros((cells.shape[0], terms.shape[0] + 1), dtype=np.int64)
    number = np.ones(cells.shape[0], dtype=np.int64)
    for row in range(cells.shape[0]):
        for j in range(terms.shape[0]):
            if cells[row] & terms[j] == terms[j]:
                held[row, number[row]] = j + 1
                number[row] += 1
    return held, number


@njit(cache=True, nogil=True)
def expect(counts, cells, held, number, beta, fitted):
    """Write the expected counts of these parameters; returns their deviance."""
    deviance = 0.0
    for row in range(cells.shape[0]):
        cell = cells[row]
        eta = 0.0
        for a in range(number[row]):
            eta += beta[held[row, a]]
        mu = math.exp(min(max(eta, -100.0), 60.0))
        fitted[cell] = mu
        deviance += mu - counts[cell]
        if counts[cell] > 0:
            deviance += counts[cell] * math.log(counts[cell] / mu)
    # A model with as many parameters as cells fits them all: what is left is rounding.
    return max(2.0 * deviance, 0.0)


@njit(cache=True, nogil=True)
def climb(counts, cells, held, number, fitted, beta, step, matrix, first):
    """
    One step of Newton's method; the first is Fisher's scoring, from the counts themselves.

    Returns:
        False when the information matrix cannot be inverted.
    """
    size = held.shape[1]
    step[:] = 0.0
    matrix[:] = 0.0
    for row in range(cells.shape[0]):
        cell = cells[row]
        weight = counts[cell] + 0.1 if first else fitted[cell]
        pull = weight * math.log(weight) if first else counts[cell] - weight
        for a in range(number[row]):
            i = held[row, a]
            step[i] += pull
            for b in range(a + 1):
                matrix[i, held[row, b]] += weight
    if not solve(matrix, step):
        return False
    for i in range(size):
        beta[i] += step[i]
    return True


@njit(cache=True, nogil=True)
def ending(counts, cells, held, number, step):
    """
    How a fit ended whose deviance no longer moves.

    No estimate exists when some direction leaves every cell that somebody has where it is, raises
    no empty cell and lowers one (Fienberg and Rinaldo 2012, theorem 3.2): Newton's last step is
    that direction.
    """
    if np.max(np.abs(step)) < AT_REST:
        return FITTED
    lowest = 0.0
    for row in range(cells.shape[0]):
        along = 0.0
        for a in range(number[row]):
            along += step[held[row, a]]
        if along > STAYS or (counts[cells[row]] > 0 and along < -STAYS):
            return DOUBTFUL
        lowest = min(lowest, along)
    return NOT_THERE if lowest < FALLS else DOUBTFUL


@njit(cache=True, nogil=True)
def fit(counts, cells, terms, fitted, beta):
    """
    Maximum likelihood by Newton's method, with halved steps.

    Args:
        counts: people by history, ``2**t`` float64.
        cells: the histories that somebody may have, int64.
        terms: the terms but the constant, int64; a 0 is room left empty.
        fitted: room for ``2**t`` numbers: the fitted table, 0 in the cells left out.
        beta: room for ``len(terms) + 1`` numbers; the constant first.

    Returns:
        (deviance, number of terms at minus infinity, state). FITTED: the fit came to rest, so the
        estimate exists. NOT_THERE: it runs away along a direction that was verified. DOUBTFUL:
        neither was shown; only then does existence have to be asked (``existence``).
    """
    cells, terms, n_gone = kept(counts, cells, terms)
    size = terms.shape[0] + 1
    fitted[:] = 0.0
    beta[:] = 0.0
    if cells.shape[0] < size:
        return FAILED, n_gone, DOUBTFUL
    held, number = columns(cells, terms)
    matrix = np.empty((size, size))
    step = np.empty(size)
    if not climb(counts, cells, held, number, fitted, beta, step, matrix, True):
        return FAILED, n_gone, DOUBTFUL
    last = math.inf
    for _ in range(STEPS):
        deviance = expect(counts, cells, held, number, beta, fitted)
        if deviance > last + 1e-9 * (abs(last) + 1.0):
            # Too far: half of the way back.
            step *= 0.5
            for i in range(size):
                beta[i] -= step[i]
            if np.max(np.abs(step)) < NOTHING:
                return deviance, n_gone, DOUBTFUL
            continue
        if last - deviance < TIGHT * (abs(deviance) + 0.1):
            return deviance, n_gone, ending(counts, cells, held, number, step)
        last = deviance
        if not climb(counts, cells, held, number, fitted, beta, step, matrix, False):
            return FAILED, n_gone, DOUBTFUL
    return FAILED, n_gone, DOUBTFUL


@njit(cache=True, nogil=True)
def log_tail(seen, expected):
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
