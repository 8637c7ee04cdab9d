"""A row of figures printed elsewhere, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from fanal.engines.population.tables import CaptureTable

AGREED, OUTSIDE, NOT_COMPARABLE = "agreed", "outside tolerance", "not comparable"

Three = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the reference, ours beside it, and what is made of it."""

    dataset: str
    method: str
    verdict: str
    reason: str
    reference: Three
    ours: Three = (None, None, None)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Line:
    """What R printed: estimate, limits, and its remark."""

    figures: Three
    note: str


# What a check says: verdict, reason, our figures.
Said = tuple[str, str, Three]
Check = Callable[[CaptureTable, Line], Said]
