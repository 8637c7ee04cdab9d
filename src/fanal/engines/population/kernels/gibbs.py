"""
One chain of the latent-class model, compiled.

Manrique-Vallier (2016, *Bayesian population size estimation using Dirichlet process mixtures*,
Biometrics 72, 1246-1254): people belong to classes, within which the lists are independent; the
number of classes is bounded, their weights are sticks broken one after the other.

Between two sweeps of his sampler the rates of a class, or of all, are moved together with the
number of people summed out: given that number the rates hardly move, and given the rates neither
does it, so that the plain sampler needs some hundred thousand steps.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

# So that no logarithm or division meets a 0 or a 1.
TINY = 1e-12
# What the moves aim at being accepted, and how fast their length learns it while burning in.
ACCEPTED, LEARNS = 0.35, 0.05
# Moves of the concentration in each step, and what it is held between.
ALPHA_STEPS, LEAST, MOST = 3, 1e-12, 1e6
NEGLIGIBLE = -450.0


@njit(cache=True, nogil=True)
def share_out(generator, people, weights, total, into):
    """Add to ``into`` ``people`` drawn by ``weights``, whose sum is ``total``."""
    left = total
    for k in range(weights.shape[0] - 1):
        if people == 0:
            return
        part = min(max(weights[k] / left, 0.0), 1.0) if left > 0.0 else 0.0
        some = generator.binomial(people, part)
        into[k] += some
        people -= some
        left -= weights[k]
    into[weights.shape[0] - 1] += people


@njit(cache=True, nogil=True)
def classes_of(history, shares, rates, weights):
    """Weight of each class for a history; returns their sum."""
    total = 0.0
    for k in range(shares.shape[0]):
        weight = shares[k]
        for j in range(rates.shape[0]):
            weight *= rates[j, k] if history >> j & 1 else 1.0 - rates[j, k]
        weights[k] = weight
        total += weight
    return total


@njit(cache=True, nogil=True)
def likelihood(histories, counts, n, shares, rates, weights):
    """Logarithm of the likelihood of who was seen, given that they were; N is summed out."""
    missed = min(classes_of(0, shares, rates, weights), 1.0 - TINY)
    value = -n * math.log(1.0 - missed)
    for row in range(histories.shape[0]):
        total = classes_of(histories[row], shares, rates, weights)
        value += counts[row] * math.log(max(total, 1e-300))
    return value


@njit(cache=True, nogil=True)
def shift(generator, histories, counts, n, shares, rates, trial, weights, only, length, now):
    """
    Metropolis: add one normal draw to the logits of the rates of class ``only``, or of all (-1).

    Returns:
        (the likelihood where it ended, whether it moved).
    """
    by = math.exp(length * generator.standard_normal())
    gain = 0.0
    trial[:] = rates
    for k in range(shares.shape[0]):
        if only in (-1, k):
            for j in range(rates.shape[0]):
                old = rates[j, k]
                new = min(max(old * by / (1.0 - old + old * by), TINY), 1.0 - TINY)
                trial[j, k] = new
                gain += math.log(new) + math.log1p(-new) - math.log(old) - math.log1p(-old)
    there = likelihood(histories, counts, n, shares, trial, weights)
    if math.log(generator.random()) < there - now + gain:
        rates[:] = trial
        return there, True
    return now, False


@njit(cache=True, nogil=True)
def move(generator, histories, counts, n, shares, rates, trial, weights, lengths, burning):
    """``shift`` of all rates, then of each class that is not negligible."""
    now = likelihood(histories, counts, n, shares, rates, weights)
    for place in range(lengths.shape[0]):
        if place > 0 and shares[place - 1] * n < 1.0:
            continue
        now, moved = shift(
            generator, histories, counts, n, shares, rates, trial, weights, place - 1,
            lengths[place], now,
        )  # fmt: skip
        if burning:
            lengths[place] *= math.exp(LEARNS * ((1.0 if moved else 0.0) - ACCEPTED))


@njit(cache=True, nogil=True)
def allot(generator, histories, counts, shares, rates, weights, into, members, caught):
    """Draw the class of each person seen."""
    members[:] = 0
    caught[:] = 0
    for row in range(histories.shape[0]):
        into[:] = 0
        total = classes_of(histories[row], shares, rates, weights)
        share_out(generator, counts[row], weights, total, into)
        for k in range(shares.shape[0]):
            members[k] += into[k]
            for j in range(rates.shape[0]):
                if histories[row] >> j & 1:
                    caught[j, k] += into[k]


@njit(cache=True, nogil=True)
def log_left_by(generator, taken, others):
    """
    Logarithm of what a stick leaves, ``1 - beta(taken, others)``.

    With few classes the concentration, hence ``others``, comes near 0: a beta law would round what
    is left to nothing, and hold the concentration up.
    """
    small = math.log(generator.gamma(others + 1.0, 1.0)) + math.log(generator.random()) / others
    large = math.log(generator.gamma(taken, 1.0))
    top = max(small, large)
    return small - top - math.log(math.exp(small - top) + math.exp(large - top))


@njit(cache=True, nogil=True)
def fit_of_sticks(everybody, members, concentration):
    """Logarithm of the probability of these members of the classes, the sticks summed out."""
    value, after = 0.0, everybody
    for k in range(members.shape[0] - 1):
        after -= members[k]
        value += math.log(concentration)
        value += math.lgamma(1.0 + members[k]) + math.lgamma(concentration + after)
        value -= math.lgamma(1.0 + concentration + members[k] + after)
    return value


@njit(cache=True, nogil=True)
def concentrate(generator, everybody, members, concentration, shape, rate):
    """Metropolis on the logarithm of the concentration, the sticks summed out."""
    now = fit_of_sticks(everybody, members, concentration)
    now += shape * math.log(concentration) - rate * concentration
    for _ in range(ALPHA_STEPS):
        trial = concentration * math.exp(2.0 * generator.standard_normal())
        if not LEAST < trial < MOST:
            continue
        there = fit_of_sticks(everybody, members, trial)
        there += shape * math.log(trial) - rate * trial
        if math.log(generator.random()) < there - now:
            concentration, now = trial, there
    return concentration


@njit(cache=True, nogil=True)
def swap(generator, everybody, members, caught, concentration):
    """Metropolis: two classes change places (Papaspiliopoulos and Roberts 2008, Biometrika 95)."""
    classes = members.shape[0]
    for _ in range(classes):
        one = int(generator.random() * classes)
        other = int(generator.random() * classes)
        if members[one] == members[other]:
            continue
        now = fit_of_sticks(everybody, members, concentration)
        members[one], members[other] = members[other], members[one]
        there = fit_of_sticks(everybody, members, concentration)
        if math.log(generator.random()) < there - now:
            for j in range(caught.shape[0]):
                caught[j, one], caught[j, other] = caught[j, other], caught[j, one]
        else:
            members[one], members[other] = members[other], members[one]


@njit(cache=True, nogil=True)
def redraw(generator, everybody, members, caught, concentration, shares, rates):
    """Draw the rates and the sticks of the classes."""
    after, log_left = everybody, 0.0
    last = shares.shape[0] - 1
    for k in range(last + 1):
        after -= members[k]
        for j in range(rates.shape[0]):
            rate = generator.beta(1.0 + caught[j, k], 1.0 + members[k] - caught[j, k])
            rates[j, k] = min(max(rate, TINY), 1.0 - TINY)
        # Below it the weights would be too small for quick arithmetic, and nobody is there.
        left = math.exp(log_left) if log_left > NEGLIGIBLE else 0.0
        if k == last:
            shares[k] = left
            break
        leaves = log_left_by(generator, 1.0 + members[k], concentration + after)
        shares[k] = -left * math.expm1(leaves)
        log_left += leaves


@njit(cache=True, nogil=True)
def chain(generator, histories, counts, rates, classes, shape, rate, burn, kept, thin):
    """
    Args:
        generator: a numpy Generator.
        histories, counts: those that somebody has, int64.
        rates: ``(t, classes)`` where the chain begins; moved.
        shape, rate: of the gamma law of the concentration.
        burn, kept, thin: steps left out, draws kept, steps from one to the next.

    Returns:
        ``(kept,)`` people whom nobody saw, and ``(kept,)`` classes that hold one person in 100.
    """
    n = counts.sum()
    shares = np.full(classes, 1.0 / classes)
    concentration = 1.0
    unseen, many = np.empty(kept), np.empty(kept)
    weights, trial = np.empty(classes), np.empty_like(rates)
    lengths = np.full(classes + 1, 0.1)
    into, members = np.zeros(classes, dtype=np.int64), np.zeros(classes, dtype=np.int64)
    caught = np.zeros(rates.shape, dtype=np.int64)
    for step in range(burn + kept * thin):
        move(generator, histories, counts, n, shares, rates, trial, weights, lengths, step < burn)
        allot(generator, histories, counts, shares, rates, weights, into, members, caught)
        missed = min(max(classes_of(0, shares, rates, weights), TINY), 1.0 - TINY)
        nobody = generator.poisson(generator.gamma(n, missed / (1.0 - missed)))
        share_out(generator, nobody, weights, missed, members)
        concentration = concentrate(generator, n + nobody, members, concentration, shape, rate)
        swap(generator, n + nobody, members, caught, concentration)
        redraw(generator, n + nobody, members, caught, concentration, shares, rates)
        if step >= burn and (step - burn) % thin == thin - 1:
            place = (step - burn) // thin
            unseen[place] = nobody
            many[place] = np.sum(members > 0.01 * (n + nobody))
    return unseen, many
