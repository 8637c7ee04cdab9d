"""What the public holds: tables, and for each cell the bounds that its reader knows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.cubes import Table

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """
    One table, as its readers see it.

    Args:
        release: the release it belongs to.
        table: its variables, with the codes that it shows.
        low, high: shape ``table.shape``; people. What a reader knows of each cell: equal for an
            exact count, apart for a rounded one, 0 and infinity for a hidden one.
        hidden: shape ``table.shape``; the cells that show nothing.
        roles: variable -> "time", "territory", "person" or "fact".
    """

    release: str
    table: Table
    low: Floats
    high: Floats
    hidden: Flags
    roles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in (self.low, self.high, self.hidden):
            if one.shape != self.table.shape:
                raise ValueError(f"{self.table.name}: {one.shape} is not {self.table.shape}")

    @classmethod
    def exact(
        cls,
        release: str,
        table: Table,
        counts: npt.NDArray[np.int64],
        hidden: Flags,
        roles: dict[str, str] | None = None,
    ) -> Published:
        """Counts as they are, but the hidden ones."""
        shown = counts.astype(np.float64)
        low, high = np.where(hidden, 0.0, shown), np.where(hidden, np.inf, shown)
        return cls(release, table, low, high, hidden, roles or {})


def code_sets(table: Table, axis: int) -> list[frozenset[str]]:
    """The atoms of each code that a table shows along an axis."""
    dimension = table.dimensions[axis]
    masks = dimension.masks()
    return [
        frozenset(atom for i, atom in enumerate(dimension.atoms) if masks[code] >> i & 1)
        for code in table.codes(dimension)
    ]
