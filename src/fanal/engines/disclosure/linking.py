"""
Linked tables: one cell is one cell, wherever it is shown, and every sum that ties the cells.

A cell is addressed by (variable -> code); a variable that is not named is at its total. So the
margin that two tables share, or the same figure in last year's release, is one cell. The sums
that hold between cells are written ``parent - children = 0``, one row each.

When the codes shown along a variable leave something out ("15 ans et plus" beside the total),
what is left out is a cell too: nobody publishes it, and everybody can subtract. Such a cell is a
*difference*. With it, the linear equalities and ``count >= 0`` are all that the codes of one table
imply. Between tables that share variables, the counts of the joint table are added when they are
few (``joint``): then the linear constraints are all there are. When they are many, each two tables
that share a variable have theirs, as far as there is room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.closing import Coding, close, equalities
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.refusals import UnreadableCube

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# Beyond, the joint counts cost more than what they tell.
JOINT_AT_MOST = 20_000


class Kind(IntEnum):
    """What a cell is to the reader."""

    SHOWN = 0
    DIFFERENCE = 1
    JOINT = 2


@dataclass(frozen=True, eq=False)
class Linked:
    """
    The union of the cells of some tables.

    Args:
        coding: the variables and their codes, numbered; 0 is the total.
        digits: int, shape (cells, variables): the code of each cell on each variable.
        kinds: int, shape (cells,): see ``Kind``.
        sums: sparse, shape (equalities, cells): ``sums @ counts == 0``; 1 at the parent, -1 at
            its children.
        along: int, shape (equalities,): the variable that each sum runs along.
        shown: for each table, its cells in the order of ``Table.shape``.
    """

    coding: Coding
    digits: Integers
    kinds: npt.NDArray[np.int8]
    sums: Any
    along: Integers
    tables: tuple[Table, ...]
    shown: tuple[Integers, ...]

    @property
    def size(self) -> int:
        return len(self.digits)

    @property
    def is_shown(self) -> Flags:
        """The cells that some table shows."""
        return np.asarray(self.kinds == Kind.SHOWN)

    @cached_property
    def _places(self) -> dict[tuple[int, ...], int]:
        return {tuple(row): place for place, row in enumerate(self.digits.tolist())}

    def index(self, address: Mapping[str, str]) -> int:
        """
        The number of the cell at this address.

        Raises:
            UnreadableCube: no table has it.
        """
        digits = [0] * len(self.coding.variables)
        for name, code in address.items():
            place = self.coding.place(name)
            digits[place] = self.coding.digit(place, code)
        found = self._places.get(tuple(digits))
        if found is None:
            raise UnreadableCube(f"Aucun tableau n'a la case {dict(address)}.")
        return found

    def address(self, cell: int) -> dict[str, str]:
        """(variable -> code) of a cell, variables at their total left out."""
        return {
            dimension.name: self.coding.label(place, int(digit))
            for place, (dimension, digit) in enumerate(
                zip(self.coding.variables, self.digits[cell], strict=True)
            )
            if digit
        }

    def key(self, cell: int) -> str:
        """The address as text, the same in every set of tables that has the cell."""
        return "&".join(f"{name}={code}" for name, code in sorted(self.address(cell).items()))


def link(tables: Sequence[Table], *, joint: bool = True) -> Linked:
    """
    Args:
        tables: of one population; the same variable must have the same atoms in all of them.
        joint: whether to add joint counts of tables over different variables, at most
            ``JOINT_AT_MOST`` of them.

    Raises:
        UnreadableCube: no table, or a variable with two sets of atoms.
    """
    if not tables:
        raise UnreadableCube("Il faut au moins un tableau.")
    coding = Coding.of([dimension for table in tables for dimension in table.dimensions])
    shown = [_digits(table, coding) for table in tables]
    sizes = [len(rows) for rows in shown]
    digits, where = np.unique(np.concatenate(shown), axis=0, return_inverse=True)
    where = where.ravel()
    sizes_by_kind = [len(digits)]
    digits = close(digits, coding)
    sizes_by_kind.append(len(digits))
    for places in _crossed(coding, tables, digits) if joint else []:
        digits = _with(digits, _finest(coding, digits, places))
    digits = close(digits, coding)
    sizes_by_kind.append(len(digits))
    kinds = np.repeat(np.array(Kind, dtype=np.int8), np.diff(sizes_by_kind, prepend=0))
    cuts = np.cumsum(sizes)[:-1]
    return Linked(
        coding,
        digits,
        kinds,
        *equalities(digits, coding),
        tuple(tables),
        tuple(np.split(where[: sum(sizes)], cuts)),
    )


def _digits(table: Table, coding: Coding) -> Integers:
    """The addresses of a table's cells, in the order of its shape."""
    axes = [
        np.array(
            [coding.digit(coding.place(one.name), code) for code in table.codes(one)],
            dtype=np.int64,
        )
        for one in table.dimensions
    ]
    rows = np.zeros((int(np.prod(table.shape, dtype=np.int64)), len(coding.variables)), np.int64)
    for dimension, column in zip(table.dimensions, np.meshgrid(*axes, indexing="ij"), strict=True):
        rows[:, coding.place(dimension.name)] = column.ravel()
    return rows


def _crossed(coding: Coding, tables: Sequence[Table], digits: Integers) -> list[tuple[int, ...]]:
    """The variables to cross: all of them if there is room, else those of tables two by two."""
    over = sorted({tuple(sorted(coding.place(d.name) for d in one.dimensions)) for one in tables})
    pairs = [
        tuple(sorted({*one, *other}))
        for one, other in combinations(over, 2)
        if set(one) & set(other) and not (set(one) <= set(other) or set(other) <= set(one))
    ]
    found, room = [], JOINT_AT_MOST
    for places in [tuple(range(len(coding.variables))), *dict.fromkeys(pairs)]:
        finest = (len(_classes(coding, digits, place)) for place in places)
        cells = prod(finest)
        if len(over) > 1 and cells <= room:
            found.append(places)
            room -= cells
            if len(places) == len(coding.variables):
                break
    return found


def _classes(coding: Coding, digits: Integers, place: int) -> tuple[int, ...]:
    return coding.classes(place, tuple(np.unique(digits[:, place]).tolist()))


def _finest(coding: Coding, digits: Integers, places: tuple[int, ...]) -> Integers:
    """The finest cells over some variables."""
    finest = [np.array(_classes(coding, digits, place), dtype=np.int64) for place in places]
    rows = np.zeros((prod(one.size for one in finest), digits.shape[1]), dtype=np.int64)
    for place, column in zip(places, np.meshgrid(*finest, indexing="ij"), strict=True):
        rows[:, place] = column.ravel()
    return rows


def _with(digits: Integers, extra: Integers) -> Integers:
    """The cells, and after them those of ``extra`` that are not among them."""
    seen = set(map(tuple, digits.tolist()))
    new = [row for row in extra.tolist() if tuple(row) not in seen]
    return np.concatenate([digits, np.array(new, dtype=np.int64).reshape(-1, digits.shape[1])])


def dimension_named(linked: Linked, name: str) -> Dimension:
    return linked.coding.variables[linked.coding.place(name)]
