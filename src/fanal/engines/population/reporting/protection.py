"""
The table as a reader may see it: a cell of 1 to 10 is only said to be one.

Nothing that is counted is told but out of this table: totals, list sizes and overlaps are bounds,
added up from the bounds of the cells. Hence no complement and no difference gives a cell back: who
holds the table shown could have computed every one of them.

An estimate is a sum of another kind: with the code and the seed, whoever tries each value of a cell
and compares what comes out has found it (on the table of Korea, all of them, each time). So what
is to be shown to others is computed from the table shown, too: ``basis``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from fanal.engines.population.protected import completed
from fanal.engines.population.tables import CaptureTable

SMALLEST, LARGEST = 1, 10
TURNS = 50

Bounds = tuple[int, int]


def protect(table: CaptureTable) -> CaptureTable:
    """The table with its small cells as bounds, those that were so already left as they are."""
    low, high, counts = [], [], []
    for least, most in zip(table.low, table.high, strict=True):
        small = least == most and SMALLEST <= least <= LARGEST
        low.append(SMALLEST if small else least)
        high.append(LARGEST if small else most)
        counts.append((low[-1] + high[-1]) // 2)
    return replace(table, counts=tuple(counts), low=tuple(low), high=tuple(high))


def basis(table: CaptureTable, *, public: bool) -> CaptureTable:
    """
    The table that all of a report is to be computed from.

    The table itself when its counts are public or none is small. Otherwise what the model expects
    of it within the bounds that are shown (``protected.completed``); or these bounds alone, which
    most methods refuse, when no model has an estimate.
    """
    shown = protect(table)
    if public or not shown.is_protected:
        return table
    return completed(shown) or shown


def completed_together(strata: Mapping[str, CaptureTable]) -> dict[str, CaptureTable]:
    """
    Each stratum with its small cells at what the others expect of them, within 1 to 10.

    Most strata are too small to have a model of their own: here a combination of lists is as
    common in all (the completion, not the estimate, which lets rates differ).
    """
    shown = {name: protect(table) for name, table in strata.items()}
    low, high = (
        np.array([getattr(table, bound) for table in shown.values()], dtype=np.float64)
        for bound in ("low", "high")
    )
    counts = (low + high) / 2
    for _ in range(TURNS):
        common = counts.sum(axis=0) / max(counts.sum(), 1.0)
        counts = np.clip(counts.sum(axis=1, keepdims=True) * common, low, high)
    whole = np.rint(counts).astype(np.int64).tolist()
    return {
        name: replace(table, counts=tuple(row), low=tuple(row), high=tuple(row))
        for (name, table), row in zip(shown.items(), whole, strict=True)
    }


def shown_as(table: CaptureTable, *, public: bool) -> CaptureTable:
    """The table to be shown: bounds for what is small, and between them what ``basis`` has."""
    if public:
        return table
    return replace(protect(table), counts=basis(table, public=False).counts)


def seen_by(table: CaptureTable, *numbers: int) -> Bounds:
    """People on all of these lists, numbered from 0."""
    wanted = sum(1 << number for number in numbers)
    cells = [cell for cell in range(1, 1 << table.t) if cell & wanted == wanted]
    return sum(table.low[cell] for cell in cells), sum(table.high[cell] for cell in cells)


def alone(table: CaptureTable, number: int) -> Bounds:
    """People on this list and on no other."""
    return table.low[1 << number], table.high[1 << number]
