"""
How likely a group of records is one person, against as many strangers.

Each name, date and text of a person has one truth that the records show through slips: the truth is
one of the values that the group holds, and all that it may be are added up (Steorts, Entity
resolution with empirically motivated priors, 2015). A code is drawn from those that the person has
used, or is new (Blackwell and MacQueen, Ferguson distributions via Polya urn schemes, 1973).

``world``: the records and the values, which never change. ``weights``: what is learnt.
"""

import math

import numpy as np
from numba import njit

from fanal.engines.linkage.kernels.levels import FAMILY, GIVEN, TRUTH, level_of
from fanal.engines.linkage.kernels.relatives import CERTAIN, of_relatives

# A group has at most as many records.
LARGEST = 64
# The logarithm of a homonym that there is not.
NOBODY = -500.0


@njit(cache=True, nogil=True)
def names_given(world, weights, record, truth):
    """Logarithm of how likely the names of ``record`` are when those of ``truth`` are true."""
    given, family = world[0], world[1]
    logs, straight, swapped = weights[0], weights[1], weights[2]
    first, last = given[record], family[record]
    true_first, true_last = given[truth], family[truth]
    told = 0.0
    if first >= 0 and true_first >= 0:
        told += logs[GIVEN, true_first, level_of(world, true_first, first)]
    if last >= 0 and true_last >= 0:
        told += logs[FAMILY, true_last, level_of(world, true_last, last)]
    crossed = 0.0
    known = False
    if first >= 0 and true_last >= 0:
        crossed += logs[GIVEN, true_last, level_of(world, true_last, first)]
        known = True
    if last >= 0 and true_first >= 0:
        crossed += logs[FAMILY, true_first, level_of(world, true_first, last)]
        known = True
    if not known:
        return told
    told += straight
    crossed += swapped
    if crossed < told - 20.0:
        return told
    if told < crossed - 20.0:
        return crossed
    high = max(told, crossed)
    return high + math.log(math.exp(told - high) + math.exp(crossed - high))


@njit(cache=True, nogil=True)
def added(logs, number):
    high = logs[0]
    for place in range(1, number):
        high = max(high, logs[place])
    total = 0.0
    for place in range(number):
        total += math.exp(logs[place] - high)
    return high + math.log(total)


@njit(cache=True, nogil=True)
def whole_in(world, group, size):
    """How many records of the group have both names."""
    given, family = world[0], world[1]
    number = 0
    for place in range(size):
        number += given[group[place]] >= 0 and family[group[place]] >= 0
    return number


@njit(cache=True, nogil=True)
def same_names_before(world, group, place):
    """Whether an earlier record of the group has the same names."""
    given, family = world[0], world[1]
    record = group[place]
    for before in range(place):
        one = group[before]
        if given[one] == given[record] and family[one] == family[record]:
            return True
    return False


@njit(cache=True, nogil=True)
def of_names(world, weights, group, size, room):
    """The logarithm, and the record whose names are the likeliest truth."""
    given, family = world[0], world[1]
    whole = whole_in(world, group, size) > 0
    number = 0
    best, likeliest = -1e300, group[0]
    for place in range(size):
        truth = group[place]
        if whole and (given[truth] < 0 or family[truth] < 0):
            continue
        if same_names_before(world, group, place):
            continue
        told = 0.0
        for other in range(size):
            if other != place:
                told += names_given(world, weights, group[other], truth)
        room[number] = told
        number += 1
        if told > best:
            best, likeliest = told, truth
    return added(room, number), likeliest


@njit(cache=True, nogil=True)
def held_in(truths, vague, group, size, column):
    """How many of the group hold a value, and whether one of them is whole."""
    held = 0
    clear = False
    for place in range(size):
        value = truths[group[place], column]
        if value >= 0:
            held += 1
            clear = clear or not vague[value]
    return held, clear


@njit(cache=True, nogil=True)
def is_before(truths, group, place, column):
    """Whether an earlier record of the group holds the same value."""
    for before in range(place):
        if truths[group[before], column] == truths[group[place], column]:
            return True
    return False


@njit(cache=True, nogil=True)
def of_truth(world, weights, group, size, column, room):
    truths, vague = world[2], world[8]
    logs = weights[0]
    held, clear = held_in(truths, vague, group, size, column)
    if held <= 1:
        return 0.0
    number = 0
    for place in range(size):
        truth = truths[group[place], column]
        if truth < 0 or (clear and vague[truth]):
            continue
        if is_before(truths, group, place, column):
            continue
        told = 0.0
        for other in range(size):
            value = truths[group[other], column]
            if other != place and value >= 0:
                told += logs[TRUTH, truth, level_of(world, truth, value)]
        room[number] = told
        number += 1
    return added(room, number)


@njit(cache=True, nogil=True)
def of_code(world, weights, group, size, column):
    codes, held = world[3], world[9]
    new = weights[3][column]
    told = 0.0
    drawn = 0
    for place in range(size):
        code = codes[group[place], column]
        if code < 0:
            continue
        if drawn > 0:
            seen = 0
            for before in range(place):
                if codes[group[before], column] == code:
                    seen += 1
            told += math.log((seen / held[code] + new) / (new + drawn))
        drawn += 1
    return told


@njit(cache=True, nogil=True)
def of_homonyms(world, weights, group, size, truth):
    """What the names would say of somebody else who bears them."""
    borne = weights[5]
    if borne < NOBODY:
        return 0.0
    total = 0.0
    for place in range(size):
        if group[place] != truth:
            told = borne + names_given(world, weights, group[place], truth)
            total += told if told > CERTAIN else math.log1p(math.exp(told))
    return total


@njit(cache=True, nogil=True)
def likelihood(world, weights, group, size, room):
    """
    Args:
        group: records, of which the first ``size`` count.
        room: at least ``size`` numbers, to write in.

    Returns:
        The logarithm of the ratio, 0 for one record.
    """
    if size <= 1:
        return 0.0
    told, truth = of_names(world, weights, group, size, room)
    told -= of_relatives(world, weights, group, size, truth)
    told -= of_homonyms(world, weights, group, size, truth)
    for column in range(world[2].shape[1]):
        told += of_truth(world, weights, group, size, column, room)
    for column in range(world[3].shape[1]):
        told += of_code(world, weights, group, size, column)
    return told


@njit(cache=True, nogil=True)
def of_pairs(world, weights, pairs):
    """The same for pairs of records, shape (pairs,)."""
    told = np.empty(pairs.shape[0])
    group = np.empty(2, dtype=np.int32)
    room = np.empty(2)
    for place in range(pairs.shape[0]):
        group[0], group[1] = pairs[place, 0], pairs[place, 1]
        told[place] = likelihood(world, weights, group, 2, room)
    return told


@njit(cache=True, nogil=True)
def levels_of_pairs(world, pairs):
    """
    The level of each field of each pair, -1 where one lacks it.

    Returns:
        Shape (pairs, 2 + truths + codes): given name, family name (crossed when that is nearer),
        date and texts, codes (0 the same, 1 another).
    """
    given, family, truths, codes = world[0], world[1], world[2], world[3]
    many = truths.shape[1]
    told = np.full((pairs.shape[0], 2 + many + codes.shape[1]), -1, dtype=np.int8)
    for place in range(pairs.shape[0]):
        one, other = pairs[place, 0], pairs[place, 1]
        for role in range(2):
            column = given if role == 0 else family
            if column[one] >= 0 and column[other] >= 0:
                told[place, role] = level_of(world, column[one], column[other])
        for column in range(many):
            value, beside = truths[one, column], truths[other, column]
            if value >= 0 and beside >= 0:
                told[place, 2 + column] = level_of(world, value, beside)
        for column in range(codes.shape[1]):
            code, beside = codes[one, column], codes[other, column]
            if code >= 0 and beside >= 0:
                told[place, 2 + many + column] = 0 if code == beside else 1
    return told
