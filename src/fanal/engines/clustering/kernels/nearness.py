"""
Sets of word pairs, their signatures, and the pairs of texts whose sets may be near, compiled.

Broder, On the resemblance and containment of documents, 1997; Indyk and Motwani, Approximate
nearest neighbors, 1998 (bands).
"""

from __future__ import annotations

import numpy as np
from numba import njit

OFFSET, PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
MIX, ODD = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0x9E3779B97F4A7C15)
SPACE, SHIFT = 32, np.uint64(33)


@njit(cache=True, nogil=True)
def _mixed(value):
    value ^= value >> SHIFT
    value *= MIX
    value ^= value >> SHIFT
    return value


@njit(cache=True, nogil=True)
def shingles(content, starts):
    """Of each text (bytes, words between single spaces) its words and pairs of words, sorted."""
    texts = starts.size - 1
    begins = np.zeros(texts + 1, dtype=np.int64)
    held = np.empty(content.size * 2 + 2, dtype=np.uint64)
    number = 0
    for text in range(texts):
        first = number
        before, word, letters = ODD, OFFSET, 0
        for place in range(starts[text], starts[text + 1] + 1):
            if place < starts[text + 1] and content[place] != SPACE:
                word = (word ^ np.uint64(content[place])) * PRIME
                letters += 1
            elif letters:
                held[number] = _mixed(word)
                held[number + 1] = _mixed(before * PRIME ^ word)
                number += 2
                before, word, letters = word, OFFSET, 0
        if number > first:
            held[first:number].sort()
            last = first
            for place in range(first + 1, number):
                if held[place] != held[last]:
                    last += 1
                    held[last] = held[place]
            number = last + 1
        begins[text + 1] = number
    return held[:number].copy(), begins


@njit(cache=True, nogil=True)
def bands(held, begins, number, rows):
    """One key for each text and band of ``rows`` least values."""
    texts = begins.size - 1
    keys = np.zeros((number, texts), dtype=np.uint64)
    for text in range(texts):
        for band in range(number):
            key = OFFSET
            for row in range(rows):
                salt = _mixed(np.uint64(band * rows + row + 1) * ODD)
                least = np.uint64(0xFFFFFFFFFFFFFFFF)
                for place in range(begins[text], begins[text + 1]):
                    value = (held[place] ^ salt) * MIX
                    value ^= value >> SHIFT
                    least = min(least, value)
                key = (key ^ least) * PRIME
            keys[band, text] = key
    return keys


@njit(cache=True, nogil=True)
def likeness(held, begins, one, other):
    """Jaccard's index of two texts' sets."""
    left, right = begins[one], begins[other]
    common = 0
    while left < begins[one + 1] and right < begins[other + 1]:
        if held[left] == held[right]:
            common += 1
            left += 1
            right += 1
        elif held[left] < held[right]:
            left += 1
        else:
            right += 1
    whole = begins[one + 1] - begins[one] + begins[other + 1] - begins[other] - common
    return common / whole if whole else 0.0


@njit(cache=True, nogil=True)
def likenesses(held, begins, pairs):
    found = np.empty(pairs.shape[0], dtype=np.float64)
    for row in range(pairs.shape[0]):
        found[row] = likeness(held, begins, pairs[row, 0], pairs[row, 1])
    return found


@njit(cache=True, nogil=True)
def together(keys, order, most, room):
    """Pairs of texts with one key, of one band; each text with at most the ``most`` after it."""
    pairs = np.empty((room, 2), dtype=np.int64)
    number = 0
    for place in range(order.size):
        after = place + 1
        while after < order.size and after - place <= most:
            if keys[order[after]] != keys[order[place]]:
                break
            if number < room:
                one, other = order[place], order[after]
                pairs[number, 0], pairs[number, 1] = min(one, other), max(one, other)
            number += 1
            after += 1
    return pairs[: min(number, room)], number
