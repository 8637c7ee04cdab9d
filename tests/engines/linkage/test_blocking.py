"""What a key may bring is bounded, whatever the file holds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engines.linkage.people import PROFILE, columns, file
from fanal.engines.linkage.blocking import ROOM, largest, pairs_in, pairs_sharing
from fanal.engines.linkage.encoding import encode


@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=200))
def test_the_room_is_never_exceeded_and_the_smallest_blocks_come_first(told: list[int]) -> None:
    sizes, blocks = np.unique(told, return_counts=True)

    limit = largest(sizes, blocks, sum(told))

    room = ROOM * sum(told)
    assert (blocks * pairs_in(sizes))[sizes <= limit].sum() <= room
    next_one = sizes > limit
    if next_one.any():
        assert (blocks * pairs_in(sizes))[sizes <= sizes[next_one][0]].sum() > room


def test_a_key_that_everybody_shares_brings_nothing() -> None:
    rows, _ = file(200)
    for row in rows:
        row["telephone"] = "0639980000"

    pairs = pairs_sharing(encode(columns(rows), PROFILE), ("telephone",))

    assert pairs.shape == (0, 2)
