"""
The laws of territories that lend each other what they know, compiled. See ``territories``.

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

# The squared spread of a list over territories has an inverse gamma law around one that all lists
# share, itself exponential (mean 1 / FLOOR).
ALIKE, FLOOR = 4.0, 4.0
# What all lists of a territory share has a half normal law of this size.
ALL_ALIKE = 0.3
FEWEST = 1e-9


# Each kind of draw is compiled once, and not where it is made.
@njit(cache=True, nogil=True)
def normal(generator):
    return generator.standard_normal()


@njit(cache=True, nogil=True)
def gamma(generator, shape):
    return generator.standard_gamma(shape)


# Loops in the place of array expressions: they compile in a fraction of the time.
@njit(cache=True, nogil=True)
def add_up(values):
    total = 0.0
    for value in values:
        total += value
    return total


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
def away(odds, means, spreads, common):
    """
    Half of the quadratic form of the law of a territory's log odds: each list has its own spread,
    and all share one shift, of standard deviation ``common``.
    """
    own = alike = weight = 0.0
    for j in range(odds.shape[0]):
        precision = 1.0 / spreads[j] ** 2
        apart = odds[j] - means[j]
        own += precision * apart * apart
        alike += precision * apart
        weight += precision
    return 0.5 * (own - alike * alike / (1.0 / common**2 + weight))


@njit(cache=True, nogil=True)
def precision(spreads):
    total = 0.0
    for spread in spreads:
        total += 1.0 / spread**2
    return total


@njit(cache=True, nogil=True)
def log_law(odds, means, spreads, common):
    """Logarithm of the law of all territories' odds, as a function of ``common``; with its own."""
    s = odds.shape[0]
    weight = precision(spreads)
    total = -0.5 * s * math.log(1.0 + common**2 * weight) - 0.5 * (common / ALL_ALIKE) ** 2
    for i in range(s):
        total -= away(odds[i], means, spreads, common)
    return total


@njit(cache=True, nogil=True)
def share(generator, odds, means, spreads, common, shifts):
    """What all lists of each territory share, given its odds."""
    left = 1.0 / (1.0 / common**2 + precision(spreads))
    for i in range(odds.shape[0]):
        alike = 0.0
        for j in range(odds.shape[1]):
            alike += (odds[i, j] - means[j]) / spreads[j] ** 2
        shifts[i] = left * alike + math.sqrt(left) * normal(generator)


@njit(cache=True, nogil=True)
def learn(generator, odds, means, spreads, common, shifts):
    """
    The law of the odds over territories, given the territories.

    Returns:
        ``common``, drawn anew; means and spreads are written over.
    """
    s, t = odds.shape
    trial = common * math.exp(normal(generator))
    gain = log_law(odds, means, spreads, trial) - log_law(odds, means, spreads, common)
    if math.log(generator.random()) < gain + math.log(trial / common):
        common = trial
    share(generator, odds, means, spreads, common, shifts)
    usual = gamma(generator, ALIKE * t + 1) / (ALIKE * precision(spreads) + FLOOR)
    for j in range(t):
        squares = 0.0
        for i in range(s):
            squares += (odds[i, j] - means[j] - shifts[i]) ** 2
        scale = ALIKE * usual + squares / 2
        spreads[j] = math.sqrt(scale / gamma(generator, ALIKE + s / 2))
    shared = common * normal(generator)
    for j in range(t):
        centre = 0.0
        for i in range(s):
            centre += odds[i, j] / s
        means[j] = centre + (shared + spreads[j] * normal(generator)) / math.sqrt(s)
    return common


@njit(cache=True, nogil=True)
def size_up(generator, n, zs, sizes, parts, mass, log_weights, seen, size_rates):
    """
    Which law the size of each territory has, and how common each is.

    ``seen`` is given the chance to be seen in each, ``size_rates`` the rate of its gamma law, those
    seen counted in: of shape ``n + shape``.
    """
    weights, rates, shape, scale = sizes
    counts = np.empty(rates.shape[0])
    for k in range(rates.shape[0]):
        counts[k] = mass
    for i in range(n.shape[0]):
        log_sizes(n[i], zs[i], weights, rates, shape, scale, parts)
        left = generator.random() * add_up(parts)
        k = 0
        while k < rates.shape[0] - 1 and left > parts[k]:
            left -= parts[k]
            k += 1
        counts[k] += 1
        seen[i] = -math.expm1(-zs[i])
        size_rates[i] = rates[k] / scale + seen[i]
    for k in range(rates.shape[0]):
        counts[k] = max(gamma(generator, counts[k]), FEWEST)
    total = add_up(counts)
    for k in range(rates.shape[0]):
        log_weights[k] = math.log(counts[k] / total)
