"""Numbered codes; the differences that published codes give away; the sums between cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.cubes import Dimension
from fanal.engines.disclosure.refusals import UnreadableCube

Integers = npt.NDArray[np.int64]


def bits(mask: int) -> list[int]:
    """The atoms of a mask, by their places; a mask can be as long as the list of communes."""
    held = np.frombuffer(mask.to_bytes(-(-mask.bit_length() // 8), "little"), dtype=np.uint8)
    return [int(place) for place in np.flatnonzero(np.unpackbits(held, bitorder="little"))]


@dataclass(eq=False)
class Coding:
    """The codes of each variable, numbered: 0 is the total, and one set of atoms is one number."""

    variables: tuple[Dimension, ...]
    masks: list[list[int]]
    labels: list[list[str]]
    numbers: list[dict[int, int]]
    codes: list[dict[str, int]]
    _classes: dict[tuple[int, tuple[int, ...]], tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, dimensions: Iterable[Dimension]) -> Coding:
        merged: dict[str, Dimension] = {}
        aliases: dict[str, dict[str, int]] = {}
        for one in dimensions:
            first = merged.setdefault(one.name, one)
            if first.atoms != one.atoms:
                raise UnreadableCube(
                    f"« {one.name} » n'a pas les mêmes modalités les plus fines partout."
                )
            for code, mask in one.masks().items():
                if aliases.setdefault(one.name, {}).setdefault(code, mask) != mask:
                    raise UnreadableCube(f"« {one.name} » : « {code} » a deux sens.")
        names = sorted(merged)
        coding = cls(tuple(merged[name] for name in names), [], [], [], [])
        for name in names:
            everything = merged[name].everything
            coding.masks.append([everything])
            coding.labels.append([merged[name].total])
            coding.numbers.append({everything: 0})
            coding.codes.append({})
        for place, name in enumerate(names):
            for code, mask in aliases[name].items():
                coding.codes[place][code] = coding.number(place, mask, code)
        return coding

    def place(self, name: str) -> int:
        for place, dimension in enumerate(self.variables):
            if dimension.name == name:
                return place
        raise UnreadableCube(f"Aucun tableau n'a la variable « {name} ».")

    def digit(self, place: int, code: str) -> int:
        found = self.codes[place].get(code)
        if found is None:
            name = self.variables[place].name
            raise UnreadableCube(f"« {code} » n'est pas une modalité de « {name} ».")
        return found

    def number(self, place: int, mask: int, label: str = "") -> int:
        """The number of a set of atoms, given at need."""
        found = self.numbers[place].get(mask)
        if found is None:
            found = self.numbers[place][mask] = len(self.masks[place])
            self.masks[place].append(mask)
            atoms = self.variables[place].atoms
            self.labels[place].append(label or "|".join(atoms[bit] for bit in bits(mask)))
        return found

    def label(self, place: int, digit: int) -> str:
        return self.labels[place][digit]

    def classes(self, place: int, shown: tuple[int, ...]) -> tuple[int, ...]:
        """
        The coarsest codes, disjoint, of which every shown code is a union.

        Atoms that no shown code tells apart are together; atoms that none holds are left out.
        """
        key = (place, shown)
        if key not in self._classes:
            parts: list[int] = []
            held = 0
            # Small codes first: they split what the large ones hold, and are split no more.
            for mask in sorted((self.masks[place][d] for d in shown), key=int.bit_count):
                parts = _split(parts, mask, held)
                held |= mask
            self._classes[key] = tuple(sorted(self.number(place, part) for part in parts))
        return self._classes[key]


def _split(parts: list[int], mask: int, held: int) -> list[int]:
    """Disjoint parts, after a new set: what it cuts is cut, what it adds is added."""
    if not mask & held:
        parts.append(mask)
        return parts
    cut = []
    for part in parts:
        inside = part & mask
        if inside and inside != part:
            cut += [inside, part ^ inside]
        else:
            cut.append(part)
    left = mask & ~held
    return [*cut, left] if left else cut


def _rests(digits: Integers, place: int) -> Iterator[tuple[Integers, Integers]]:
    """Cells that differ by the code of one variable only: their numbers, and these codes."""
    others = np.delete(digits, place, axis=1)
    order = np.lexsort((digits[:, place], *others.T))
    changes = np.flatnonzero((others[order][1:] != others[order][:-1]).any(axis=1)) + 1
    for cells in np.split(order, changes):
        yield cells, digits[cells, place]


def close(digits: Integers, coding: Coding) -> Integers:
    """The cells, and after them the differences that they imply, along every variable."""
    while True:
        before = len(digits)
        for place in range(digits.shape[1]):
            extra = []
            for cells, codes in _rests(digits, place):
                classes = coding.classes(place, tuple(codes.tolist()))
                missing = set(classes).difference(codes.tolist())
                for code in sorted(missing):
                    row = digits[cells[0]].copy()
                    row[place] = code
                    extra.append(row)
            if extra:
                digits = np.concatenate([digits, np.array(extra, dtype=np.int64)])
        if len(digits) == before:
            return digits


def equalities(digits: Integers, coding: Coding) -> tuple[Any, Integers]:
    """
    ``parent - children = 0`` along each variable, as a sparse matrix (see ``Linked.sums``), and
    the variable that each sum runs along.
    """
    from scipy.sparse import csr_array

    plans: dict[tuple[int, tuple[int, ...]], list[tuple[int, list[int]]]] = {}
    columns: list[Integers] = []
    along: list[int] = []
    for place in range(digits.shape[1]):
        for cells, codes in _rests(digits, place):
            key = (place, tuple(codes.tolist()))
            if key not in plans:
                plans[key] = _plan(coding, place, key[1])
            columns += [cells[[parent, *children]] for parent, children in plans[key]]
            along += [place] * len(plans[key])
    sizes = [len(one) for one in columns]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    values = np.full(starts[-1], -1.0)
    values[starts[:-1]] = 1.0
    indices = np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)
    matrix = csr_array((values, indices, starts), shape=(len(sizes), len(digits)))
    matrix.sort_indices()
    return matrix, np.array(along, dtype=np.int64)


def _plan(coding: Coding, place: int, codes: tuple[int, ...]) -> list[tuple[int, list[int]]]:
    """For each code that is a union of others: its position, and theirs."""
    classes = set(coding.classes(place, codes))
    masks = [coding.masks[place][code] for code in codes]
    plan = []
    for position, code in enumerate(codes):
        if code not in classes:
            plan.append((position, _cover(masks, position)))
    return plan


def _cover(masks: list[int], position: int) -> list[int]:
    """Positions of disjoint codes whose union is a code, large ones if they fit; always some."""
    whole = masks[position]
    inside = [p for p, mask in enumerate(masks) if p != position and mask & whole == mask]
    inside.sort(key=lambda p: (-masks[p].bit_count(), masks[p]))
    large = _taken(masks, inside)
    # The classes come first among the small, and their union is the code.
    covers = sum(masks[p] for p in large) == whole
    return large if covers else _taken(masks, inside[::-1])


def _taken(masks: list[int], order: list[int]) -> list[int]:
    chosen, held = [], 0
    for place in order:
        if not masks[place] & held:
            chosen.append(place)
            held |= masks[place]
    return chosen
