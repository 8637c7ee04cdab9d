"""Words, numbers and contacts of texts, and which of them a group shares, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from fanal.engines.clustering.kernels.words import OFFSET, PRIME, mixed

WORD, NUMBER, CONTACT = range(3)
ZERO, NINE, SPACE = 48, 57, 32


@njit(cache=True, nogil=True)
def _kind(code, letters):
    if ZERO <= code <= NINE:
        return NUMBER
    return WORD if code < letters.size and letters[code] else -1


@njit(cache=True, nogil=True)
def pieces(codes, starts, letters, spans):
    """
    The pieces of each text, in order: the hash, where it begins and ends, and its kind.

    ``codes``: code points, folded, of all texts; ``spans``: of contacts, in order. All contacts
    have one hash.
    """
    texts = starts.size - 1
    begins = np.zeros(texts + 1, dtype=np.int64)
    room = codes.size + spans.shape[0] + 1
    hashes = np.empty(room, dtype=np.uint64)
    places = np.empty((room, 2), dtype=np.int64)
    kinds = np.empty(room, dtype=np.int8)
    count = row = 0
    for text in range(texts):
        place = starts[text]
        while place < starts[text + 1]:
            while row < spans.shape[0] and spans[row, 1] <= place:
                row += 1
            if row < spans.shape[0] and spans[row, 0] <= place:
                hashes[count], kinds[count] = OFFSET, CONTACT
                places[count, 0], places[count, 1] = place, spans[row, 1]
                place = spans[row, 1]
                count += 1
                continue
            kind = _kind(codes[place], letters)
            if kind < 0:
                place += 1
                continue
            last = (
                starts[text + 1] if row == spans.shape[0] else min(starts[text + 1], spans[row, 0])
            )
            told, first = OFFSET, place
            while place < last and _kind(codes[place], letters) == kind:
                told = (told ^ np.uint64(codes[place])) * PRIME
                place += 1
            hashes[count], kinds[count] = mixed(told), kind
            places[count, 0], places[count, 1] = first, place
            count += 1
        begins[text + 1] = count
    return hashes[:count].copy(), places[:count].copy(), kinds[:count].copy(), begins


@njit(cache=True, nogil=True)
def constant(numbers, kinds, begins, groups, different, part):
    """
    Whether each piece is of the group, and of each group the text that has most of them.

    ``numbers``: of pieces, below ``different``. ``groups``: where the texts of each group begin. A
    piece is of the group if this part of its texts, two at least, have it, and it is no contact.
    """
    times = np.zeros(different, dtype=np.int32)
    last = np.full(different, -1, dtype=np.int32)
    kept = np.zeros(numbers.size, dtype=np.bool_)
    best = np.empty(groups.size - 1, dtype=np.int64)
    for group in range(groups.size - 1):
        for text in range(groups[group], groups[group + 1]):
            for place in range(begins[text], begins[text + 1]):
                if last[numbers[place]] < groups[group]:
                    times[numbers[place]] = 0
                if last[numbers[place]] != text:
                    last[numbers[place]] = text
                    times[numbers[place]] += 1
        least = max(2, part * (groups[group + 1] - groups[group]))
        most = -1
        for text in range(groups[group], groups[group + 1]):
            held = 0
            for place in range(begins[text], begins[text + 1]):
                kept[place] = times[numbers[place]] >= least and kinds[place] != CONTACT
                held += 4 * kept[place] - 1
            if most < held or most < 0:
                most, best[group] = max(held, 0), text
    return kept, best
