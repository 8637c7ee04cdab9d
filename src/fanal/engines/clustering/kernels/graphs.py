"""Sets that are joined, and what one text alone holds together, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

LEAST = 2


@njit(cache=True, nogil=True)
def root(above, place):
    while above[place] != place:
        above[place] = above[above[place]]
        place = above[place]
    return place


@njit(cache=True, nogil=True)
def join(above, ones, others):
    """Join sets, the least place naming each; whether each row joined two."""
    joined = np.zeros(ones.size, dtype=np.bool_)
    for row in range(ones.size):
        one, other = root(above, ones[row]), root(above, others[row])
        if one != other:
            above[max(one, other)] = min(one, other)
            joined[row] = True
    return joined


@njit(cache=True, nogil=True)
def roots(above):
    found = np.empty_like(above)
    for place in range(above.size):
        found[place] = root(above, place)
    return found


@njit(cache=True, nogil=True)
def neighbours(size, ones, others):
    """The links of each text: where its own begin, the other end of each, and the link's row."""
    begins = np.zeros(size + 1, dtype=np.int64)
    for row in range(ones.size):
        begins[ones[row] + 1] += 1
        begins[others[row] + 1] += 1
    for place in range(size):
        begins[place + 1] += begins[place]
    ends = np.empty(2 * ones.size, dtype=np.int32)
    rows = np.empty(2 * ones.size, dtype=np.int32)
    free = begins[:-1].copy()
    for row in range(ones.size):
        one, other = ones[row], others[row]
        ends[free[one]], rows[free[one]] = other, row
        ends[free[other]], rows[free[other]] = one, row
        free[one] += 1
        free[other] += 1
    return begins, ends, rows


@njit(cache=True, nogil=True)
def _walk(begins, ends):
    """
    A walk in depth (Tarjan, 1972): when each text is met, what it was met from, how far up it
    reaches, how many are below it, how many its whole walk met.
    """
    size = begins.size - 1
    met = np.full(size, -1, dtype=np.int32)
    above = np.full(size, -1, dtype=np.int32)
    up = np.zeros(size, dtype=np.int32)
    below = np.ones(size, dtype=np.int32)
    whole = np.ones(size, dtype=np.int32)
    order = np.empty(size, dtype=np.int32)
    stack = np.empty(size, dtype=np.int32)
    following = begins[:-1].copy()
    clock = 0
    for start in range(size):
        if met[start] >= 0 or begins[start] == begins[start + 1]:
            continue
        first, depth = clock, 1
        stack[0] = start
        met[start] = up[start] = clock
        order[clock] = start
        clock += 1
        while depth:
            place = stack[depth - 1]
            if following[place] == begins[place + 1]:
                depth -= 1
                if above[place] >= 0:
                    below[above[place]] += below[place]
                    up[above[place]] = min(up[above[place]], up[place])
                continue
            other = ends[following[place]]
            following[place] += 1
            if met[other] < 0:
                above[other] = place
                met[other] = up[other] = clock
                order[clock] = other
                clock += 1
                stack[depth] = other
                depth += 1
            elif other != above[place]:
                up[place] = min(up[place], met[other])
        for rank in range(first, clock):
            whole[order[rank]] = clock - first
    return met, above, up, below, whole, order[:clock]


@njit(cache=True, nogil=True)
def _parts(size, met, above, up, order):
    """What each text alone holds, by the text: the first text met of each part, in order."""
    begins = np.zeros(size + 1, dtype=np.int64)
    for place in order:
        if above[place] >= 0 and up[place] >= met[above[place]]:
            begins[above[place] + 1] += 1
    for place in range(size):
        begins[place + 1] += begins[place]
    part = np.empty(begins[size], dtype=np.int32)
    free = begins[:-1].copy()
    for place in order:
        if above[place] >= 0 and up[place] >= met[above[place]]:
            part[free[above[place]]] = place
            free[above[place]] += 1
    return begins, part


@njit(cache=True, nogil=True)
def cuts(size, ones, others, likeness):
    """
    The links to cut so that no text alone holds two groups of ``LEAST`` texts or more.

    Such a text stays with the side where its nearest link is.
    """
    begins, ends, rows = neighbours(size, ones, others)
    met, above, up, below, whole, order = _walk(begins, ends)
    parts, part = _parts(size, met, above, up, order)
    cut = np.zeros(ones.size, dtype=np.bool_)
    side = np.empty(ends.size, dtype=np.int64)
    for place in order:
        first, number = parts[place], parts[place + 1] - parts[place]
        if number == 0:
            continue
        # The last side is what the text does not hold.
        weights = np.full(number + 1, -1.0)
        rest = whole[place] - 1 - below[part[first : first + number]].sum()
        for link in range(begins[place], begins[place + 1]):
            side[link] = _side(part, first, first + number, met, below, ends[link]) - first
            weights[side[link]] = max(weights[side[link]], likeness[rows[link]])
        best = number if weights[number] >= weights[:number].max() else weights[:number].argmax()
        for link in range(begins[place], begins[place + 1]):
            there = rest if side[link] == number else below[part[first + side[link]]]
            if side[link] != best and there >= LEAST:
                cut[rows[link]] = True
    return cut


@njit(cache=True, nogil=True)
def _side(part, first, last, met, below, place):
    """The part where ``place`` is, or ``last`` if it is in none."""
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if met[part[middle]] <= met[place]:
            low = middle + 1
        else:
            high = middle
    if low > first and met[place] < met[part[low - 1]] + below[part[low - 1]]:
        return low - 1
    return last


@njit(cache=True, nogil=True)
def by_two(lows, highs, size):
    """The order of rows by their low, then their high, then as they come; both under ``size``."""
    return _by_one(lows, _by_one(highs, np.arange(highs.size), size), size)


@njit(cache=True, nogil=True)
def _by_one(keys, rows, size):
    """These rows by the key of each, otherwise in the order that they had."""
    free = np.zeros(size + 1, dtype=np.int64)
    for row in rows:
        free[keys[row] + 1] += 1
    free = np.cumsum(free)
    order = np.empty(rows.size, dtype=np.int64)
    for row in rows:
        order[free[keys[row]]] = row
        free[keys[row]] += 1
    return order


@njit(cache=True, nogil=True)
def agreed(groups, sizes, ones, others, likeness, order):
    """
    What links say of each two groups. ``order``: the links by their groups, the nearest first.

    For each two groups: the row of its first link, their mean likeness, that of the nearest link
    that shares no text with the first one, and how many texts of each side have a link, in the
    order of the first one's ends.
    """
    count = 0
    begun = np.empty(order.size + 1, dtype=np.int64)
    for rank in range(order.size):
        row = order[rank]
        if rank == 0 or _between(groups, ones, others, row) != _between(
            groups, ones, others, order[rank - 1]
        ):
            begun[count] = rank
            count += 1
    begun[count] = order.size
    means = np.zeros(count, dtype=np.float64)
    seconds = np.full(count, -1.0, dtype=np.float64)
    texts = np.zeros((count, 2), dtype=np.int32)
    # For which two groups a text was last counted.
    seen = np.full(groups.size, -1, dtype=np.int64)
    for each in range(count):
        first = order[begun[each]]
        for rank in range(begun[each], begun[each + 1]):
            row = order[rank]
            means[each] += likeness[row]
            flip = groups[ones[row]] != groups[ones[first]]
            one, other = (others[row], ones[row]) if flip else (ones[row], others[row])
            if seen[one] != each:
                seen[one] = each
                texts[each, 0] += 1
            if seen[other] != each:
                seen[other] = each
                texts[each, 1] += 1
            alone = (sizes[groups[ones[first]]] == 1 or one != ones[first]) and (
                sizes[groups[others[first]]] == 1 or other != others[first]
            )
            if seconds[each] < 0 and alone:
                seconds[each] = likeness[row]
        means[each] /= begun[each + 1] - begun[each]
    return order[begun[:count]], means, seconds, texts


@njit(cache=True, nogil=True)
def _between(groups, ones, others, row):
    one, other = groups[ones[row]], groups[others[row]]
    return min(one, other), max(one, other)


@njit(cache=True, nogil=True)
def settled(above, once, ones, others):
    """
    Join groups two by two, the surest first.

    ``ones``, ``others``: groups by their names in ``above``; ``once``: whether a group may join one
    other, and no more. Returns 1 for what joined, 0 for what already was, -1 for what had joined
    another.
    """
    told = np.zeros(ones.size, dtype=np.int8)
    taken = np.zeros(once.size, dtype=np.bool_)
    for row in range(ones.size):
        one, other = ones[row], others[row]
        first, second = root(above, one), root(above, other)
        if first == second:
            continue
        if (taken[one] and once[one]) or (taken[other] and once[other]):
            told[row] = -1
        else:
            taken[one] = taken[other] = True
            above[max(first, second)] = min(first, second)
            told[row] = 1
    return told
