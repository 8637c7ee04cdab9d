"""What a method has made of a request, ready to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.cubes import Table


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """
    One table as it is printed.

    Args:
        values: int, shape of the table; read only where ``hidden`` is false.
        low, high: what the reader is told of each cell, or ``None`` when no bound holds.
        axes: those that the table crosses, in the order asked.
        margin: what 95 % of figures keep to, in people, shape of the table; ``None`` when there
            is no noise.
    """

    table: Table
    values: npt.NDArray[np.int64]
    hidden: npt.NDArray[np.bool_]
    low: npt.NDArray[np.float64] | None
    high: npt.NDArray[np.float64] | None
    axes: Sequence[int]
    margin: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """
    Args:
        printed: the tables; none for artificial rows.
        lines: artificial rows, a column of codes for each variable.
        records: the tables for the ledger: what the public now knows.
        verdict: of the attacks, for the release itself.
        told: sentences of the page, in French, that this method alone has to say.
        for_author: what must stay with the author (errors against the true counts).
    """

    printed: Sequence[Printed]
    records: Sequence[Mapping[str, Any]]
    verdict: Mapping[str, Any]
    told: Sequence[str]
    epsilon: float | None = None
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    for_author: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        return sum(one.values.size for one in self.printed)

    @property
    def hidden(self) -> int:
        return sum(int(one.hidden.sum()) for one in self.printed)
