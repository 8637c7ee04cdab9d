"""
Log-linear models of any design, compiled; some parameters may be kept from going negative.

A design is given by its columns that are not zero (``sparse``); ``newton`` is faster, for designs
of zeros and ones.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fanal.engines.population.kernels.newton import solve

STEPS, TURNS = 200, 60
# The last step of a fit at rest; the least change of the deviance that is one; the longest step:
# beyond, the model is far from quadratic; the least pull that frees a parameter held at zero.
AT_REST, GAIN, LONGEST, PULL = 1e-10, 1e-13, 5.0, 1e-8
NEAR = 0.1


@njit(cache=True, nogil=True)
def sparse(design):
    """Of each row the columns that are not 0, their values, and how many they are."""
    rows, size = design.shape
    held = np.zeros((rows, size), dtype=np.int64)
    value = np.zeros((rows, size))
    number = np.zeros(rows, dtype=np.int64)
    for row in range(rows):
        for j in range(size):
            if design[row, j] != 0.0:
                held[row, number[row]] = j
                value[row, number[row]] = design[row, j]
                number[row] += 1
    return held, value, number


@njit(cache=True, nogil=True)
def expect(counts, held, value, number, beta, fitted):
    """Write the expected counts of these parameters; returns their deviance."""
    deviance = 0.0
    for row in range(counts.shape[0]):
        eta = 0.0
        for a in range(number[row]):
            eta += value[row, a] * beta[held[row, a]]
        mu = math.exp(min(max(eta, -200.0), 80.0))
        fitted[row] = mu
        left = counts[row] - mu
        deviance -= left
        # A million of people leave no digits to a logarithm near zero: log1p keeps them.
        if abs(left) < NEAR * mu:
            deviance += counts[row] * math.log1p(left / mu)
        elif counts[row] > 0.0:
            deviance += counts[row] * math.log(counts[row] / mu)
    return 2.0 * deviance


@njit(cache=True, nogil=True)
def direction(counts, held, value, number, weights, pulls, free, matrix, step):
    """Newton's step into ``step``; False when the information cannot be inverted."""
    size = step.shape[0]
    matrix[:] = 0.0
    step[:] = 0.0
    for row in range(counts.shape[0]):
        for a in range(number[row]):
            i, left = held[row, a], value[row, a]
            step[i] += left * pulls[row]
            for b in range(a + 1):
                matrix[i, held[row, b]] += left * value[row, b] * weights[row]
    for i in range(size):
        if not free[i]:
            matrix[i, :] = 0.0
            matrix[:, i] = 0.0
            matrix[i, i], step[i] = 1.0, 0.0
    return solve(matrix, step)


@njit(cache=True, nogil=True)
def climb(counts, held, value, number, free, beta, fitted, matrix, step):
    """
    Maximum likelihood over the free parameters, from ``beta``, by Newton's method.

    Returns:
        (deviance, whether the fit came to rest).
    """
    last = expect(counts, held, value, number, beta, fitted)
    for _ in range(STEPS):
        if not direction(counts, held, value, number, fitted, counts - fitted, free, matrix, step):
            return last, False
        step *= LONGEST / max(np.max(np.abs(step)), LONGEST)
        beta += step
        deviance = expect(counts, held, value, number, beta, fitted)
        while deviance > last + GAIN * (abs(last) + 1.0) and np.max(np.abs(step)) > AT_REST:
            step *= 0.5
            beta -= step
            deviance = expect(counts, held, value, number, beta, fitted)
        last = deviance
        if np.max(np.abs(step)) < AT_REST:
            return deviance, True
    return last, False


@njit(cache=True, nogil=True)
def start(counts, held, value, number, free, beta, fitted, matrix, step):
    """Fisher's first step, from the counts themselves."""
    weights = counts + 0.1
    beta[:] = 0.0
    if direction(
        counts, held, value, number, weights, weights * np.log(weights), free, matrix, step
    ):
        beta[:] = step


@njit(cache=True, nogil=True)
def fit(counts, held, value, number, first_signed, free, beta, fitted):
    """
    Maximum likelihood with ``beta[first_signed:]`` none of them negative.

    The likelihood is concave, hence the parameters that stay at zero are found by their score: one
    that the data pull up is freed, one that goes negative goes back to zero.

    Args:
        free: the parameters that are not held at zero; changed in place.
        beta: where to start, and the answer.

    Returns:
        (deviance, whether the fit came to rest).
    """
    size = beta.shape[0]
    matrix, step = np.empty((size, size)), np.empty(size)
    for _ in range(TURNS):
        deviance, rested = climb(counts, held, value, number, free, beta, fitted, matrix, step)
        if not rested:
            return deviance, False
        lowest = first_signed + np.argmin(beta[first_signed:]) if first_signed < size else -1
        if lowest >= 0 and beta[lowest] < 0.0:
            free[lowest], beta[lowest] = False, 0.0
            continue
        score = np.zeros(size)
        for row in range(counts.shape[0]):
            for a in range(number[row]):
                score[held[row, a]] += value[row, a] * (counts[row] - fitted[row])
        best = -1
        for i in range(first_signed, size):
            if not free[i] and score[i] > PULL and (best < 0 or score[i] > score[best]):
                best = i
        if best < 0:
            return deviance, True
        free[best] = True
    return deviance, False
