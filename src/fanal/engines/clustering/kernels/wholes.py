"""Groups compared whole, by a few texts of each, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from fanal.engines.clustering.kernels.graphs import root
from fanal.engines.clustering.kernels.nearness import likeness_of


@njit(cache=True, nogil=True)
def join_whole(above, ones, others, parts, places, held, begins, gains, bases, most):
    """
    Join sets, the least place naming each, unless they are not alike enough as wholes.

    ``parts``: for each row, how alike two groups of several must be, as a part of how alike the
    texts of each are; ``places``: the row of each text in the measures; ``most``: how many texts
    stand for a group. Returns 1 for what joined, 0 for what already was, -1 for what was not alike.
    """
    told = np.zeros(ones.size, dtype=np.int8)
    sizes = np.ones(above.size, dtype=np.int32)
    some = np.empty((above.size, most), dtype=np.int32)
    some[:, 0] = np.arange(above.size)
    for row in range(ones.size):
        one, other = root(above, ones[row]), root(above, others[row])
        if one == other:
            continue
        if parts[row] > 0 and sizes[one] > 1 and sizes[other] > 1:
            left = places[some[one, : min(most, sizes[one])]]
            right = places[some[other, : min(most, sizes[other])]]
            if part_of_own(left, right, held, begins, gains, bases) < parts[row]:
                told[row] = -1
                continue
        first, second = min(one, other), max(one, other)
        _stand(some, sizes, first, second, most)
        sizes[first] += sizes[second]
        above[second] = first
        told[row] = 1
    return told


@njit(cache=True, nogil=True)
def _stand(some, sizes, first, second, most):
    """Texts that stand for both groups, as many of each as it weighs."""
    mine, theirs = min(most, sizes[first]), min(most, sizes[second])
    if mine + theirs > most:
        whole = sizes[first] + sizes[second]
        theirs = min(theirs, max(1, most - mine, (most * sizes[second] + whole // 2) // whole))
        mine = min(mine, most - theirs)
    for place in range(theirs):
        some[first, mine + place] = some[second, place]


@njit(cache=True, nogil=True)
def parts_of_own(begun, members, ones, others, places, held, begins, gains, bases):
    """Of each two groups, how alike they are; ``members`` of each stand from where it begun."""
    found = np.empty(ones.size, dtype=np.float32)
    for row in range(ones.size):
        left = places[members[begun[ones[row]] : begun[ones[row] + 1]]]
        right = places[members[begun[others[row]] : begun[others[row] + 1]]]
        found[row] = part_of_own(left, right, held, begins, gains, bases)
    return found


@njit(cache=True, nogil=True)
def part_of_own(left, right, held, begins, gains, bases):
    """
    How alike two groups are, as a part of how alike the texts of one are: of the one that is less.
    """
    told = np.empty(gains.shape[1], dtype=np.float64)
    across = 0.0
    for one in left:
        for other in right:
            across += likeness_of(held, begins, gains, bases, one, other, told)
    across /= left.size * right.size
    own = min(
        _within(left, held, begins, gains, bases, told),
        _within(right, held, begins, gains, bases, told),
    )
    # Texts that say too little to be alike cannot tell two groups apart.
    return across / own if own > 0 else 1.0


@njit(cache=True, nogil=True)
def _within(texts, held, begins, gains, bases, told):
    whole = 0.0
    for place in range(texts.size):
        for before in range(place):
            whole += likeness_of(held, begins, gains, bases, texts[before], texts[place], told)
    return whole / (texts.size * (texts.size - 1) / 2)
