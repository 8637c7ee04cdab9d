"""All pairs of records that hold the same key."""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def pairs_of_blocks(order, starts, ends, room):
    """
    Args:
        order: records, those of one block together, shape (records,).
        starts, ends: of each block in ``order``.
        room: how many pairs there are.

    Returns:
        The pairs, the lower record first, shape (room, 2).
    """
    told = np.empty((room, 2), dtype=np.int32)
    place = 0
    for block in range(starts.size):
        for one in range(starts[block], ends[block]):
            for other in range(one + 1, ends[block]):
                first, second = order[one], order[other]
                told[place, 0] = min(first, second)
                told[place, 1] = max(first, second)
                place += 1
    return told[:place]
