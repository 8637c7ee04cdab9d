"""
Everything published so far, as one system of linear constraints on the people counted.

Codes that no table tells apart are merged into classes. A clique is a set of variables that some
table crosses; cliques are completed (triangulated) until they form a tree, and then tables that
agree wherever two cliques meet are the margins of one table of whole people over all variables:
nothing that the tables imply together is left out, and the full crossing is never made.

Sources: Vorob'ev (1962, Theory of Probability and its Applications 7, 147-163) for tables that
agree on a tree of cliques; Dobra and Fienberg (2000, PNAS 97, 11885-11892) for their use against
disclosure; minimum fill for the triangulation (Rose 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.attacks.published import Flags, Floats, Published, code_sets

Wholes = npt.NDArray[np.int64]
# Beyond, one attack would take minutes.
COLUMNS_AT_MOST = 60_000


class TooLinked(ValueError):
    """Too many variables are crossed with one another over the whole history; French message."""


@dataclass(frozen=True, slots=True)
class Classes:
    """
    The classes of each variable: ``of[name]`` gives the class of each atom, ``sizes`` how many.

    ``masks(table, axis)`` are the classes of each code shown, as integers of bits.
    """

    atoms: dict[str, dict[str, int]]
    of: dict[str, Wholes]

    @classmethod
    def from_tables(cls, tables: Iterable[Published]) -> Classes:
        atoms: dict[str, dict[str, int]] = {}
        sets: dict[str, set[frozenset[str]]] = {}
        for one in tables:
            for place, dimension in enumerate(one.table.dimensions):
                known = atoms.setdefault(dimension.name, {})
                for atom in dimension.atoms:
                    known.setdefault(atom, len(known))
                sets.setdefault(dimension.name, set()).update(code_sets(one.table, place))
        of = {}
        for name, known in atoms.items():
            signatures = np.zeros((len(known), len(sets[name])), dtype=bool)
            for column, members in enumerate(sorted(sets[name], key=sorted)):
                signatures[[known[atom] for atom in members], column] = True
            of[name] = np.unique(signatures, axis=0, return_inverse=True)[1].ravel()
        return cls(atoms, of)

    def size(self, name: str) -> int:
        return int(self.of[name].max()) + 1

    def incidence(self, one: Published, axis: int) -> npt.NDArray[np.bool_]:
        """bool, shape (codes shown, classes)."""
        name = one.table.dimensions[axis].name
        rows = code_sets(one.table, axis)
        found = np.zeros((len(rows), self.size(name)), dtype=bool)
        for row, members in enumerate(rows):
            found[row, self.of[name][[self.atoms[name][atom] for atom in members]]] = True
        return found


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """
    Args:
        classes: of each variable.
        cliques: the variables of each block of columns, and where the block starts.
        agree: sparse, (equalities, columns): ``agree @ x == 0`` where cliques meet.
        boxes: sparse, (boxes, columns) of 0 and 1: each distinct published cell once.
        low, high, hidden: (boxes,): what is known of each, over all the tables that show it.
        sides: for each variable, bool (boxes, classes): what each box covers.
        where: for each table, the box of each cell, in the order of ``table.shape``.
    """

    classes: Classes
    cliques: tuple[tuple[str, ...], ...]
    starts: tuple[int, ...]
    agree: Any
    boxes: Any
    low: Floats
    high: Floats
    hidden: Flags
    sides: dict[str, npt.NDArray[np.bool_]]
    where: tuple[Wholes, ...]

    @property
    def columns(self) -> int:
        return int(self.boxes.shape[1])

    def merged(self, tables: Sequence[Published]) -> tuple[Floats, Floats, Flags]:
        """The bounds of the boxes, from the tables as they are now."""
        boxes = self.boxes.shape[0]
        low, high, hidden = np.zeros(boxes), np.full(boxes, np.inf), np.ones(boxes, dtype=bool)
        for one, place in zip(tables, self.where, strict=True):
            np.maximum.at(low, place, one.low.ravel())
            np.minimum.at(high, place, one.high.ravel())
            np.logical_and.at(hidden, place, one.hidden.ravel())
        return low, high, hidden


def assemble(tables: Sequence[Published]) -> System:
    """
    Raises:
        TooLinked: more than ``COLUMNS_AT_MOST`` joint counts would be needed.
    """
    from scipy.sparse import csr_array, vstack

    classes = Classes.from_tables(tables)
    involved = [_involved(one, classes) for one in tables]
    cliques = _cliques(involved, {name: classes.size(name) for name in classes.of})
    sizes = [int(np.prod([classes.size(v) for v in clique])) for clique in cliques]
    if sum(sizes) > COLUMNS_AT_MOST:
        raise TooLinked(
            "Trop de variables sont croisées entre elles, publications passées comprises : "
            "publiez moins de croisements, ou moins fins."
        )
    starts = tuple(int(start) for start in np.cumsum([0, *sizes[:-1]]))
    columns = sum(sizes)
    keys, blocks, sides = [], [], {name: [] for name in classes.of}  # type: ignore[var-annotated]
    for one, crossed in zip(tables, involved, strict=True):
        home = next(k for k, clique in enumerate(cliques) if crossed <= set(clique))
        blocks.append(_incidence(one, classes, cliques[home], starts[home], columns))
        covered = _covered(one, classes)
        for name, side in covered.items():
            sides[name].append(side)
        keys.append(np.concatenate([np.packbits(side, axis=1) for side in covered.values()], 1))
    _, first, inverse = np.unique(
        np.concatenate(keys), axis=0, return_index=True, return_inverse=True
    )
    cuts = np.cumsum([len(one) for one in keys])[:-1]
    system = System(
        classes, tuple(cliques), starts, _agreements(classes, cliques, starts, columns),
        csr_array(vstack(blocks, format="csr")[first]), np.zeros(0), np.zeros(0),
        np.zeros(0, dtype=bool),
        {name: np.concatenate(parts)[first] for name, parts in sides.items()},
        tuple(np.split(inverse.ravel(), cuts)),
    )  # fmt: skip
    return with_bounds(system, tables)


def with_bounds(system: System, tables: Sequence[Published]) -> System:
    """The same system after some cells were hidden or rounded."""
    from dataclasses import replace

    low, high, hidden = system.merged(tables)
    return replace(system, low=low, high=high, hidden=hidden)


def _involved(one: Published, classes: Classes) -> frozenset[str]:
    """The variables that some cell of a table restricts."""
    return frozenset(
        dimension.name
        for axis, dimension in enumerate(one.table.dimensions)
        if not classes.incidence(one, axis).all()
    )


def _cliques(involved: Iterable[frozenset[str]], sizes: dict[str, int]) -> list[tuple[str, ...]]:
    """Maximal cliques of the triangulated graph, each after the one it meets most."""
    graph: dict[str, set[str]] = {}
    for crossed in involved:
        for name in crossed:
            graph.setdefault(name, set()).update(crossed - {name})
    found: list[frozenset[str]] = []
    while graph:
        name = min(graph, key=lambda one: (_fill(graph, one), sizes[one], one))
        clique = frozenset({name, *graph[name]})
        if not any(clique <= other for other in found):
            found.append(clique)
        for one, other in combinations(sorted(graph[name]), 2):
            graph[one].add(other)
            graph[other].add(one)
        for neighbour in graph.pop(name):
            graph[neighbour].discard(name)
    return [tuple(sorted(clique)) for clique in found] or [()]


def _fill(graph: dict[str, set[str]], name: str) -> int:
    return sum(other not in graph[one] for one, other in combinations(graph[name], 2))


def _tree(cliques: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """The edges of a tree of cliques with the largest meetings (Kruskal)."""
    edges = sorted(
        combinations(range(len(cliques)), 2),
        key=lambda pair: (-len(set(cliques[pair[0]]) & set(cliques[pair[1]])), pair),
    )
    group, kept = list(range(len(cliques))), []
    for one, other in edges:
        if group[one] != group[other]:
            kept.append((one, other))
            old = group[other]
            group = [group[one] if g == old else g for g in group]
    return kept


def _agreements(
    classes: Classes, cliques: Sequence[tuple[str, ...]], starts: Sequence[int], columns: int
) -> Any:
    from scipy.sparse import csr_array, vstack

    rows = [
        _margin(classes, cliques[one], shared, starts[one], columns)
        - _margin(classes, cliques[other], shared, starts[other], columns)
        for one, other in _tree(cliques)
        for shared in [set(cliques[one]) & set(cliques[other])]
    ]
    return csr_array(vstack(rows, format="csr")) if rows else csr_array((0, columns))


def _margin(
    classes: Classes, clique: Sequence[str], kept: set[str], start: int, columns: int
) -> Any:
    """The counts of a clique over ``kept``, summed over its other variables."""
    factors = [
        np.eye(classes.size(name)) if name in kept else np.ones((1, classes.size(name)))
        for name in clique
    ]
    return _placed(factors, start, columns)


def _placed(factors: Sequence[npt.NDArray[Any]], start: int, columns: int) -> Any:
    from scipy.sparse import csr_array, kron

    ones = csr_array(np.ones((1, 1)))
    block = reduce(lambda left, right: kron(left, csr_array(right), format="csr"), factors, ones)
    block = csr_array(block)
    shifted = (block.data, block.indices + start, block.indptr)
    return csr_array(shifted, shape=(block.shape[0], columns))


def _incidence(
    one: Published, classes: Classes, clique: Sequence[str], start: int, columns: int
) -> Any:
    """The columns that each cell of a table adds up, cells in the order of its shape."""
    axes = {dimension.name: axis for axis, dimension in enumerate(one.table.dimensions)}
    factors = [
        classes.incidence(one, axes[name]).astype(np.float64)
        if name in axes
        else np.ones((1, classes.size(name)))
        for name in clique
    ]
    block = _placed(factors, start, columns)
    shape = [one.table.shape[axes[name]] for name in clique if name in axes]
    order = [axes[name] for name in clique if name in axes]
    numbers = np.arange(int(np.prod(shape))).reshape(shape)
    # Variables that restrict nothing are in no clique: each of their codes is the same box.
    left_out = [axis for axis in range(len(one.table.shape)) if axis not in order]
    numbers = numbers.reshape([*shape, *[1] * len(left_out)])
    placed = np.transpose(numbers, np.argsort([*order, *left_out]))
    return block[np.broadcast_to(placed, one.table.shape).ravel()]


def _covered(one: Published, classes: Classes) -> dict[str, npt.NDArray[np.bool_]]:
    """For each variable what each cell covers, bool (cells, classes)."""
    axes = {dimension.name: axis for axis, dimension in enumerate(one.table.dimensions)}
    places = np.indices(one.table.shape).reshape(len(one.table.shape), -1)
    cells = int(np.prod(one.table.shape))
    return {
        name: classes.incidence(one, axes[name])[places[axes[name]]]
        if name in axes
        else np.ones((cells, classes.size(name)), dtype=bool)
        for name in sorted(classes.of)
    }
