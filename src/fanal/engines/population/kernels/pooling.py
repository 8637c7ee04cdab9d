"""
A chain over territories that lend each other what they know, compiled: the moves of ``laws``.

Metropolis steps for the odds of each territory, for all at once, and for the interactions of the
whole country; what has a law that can be drawn from is drawn from it (Gibbs).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from fanal.engines.population.kernels.laws import (
    ALL_ALIKE,
    add_up,
    away,
    learn,
    likelihoods,
    log_sizes,
    log_z,
    normal,
    share,
    size_up,
)

# Every so many sweeps, while burning, each step grows or shrinks to be accepted this often.
WINDOW, ACCEPTED = 50, 0.4
# An interaction of two lists is around 0, on the log scale, with this standard deviation.
WIDE = 1.5
# How the logarithm of the share seen follows that of the odds, when a third is seen.
SEEN_ONCE = 0.85
FIRST_REACH = (0.1, 0.5)


@njit(cache=True, nogil=True)
def accept(now, zs, trial, trial_zs):
    for i in range(now.shape[0]):
        now[i] = trial[i]
        zs[i] = trial_zs[i]


@njit(cache=True, nogil=True)
def each_list(
    generator, i, n, on, odds, means, spreads, common, now, zs, ties, sizes, steps, taken, parts
):
    """Each list of a territory moves alone, then all together."""
    free, tied, effects, pairs = ties
    weights, rates, shape, scale = sizes
    t = on.shape[1]
    for j in range(t + 1):
        step = steps[i, j] * normal(generator)
        prior = away(odds[i], means, spreads, common)
        gain = 0.0
        for moved in range(t):
            if j in (moved, t):
                gain += on[i, moved] * step
                odds[i, moved] += step
        prior -= away(odds[i], means, spreads, common)
        z = log_z(odds[i], free, tied, effects, pairs)
        new = log_sizes(n[i], z, weights, rates, shape, scale, parts)
        if math.log(generator.random()) < prior + gain + new - now[i]:
            now[i] = new
            zs[i] = z
            taken[i, j] += 1
        else:
            for moved in range(t):
                if j in (moved, t):
                    odds[i, moved] -= step


@njit(cache=True, nogil=True)
def everywhere(
    generator, n, on, together, odds, means, now, zs, ties, sizes, step, trial, trial_zs, parts
):
    """
    All lists see less everywhere, all sizes grow with it and all interactions too, or the reverse:
    of the moves that one at a time make slowly, the slowest.

    Returns:
        (the factor of all sizes, whether it moved).
    """
    free, tied, effects, pairs = ties
    weights, rates, shape, scale = sizes
    move = step * normal(generator)
    gain = 0.0
    for p in range(effects.shape[0]):
        gain += (effects[p] ** 2 - (effects[p] - move) ** 2) / (2 * WIDE**2) - together[p] * move
        effects[p] -= move
    for i in range(n.shape[0]):
        for j in range(on.shape[1]):
            gain += on[i, j] * move
            odds[i, j] += move
        trial_zs[i] = log_z(odds[i], free, tied, effects, pairs)
    # About as many are seen in all.
    new_scale = scale * math.exp(-SEEN_ONCE * move)
    new = likelihoods(n, trial_zs, weights, rates, shape, new_scale, parts, trial)
    if math.log(generator.random()) < gain + new - add_up(now):
        accept(now, zs, trial, trial_zs)
        for j in range(means.shape[0]):
            means[j] += move
        return new_scale, True
    for i in range(n.shape[0]):
        for j in range(on.shape[1]):
            odds[i, j] -= move
    for p in range(effects.shape[0]):
        effects[p] += move
    return scale, False


@njit(cache=True, nogil=True)
def tie(generator, n, together, odds, effects, now, zs, ties, sizes, steps, trial, trial_zs, parts):
    """Each national interaction of two lists moves in its turn."""
    free, tied, _, pairs = ties
    weights, rates, shape, scale = sizes
    for p in range(effects.shape[0]):
        old = effects[p]
        effects[p] = old + steps[p] * normal(generator)
        for i in range(n.shape[0]):
            trial_zs[i] = log_z(odds[i], free, tied, effects, pairs)
        new = likelihoods(n, trial_zs, weights, rates, shape, scale, parts, trial)
        prior = (old**2 - effects[p] ** 2) / (2 * WIDE**2)
        gain = together[p] * (effects[p] - old)
        if math.log(generator.random()) < prior + gain + new - add_up(now):
            accept(now, zs, trial, trial_zs)
        else:
            effects[p] = old


@njit(cache=True, nogil=True)
def stretch(
    generator, n, on, odds, means, spreads, common, shifts, now, zs, ties, sizes, step, trial,
    trial_zs, parts,
):  # fmt: skip
    """
    What territories share grows or shrinks in all of them, and their odds with it (Yu and Meng
    2011, JCGS 20, 531-570: the move that ``learn`` makes slowly).

    Returns:
        (``common``, whether it moved).
    """
    free, tied, effects, pairs = ties
    weights, rates, shape, scale = sizes
    share(generator, odds, means, spreads, common, shifts)
    grown = math.exp(step * normal(generator))
    gain = 0.5 * (common / ALL_ALIKE) ** 2 * (1.0 - grown**2) + math.log(grown)
    for i in range(n.shape[0]):
        moved = shifts[i] * (grown - 1.0)
        for j in range(on.shape[1]):
            odds[i, j] += moved
        gain += add_up(on[i]) * moved
        trial_zs[i] = log_z(odds[i], free, tied, effects, pairs)
    new = likelihoods(n, trial_zs, weights, rates, shape, scale, parts, trial)
    if math.log(generator.random()) < gain + new - add_up(now):
        accept(now, zs, trial, trial_zs)
        return common * grown, True
    for i in range(n.shape[0]):
        for j in range(on.shape[1]):
            odds[i, j] -= shifts[i] * (grown - 1.0)
    return common, False


@njit(cache=True, nogil=True)
def sweep(generator, n, on, together, state, level, ties, laws, steps, pair_steps, reach, room):
    """
    One turn of every move. ``level`` holds what lists share and the scale of sizes; ``reach`` the
    steps of ``everywhere`` and ``stretch``; ``room`` what was accepted, and work.
    """
    odds, means, spreads, log_weights = state
    rates, shape, mass = laws
    taken, hits, now, zs, trial, trial_zs, parts, shifts, seen, size_rates = room
    sizes = (log_weights, rates, shape, level[1])
    likelihoods(n, zs, log_weights, rates, shape, level[1], parts, now)
    for i in range(n.shape[0]):
        each_list(
            generator, i, n, on, odds, means, spreads, level[0], now, zs, ties, sizes, steps, taken,
            parts,
        )  # fmt: skip
    level[1], moved = everywhere(
        generator, n, on, together, odds, means, now, zs, ties, sizes, reach[0], trial, trial_zs,
        parts,
    )  # fmt: skip
    hits[0] += moved
    sizes = (log_weights, rates, shape, level[1])
    tie(
        generator, n, together, odds, ties[2], now, zs, ties, sizes, pair_steps, trial, trial_zs,
        parts,
    )  # fmt: skip
    level[0], moved = stretch(
        generator, n, on, odds, means, spreads, level[0], shifts, now, zs, ties, sizes, reach[1],
        trial, trial_zs, parts,
    )  # fmt: skip
    hits[1] += moved
    level[0] = learn(generator, odds, means, spreads, level[0], shifts)
    size_up(generator, n, zs, sizes, parts, mass, log_weights, seen, size_rates)


@njit(cache=True, nogil=True)
def tune(steps, taken, reach, hits):
    for i in range(steps.shape[0]):
        for j in range(steps.shape[1]):
            steps[i, j] *= math.exp(taken[i, j] / WINDOW - ACCEPTED)
            taken[i, j] = 0.0
    for move in range(reach.shape[0]):
        reach[move] *= math.exp(hits[move] / WINDOW - ACCEPTED)
        hits[move] = 0.0


@njit(cache=True, nogil=True)
def write(row, some):
    """These arrays, one after the other."""
    place = 0
    for values in some:
        for value in values.flat:
            row[place] = value
            place += 1


@njit(cache=True, nogil=True)
def chain(
    generator, n, on, together, ties, laws, burn, thin, state, level, steps, pair_steps, kept, hyper
):
    """
    Args:
        n: ``(s,)`` people seen in each territory.
        on: ``(s, t)`` people on each list.
        together: people on both lists of each pair, in the whole country.
        ties: the lists that no pair ties, those that one ties, effects and pairs: as in ``log_z``.
        laws: rates and shape of the gamma laws of the sizes; mass of each in the Dirichlet law.
        state, level: where to start, written over: odds ``(s, t)``, means and spreads ``(t,)``,
            logarithms of the weights of the gamma laws; and as in ``sweep``.
        steps, pair_steps: lengths of the first steps, ``(s, t + 1)`` and one for each pair.
        kept: room for the chance to be seen, the rate of the size (``size_up``) and the odds,
            territory by territory, in each draw.
        hyper: room for means, spreads, effects, ``level`` and log weights in each draw.
    """
    odds, means, spreads, log_weights = state
    free, tied, effects, pairs = ties
    s = n.shape[0]
    taken, hits, reach = np.zeros(steps.shape), np.zeros(2), np.empty(2)
    reach[0], reach[1] = FIRST_REACH
    zs, seen, size_rates = np.empty(s), np.empty(s), np.empty(s)
    room = (
        taken, hits, np.empty(s), zs, np.empty(s), np.empty(s), np.empty(log_weights.shape[0]),
        np.empty(s), seen, size_rates,
    )  # fmt: skip
    for i in range(s):
        zs[i] = log_z(odds[i], free, tied, effects, pairs)
    for turn in range(burn + kept.shape[0] * thin):
        sweep(generator, n, on, together, state, level, ties, laws, steps, pair_steps, reach, room)
        if turn < burn and (turn + 1) % WINDOW == 0:
            tune(steps, taken, reach, hits)
        done = turn + 1 - burn
        if done > 0 and done % thin == 0:
            row = done // thin - 1
            write(kept[row], (seen, size_rates))
            write(kept[row, 2 * s :], (odds,))
            write(hyper[row], (means, spreads, effects, level, log_weights))
