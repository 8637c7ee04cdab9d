"""
A multi-index of 16 chunks of 16 bits, and its search, compiled.

Norouzi, Punjani and Fleet, Fast exact search in Hamming space with multi-index hashing, 2014.
"""

from __future__ import annotations

import numpy as np
from numba import njit

CHUNKS, VALUES, BITS = 16, 1 << 16, 16


@njit(cache=True, nogil=True)
def index(chunks):
    """
    Of each chunk the rows sorted by their value there.

    ``starts`` (16, 65537): where each value begins in ``order`` (16, n).
    """
    rows = chunks.shape[0]
    starts = np.zeros((CHUNKS, VALUES + 1), dtype=np.int64)
    order = np.empty((CHUNKS, rows), dtype=np.int32)
    filled = np.empty(VALUES, dtype=np.int64)
    for chunk in range(CHUNKS):
        for row in range(rows):
            starts[chunk, chunks[row, chunk] + 1] += 1
        for value in range(VALUES):
            starts[chunk, value + 1] += starts[chunk, value]
            filled[value] = starts[chunk, value]
        for row in range(rows):
            value = chunks[row, chunk]
            order[chunk, filled[value]] = row
            filled[value] += 1
    return starts, order


@njit(cache=True, nogil=True)
def flips(ones):
    """How many bits are 1 in each value of 16 bits."""
    for value in range(VALUES):
        ones[value] = ones[value >> 1] + (value & 1)


@njit(cache=True, nogil=True)
def _distance(one, other, ones, within):
    """The distance, or anything above ``within`` as soon as it is above."""
    apart = 0
    for chunk in range(CHUNKS):
        apart += ones[one[chunk] ^ other[chunk]]
        if apart > within:
            break
    return apart


@njit(cache=True, nogil=True)
def _first_met(one, other, ones):
    """The first chunk that finds this pair: one bit apart at most."""
    chunk = 0
    while chunk < CHUNKS and ones[one[chunk] ^ other[chunk]] > 1:
        chunk += 1
    return chunk


@njit(cache=True, nogil=True)
def _near(value, bit):
    """``value`` with one bit flipped; with none for the last."""
    return value if bit == BITS else value ^ (1 << bit)


@njit(cache=True, nogil=True)
def _shown(one, starts):
    shown = 0
    for chunk in range(CHUNKS):
        for bit in range(BITS + 1):
            value = _near(one[chunk], bit)
            shown += starts[chunk, value + 1] - starts[chunk, value]
    return shown


@njit(cache=True, nogil=True)
def _keep(found, number, row, other, apart):
    if number < found.shape[0]:
        found[number, 0], found[number, 1], found[number, 2] = row, other, apart
    return number + 1


@njit(cache=True, nogil=True)
def _by_chunks(row, one, bank, starts, order, ones, within, found, number):
    for chunk in range(CHUNKS):
        for bit in range(BITS + 1):
            value = _near(one[chunk], bit)
            for place in range(starts[chunk, value], starts[chunk, value + 1]):
                other = order[chunk, place]
                apart = _distance(one, bank[other], ones, within)
                if apart <= within and _first_met(one, bank[other], ones) == chunk:
                    number = _keep(found, number, row, other, apart)
    return number


@njit(cache=True, nogil=True)
def _one_by_one(row, one, bank, ones, within, found, number):
    for other in range(bank.shape[0]):
        apart = _distance(one, bank[other], ones, within)
        if apart <= within:
            number = _keep(found, number, row, other, apart)
    return number


@njit(cache=True, nogil=True)
def search(asked, bank, starts, order, ones, within, found):
    """
    Fill ``found`` (room, 3) with asked row, bank row, distance; return how many there are.

    More than the room: the first ones are there, and the caller makes room. Exact for ``within``
    up to 31: 31 bits over 16 chunks leave one chunk with at most one. Where a bank is so uneven
    that its chunks would show more rows than it has, all its rows are read instead.
    """
    number = 0
    for row in range(asked.shape[0]):
        one = asked[row]
        if _shown(one, starts) < bank.shape[0]:
            number = _by_chunks(row, one, bank, starts, order, ones, within, found, number)
        else:
            number = _one_by_one(row, one, bank, ones, within, found, number)
    return number
