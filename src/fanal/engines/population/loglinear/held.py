"""
A table without the lists that saw nobody, its lists in the order of their names.

A list that saw nobody is as if it were not; and the order of the columns then changes no rounding,
no draw and no tie.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.selection import THREE, unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

IDLE = "Une liste qui n'a vu personne ne compte pas."


@dataclass(frozen=True, slots=True)
class Held:
    """``numbers``: those of the lists of ``table`` in the table of ``t`` lists as it was read."""

    table: CaptureTable
    numbers: tuple[int, ...]
    t: int

    def back(self, terms: Terms) -> Terms:
        """A model of ``table`` in the table as it was read: idle lists have their main effect."""
        there = {
            sum(1 << old for new, old in enumerate(self.numbers) if term >> new & 1)
            for term in terms
        }
        return frozenset(there | models.main_effects(self.t))

    def forth(self, terms: Iterable[int]) -> list[int]:
        """Terms of the table as it was read, here; those of idle lists are left out."""
        place = {old: new for new, old in enumerate(self.numbers)}
        lists = [[old for old in range(self.t) if term >> old & 1] for term in terms]
        return [sum(1 << place[old] for old in some) for some in lists if place.keys() >= set(some)]

    def name(self, terms: Terms) -> str:
        return models.name(self.back(terms), self.t)


def held_lists(table: CaptureTable) -> Held | Refused:
    """The lists that saw somebody; or why no model of this engine can be fitted."""
    if refused := unfit(table):
        return refused
    numbers = [number for number in range(table.t) if table.overlap(number)]
    if len(numbers) < THREE:
        return Refused.because(Code.TOO_FEW_LISTS, IDLE)
    numbers.sort(key=lambda number: table.lists[number])
    kept = sum(1 << number for number in numbers)
    counts, impossible = [0] * (1 << len(numbers)), set()
    for history, count in enumerate(table.counts):
        if history & kept != history:
            continue
        moved = sum((history >> old & 1) << new for new, old in enumerate(numbers))
        counts[moved] = count
        if history in table.impossible:
            impossible.add(moved)
    lists = tuple(table.lists[number] for number in numbers)
    return Held(
        CaptureTable(lists, tuple(counts), impossible=frozenset(impossible)),
        tuple(numbers),
        table.t,
    )
