"""Capture tables that hypothesis draws, and the same table written otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from fanal.engines.population import CaptureTable
from fanal.engines.population.answers import Answer


@st.composite
def tables(draw: st.DrawFn, *, least: int = 3, most: int = 4, people: int = 40) -> CaptureTable:
    """Tables of a few lists; some have empty cells, some have histories that nobody can have."""
    t = draw(st.integers(least, most))
    counts = draw(st.lists(st.integers(0, people), min_size=(1 << t) - 1, max_size=(1 << t) - 1))
    several = [history for history in range(1, 1 << t) if history.bit_count() > 1]
    impossible = draw(st.frozensets(st.sampled_from(several), max_size=1))
    held = [0] + [
        0 if history in impossible else count for history, count in enumerate(counts, start=1)
    ]
    return CaptureTable(tuple("ABCDEF"[:t]), tuple(held), impossible=impossible)


def reordered(table: CaptureTable, order: Sequence[int]) -> CaptureTable:
    """The same table, its lists written in another order."""

    def moved(history: int) -> int:
        return sum((history >> old & 1) << new for new, old in enumerate(order))

    counts = [0] * len(table.counts)
    for history, count in enumerate(table.counts):
        counts[moved(history)] = count
    return CaptureTable(
        tuple(table.lists[old] for old in order),
        tuple(counts),
        impossible=frozenset(map(moved, table.impossible)),
    )


def with_an_idle_list(table: CaptureTable) -> CaptureTable:
    """The same table, with one list more, that saw nobody."""
    empty = (0,) * len(table.counts)
    return CaptureTable((*table.lists, "idle"), table.counts + empty, impossible=table.impossible)


def times(table: CaptureTable, factor: int) -> CaptureTable:
    counts = tuple(count * factor for count in table.counts)
    return replace(table, counts=counts, low=counts, high=counts)


def figures(answer: Answer) -> list[float]:
    """Estimate and limits; -1 for one that is not there."""
    given = (answer.estimate, answer.lower, answer.upper)
    return [-1.0 if number is None else number for number in given]


def code(answer: Answer) -> str | None:
    return answer.refused and str(answer.refused.code)
