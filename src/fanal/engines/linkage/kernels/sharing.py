"""
Records shared out among persons, one state after the other of a Markov chain.

One record at a time moves to the group where it belongs best, as often as it does belong there
(Gibbs); then two records that may be one person part or join their groups (Dahl, Sequentially-
allocated merge-split sampler, 2005). How many records a person has is drawn from what is seen
(Betancourt, Zanella and Steorts, Random partition models for microclustering tasks, 2022).

``state``: ``of`` (records,) the group of each record; ``members`` (groups, LARGEST); ``sizes``,
``likelihoods`` (groups,); ``free`` (groups,) the numbers of empty groups; ``counts``: how many are
free, how many groups there are.
"""

import math

import numpy as np
from numba import njit

from fanal.engines.linkage.kernels.likelihood import LARGEST, likelihood

# A record is weighed against as many groups at most.
NEIGHBOURS = 256


@njit(cache=True, nogil=True)
def more(prior, size):
    """The logarithm of the prior weight of a record that joins a group of ``size``."""
    return math.log((size + 1) * prior[size + 1] / prior[size])


@njit(cache=True, nogil=True)
def take_out(world, weights, state, record, room):
    of, members, sizes, likelihoods, free, counts = state
    group = of[record]
    size = sizes[group]
    place = 0
    while members[group, place] != record:
        place += 1
    for after in range(place, size - 1):
        members[group, after] = members[group, after + 1]
    sizes[group] = size - 1
    if size == 1:
        free[counts[0]] = group
        counts[0] += 1
        counts[1] -= 1
        likelihoods[group] = 0.0
    else:
        likelihoods[group] = likelihood(world, weights, members[group], size - 1, room)


@njit(cache=True, nogil=True)
def put_in(state, record, group, told):
    of, members, sizes, likelihoods, free, counts = state
    if group < 0:
        counts[0] -= 1
        counts[1] += 1
        group = free[counts[0]]
    members[group, sizes[group]] = record
    sizes[group] += 1
    likelihoods[group] = told
    of[record] = group


@njit(cache=True, nogil=True)
def drawn(logs, number, chance):
    """The place drawn, and how sure it was."""
    high = logs[0]
    for place in range(1, number):
        high = max(high, logs[place])
    total = 0.0
    for place in range(number):
        logs[place] = math.exp(logs[place] - high)
        total += logs[place]
    left = chance * total
    place = 0
    while place < number - 1 and left >= logs[place]:
        left -= logs[place]
        place += 1
    return place, logs[place] / total


@njit(cache=True, nogil=True)
def visit(world, weights, prior, state, records, chances, begins, beside, sure):
    """
    Move each of these records once; ``sure`` keeps how sure each move was.

    Args:
        chances: uniform on [0, 1), one per record.
        begins, beside: for each record, those that share a key with it.
    """
    of, members, sizes, likelihoods, _, counts = state
    room = np.empty(LARGEST + 1)
    groups = np.empty(NEIGHBOURS, dtype=np.int64)
    after = np.empty(NEIGHBOURS)
    logs = np.empty(NEIGHBOURS + 1)
    for turn in range(records.size):
        record = records[turn]
        take_out(world, weights, state, record, room)
        number = 0
        for place in range(begins[record], begins[record + 1]):
            group = of[beside[place]]
            known = sizes[group] == 0 or sizes[group] >= LARGEST - 1
            for before in range(number):
                if groups[before] == group:
                    known = True
                    break
            if not known and number < NEIGHBOURS:
                groups[number] = group
                number += 1
        for place in range(number):
            group = groups[place]
            size = sizes[group]
            members[group, size] = record
            after[place] = likelihood(world, weights, members[group], size + 1, room)
            logs[place] = after[place] - likelihoods[group] + more(prior, size)
        logs[number] = math.log((counts[1] + 1) * prior[1])
        chosen, sure[record] = drawn(logs, number + 1, chances[turn])
        if chosen == number:
            put_in(state, record, -1, 0.0)
        else:
            put_in(state, record, groups[chosen], after[chosen])


@njit(cache=True, nogil=True)
def part_or_join(world, weights, prior, state, pairs, seed):
    """Propose, for each of these pairs, that its two records part, or join, with their groups."""
    np.random.seed(seed)
    room = np.empty(2 * LARGEST)
    both = np.empty(2 * LARGEST, dtype=np.int32)
    left = np.empty(2 * LARGEST, dtype=np.int32)
    right = np.empty(2 * LARGEST, dtype=np.int32)
    side = np.empty(2 * LARGEST, dtype=np.int8)
    for turn in range(pairs.shape[0]):
        one, other = pairs[turn, 0], pairs[turn, 1]
        size = gather(state, one, other, both, side)
        if size >= LARGEST - 1:
            continue
        propose(world, weights, prior, state, both, side, size, left, right, room)


@njit(cache=True, nogil=True)
def gather(state, one, other, both, side):
    """The records of both groups in a random order, the two of the pair first."""
    of, members, sizes = state[0], state[1], state[2]
    both[0], both[1] = one, other
    size = 2
    for which in range(2):
        group = of[one] if which == 0 else of[other]
        if which == 1 and group == of[one]:
            break
        for place in range(sizes[group]):
            record = members[group, place]
            if record not in (one, other):
                both[size] = record
                side[size] = which
                size += 1
    for place in range(size - 1, 2, -1):
        with_place = 2 + np.random.randint(place - 1)
        both[place], both[with_place] = both[with_place], both[place]
        side[place], side[with_place] = side[with_place], side[place]
    return size


@njit(cache=True, nogil=True)
def propose(world, weights, prior, state, both, side, size, left, right, room):
    of, _, sizes, likelihoods, free, counts = state
    first, second = of[both[0]], of[both[1]]
    together = first == second
    left[0], right[0] = both[0], both[1]
    on_left, on_right = 1, 1
    told_left, told_right, way = 0.0, 0.0, 0.0
    for place in range(2, size):
        left[on_left] = right[on_right] = both[place]
        to_left = likelihood(world, weights, left, on_left + 1, room)
        to_right = likelihood(world, weights, right, on_right + 1, room)
        against = to_right - told_right + more(prior, on_right)
        against -= to_left - told_left + more(prior, on_left)
        share = 1.0 / (1.0 + math.exp(min(max(against, -50.0), 50.0)))
        goes_left = np.random.random() < share if together else side[place] == 0
        if goes_left:
            way += math.log(max(share, 1e-22))
            on_left += 1
            told_left = to_left
        else:
            way += math.log(max(1.0 - share, 1e-22))
            on_right += 1
            told_right = to_right
    told = likelihoods[first] if together else likelihood(world, weights, both, size, room)
    persons = counts[1] if together else counts[1] - 1
    apart = told_left + told_right + math.log(persons + 1.0)
    apart += weight_of(prior, on_left) + weight_of(prior, on_right) - weight_of(prior, size)
    change = apart - told - way
    if not together:
        change = -change
    if math.log(np.random.random()) >= change:
        return
    if together:
        counts[0] -= 1
        counts[1] += 1
        second = free[counts[0]]
        settle(state, first, left, on_left, told_left)
        settle(state, second, right, on_right, told_right)
    else:
        settle(state, first, both, size, told)
        sizes[second] = 0
        likelihoods[second] = 0.0
        free[counts[0]] = second
        counts[0] += 1
        counts[1] -= 1


@njit(cache=True, nogil=True)
def weight_of(prior, size):
    return math.lgamma(size + 1.0) + math.log(prior[size])


@njit(cache=True, nogil=True)
def settle(state, group, records, size, told):
    for place in range(size):
        state[1][group, place] = records[place]
        state[0][records[place]] = group
    state[2][group] = size
    state[3][group] = told


@njit(cache=True, nogil=True)
def judge_anew(world, weights, state):
    """Every group's likelihood, once the weights have changed."""
    room = np.empty(LARGEST + 1)
    for group in range(state[2].size):
        state[3][group] = likelihood(world, weights, state[1][group], state[2][group], room)
