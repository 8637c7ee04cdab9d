"""How much two texts share beyond chance, and the pairs of texts that may share much, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from fanal.engines.clustering.kernels.words import OFFSET, PRIME, mixed

ODD, TOP = np.uint64(0x9E3779B97F4A7C15), np.uint64(11)
UNIT = 1.0 / (1 << 53)


@njit(cache=True, nogil=True)
def distinctive(numbers, begins, weights, least):
    """Of each text its different words that weigh ``least`` or more, sorted."""
    texts = begins.size - 1
    begun = np.zeros(texts + 1, dtype=np.int64)
    held = np.empty(numbers.size, dtype=np.int32)
    count = 0
    for text in range(texts):
        first = count
        for place in range(begins[text], begins[text + 1]):
            if weights[numbers[place]] >= least:
                held[count] = numbers[place]
                count += 1
        held[first:count].sort()
        last = first
        for place in range(first, count):
            if place == first or held[place] != held[last - 1]:
                held[last] = held[place]
                last += 1
        count = last
        begun[text + 1] = count
    return held[:count].copy(), begun


@njit(cache=True, nogil=True)
def kept(held, begins, ones, others, kinds):
    """In how many of these pairs, seen from both ends, a text has each word; and both have it."""
    seen = np.zeros(kinds, dtype=np.int64)
    both = np.zeros(kinds, dtype=np.int64)
    for row in range(ones.size):
        left, right = begins[ones[row]], begins[others[row]]
        last, end = begins[ones[row] + 1], begins[others[row] + 1]
        while left < last or right < end:
            if left < last and right < end and held[left] == held[right]:
                seen[held[left]] += 2
                both[held[left]] += 2
                left += 1
                right += 1
            elif right == end or (left < last and held[left] < held[right]):
                seen[held[left]] += 1
                left += 1
            else:
                seen[held[right]] += 1
                right += 1
    return seen, both


@njit(cache=True, nogil=True)
def sums(held, begins, losses, weights):
    """Of each text: what its words cost if none is shared, and what all but three weigh."""
    texts = begins.size - 1
    bases = np.zeros((texts, losses.shape[1]), dtype=np.float32)
    rest = np.zeros(texts, dtype=np.float32)
    for text in range(texts):
        first = second = third = 0.0
        for place in range(begins[text], begins[text + 1]):
            word = held[place]
            for row in range(losses.shape[1]):
                bases[text, row] += losses[word, row]
            weight = weights[word]
            rest[text] += weight
            if weight > first:
                first, second, third = weight, first, second
            elif weight > second:
                second, third = weight, second
            elif weight > third:
                third = weight
        rest[text] -= first + second + third
    return bases, rest


@njit(cache=True, nogil=True)
def likenesses(held, begins, gains, bases, ones, others):
    """Of each pair of texts, the logarithm of the ratio of likelihoods, seen from either end."""
    found = np.empty(ones.size, dtype=np.float32)
    told = np.empty(gains.shape[1], dtype=np.float64)
    for pair in range(ones.size):
        found[pair] = likeness_of(held, begins, gains, bases, ones[pair], others[pair], told)
    return found


@njit(cache=True, nogil=True)
def likeness_of(held, begins, gains, bases, one, other, told):
    """The same for two texts; ``told``: where it is reckoned."""
    ways = gains.shape[1]
    for row in range(ways):
        told[row] = min(bases[one, row], bases[other, row])
    left, right = begins[one], begins[other]
    last, end = begins[one + 1], begins[other + 1]
    while left < last and right < end:
        if held[left] == held[right]:
            for row in range(ways):
                told[row] += gains[held[left], row]
            left += 1
            right += 1
        elif held[left] < held[right]:
            left += 1
        else:
            right += 1
    return told.max() - np.log(ways)


@njit(cache=True, nogil=True)
def ranks(weights, words, which, least):
    """
    The rank of each of these words in a band, drawn by chance, the weightier the likelier to be
    first; the others have none.
    """
    salt = mixed(np.uint64(which + 1) * ODD)
    found = np.full(weights.size, np.inf, dtype=np.float32)
    for word in words:
        if weights[word] >= least:
            drawn = mixed(np.uint64(word) * PRIME ^ salt) >> TOP
            found[word] = -np.log((np.float64(drawn) + 0.5) * UNIT) / weights[word]
    return found


@njit(cache=True, nogil=True)
def band(held, begins, weights, ranked, texts, enough):
    """
    One key for each of ``texts``: its first words by rank, until they weigh ``enough``, or else 0.
    """
    keys = np.zeros(texts.size, dtype=np.uint64)
    left = np.empty(4096, dtype=np.float32)
    for row in range(texts.size):
        first = begins[texts[row]]
        number = min(left.size, begins[texts[row] + 1] - first)
        for place in range(number):
            left[place] = ranked[held[first + place]]
        key, taken = OFFSET, 0.0
        while taken < enough:
            best, rank = -1, np.float32(np.inf)
            for place in range(number):
                if left[place] < rank:
                    best, rank = place, left[place]
            if best < 0:
                break
            left[best] = np.inf
            taken += weights[held[first + best]]
            key = (key ^ mixed(np.uint64(held[first + best]) + np.uint64(1))) * PRIME
        if taken >= enough:
            keys[row] = key | np.uint64(1)
    return keys


@njit(cache=True, nogil=True)
def met(keys, order, groups, each, most):
    """
    Pairs of texts of one key and two groups; ``order``: by key, then by group.

    ``each`` texts of a group are taken, and each is paired with the ``most`` that come after.
    """
    room = 1 << 10
    ones = np.empty(room, dtype=np.int32)
    others = np.empty(room, dtype=np.int32)
    taken = np.empty(order.size, dtype=np.int32)
    count = begun = number = 0
    for place in range(order.size + 1):
        last = place == order.size
        if last or place == begun or keys[order[place]] != keys[order[begun]]:
            for left in range(number):
                right = left + 1
                paired = 0
                while right < number and paired < most:
                    if groups[taken[left]] != groups[taken[right]]:
                        if count == ones.size:
                            ones = _wider(ones)
                            others = _wider(others)
                        ones[count] = min(taken[left], taken[right])
                        others[count] = max(taken[left], taken[right])
                        count += 1
                        paired += 1
                    right += 1
            begun, number = place, 0
            if last:
                break
        run = 0
        while run < min(each, number) and (groups[taken[number - 1 - run]] == groups[order[place]]):
            run += 1
        if run < each:
            taken[number] = order[place]
            number += 1
    return ones[:count].copy(), others[:count].copy()


@njit(cache=True, nogil=True)
def _wider(row):
    wider = np.empty(2 * row.size, dtype=row.dtype)
    wider[: row.size] = row
    return wider


@njit(cache=True, nogil=True)
def carriers(begins, places, most):
    """
    Pairs of texts that carry one contact, each with the ``most`` that come after it.

    ``begins``, ``places``: the texts of each contact, in order.
    """
    count = 0
    for row in range(begins.size - 1):
        size = begins[row + 1] - begins[row]
        for rank in range(size):
            count += min(most, size - 1 - rank)
    ones = np.empty(count, dtype=np.int32)
    others = np.empty(count, dtype=np.int32)
    rows = np.empty(count, dtype=np.int32)
    count = 0
    for row in range(begins.size - 1):
        for left in range(begins[row], begins[row + 1]):
            for right in range(left + 1, min(left + most + 1, begins[row + 1])):
                ones[count], others[count], rows[count] = places[left], places[right], row
                count += 1
    return ones, others, rows


@njit(cache=True, nogil=True)
def crossed(begins, members, ones, others, alone, several):
    """
    Pairs of texts of two groups: all of a text alone with ``alone`` of the other group at most, or
    ``several`` of each.

    ``begins``, ``members``: the texts of each group. ``ones``, ``others``: groups, two by two.
    """
    count = 0
    for row in range(ones.size):
        one = begins[ones[row] + 1] - begins[ones[row]]
        other = begins[others[row] + 1] - begins[others[row]]
        most = alone if min(one, other) == 1 else several
        count += min(one, most) * min(other, most)
    left = np.empty(count, dtype=np.int32)
    right = np.empty(count, dtype=np.int32)
    count = 0
    for row in range(ones.size):
        one = begins[ones[row] + 1] - begins[ones[row]]
        other = begins[others[row] + 1] - begins[others[row]]
        most = alone if min(one, other) == 1 else several
        for near in range(min(one, most)):
            first = members[begins[ones[row]] + near * one // min(one, most)]
            for far in range(min(other, most)):
                second = members[begins[others[row]] + far * other // min(other, most)]
                left[count], right[count] = min(first, second), max(first, second)
                count += 1
    return left, right


@njit(cache=True, nogil=True)
def sought(texts, firsts, lasts, found, most):
    """Pairs of each text with what has its key: ``found`` from ``firsts`` to ``lasts``, at most."""
    count = 0
    for row in range(texts.size):
        count += min(most, lasts[row] - firsts[row])
    ones = np.empty(count, dtype=np.int32)
    others = np.empty(count, dtype=np.int32)
    count = 0
    for row in range(texts.size):
        for place in range(firsts[row], min(lasts[row], firsts[row] + most)):
            ones[count] = min(texts[row], found[place])
            others[count] = max(texts[row], found[place])
            count += 1
    return ones, others
