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

from fanal.engines.population.newton import DOUBTFUL, FITTED, NOT_THERE, fit, log_tail

EXISTS, REFUSED = 1, 2
DONE, ASKS, FAILED = 0, 1, 2


@njit(cache=True, nogil=True)
def step_up(counts, cells, mains, pairs, log_p, known, support, asked):  # type: ignore[no-untyped-def]
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
        (DONE, ASKS or FAILED; the people whom nobody saw; the bits of the pairs that entered).
    """
    n_mains, n_pairs = mains.shape[0], pairs.shape[0]
    terms = np.zeros(n_mains + n_pairs, dtype=np.int64)
    terms[:n_mains] = mains
    fitted = np.empty(counts.shape[0])
    trial = np.empty(counts.shape[0])
    beta = np.empty(terms.shape[0] + 1)
    further = np.empty(terms.shape[0] + 1)
    chosen = np.int64(0)
    deviance, _, state = fit(counts, cells, terms, fitted, beta)
    if state == NOT_THERE:
        return FAILED, 0.0, chosen
    if state == DOUBTFUL:
        key = support << n_pairs
        if key not in known:
            asked[0] = key
            return ASKS, 0.0, chosen
        if known[key] != EXISTS or deviance < 0:
            return FAILED, 0.0, chosen
    tails = np.empty(n_pairs)
    seen = np.zeros(n_pairs)
    for p in range(n_pairs):
        for cell in cells:
            if cell & pairs[p] == pairs[p]:
                seen[p] += counts[cell]
    for turn in range(n_pairs):
        for p in range(n_pairs):
            tails[p] = 0.0
            if not chosen >> p & 1:
                expected = 0.0
                for cell in cells:
                    if cell & pairs[p] == pairs[p]:
                        expected += fitted[cell]
                tails[p] = log_tail(seen[p], expected)
        entered = False
        for _ in range(n_pairs):
            best = np.argmin(tails)
            if not tails[best] < log_p:
                break
            tails[best] = 0.0
            terms[n_mains + turn] = pairs[best]
            model = chosen | np.int64(1) << np.int64(best)
            deviance, _, state = fit(counts, cells, terms, trial, further)
            fits = state == FITTED
            if state == DOUBTFUL:
                key = support << n_pairs | model
                if key not in known:
                    asked[0] = key
                    return ASKS, 0.0, chosen
                fits = known[key] == EXISTS and deviance >= 0
            if fits:
                chosen = model
                fitted[:] = trial
                beta[:] = further
                entered = True
                break
            terms[n_mains + turn] = 0
        if not entered:
            break
    return DONE, math.exp(beta[0]), chosen


@njit(cache=True, nogil=True)
def step_up_each(tables, supports, cells, mains, pairs, log_p, known, unseen, models, states, asked):  # type: ignore[no-untyped-def]
    """``step_up`` of each row of ``tables`` whose state is ASKS; how many still ask."""
    asking = 0
    for row in range(tables.shape[0]):
        if states[row] == ASKS:
            states[row], unseen[row], models[row] = step_up(
                tables[row], cells, mains, pairs, log_p, known, supports[row], asked[row:]
            )
            asking += states[row] == ASKS
    return asking
