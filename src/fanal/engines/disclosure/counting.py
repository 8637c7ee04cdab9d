"""Counting people into the cells of linked tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.closing import bits
from fanal.engines.disclosure.linking import Integers, Linked
from fanal.engines.disclosure.refusals import Code, Refused, UnreadableCube

Column = Sequence[str] | npt.NDArray[Any]


def encode(linked: Linked, columns: Mapping[str, Column]) -> dict[str, Integers]:
    """
    The atoms of each person, numbered in the order of the dimension.

    Args:
        columns: variable -> one atom for each person, as text; or already numbered, as integers.

    Raises:
        UnreadableCube: a variable is missing, is of another length, or has a code that is no atom.
    """
    numbered = {}
    for dimension in linked.coding.variables:
        if dimension.name not in columns:
            raise UnreadableCube(f"Il manque la colonne « {dimension.name} ».")
        column = np.asarray(columns[dimension.name])
        if column.dtype.kind in "iu":
            found = column.astype(np.int64)
            if found.size and not 0 <= found.min() <= found.max() < len(dimension.atoms):
                raise UnreadableCube(f"« {dimension.name} » : un numéro n'est d'aucune modalité.")
        else:
            found = _numbered(column, dimension.atoms, dimension.name)
        numbered[dimension.name] = found
    if len({column.size for column in numbered.values()}) > 1:
        raise UnreadableCube("Les colonnes n'ont pas toutes la même longueur.")
    return numbered


def _numbered(column: npt.NDArray[Any], atoms: tuple[str, ...], name: str) -> Integers:
    numbers = {atom: place for place, atom in enumerate(atoms)}
    try:
        return np.fromiter(map(numbers.__getitem__, column.tolist()), np.int64, column.size)
    except KeyError as error:
        raise UnreadableCube(f"« {error.args[0]} » n'est pas une modalité de « {name} ».") from None


def count(
    linked: Linked, columns: Mapping[str, Column], *, weights: npt.ArrayLike | None = None
) -> Integers:
    """
    The count of every cell, differences and joint cells included.

    Args:
        columns: as in ``encode``; a row is a person.
        weights: how many people each row stands for, when it is not one.

    Returns:
        int, shape (cells,).
    """
    numbered = encode(linked, columns)
    held = None if weights is None else np.asarray(weights, dtype=np.float64)
    counts = np.zeros(linked.size, dtype=np.int64)
    presence = linked.digits > 0
    supports, which = np.unique(presence, axis=0, return_inverse=True)
    for number, support in enumerate(supports):
        cells = np.flatnonzero(which.ravel() == number)
        counts[cells] = _of_support(linked, numbered, held, np.flatnonzero(support), cells)
    return counts


def _of_support(
    linked: Linked,
    numbered: Mapping[str, Integers],
    weights: npt.NDArray[np.float64] | None,
    places: Integers,
    cells: Integers,
) -> Integers:
    """Cells that name the same variables: the finest table once, then its codes axis by axis."""
    variables = [linked.coding.variables[place] for place in places]
    shape = tuple(len(variable.atoms) for variable in variables)
    if not variables:
        people = next(iter(numbered.values())).size if numbered else 0
        total = people if weights is None else weights.sum()
        return np.full(cells.size, round(float(total)), dtype=np.int64)
    flat = np.ravel_multi_index(tuple(numbered[one.name] for one in variables), shape)
    table = np.bincount(flat, weights=weights, minlength=int(np.prod(shape)))
    dense = np.rint(table).astype(np.int64).reshape(shape)
    wanted = []
    for axis, place in enumerate(places):
        codes, position = np.unique(linked.digits[cells, place], return_inverse=True)
        dense = _summed(dense, axis, [linked.coding.masks[place][code] for code in codes.tolist()])
        wanted.append(position.ravel())
    return np.asarray(dense[tuple(wanted)], dtype=np.int64)


def _summed(table: Integers, axis: int, masks: list[int]) -> Integers:
    """The table with codes instead of atoms along one axis."""
    from scipy.sparse import csr_array

    atoms = table.shape[axis]
    held = [bits(mask) for mask in masks]
    indices = np.array([place for one in held for place in one], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum([len(one) for one in held])])
    members = csr_array(
        (np.ones(indices.size, dtype=np.int64), indices, starts), shape=(len(masks), atoms)
    )
    moved = np.moveaxis(table, axis, 0)
    summed = members @ moved.reshape(atoms, -1)
    return np.moveaxis(summed.reshape(len(masks), *moved.shape[1:]), 0, axis)


def misread(linked: Linked, counts: Integers) -> Refused | None:
    """Why these are not the counts of these tables; nothing when they are."""
    if counts.shape != (linked.size,) or counts.dtype.kind not in "iu":
        return Refused.because(Code.UNREADABLE, "Il faut un nombre entier pour chaque case.")
    if (counts < 0).any():
        return Refused.because(Code.UNREADABLE, "Un nombre de personnes n'est jamais négatif.")
    if (linked.sums @ counts).any():
        return Refused.because(
            Code.CONTRADICTORY, "Des totaux ne sont pas la somme de leurs cases."
        )
    return None
