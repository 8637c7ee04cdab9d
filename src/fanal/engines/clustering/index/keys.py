"""The keys of texts, band by band, so that a new text finds those that have one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.bands import keys_of_bands
from fanal.engines.clustering.corpus import Hashes, Ints
from fanal.engines.clustering.rarity import Measured

# So many texts are looked at one by one before they are put in order with the others.
UNSORTED = 4096


@dataclass(slots=True)
class Keys:
    """
    ``sorted``: the keys of each band, in order; ``texts``: whose each is. ``more``, ``late``: keys
    that are not in order yet, and whose. ``first``: the first band; ``weight``: what a key weighs.
    """

    sorted: Hashes
    texts: Ints
    more: Hashes
    late: Ints
    first: int
    weight: float

    @classmethod
    def of(cls, measured: Measured, texts: Ints, first: int, bands: int, weight: float) -> Keys:
        """The keys of these texts."""
        none = np.empty((bands, 0), dtype=np.uint64), np.empty(0, dtype=np.int32)
        made = cls(*none, *none, first, weight)
        made.texts = np.empty((bands, 0), dtype=np.int32)
        made._put(made.read(measured, texts), texts)
        return made

    def read(self, measured: Measured, texts: Ints) -> Hashes:
        """The keys that these texts have, by band."""
        bands = range(self.first, self.first + self.sorted.shape[0])
        return np.stack(list(keys_of_bands(measured, texts, bands, self.weight)))

    def found(self, wanted: Hashes, most: int) -> Iterator[tuple[npt.NDArray[np.intp], Ints]]:
        """Of each band, rows of ``wanted`` and texts that have that key, ``most`` for each."""
        for band, asked in enumerate(wanted):
            low = np.searchsorted(self.sorted[band], asked)
            high = np.searchsorted(self.sorted[band], asked, side="right")
            number = np.where(asked == 0, 0, np.minimum(high - low, most))
            rows = np.repeat(np.arange(asked.size), number)
            rank = np.arange(rows.size) - np.repeat(np.cumsum(number) - number, number)
            yield rows, self.texts[band][low[rows] + rank]
            if self.late.size:
                same, place = np.nonzero(
                    (asked[:, None] == self.more[band]) & (asked != 0)[:, None]
                )
                yield same, self.late[place]

    def add(self, made: Hashes, texts: Ints) -> None:
        self.more = np.concatenate([self.more, made], axis=1)
        self.late = np.append(self.late, texts)
        if self.late.size > UNSORTED:
            self.sort()

    def sort(self) -> None:
        """Put all keys in order."""
        self._put(self.more, self.late)
        self.more, self.late = self.more[:, :0], self.late[:0]

    def _put(self, made: Hashes, texts: Ints) -> None:
        whole = np.concatenate([self.sorted, made], axis=1)
        of = np.concatenate([self.texts, np.broadcast_to(texts, made.shape)], axis=1)
        order = np.argsort(whole, axis=1, kind="stable")
        self.sorted = np.take_along_axis(whole, order, axis=1)
        self.texts = np.take_along_axis(of, order, axis=1)
