"""
One way of choosing a model, repeated over many tables of the same lists: what a bootstrap does.

Whether a model has an estimate depends only on which cells are empty: what was found out of a
doubtful model is kept by (empty cells, model), and draws share few patterns of empty cells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.existence import Status, plan
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
NO_MODEL = -1
ENTERS_UNDER = 0.02


class Chooser(Protocol):
    """A method that, for each table, chooses a model and says how many people nobody saw."""

    def choose(self, tables: npt.NDArray[Any]) -> tuple[Floats, Wholes]:
        """
        Args:
            tables: ``(r, 2**t)`` counts by history.

        Returns:
            For each row the people whom nobody saw, NaN where no model has an estimate, and the
            number of the model, ``NO_MODEL`` there.
        """
        ...

    def terms(self, number: int) -> Terms:
        """The model of this number."""
        ...


class Doubts:
    """Models that a fit alone could not tell to have an estimate or not, and what was found."""

    def __init__(self, impossible: frozenset[int]) -> None:
        from numba.core import types
        from numba.typed import Dict

        self.known: Any = Dict.empty(types.int64, types.int64)
        self._impossible = impossible
        self._numbers: dict[bytes, int] = {}
        self._supports: list[npt.NDArray[np.bool_]] = []

    def number(self, held: npt.NDArray[np.bool_]) -> Wholes:
        """A number for each row's set of cells that are not empty; equal sets, equal numbers."""
        numbers = np.empty(held.shape[0], dtype=np.int64)
        for row, packed in enumerate(np.packbits(held, axis=1)):
            key = packed.tobytes()
            if key not in self._numbers:
                self._numbers[key] = len(self._supports)
                self._supports.append(held[row].copy())
            numbers[row] = self._numbers[key]
        return numbers

    def find_out(self, key: int, support: int, terms: Terms) -> None:
        from fanal.engines.population.kernels.stepping import EXISTS, REFUSED

        found = plan(terms, self._supports[support], self._impossible)
        self.known[key] = EXISTS if found.status is Status.EXISTS else REFUSED


class Stepwise:
    """
    Chan, Silverman and Vincent's stepwise choice (2021, JASA 116, 1297-1306).

    A model is the bits of its pairs. ``enters_under`` is the Poisson tail under which a pair
    enters.
    """

    def __init__(self, table: CaptureTable, *, enters_under: float = ENTERS_UNDER) -> None:
        self._cells = cells_of(table)
        self._mains = np.array(sorted(models.main_effects(table.t)), dtype=np.int64)
        # By the names of the lists: of two pairs that tie, the order of the columns chooses none.
        self._pairs = np.array(
            sorted(models.pairs(table.t), key=lambda pair: _names(table, pair)), dtype=np.int64
        )
        self._log_p = math.log(enters_under)
        self._doubts = Doubts(table.impossible)

    def choose(self, tables: npt.NDArray[Any]) -> tuple[Floats, Wholes]:
        from fanal.engines.population.kernels.stepping import ASKS, DONE, step_up_each

        counts = np.ascontiguousarray(tables, dtype=np.float64)
        supports = self._doubts.number(counts > 0)
        unseen, chosen, states, asked = _room(counts.shape[0], ASKS)
        while step_up_each(
            counts, supports, self._cells, self._mains, self._pairs, self._log_p,
            self._doubts.known, unseen, chosen, states, asked,
        ):  # fmt: skip
            self._find_out(np.unique(asked[states == ASKS]))
        return _answers(unseen, chosen, states == DONE)

    def terms(self, number: int) -> Terms:
        entered = {int(pair) for place, pair in enumerate(self._pairs) if number >> place & 1}
        return frozenset(entered.union(map(int, self._mains)))

    def _find_out(self, keys: Iterable[int]) -> None:
        bits = len(self._pairs)
        for key in map(int, keys):
            self._doubts.find_out(key, key >> bits, self.terms(key & (1 << bits) - 1))


class Ranked:
    """
    The lowest criterion among these models.

    Args:
        weight: what each parameter costs, by number of people; ``flat`` what else each model costs.
    """

    def __init__(
        self,
        table: CaptureTable,
        known: Sequence[Terms],
        *,
        sizes: Floats,
        flat: Floats,
        by_people: bool,
    ) -> None:
        self._cells = cells_of(table)
        self._models = known
        self._rows = as_rows(known)
        self._sizes, self._flat = sizes, flat
        self._by_people = by_people
        self._doubts = Doubts(table.impossible)

    def choose(self, tables: npt.NDArray[Any]) -> tuple[Floats, Wholes]:
        from fanal.engines.population.kernels.ranking import best_of_each
        from fanal.engines.population.kernels.stepping import ASKS, DONE

        counts = np.ascontiguousarray(tables, dtype=np.float64)
        supports = self._doubts.number(counts > 0)
        people = counts[:, 1:].sum(axis=1)
        penalties = np.log(people) if self._by_people else np.full(people.size, 2.0)
        unseen, chosen, states, asked = _room(counts.shape[0], ASKS)
        while best_of_each(
            counts, supports, self._cells, self._rows, self._sizes, self._flat, penalties,
            self._doubts.known, unseen, chosen, states, asked,
        ):  # fmt: skip
            for key in map(int, np.unique(asked[states == ASKS])):
                support, row = divmod(key, len(self._models))
                self._doubts.find_out(key, support, self._models[row])
        return _answers(unseen, chosen, states == DONE)

    def terms(self, number: int) -> Terms:
        return self._models[number]


def _names(table: CaptureTable, pair: int) -> list[str]:
    return sorted(name for place, name in enumerate(table.lists) if pair >> place & 1)


def cells_of(table: CaptureTable) -> Wholes:
    """The histories that somebody may have."""
    cells = [cell for cell in range(1, 1 << table.t) if cell not in table.impossible]
    return np.array(cells, dtype=np.int64)


def as_rows(known: Sequence[Terms]) -> Wholes:
    """``(m, k)``: the terms of each model, 0 where there are fewer than ``k``."""
    rows = np.zeros((len(known), max(map(len, known))), dtype=np.int64)
    for row, model in enumerate(known):
        rows[row, : len(model)] = sorted(model)
    return rows


def _room(rows: int, state: int) -> tuple[Floats, Wholes, Wholes, Wholes]:
    chosen, asked = (np.zeros(rows, dtype=np.int64) for _ in range(2))
    return np.zeros(rows), chosen, np.full(rows, state, dtype=np.int64), asked


def _answers(unseen: Floats, chosen: Wholes, done: npt.NDArray[np.bool_]) -> tuple[Floats, Wholes]:
    return np.where(done, unseen, np.nan), np.where(done, chosen, NO_MODEL)
