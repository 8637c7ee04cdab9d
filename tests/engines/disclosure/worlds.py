"""Small invented tables, and an auditor that takes no short cut."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from fanal.engines.disclosure.counting import count
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.linking import link

AREAS = {"a1": "A", "a2": "A", "b1": "B", "b2": "B", "A": "France", "B": "France"}
AREA = Dimension.tree("area", AREAS, total="France")
AGE = Dimension.flat("age", ["13", "15", "17"])
FORM = Dimension.flat("form", ["x", "y"])
FLAT_AREA = Dimension.flat("area", ["a1", "a2", "b1"])


def people(linked, table):
    """Columns of atoms and weights, out of an array of counts of the finest cells."""
    places = np.indices(table.shape).reshape(table.ndim, -1)
    return {
        dimension.name: places[axis] for axis, dimension in enumerate(linked.coding.variables)
    }, table.ravel()


def counted(tables, finest, *, joint=True):
    """Linked tables and their counts; ``finest``: axes in the alphabetical order of variables."""
    linked = link(tables, joint=joint)
    columns, weights = people(linked, np.asarray(finest))
    return linked, count(linked, columns, weights=weights)


@st.composite
def cubes(draw):
    """One, two or three variables, with a hierarchy or not, many zeros and many small counts."""
    dimensions = draw(
        st.sampled_from(
            [
                (AREA,),
                (AGE,),
                (AGE, AREA),
                (FLAT_AREA, FORM),
                (AGE, FLAT_AREA, FORM),
                (AGE, AREA, FORM),
            ]
        )
    )
    dimensions = tuple(sorted(dimensions, key=lambda one: one.name))
    shape = tuple(len(one.atoms) for one in dimensions)
    small = st.one_of(st.just(0), st.integers(1, 6), st.integers(1, 60))
    size = int(np.prod(shape))
    finest = np.array(draw(st.lists(small, min_size=size, max_size=size))).reshape(shape)
    return (Table("t", dimensions),), finest


def brute(linked, low, high, cell):
    """The interval of one cell by two linear programmes that share nothing with the engine."""
    from scipy.optimize import linprog

    bounds = [(a, None if np.isinf(b) else b) for a, b in zip(low, high, strict=True)]
    limits = []
    for sign in (1, -1):
        cost = np.zeros(linked.size)
        cost[cell] = sign
        found = linprog(
            cost,
            A_eq=linked.sums.toarray() if linked.sums.shape[0] else None,
            b_eq=np.zeros(linked.sums.shape[0]) if linked.sums.shape[0] else None,
            bounds=bounds,
            method="highs",
        )
        unbounded = found.status == 3
        assert unbounded or found.success, found.message
        limits.append(-sign * np.inf if unbounded else sign * found.fun)
    return np.ceil(limits[0] - 1e-6), np.floor(limits[1] + 1e-6)
