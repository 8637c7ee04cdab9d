"""
What the answer owes to each list, to how lists were merged, and to one person.

Which lists to merge or to leave out is a choice that nobody sees: on the British table it moves the
best BIC from 11,987 to 25,311. One case moves New Orleans from 1,034 to 981.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from fanal.engines.population.analyses.again import again
from fanal.engines.population.analyses.parts import merged
from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear.choosing import NO_MODEL, Stepwise, cells_of
from fanal.engines.population.loglinear.selection import unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.tables import CaptureTable

TWO = 2


@dataclass(frozen=True, slots=True)
class Without:
    """The answer without a list; ``lost``: the people whom it alone had seen."""

    name: str
    lost: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Merged:
    """The answer when two lists are one."""

    names: tuple[str, str]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Moved:
    """One person more (``by`` 1) or fewer (-1) with this history, and the estimate then."""

    history: tuple[str, ...]
    by: int
    estimate: float


@dataclass(frozen=True, slots=True)
class OnePerson:
    """
    The exact jackknife, both ways, in every history that somebody may have.

    ``without_estimate`` counts the changes after which no estimate exists, of ``tried``.
    """

    estimate: float
    lowest: Moved
    highest: Moved
    tried: int
    without_estimate: int

    @property
    def most(self) -> float:
        """The most that one person moves the estimate, in people."""
        return max(
            abs(self.lowest.estimate - self.estimate), abs(self.highest.estimate - self.estimate)
        )


def leave_out(
    table: CaptureTable, *, replicates: int, seed: int, progress: Progress | None = None
) -> tuple[Without, ...]:
    """Each list left out in turn; with three lists the two others are compared (Chapman)."""
    if table.t <= TWO:
        return ()
    found = []
    for number, name in enumerate(table.lists):
        answer = again(table.without(number), replicates=replicates, seed=seed)
        found.append(Without(name, table.counts[1 << number], answer))
        if progress:
            progress(number + 1, table.t)
    return tuple(found)


def merge(
    table: CaptureTable, *, replicates: int, seed: int, progress: Progress | None = None
) -> tuple[Merged, ...]:
    """Any two lists made one."""
    if table.t <= TWO:
        return ()
    pairs = list(combinations(range(table.t), TWO))
    found = []
    for place, (first, second) in enumerate(pairs, start=1):
        answer = again(merged(table, first, second), replicates=replicates, seed=seed)
        found.append(Merged((table.lists[first], table.lists[second]), answer))
        if progress:
            progress(place, len(pairs))
    return tuple(found)


def one_person(table: CaptureTable) -> OnePerson | Refused:
    """How far a single person moves the stepwise estimate."""
    if refused := unfit(table):
        return refused
    changes = [(int(cell), 1) for cell in cells_of(table)]
    changes += [(cell, -1) for cell, _ in changes if table.counts[cell]]
    changed = np.repeat(table.array()[None], len(changes) + 1, axis=0)
    for row, (cell, by) in enumerate(changes, start=1):
        changed[row, cell] += by
    unseen, chosen = Stepwise(table).choose(changed)
    if chosen[0] == NO_MODEL:
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    totals = changed.sum(axis=1) + unseen
    moved = [
        Moved(_history(table, cell), by, float(total))
        for (cell, by), total in zip(changes, totals[1:], strict=True)
        if np.isfinite(total)
    ]
    still = Moved((), 0, float(totals[0]))
    return OnePerson(
        float(totals[0]),
        min(moved, key=lambda one: one.estimate, default=still),
        max(moved, key=lambda one: one.estimate, default=still),
        len(changes),
        len(changes) - len(moved),
    )


def _history(table: CaptureTable, cell: int) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(table.lists) if cell >> place & 1)
