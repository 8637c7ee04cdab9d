"""
Stepwise choice of pairs, compiled: the pair of lists least expected under the model enters next.

Chan, Silverman and Vincent (2021, JASA 116, 1297-1306): the number of people on both lists is
compared with what the current model expects of it, in the smaller tail of a Poisson law; a pair
whose model has no estimate does not enter.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fanal.engines.population.kernels.newton import DOUBTFUL, FITTED, fit, log_tail

EXISTS, REFUSED = 1, 2
DONE, ASKS, NONE = 0, 1, 2


@njit(cache=True, nogil=True)
def held(table, cells, pair):
    total = 0.0
    for cell in cells:
        if cell & pair == pair:
            total += table[cell]
    return total


@njit(cache=True, nogil=True)
def is_fitted(state, deviance, key, known, asked):
    """
    EXISTS or REFUSED for a fit that ended so; 0, and the question, when nobody knows yet.

    A deviance is negative only where no fit ended.
    """
    if state == FITTED:
        return EXISTS
    if state != DOUBTFUL:
        return REFUSED
    if key not in known:
        asked[0] = key
        return 0
    return REFUSED if deviance < 0 else known[key]


@njit(cache=True, nogil=True)
def enter(
    counts, cells, terms, room, pairs, tails, log_p, chosen, base, known, asked, fitted, beta
):
    """
    The next pair, into ``terms[room]``, with the model's fit.

    Returns:
        (DONE, the bits of the pairs) when one entered, (NONE, …) when none does, (ASKS, …).
    """
    trial = np.empty(fitted.shape[0])
    further = np.empty(beta.shape[0])
    for _ in range(pairs.shape[0]):
        best = np.argmin(tails)
        if not tails[best] < log_p:
            break
        tails[best] = 0.0
        terms[room] = pairs[best]
        model = chosen | np.int64(1) << np.int64(best)
        deviance, _, state = fit(counts, cells, terms, trial, further)
        answer = is_fitted(state, deviance, base | model, known, asked)
        if answer == 0:
            return ASKS, chosen
        if answer == EXISTS:
            fitted[:] = trial
            beta[:] = further
            return DONE, model
    terms[room] = 0
    return NONE, chosen


@njit(cache=True, nogil=True)
def step_up(counts, cells, mains, pairs, log_p, known, support, asked):
    """
    Args:
        counts, cells: as in ``newton.fit``.
        mains, pairs: the main effects and the pairs, int64.
        log_p: logarithm of the tail under which a pair enters.
        known: what was found out of doubtful models, by ``support << n_pairs | model``, the bits of
            ``model`` being its pairs.
        support: number given to the set of the cells of ``counts`` that are not empty.
        asked: one int64: the model to be found out, on ASKS.

    Returns:
        (DONE, ASKS or NONE; the people whom nobody saw; the bits of the pairs that entered).
    """
    n_mains, n_pairs = mains.shape[0], pairs.shape[0]
    terms = np.zeros(n_mains + n_pairs, dtype=np.int64)
    terms[:n_mains] = mains
    fitted = np.empty(counts.shape[0])
    beta = np.empty(terms.shape[0] + 1)
    chosen, base = np.int64(0), support << n_pairs
    deviance, _, state = fit(counts, cells, terms, fitted, beta)
    answer = is_fitted(state, deviance, base, known, asked)
    if answer != EXISTS:
        return (ASKS if answer == 0 else NONE), 0.0, chosen
    tails = np.empty(n_pairs)
    for turn in range(n_pairs):
        for p in range(n_pairs):
            is_in = chosen >> p & 1
            seen, expected = held(counts, cells, pairs[p]), held(fitted, cells, pairs[p])
            tails[p] = 0.0 if is_in else log_tail(seen, expected)
        entered, chosen = enter(
            counts, cells, terms, n_mains + turn, pairs, tails, log_p, chosen, base, known, asked,
            fitted, beta,
        )  # fmt: skip
        if entered == ASKS:
            return ASKS, 0.0, chosen
        if entered == NONE:
            break
    return DONE, math.exp(beta[0]), chosen


@njit(cache=True, nogil=True)
def step_up_each(
    tables, supports, cells, mains, pairs, log_p, known, unseen, models, states, asked
):
    """``step_up`` of each row of ``tables`` whose state is ASKS; returns how many still ask."""
    asking = 0
    for row in range(tables.shape[0]):
        if states[row] == ASKS:
            states[row], unseen[row], models[row] = step_up(
                tables[row], cells, mains, pairs, log_p, known, supports[row], asked[row:]
            )
            asking += states[row] == ASKS
    return asking
