"""Counting people, or anything that adds up, into the cells of a table."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.release.rows import Rows

Wholes = npt.NDArray[np.int64]


def count(table: Table, rows: Rows, weights: npt.NDArray[Any] | None = None) -> Wholes:
    """
    Args:
        weights: what each row of ``rows`` adds; its people by default.

    Returns:
        int, shape ``table.shape``.
    """
    return added(table, finest(table, rows, weights))


def finest(table: Table, rows: Rows, weights: npt.NDArray[Any] | None = None) -> Wholes:
    """The counts of the atoms of a table, one axis for each dimension."""
    held = rows.people if weights is None else weights
    shape = tuple(len(one.atoms) if _matters(table, one) else 1 for one in table.dimensions)
    flat = np.zeros(len(rows.people), dtype=np.int64)
    for size, one in zip(shape, table.dimensions, strict=True):
        flat = flat * size + (rows.codes[one.name] if size > 1 else 0)
    summed = np.bincount(flat, weights=held, minlength=int(np.prod(shape, dtype=np.int64)))
    return np.rint(summed).astype(np.int64).reshape(shape)


def added(table: Table, atoms: Wholes) -> Wholes:
    """From the counts of the atoms to those of the codes that the table shows."""
    for axis, one in enumerate(table.dimensions):
        if atoms.shape[axis] > 1:
            codes = incidence(table, one)
            atoms = np.moveaxis(np.tensordot(codes, atoms, (1, axis)), 0, axis)
    return np.ascontiguousarray(atoms)


def incidence(table: Table, dimension: Dimension) -> Wholes:
    """int 0 or 1, shape (codes shown, atoms)."""
    masks = dimension.masks()
    rows = [masks[code] for code in table.codes(dimension)]
    places = range(len(dimension.atoms))
    return np.array([[mask >> place & 1 for place in places] for mask in rows], dtype=np.int64)


def _matters(table: Table, dimension: Dimension) -> bool:
    return table.codes(dimension) != (dimension.total,)


def dominated(table: Table, rows: Rows, contributor: str) -> tuple[Wholes, Wholes]:
    """
    Who counted the people of each cell.

    Returns:
        The people of the largest contributor of each cell, and how many contributors it has.
    """
    largest = np.zeros(table.shape, dtype=np.int64)
    several = np.zeros(table.shape, dtype=np.int64)
    for number in range(len(rows.values[contributor])):
        own = count(table, rows, np.where(rows.codes[contributor] == number, rows.people, 0))
        np.maximum(largest, own, out=largest)
        several += own > 0
    return largest, several
