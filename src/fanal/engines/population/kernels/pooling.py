"""
A chain over territories that lend each other what they know, compiled. See ``territories``.

Of a territory with ``n`` people seen and ``c[j]`` on list ``j``: the expected number of people
``L`` has a mixture of gamma laws, the odds ``exp(a[j])`` of each list a law shared by the
territories. ``L`` is integrated out: with ``z`` the sum of the odds of all histories and
``s = 1 - 1/z`` the chance to be seen, the likelihood of ``a`` is
``exp(sum(c a)) z**-n sum_k w[k] r[k]**shape (r[k] + s)**-(n + shape)``.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

# Every so many sweeps, while burning, each step grows or shrinks to be accepted this often.
WINDOW, ACCEPTED = 50, 0.4
# Laws of the hyperparameters: the squared spread of a list over territories has an inverse gamma
# law around one that all lists share, itself exponential (mean 1 / FLOOR); an interaction of two
# lists is around 0.
ALIKE, FLOOR = 4.0, 4.0
WIDE = 1.5
FEWEST = 1e-9
# How the logarithm of the share seen follows that of the odds, when a third is seen.
SEEN_ONCE = 0.85


@njit(cache=True, nogil=True)
def log_z(odds, free, tied, effects, pairs):
    """
    Logarithm of the sum of the odds of all histories.

    Args:
        odds: log odds of each list, in one territory.
        free: the lists that no pair ties; their odds multiply.
        tied: the other lists.
        effects, pairs: log odds ratio of each pair, and the places of its lists in ``tied``.
    """
    total = 0.0
    for j in free:
        total += math.log1p(math.exp(odds[j]))
    if tied.shape[0] == 0:
        return total
    tied_sum = 0.0
    for history in range(1 << tied.shape[0]):
        log = 0.0
        for place in range(tied.shape[0]):
            if history >> place & 1:
                log += odds[tied[place]]
        for p in range(pairs.shape[0]):
            if history >> pairs[p, 0] & 1 and history >> pairs[p, 1] & 1:
                log += effects[p]
        tied_sum += math.exp(log)
    return total + math.log(tied_sum)


@njit(cache=True, nogil=True)
def log_sizes(n, z, weights, rates, shape, scale, parts):
    """
    Logarithm of the likelihood of ``n`` people seen, sizes integrated out; constants left out.

    ``parts`` is given the share of each gamma law, not yet divided by their sum.
    """
    seen = -math.expm1(-z)
    top = -math.inf
    for k in range(rates.shape[0]):
        rate = rates[k] / scale
        parts[k] = weights[k] + shape * math.log(rate) - (n + shape) * math.log(rate + seen)
        top = max(top, parts[k])
    total = 0.0
    for k in range(rates.shape[0]):
        parts[k] = math.exp(parts[k] - top)
        total += parts[k]
    return top + math.log(total) - n * z


@njit(cache=True, nogil=True)
def likelihoods(n, zs, weights, rates, shape, scale, parts, into):
    total = 0.0
    for i in range(n.shape[0]):
        into[i] = log_sizes(n[i], zs[i], weights, rates, shape, scale, parts)
        total += into[i]
    return total


@njit(cache=True, nogil=True)
def each_list(generator, i, n, on, odds, means, spreads, now, zs, ties, sizes, steps, taken, parts):
    """Each list of a territory moves alone, then all together."""
    free, tied, effects, pairs = ties
    weights, rates, shape, scale = sizes
    t = on.shape[1]
    for j in range(t + 1):
        step = steps[i, j] * generator.standard_normal()
        prior = 0.0
        gain = 0.0
        for moved in range(t):
            if j in (moved, t):
                away = odds[i, moved] - means[moved]
                prior -= ((away + step) ** 2 - away**2) / (2 * spreads[moved] ** 2)
                gain += on[i, moved] * step
                odds[i, moved] += step
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
    move = step * generator.standard_normal()
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
    if math.log(generator.random()) < gain + new - now.sum():
        now[:] = trial
        zs[:] = trial_zs
        means += move
        return new_scale, True
    odds -= move
    effects += move
    return scale, False


@njit(cache=True, nogil=True)
def tie(generator, n, together, odds, effects, now, zs, ties, sizes, steps, trial, trial_zs, parts):
    """Each national interaction of two lists moves in its turn."""
    free, tied, _, pairs = ties
    weights, rates, shape, scale = sizes
    for p in range(effects.shape[0]):
        old = effects[p]
        effects[p] = old + steps[p] * generator.standard_normal()
        for i in range(n.shape[0]):
            trial_zs[i] = log_z(odds[i], free, tied, effects, pairs)
        new = likelihoods(n, trial_zs, weights, rates, shape, scale, parts, trial)
        prior = (old**2 - effects[p] ** 2) / (2 * WIDE**2)
        gain = together[p] * (effects[p] - old)
        if math.log(generator.random()) < prior + gain + new - now.sum():
            now[:] = trial
            zs[:] = trial_zs
        else:
            effects[p] = old


@njit(cache=True, nogil=True)
def learn(generator, odds, means, spreads):
    """The law of each list over territories, given the territories; their spreads are alike."""
    s, t = odds.shape
    common = generator.standard_gamma(ALIKE * t + 1) / (ALIKE * (spreads**-2.0).sum() + FLOOR)
    for j in range(t):
        centre = odds[:, j].mean()
        means[j] = centre + spreads[j] / math.sqrt(s) * generator.standard_normal()
        squares = ((odds[:, j] - means[j]) ** 2).sum()
        shape = ALIKE + s / 2
        scale = ALIKE * common + squares / 2
        spreads[j] = math.sqrt(scale / generator.standard_gamma(shape))


@njit(cache=True, nogil=True)
def size_up(generator, n, zs, sizes, parts, mass, log_weights, people):
    """The size of each territory, and how common each size is."""
    weights, rates, shape, scale = sizes
    counts = np.full(rates.shape[0], mass)
    for i in range(n.shape[0]):
        log_sizes(n[i], zs[i], weights, rates, shape, scale, parts)
        left = generator.random() * parts.sum()
        k = 0
        while k < rates.shape[0] - 1 and left > parts[k]:
            left -= parts[k]
            k += 1
        counts[k] += 1
        seen = -math.expm1(-zs[i])
        expected = generator.standard_gamma(n[i] + shape) / (rates[k] / scale + seen)
        people[i] = n[i] + generator.poisson(expected * (1 - seen))
    total = 0.0
    for k in range(rates.shape[0]):
        counts[k] = max(generator.standard_gamma(counts[k]), FEWEST)
        total += counts[k]
    for k in range(rates.shape[0]):
        log_weights[k] = math.log(counts[k] / total)


@njit(cache=True, nogil=True)
def chain(
    generator, n, on, together, free, tied, pairs, rates, shape, mass, burn, kept, thin, odds
):
    """
    Args:
        n: ``(s,)`` people seen in each territory.
        on: ``(s, t)`` people on each list.
        together: people on both lists of each pair, in the whole country.
        free, tied, pairs: as in ``log_z``.
        rates, shape: the gamma laws of the sizes; ``mass`` of each in the Dirichlet law.
        odds: ``(s, t)`` where to start, on the log scale; it is written over.

    Returns:
        (people, odds, hyperparameters): ``(kept, s)``, ``(kept, s, t)``, and ``(kept, h)``: means,
        spreads, pairs, the scale of sizes, and the weights of the gamma laws.
    """
    s, t = on.shape
    k = rates.shape[0]
    means, spreads = np.empty(t), np.full(t, 0.5)
    for j in range(t):
        means[j] = odds[:, j].mean()
    effects, log_weights = np.zeros(pairs.shape[0]), np.full(k, -math.log(k))
    scale = 1.0
    now, zs, trial, trial_zs, parts = (
        np.empty(s),
        np.empty(s),
        np.empty(s),
        np.empty(s),
        np.empty(k),
    )
    ties = (free, tied, effects, pairs)
    for i in range(s):
        zs[i] = log_z(odds[i], free, tied, effects, pairs)
    people = np.empty(s)
    steps, taken = np.full((s, t + 1), 0.5), np.zeros((s, t + 1))
    wide, wide_taken = 0.1, 0
    pair_steps = 1.0 / np.sqrt(together + 1.0)
    all_people, all_odds = np.empty((kept, s)), np.empty((kept, s, t))
    hyper = np.empty((kept, 2 * t + pairs.shape[0] + 1 + k))
    for sweep in range(burn + kept * thin):
        sizes = (log_weights, rates, shape, scale)
        likelihoods(n, zs, log_weights, rates, shape, scale, parts, now)
        for i in range(s):
            each_list(
                generator, i, n, on, odds, means, spreads, now, zs, ties, sizes, steps, taken, parts
            )
        scale, moved = everywhere(
            generator, n, on, together, odds, means, now, zs, ties, sizes, wide, trial, trial_zs,
            parts,
        )  # fmt: skip
        wide_taken += moved
        sizes = (log_weights, rates, shape, scale)
        if pairs.shape[0]:
            tie(
                generator, n, together, odds, effects, now, zs, ties, sizes, pair_steps, trial,
                trial_zs, parts,
            )  # fmt: skip
        learn(generator, odds, means, spreads)
        size_up(generator, n, zs, sizes, parts, mass, log_weights, people)
        if sweep < burn and (sweep + 1) % WINDOW == 0:
            steps *= np.exp(taken / WINDOW - ACCEPTED)
            taken[:] = 0
            wide *= math.exp(wide_taken / WINDOW - ACCEPTED)
            wide_taken = 0
        row = (sweep - burn + 1) // thin - 1
        if sweep >= burn and (sweep - burn + 1) % thin == 0:
            all_people[row] = people
            all_odds[row] = odds
            hyper[row, :t] = means
            hyper[row, t : 2 * t] = spreads
            hyper[row, 2 * t : 2 * t + pairs.shape[0]] = effects
            hyper[row, 2 * t + pairs.shape[0]] = scale
            hyper[row, 2 * t + pairs.shape[0] + 1 :] = log_weights
    return all_people, all_odds, hyper
