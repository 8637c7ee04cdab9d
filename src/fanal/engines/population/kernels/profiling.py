"""
The multinomial profile likelihood of a population size, compiled.

A log-linear model of any design, the column of the constant first, is fitted to the seen cells and
to ``unseen`` people in the cell of no list; its row in the design is 1 for the constant and 0
elsewhere. Cormack (1992, Biometrics 48, 567-576).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fanal.engines.population.kernels.loglinear import direction, fit, sparse, start

STEPS = 200
# Logarithms of numbers of unseen people: the step at which a search ends, the longest one, and the
# first one away from a bound.
FOUND, AWAY, CLOSE = 1e-10, 2.0, 1e-7
NOTHING = 1e-14
# The most unseen people, for one seen, before a limit is called infinite. The fewest are one: under
# one person Stirling's formula means nothing, and grows without end at zero.
BEYOND = 1e9
OK, SINGULAR, AT_EDGE, NO_TOP = 0, 1, 2, 3


@njit(cache=True, nogil=True)
def at(unseen, n, counts, held, value, number, first_signed, free, beta, fitted):
    """
    The profile likelihood when so many people are unseen.

    The deviance is that of independent Poisson counts; Cormack's term makes it that of a
    multinomial, with Stirling's formula for the factorials of the total and of the unseen.

    Returns:
        (log likelihood but for a constant, its derivative by ``unseen``, whether it was fitted).
    """
    counts[0] = unseen
    deviance, rested = fit(counts, held, value, number, first_signed, free, beta, fitted)
    total = n + unseen
    height = -0.5 * deviance - n - 0.5 * math.log(unseen / total)
    slope = math.log1p((fitted[0] - unseen) / unseen) - 0.5 / unseen + 0.5 / total
    return height, slope, rested


@njit(cache=True, nogil=True)
def top(x, spread, n, counts, held, value, number, first_signed, free, beta, fitted):
    """
    Where the likelihood is highest, ``x`` being the logarithm of the number of unseen people.

    Args:
        x: where to start; ``spread``: its standard error.

    Returns:
        (x, height, state).
    """
    least, most = 0.0, math.log(BEYOND * n)
    x = min(max(x, least), most)
    low, high, low_slope, high_slope = -math.inf, math.inf, 0.0, 0.0
    for _ in range(STEPS):
        height, slope, rested = at(
            math.exp(x), n, counts, held, value, number, first_signed, free, beta, fitted
        )
        slope *= math.exp(x)
        if not rested:
            return x, height, SINGULAR
        if x <= least and slope <= 0.0:
            return x, height, AT_EDGE
        if x >= most and slope >= 0.0:
            return x, height, NO_TOP
        if slope > 0.0:
            low, low_slope = x, slope
        else:
            high, high_slope = x, slope
        if low == -math.inf or high == math.inf:
            step = 1.2 * slope * spread * spread
            new = x + math.copysign(min(max(abs(step), CLOSE), 2.0), slope)
            spread *= 1.5
        else:
            new = (low * high_slope - high * low_slope) / (high_slope - low_slope)
            # The end that stays is worth less each time (the Illinois method).
            if slope > 0.0:
                high_slope *= 0.5
            else:
                low_slope *= 0.5
        new = min(max(new, least), most)
        if abs(new - x) < FOUND or abs(slope) * spread < NOTHING:
            return x, height, OK
        x = new
    return x, height, SINGULAR


@njit(cache=True, nogil=True)
def limit(x, away, target, n, counts, held, value, number, first_signed, free, beta, fitted):
    """
    Where the likelihood falls to ``target``, below (``away`` < 0) or above the top ``x``.

    Args:
        away: a first guess of the distance.

    Returns:
        (x, state): AT_EDGE or NO_TOP when it does not fall so low.
    """
    least, most = 0.0, math.log(BEYOND * n)
    near, far = x, most if away > 0.0 else least
    x += away
    for _ in range(STEPS):
        x = min(max(x, least), most)
        height, slope, rested = at(
            math.exp(x), n, counts, held, value, number, first_signed, free, beta, fitted
        )
        if not rested:
            return x, SINGULAR
        gap = height - target
        if gap > 0.0:
            near = x
            if x <= least + CLOSE:
                return x, AT_EDGE
            if x >= most:
                return x, NO_TOP
        else:
            far = x
        rate = slope * math.exp(x)
        step = -gap / rate if rate * away < 0.0 else math.copysign(AWAY, away)
        new = x + min(max(step, -AWAY), AWAY)
        if not min(near, far) <= new <= max(near, far):
            new = near + math.copysign(min(0.5 * abs(far - near), AWAY), away)
        if abs(new - x) < FOUND:
            return new, OK
        x = new
    return x, SINGULAR


@njit(cache=True, nogil=True)
def variance_of_constant(matrix):
    """The first diagonal element of the inverse, of a matrix given by its Cholesky factor."""
    size = matrix.shape[0]
    column = np.zeros(size)
    column[0] = 1.0
    for i in range(size):
        for k in range(i):
            column[i] -= matrix[i, k] * column[k]
        column[i] /= matrix[i, i]
    return (column * column).sum()


@njit(cache=True, nogil=True)
def profile(design, people, first_signed, drop):
    """
    The estimate of a population, and where its likelihood has fallen by ``drop`` on both sides.

    Args:
        design: ``(cells + 1, columns)``; row 0 is the cell of no list, column 0 the constant.
        people: by cell; ``people[0]`` is not read.
        first_signed: the parameters from this one on are never negative.
        drop: half a quantile of chi-squared, one degree of freedom.

    Returns:
        ((unseen, lower, upper), their states, (unseen of the Poisson model, its variance,
        its deviance), the parameters that it did not hold at zero).
    """
    held, value, number = sparse(design)
    rows, size = design.shape
    counts = people.copy()
    # For the Poisson model row 0 has no column: it adds 1 to half the deviance, and nothing else.
    counts[0], number[0] = 0.0, 0
    free = np.ones(size, dtype=np.bool_)
    free[first_signed:] = False
    beta, fitted = np.empty(size), np.empty(rows)
    matrix, step = np.empty((size, size)), np.empty(size)
    found, poisson = np.zeros(3), np.zeros(3)
    states = np.full(3, SINGULAR, dtype=np.int64)
    start(counts, held, value, number, free, beta, fitted, matrix, step)
    deviance, rested = fit(counts, held, value, number, first_signed, free, beta, fitted)
    chosen = free.copy()
    if not rested or not direction(counts, held, value, number, fitted, counts, free, matrix, step):
        return found, states, poisson, chosen
    variance = variance_of_constant(matrix)
    poisson[0] = math.exp(min(beta[0], 300.0))
    poisson[1] = poisson[0] + poisson[0] ** 2 * variance
    poisson[2] = deviance - 2.0
    spread = math.sqrt(variance + 1.0 / poisson[0])
    number[0] = 1
    n = counts[1:].sum()
    rest = (n, counts, held, value, number, first_signed, free, beta, fitted)
    x, height, states[0] = top(beta[0], spread, *rest)
    found[0] = math.exp(x)
    if states[0] in (SINGULAR, NO_TOP):
        return found, states, poisson, chosen
    kept = beta.copy()
    reach = math.sqrt(2.0 * drop) * spread
    for side in range(2):
        beta[:] = kept
        away = -reach if side == 0 else reach
        there, states[side + 1] = limit(x, away, height - drop, *rest)
        found[side + 1] = math.exp(there)
    return found, states, poisson, chosen
