"""Who carries each contact in an index, and whom a new text shares one with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fanal.engines.clustering.carriers import AT_MOST, LINK
from fanal.engines.clustering.corpus import Carried, Ints, Longs
from fanal.engines.clustering.pairs import Bools
from fanal.engines.contacts.extracting import Contact

Key = tuple[str, str]


@dataclass(slots=True)
class Carrying:
    """
    ``rows``: the row of each contact. ``begins``, ``places``: the texts that carried each when the
    index was made; ``more``: those that came after. ``quoted``: contacts that do not say who
    writes. ``first``: of each text, a contact that does, or -1.
    """

    rows: dict[Key, int]
    begins: Longs
    places: Ints
    quoted: set[int]
    first: Ints
    more: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, carried: Carried, quoted: Bools) -> Carrying:
        rows = {key: row for row, key in enumerate(carried.keys)}
        strange = set(np.flatnonzero(quoted).tolist())
        return cls(rows, carried.begins, carried.places, strange, carried.first)

    def add(self, contacts: Sequence[Sequence[Contact]]) -> tuple[Ints, Ints, Bools]:
        """
        New texts, by their contacts, after those that are known.

        Returns pairs of texts that share one, and whether it is no link to a page of the web.
        """
        told: list[tuple[int, int, bool]] = []
        first = np.full(len(contacts), -1, dtype=np.int32)
        for place, found in enumerate(contacts):
            text = self.first.size + place
            for one in found:
                row = self.rows.setdefault(one[:2], len(self.rows))
                if row in self.quoted:
                    continue
                told += [(other, text, one.kind != LINK) for other in self._last(row)]
                self.more.setdefault(row, []).append(text)
                first[place] = row if first[place] < 0 else first[place]
        self.first = np.append(self.first, first)
        ends = np.array(told, dtype=np.int32).reshape(-1, 3)
        return ends[:, 0].copy(), ends[:, 1].copy(), ends[:, 2].astype(np.bool_)

    def _last(self, row: int) -> list[int]:
        """The last texts that carry a contact."""
        late = self.more.get(row, [])[-AT_MOST:]
        if row >= self.begins.size - 1 or len(late) == AT_MOST:
            return late
        begin, end = self.begins[row], self.begins[row + 1]
        kept: list[int] = self.places[max(begin, end - AT_MOST + len(late)) : end].tolist()
        return kept + late
