"""
A brother or a sister is not the same child.

Those of one home share a family name, a phone, a town, and twins a birthday: all that agrees but
the given name speaks for a relative as much as for the person.
"""

import math

from numba import njit

from fanal.engines.linkage.kernels.levels import FAMILY, TRUTH, level_of

# Past this, adding 1 to a number changes nothing.
CERTAIN = 30.0


@njit(cache=True, nogil=True)
def is_another(world, record, truth):
    """Whether the given names are two, and neither is the family name of the other record."""
    given, family = world[0], world[1]
    first, last = given[record], family[record]
    true_first, true_last = given[truth], family[truth]
    if first < 0 or true_first < 0 or level_of(world, true_first, first) != world[7][true_first]:
        return False
    if true_last >= 0 and level_of(world, true_last, first) != world[7][true_last]:
        return False
    return last < 0 or level_of(world, true_first, last) == world[7][true_first]


@njit(cache=True, nogil=True)
def shared(share, logarithm):
    """What a field is worth between relatives, who hold the same with this chance."""
    return math.log(1.0 - share + share * math.exp(min(logarithm, 60.0)))


@njit(cache=True, nogil=True)
def of_relatives(world, weights, group, size, truth):
    """What the rest would say of a relative, for the records with another given name."""
    total = 0.0
    for place in range(size):
        record = group[place]
        if record != truth and is_another(world, record, truth):
            told = weights[4] + of_home(world, weights, group, size, record, truth)
            total += told if told > CERTAIN else math.log1p(math.exp(told))
    return total


@njit(cache=True, nogil=True)
def of_home(world, weights, group, size, record, truth):
    family, truths, codes, held = world[1], world[2], world[3], world[9]
    logs, among = weights[0], world[10]
    told = 0.0
    if family[record] >= 0 and family[truth] >= 0:
        level = level_of(world, family[truth], family[record])
        told += shared(among[0], logs[FAMILY, family[truth], level])
    for column in range(truths.shape[1]):
        true, value = truths[truth, column], truths[record, column]
        if true >= 0 and value >= 0:
            level = level_of(world, true, value)
            told += shared(among[1 + column], logs[TRUTH, true, level])
    for column in range(codes.shape[1]):
        code = codes[record, column]
        if code < 0:
            continue
        same, others = 0, 0
        for place in range(size):
            beside = codes[group[place], column]
            if group[place] != record and beside >= 0:
                others += 1
                same += beside == code
        share = among[1 + truths.shape[1] + column]
        if same > 0:
            told += shared(share, -math.log(held[code]))
        elif others > 0:
            told += math.log(1.0 - share)
    return told
