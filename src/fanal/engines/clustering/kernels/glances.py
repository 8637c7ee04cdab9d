"""What a text may hold, told by its signs and its words alone, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from fanal.engines.clustering.kernels.words import OFFSET, PRIME

AT, GHOST, SLASH, COLON, POINT, LINE = (ord(one) for one in "@👻/:._")
SMALL_A, SMALL_Z, ZERO, NINE, W = (ord(one) for one in "az09w")


WWW = 4


@njit(cache=True, nogil=True)
def hashed(name):
    told = OFFSET
    for code in name:
        told = (told ^ np.uint64(code)) * PRIME
    return told


@njit(cache=True, nogil=True)
def _of_a_word(code):
    return (
        SMALL_A <= code <= SMALL_Z or ZERO <= code <= NINE or code == POINT or code == LINE  # noqa: PLR1714
    )


@njit(cache=True, nogil=True)
def _is_www(codes, place):
    return codes[place - 1] == W and codes[place - 2] == W and codes[place - 3] == W


@njit(cache=True, nogil=True)
def glances(codes, starts, names):
    """
    Whether each text has an @, a ghost, a slash after a letter, three w, or a word that is one of
    ``names`` (hashes, sorted).
    """
    found = np.zeros(starts.size - 1, dtype=np.bool_)
    for text in range(found.size):
        word, length = OFFSET, 0
        for place in range(starts[text], starts[text + 1] + 1):
            last = place == starts[text + 1]
            code = np.uint32(0) if last else codes[place]
            if not last and _of_a_word(code):
                word = (word ^ np.uint64(code)) * PRIME
                length += 1
                if code == POINT and length == WWW and _is_www(codes, place):
                    found[text] = True
                    break
                continue
            if length:
                rank = np.searchsorted(names, word)
                if rank < names.size and names[rank] == word:
                    found[text] = True
            if code in (AT, GHOST) or (code == SLASH and place > starts[text]):
                found[text] = True
            if found[text]:
                break
            word, length = OFFSET, 0
    return found
