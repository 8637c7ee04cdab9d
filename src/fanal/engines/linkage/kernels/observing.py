"""What one state shows: who is together, and how the records of each group agree with its truth."""

import numpy as np
from numba import njit

from fanal.engines.linkage.kernels.levels import TRUTH, level_of
from fanal.engines.linkage.kernels.likelihood import names_given


@njit(cache=True, nogil=True)
def together(state):
    """All pairs of records that are in one group, as ``lower * records + upper``."""
    members, sizes = state[1], state[2]
    records = state[0].size
    room = 0
    for group in range(sizes.size):
        room += sizes[group] * (sizes[group] - 1) // 2
    told = np.empty(room, dtype=np.int64)
    number = 0
    for group in range(sizes.size):
        for place in range(sizes[group]):
            for before in range(place):
                one, other = members[group, place], members[group, before]
                told[number] = np.int64(min(one, other)) * records + max(one, other)
                number += 1
    return told


@njit(cache=True, nogil=True)
def seen(world, weights, state, levels):
    """
    How the records of each group agree with its likeliest truth.

    Args:
        levels: how many there are.

    Returns:
        Names straight and crossed, shape (2,); levels by column (given, family, date and texts),
        shape (2 + truths, levels); pairs of codes the same and not, shape (codes, 2).
    """
    truths, codes = world[2], world[3]
    members, sizes = state[1], state[2]
    ways = np.zeros(2)
    told = np.zeros((2 + truths.shape[1], levels))
    drawn = np.zeros((codes.shape[1], 2))
    for group in range(sizes.size):
        if sizes[group] > 1:
            records = members[group, : sizes[group]]
            names_seen(world, weights, records, ways, told)
            for column in range(truths.shape[1]):
                truth_seen(world, weights, records, column, told)
            for column in range(codes.shape[1]):
                code_seen(codes, records, column, drawn)
    return ways, told, drawn


@njit(cache=True, nogil=True)
def truth_seen(world, weights, records, column, told):
    truths = world[2]
    truth = likeliest_truth(world, weights, records, column)
    if truth < 0:
        return
    for record in records:
        value = truths[record, column]
        if record != truth and value >= 0:
            told[2 + column, level_of(world, truths[truth, column], value)] += 1


@njit(cache=True, nogil=True)
def code_seen(codes, records, column, drawn):
    for place in range(records.size):
        code = codes[records[place], column]
        for before in range(place):
            beside = codes[records[before], column]
            if code >= 0 and beside >= 0:
                drawn[column, 0 if code == beside else 1] += 1


@njit(cache=True, nogil=True)
def names_seen(world, weights, records, ways, told):
    given, family = world[0], world[1]
    truth = likeliest_names(world, weights, records)
    for record in records:
        if record == truth:
            continue
        straight, crossed = weights[1], weights[2]
        known = False
        for role in range(2):
            shown = given[record] if role == 0 else family[record]
            true = given[truth] if role == 0 else family[truth]
            swapped = family[truth] if role == 0 else given[truth]
            if shown >= 0 and true >= 0:
                straight += weights[0][role, true, level_of(world, true, shown)]
            if shown >= 0 and swapped >= 0:
                crossed += weights[0][role, swapped, level_of(world, swapped, shown)]
                known = True
        ways[0 if straight >= crossed else 1] += known
        if not known or straight >= crossed:
            straight_seen(world, record, truth, told)


@njit(cache=True, nogil=True)
def straight_seen(world, record, truth, told):
    given, family = world[0], world[1]
    for role in range(2):
        shown = given[record] if role == 0 else family[record]
        true = given[truth] if role == 0 else family[truth]
        if shown >= 0 and true >= 0:
            told[role, level_of(world, true, shown)] += 1


@njit(cache=True, nogil=True)
def likeliest_names(world, weights, records):
    """The record whose names are the likeliest to be the true ones."""
    given, family = world[0], world[1]
    best, truth = -1e300, -1
    for place in records:
        likely = 0.0 if given[place] >= 0 and family[place] >= 0 else -5.0
        for other in records:
            if other != place:
                likely += names_given(world, weights, other, place)
        if likely > best:
            best, truth = likely, place
    return truth


@njit(cache=True, nogil=True)
def likeliest_truth(world, weights, records, column):
    """The record that holds the likeliest true value of this column, -1 where none has one."""
    truths, vague = world[2], world[8]
    best, truth = -1e300, -1
    for place in records:
        value = truths[place, column]
        if value < 0:
            continue
        likely = -20.0 if vague[value] else 0.0
        for other in records:
            beside = truths[other, column]
            if other != place and beside >= 0:
                likely += weights[0][TRUTH, value, level_of(world, value, beside)]
        if likely > best:
            best, truth = likely, place
    return truth
