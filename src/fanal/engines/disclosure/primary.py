"""
The cells that a rule hides by itself, whatever the others show.

Rules of French official statistics (Insee, *Guide du secret statistique*, 2024): fewer people than
a threshold; one contributor with more than a share of the cell. ``(n, k)`` and ``p %`` are those
of Hundepool and others (2012, *Statistical Disclosure Control*, chapter 4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.counting import Column, count
from fanal.engines.disclosure.linking import Flags, Integers, Kind, Linked


class Zeros(IntEnum):
    """What a table does with its empty cells; when tables differ on a cell, the higher wins."""

    # A zero may be hidden so that another cell cannot be computed: a hidden cell can be 0.
    MAY_HIDE = 0
    # Every zero is printed: the reader knows that a hidden cell is at least 1.
    SHOWN = 1
    # A zero tells on a group ("nobody in X"): it is hidden as a small count is.
    SENSITIVE = 2


def zeros_of(linked: Linked, choices: Zeros | Sequence[Zeros]) -> Integers:
    """The choice that holds for each cell; ``choices``: one, or one for each table in order."""
    each = [choices] * len(linked.tables) if isinstance(choices, Zeros) else list(choices)
    found = np.zeros(linked.size, dtype=np.int64)
    for cells, choice in zip(linked.shown, each, strict=True):
        found[cells] = np.maximum(found[cells], choice)
    return found


def floor_of(zeros: Integers) -> Integers:
    """The least that a hidden cell can be, for who knows the rule."""
    return np.asarray(zeros == Zeros.SHOWN).astype(np.int64)


def below(
    linked: Linked,
    counts: Integers,
    threshold: int,
    *,
    zeros: Zeros | Sequence[Zeros] = Zeros.MAY_HIDE,
) -> Flags:
    """
    Cells of 1 to ``threshold - 1`` people, and the zeros that tell something.

    Differences between shown codes are among them: nobody prints them, and anybody can subtract.
    """
    small = (counts >= 1) & (counts < threshold)
    empty = (counts == 0) & (zeros_of(linked, zeros) == Zeros.SENSITIVE)
    return np.asarray((small & (linked.kinds != Kind.JOINT)) | (empty & linked.is_shown))


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """What each source brought to each cell; int, shape (sources, cells)."""

    sources: tuple[str, ...]
    counts: npt.NDArray[np.int64]


def contributions(
    linked: Linked, columns: Mapping[str, Column], source: Sequence[str] | npt.NDArray[np.str_]
) -> Contributions:
    """Args: as in ``count``; ``source``: who reported each person."""
    reported = np.asarray(source)
    names = tuple(sorted(set(reported.tolist())))
    rows = [count(linked, columns, weights=(reported == name).astype(float)) for name in names]
    return Contributions(names, np.array(rows).reshape(len(names), linked.size))


def dominated(parts: Contributions, *, sources: int = 1, share: float = 0.85) -> Flags:
    """
    The ``(n, k)`` rule: the ``sources`` largest contributors bring more than ``share`` of a cell.

    A source that knows its own people then knows nearly all the others.
    """
    total = parts.counts.sum(axis=0)
    largest = -np.sort(-parts.counts, axis=0)[:sources].sum(axis=0)
    return np.asarray((total > 0) & (largest > share * total))


def estimated(parts: Contributions, *, percent: float) -> Flags:
    """
    The ``p %`` rule: the second contributor can tell the first one's count within ``percent``.

    What is left after the two largest is too little to blur the largest.
    """
    if not parts.counts.size:
        return np.zeros(parts.counts.shape[1], dtype=bool)
    ordered = -np.sort(-parts.counts, axis=0)
    first = ordered[0]
    rest = ordered[2:].sum(axis=0)
    return np.asarray((first > 0) & (rest < percent / 100 * first))


def tells_on_a_group(linked: Linked, counts: Integers) -> Flags:
    """
    Group disclosure: a line with people in one cell only says something of every one of them.

    Returns:
        The cells that hold all the people of a line of several, along some variable.
    """
    found = np.zeros(linked.size, dtype=bool)
    sums = linked.sums
    for row in range(sums.shape[0]):
        span = slice(sums.indptr[row], sums.indptr[row + 1])
        cells, signs = sums.indices[span], sums.data[span]
        children = cells[signs < 0]
        held = children[counts[children] > 0]
        if held.size == 1 and children.size > 1:
            found[held] = True
    return np.asarray(found & linked.is_shown)
