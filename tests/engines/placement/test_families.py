"""Families do not go in halves, and the bound knows it."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.placement.worlds import best_of_all, problem
from fanal.engines.placement.columns import columns_of
from fanal.engines.placement.families import Families
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.relaxing import relax
from fanal.engines.placement.rows import Rows, Source
from fanal.engines.placement.separations import Separations


def bound_of(world: Problem, *, families: bool) -> float:
    columns = columns_of(world)
    sources: tuple[Source, ...] = (Separations(world, columns),)
    if families:
        sources = (*sources, Families(world, columns))
    return relax(columns, world.places, Rows(sources), lambda: False).bound


def pairs(count: int, places: list[int], facility: list[int]) -> Problem:
    """Pairs who may go anywhere, for nothing."""
    arcs = [(one, at, 0) for one in range(2 * count) for at in range(len(places))]
    kin = tuple((2 * one, 2 * one + 1) for one in range(count))
    return problem(arcs, facility, places, [50] * (2 * count), together=kin)


def test_five_places_hold_two_pairs_and_not_two_and_a_half() -> None:
    world = pairs(3, [5], [0])

    assert bound_of(world, families=False) == 50
    assert bound_of(world, families=True) == 100


def test_three_units_of_one_place_hold_one_pair() -> None:
    world = pairs(2, [1, 1, 1], [0, 0, 0])

    assert bound_of(world, families=False) == 50
    assert bound_of(world, families=True) == 100


@st.composite
def crowds(draw: st.DrawFn) -> Problem:
    """Families of one to three, in two facilities of up to three units."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    count, units = sum(sizes), draw(st.integers(1, 4))
    ends: Any = st.tuples(st.integers(0, count - 1), st.integers(0, units - 1))
    starts = np.cumsum([0, *sizes]).tolist()
    return problem(
        [(*end, draw(st.integers(0, 9))) for end in draw(st.lists(ends, unique=True))],
        sorted(draw(st.lists(st.integers(0, 1), min_size=units, max_size=units))),
        [draw(st.integers(0, 5)) for _ in range(units)],
        [draw(st.integers(0, 60)) for _ in range(count)],
        together=tuple(
            tuple(range(first, first + size)) for first, size in zip(starts, sizes, strict=False)
        ),
    )


@given(world=crowds())
@settings(max_examples=150, deadline=None)
def test_what_families_add_to_the_bound_is_true(world: Problem) -> None:
    plain, told = bound_of(world, families=False), bound_of(world, families=True)

    assert plain - 1e-6 <= told <= best_of_all(world) + 1e-6
