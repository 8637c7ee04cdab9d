"""Every digest of a bank within 31 bits of those that are asked about: all of them, always."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.digests.reading import Digests

# PDQ's own threshold (Facebook, The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
# algorithm, 2019), and the most that 16 chunks find without a miss.
WITHIN = 31
AT_ONCE = 4096
ROOM = 1 << 16
VALUES = 1 << 16


@dataclass(frozen=True, slots=True)
class Match:
    """A digest that was asked about, one of the bank, and the bits that differ: 0 to 31."""

    query: str
    match: str
    distance: int


class Bank:
    """Known digests, indexed once. 64 MB for a million, beside the digests."""

    def __init__(self, digests: Digests) -> None:
        from fanal.engines.digests.kernels.hamming import flips, index

        self.digests = digests
        self._starts, self._order = index(digests.chunks)
        self._ones = np.zeros(VALUES, dtype=np.uint8)
        flips(self._ones)

    def matches(
        self,
        asked: Digests,
        *,
        within: int = WITHIN,
        told: Callable[[int], None] | None = None,
    ) -> Iterator[Match]:
        """
        Each pair at most ``within`` bits apart, in the order asked, nearest first.

        Args:
            within: 0 to 31; beyond, chunks could miss a pair.
            told: called now and then with the digests asked about so far.

        Raises:
            ValueError: ``within`` is out of its bounds.
        """
        if not 0 <= within <= WITHIN:
            raise ValueError(f"within: 0 to {WITHIN}, not {within}")
        for begin in range(0, len(asked), AT_ONCE):
            found = self._search(asked.chunks[begin : begin + AT_ONCE], within)
            sorting = np.lexsort((found[:, 1], found[:, 2], found[:, 0]))
            for row, other, apart in found[sorting].tolist():
                yield Match(asked.texts[begin + row], self.digests.texts[other], apart)
            if told:
                told(min(begin + AT_ONCE, len(asked)))

    def _search(self, asked: npt.NDArray[np.uint16], within: int) -> npt.NDArray[np.int64]:
        from fanal.engines.digests.kernels.hamming import search

        room = ROOM
        while True:
            found = np.empty((room, 3), dtype=np.int64)
            number = int(
                search(
                    asked, self.digests.chunks, self._starts, self._order, self._ones, within, found
                )
            )
            if number <= room:
                return found[:number]
            room = number
