"""
What a reader can compute of each hidden cell, from everything that was ever published.

The reader knows the published cells, every sum, that counts are whole and not negative, and the
rule: where zeros are always shown, a hidden cell is at least 1. For each hidden cell two programmes
bound it (the *auditing problem*: Fischetti and Salazar, 2001, Management Science 47). Few of them
are solved alone: an objective drawn over many cells gives a table of whole numbers that agrees
with what was published, and each cell keeps the least and the most that such witnesses gave it.
Only the cells that no witness has moved enough get programmes of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacker import Attacker, blocks
from fanal.engines.disclosure.bounds import NEAR, Floats, tighten
from fanal.engines.disclosure.linking import Flags, Integers, Linked
from fanal.engines.disclosure.refusals import Code, Refused

WIDTH = 5
# Objectives are drawn until this many in a row have freed no cell.
WITHOUT_NEWS = 2
# So few cells are asked about one by one.
FEW = 4


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What the reader knows of each cell before any sum: ``low <= count <= high``."""

    low: Floats
    high: Floats


def knowledge(
    linked: Linked, counts: Integers, hidden: Flags, *, floor: int | Integers = 1
) -> Knowledge:
    """
    One release: shown cells that are not hidden are known, the others are not.

    Args:
        counts: the count of every cell (only those of known cells are read).
        hidden: shown cells whose count is not printed.
        floor: the least that a hidden cell can be: 1 when every zero is printed, 0 when a zero
            may be hidden; one for all, or one for each cell.
    """
    known = linked.is_shown & ~hidden
    least = np.where(linked.is_shown, np.broadcast_to(floor, linked.size), 0)
    return Knowledge(
        np.where(known, counts, least).astype(float), np.where(known, counts, np.inf).astype(float)
    )


def together(*parts: Knowledge) -> Knowledge | Refused:
    """What a reader of several releases knows, cell by cell (of one ``Linked``)."""
    low = np.maximum.reduce([part.low for part in parts])
    high = np.minimum.reduce([part.high for part in parts])
    if (low > high).any():
        return Refused.because(Code.CONTRADICTORY)
    return Knowledge(low, high)


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """
    The interval left to each watched cell.

    Args:
        cells: their numbers.
        low, high: the least and the most that some whole tables, agreeing with all that is
            published, were found to give the cell; infinite when nothing bounds it. The interval
            is at least this wide.
        outer_low, outer_high: limits that no agreeing table passes, the best that were needed.
        at_least: the width that was asked for.
    """

    cells: Integers
    low: Floats
    high: Floats
    outer_low: Floats
    outer_high: Floats
    at_least: int

    @property
    def width(self) -> Floats:
        return self.high - self.low

    @property
    def recovered(self) -> Integers:
        """Cells whose count anybody can compute."""
        return self.cells[self.width < 1]

    @property
    def narrow(self) -> Integers:
        """Cells not shown to keep the width asked for, those recovered included."""
        return self.cells[self.width < self.at_least]

    @property
    def median_width(self) -> float:
        return float(np.median(self.width)) if self.cells.size else float("inf")

    @property
    def holds(self) -> bool:
        return not self.narrow.size


def audit(
    linked: Linked,
    known: Knowledge,
    *,
    counts: Integers | None = None,
    watched: Flags | None = None,
    at_least: int = WIDTH,
    complete: bool = False,
    whole: bool = True,
    seed: int = 0,
) -> Audit | Refused:
    """
    Args:
        known: see ``knowledge`` and ``together``.
        counts: of every cell, when the auditor has them: they are the first witness.
        watched: the cells asked about; every cell that is not known, when left out.
        at_least: a cell shown to have this width is left there, unless ``complete``.
        complete: whether to bound every watched cell to the end.
        whole: whether the reader knows that counts are whole; if not, the answer comes sooner,
            and a cell may be narrower than it says.
        seed: of the drawn objectives: which witnesses are met, never which cells are narrow.
    """
    bounds = tighten(linked.sums, known.low, known.high)
    if bounds is None:
        return Refused.because(Code.CONTRADICTORY)
    cells = np.flatnonzero(known.low < known.high if watched is None else watched)
    met = Met.start(*bounds, counts)
    generator = np.random.default_rng(seed)
    asked = np.zeros(linked.size, dtype=bool)
    asked[cells] = True
    for block, sums in blocks(linked.sums, met.is_open):
        if asked[block].any():
            search = _Search(met, block, sums, asked[block], at_least, whole=whole)
            if not search.run(generator, complete=complete):
                return Refused.because(Code.CONTRADICTORY)
    low, high = met.low[cells], met.unbounded(met.high)[cells]
    limits = met.outer_low[cells], met.unbounded(met.outer_high)[cells]
    return Audit(cells, low, high, *limits, at_least)


@dataclass(slots=True, eq=False)
class Met:
    """The bounds that the sums give each cell, and the least and the most met in whole tables."""

    outer_low: Floats
    outer_high: Floats
    low: Floats
    high: Floats
    ceiling: float

    @classmethod
    def start(cls, low: Floats, high: Floats, counts: Integers | None) -> Met:
        fixed = low == high
        least, most = np.where(fixed, low, np.inf), np.where(fixed, high, -np.inf)
        if counts is not None:
            least, most = counts.astype(float), counts.astype(float)
        # Far above all that is known: a cell that gets there is bounded by nothing.
        finite = np.concatenate([low, high[np.isfinite(high)], [0.0]])
        return cls(low, high, least, most, 20 * (float(finite.max()) + 1_000))

    @property
    def is_open(self) -> Flags:
        return np.asarray(self.outer_low < self.outer_high)

    def unbounded(self, high: Floats) -> Floats:
        return np.where(high > self.ceiling / 4, np.inf, high)

    def meet(self, block: Integers, table: Floats) -> None:
        self.low[block] = np.minimum(self.low[block], table)
        self.high[block] = np.maximum(self.high[block], table)


class _Search:
    """The witnesses of one block."""

    def __init__(
        self, met: Met, block: Integers, sums: Any, asked: Flags, at_least: int, *, whole: bool
    ) -> None:
        self.met, self.block, self.asked, self.at_least = met, block, asked, at_least
        self.whole = whole
        fixed = np.where(met.is_open, 0.0, met.outer_low)
        high = np.minimum(met.outer_high[block], met.ceiling)
        self.attacker = Attacker(sums[:, block], -(sums @ fixed), met.outer_low[block], high)

    def run(self, generator: np.random.Generator, *, complete: bool) -> bool:
        """Whether some table agrees with what is known."""
        self._draw(generator)
        places = np.flatnonzero(self.asked if complete else self._narrow())
        return all(self._alone(int(place), complete=complete) for place in places)

    def _narrow(self) -> Flags:
        width = self.met.high[self.block] - self.met.low[self.block]
        return np.asarray(self.asked & ~(width >= self.at_least))

    def _draw(self, generator: np.random.Generator) -> None:
        """Objectives drawn over all the cells that are still narrow, until they free no more."""
        narrow, silent = self._narrow(), 0
        while narrow.sum() > FEW and silent < WITHOUT_NEWS:
            table = self.attacker.drawn(_drawn(generator, narrow), whole=self.whole)
            self._meet(table)
            left = self._narrow()
            silent = 0 if left.sum() < narrow.sum() else silent + 1
            narrow = left

    def _meet(self, table: Floats | None) -> None:
        if table is not None:
            near = np.rint(table)
            self.met.meet(self.block, np.where(np.abs(table - near) < NEAR, near, table))

    def _alone(self, place: int, *, complete: bool) -> bool:
        """The two programmes of one cell, unless a witness came meanwhile."""
        if not (complete or self._narrow()[place]):
            return True
        for sign, outer in ((1.0, self.met.outer_low), (-1.0, self.met.outer_high)):
            limit, table = self.attacker.limit(place, sign)
            if table is None:
                return False
            outer[self.block[place]] = limit
            if not self.whole or np.abs(table - np.rint(table)).max() < NEAR:
                self._meet(table)
        if self.whole:
            self._settle(place)
        return True

    def _settle(self, place: int) -> None:
        """Where fractional tables leave the width asked for, whole ones are looked for."""
        met, cell = self.met, self.block[place]
        for sign in (1.0, -1.0):
            least, most = met.outer_low[cell], met.outer_high[cell]
            if most - least < self.at_least or not self._narrow()[place]:
                return
            _, table = self.attacker.limit(place, sign)
            if table is not None:
                enough = (
                    max(least, met.high[cell] - self.at_least)
                    if sign > 0
                    else min(most, met.low[cell] + self.at_least)
                )
                self._meet(self.attacker.whole(place, sign, table, enough=enough))


def _drawn(generator: np.random.Generator, cells: Flags) -> Floats:
    """An objective over these cells: any of them up or down, more or less."""
    signs = generator.choice(np.array([-1.0, 1.0]), cells.size)
    return np.asarray(signs * generator.random(cells.size) * cells)
