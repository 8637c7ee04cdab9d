"""What an attacker computes, against every table of whole people that agrees with what is out."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.disclosure.attacks.battery import targets
from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.attacks.subtracting import Attack, Group
from fanal.engines.disclosure.attacks.system import TooLinked, assemble
from fanal.engines.disclosure.attacks.worlds import Contradictory, Hull, bound
from fanal.engines.disclosure.cubes import Dimension, Table

TWO = [Dimension.flat(name, ("x", "y")) for name in "abc"]
PAIRS = {"ab": (0, 1), "ac": (0, 2), "bc": (1, 2)}


def published(
    axes: tuple[int, ...], people: npt.NDArray[np.int64], hidden: list[bool]
) -> Published:
    """The table of some variables, margins and all, with some cells hidden."""
    kept = people.sum(axis=tuple(a for a in range(3) if a not in axes))
    for axis in range(kept.ndim):
        kept = np.concatenate([kept.sum(axis=axis, keepdims=True), kept], axis=axis)
    flags = np.array(hidden).reshape(kept.shape)
    flags.flat[0] = False
    table = Table("t", tuple(TWO[axis] for axis in axes))
    return Published.exact("r", table, kept, flags)


def bounds(tables: list[Published]) -> tuple[Hull, list[int]]:
    system = assemble(tables)
    cells = [int(cell) for cell in np.flatnonzero(system.hidden)]
    wanted = targets(system, [Group(Attack.INTERVAL, (cell,)) for cell in cells])
    hull = bound(system, wanted.rows, width=99, rng=np.random.default_rng(0), enough=False)
    return hull.whole(), cells


def tables_of(total: int) -> list[npt.NDArray[np.int64]]:
    """Every 2 x 2 x 2 table of so many people."""
    found = []
    for counts in product(range(total + 1), repeat=7):
        if sum(counts) <= total:
            found.append(np.array([*counts, total - sum(counts)]).reshape(2, 2, 2))
    return found


EVERY = {total: tables_of(total) for total in (2, 3)}


def enumerated(tables: list[Published], chosen: list[str], total: int) -> dict[int, set[int]]:
    """The counts that each box has in the tables of people that agree with what is shown."""
    system = assemble(tables)
    found: dict[int, set[int]] = {box: set() for box in range(system.boxes.shape[0])}
    for people in EVERY[total]:
        again = [published(PAIRS[name], people, [False] * 9) for name in chosen]
        agrees = all(
            ((one.low == other.low) | one.hidden).all()
            for one, other in zip(tables, again, strict=True)
        )
        if agrees:
            for other, where in zip(again, system.where, strict=True):
                for box, value in zip(where, other.low.ravel(), strict=True):
                    found[box].add(int(value))
    return found


@settings(max_examples=40, deadline=None)
@given(
    people=st.integers(2, 3).flatmap(lambda total: st.sampled_from(EVERY[total])),
    chosen=st.lists(st.sampled_from(sorted(PAIRS)), min_size=1, max_size=3, unique=True),
    hidden=st.lists(st.booleans(), min_size=27, max_size=27),
)
def test_the_attacker_learns_all_that_trees_of_tables_tell_and_never_more_than_the_truth(
    people: npt.NDArray[np.int64], chosen: list[str], hidden: list[bool]
) -> None:
    total = int(people.sum())
    tables = [
        published(PAIRS[name], people, hidden[9 * place : 9 * place + 9])
        for place, name in enumerate(chosen)
    ]
    hull, cells = bounds(tables)

    possible = enumerated(tables, chosen, total)
    for cell, low, high in zip(cells, hull.low, hull.high, strict=True):
        least, most = min(possible[cell]), max(possible[cell])
        assert low <= least
        assert most <= high
        if len(chosen) < 3:
            assert (low, high) == (least, most)


def test_a_total_and_all_but_one_of_its_cells_give_the_last() -> None:
    dimension = Dimension.flat("v", ("x", "y", "z"))
    counts = np.array([30, 14, 13, 3])
    table = Published.exact("r", Table("t", (dimension,)), counts, np.array([0, 0, 0, 1]) > 0)

    hull, _ = bounds([table])

    assert (hull.low[0], hull.high[0]) == (3, 3)


def test_two_hidden_cells_of_a_row_leave_the_whole_of_their_sum_open() -> None:
    dimension = Dimension.flat("v", ("x", "y", "z"))
    counts = np.array([30, 14, 13, 3])
    table = Published.exact("r", Table("t", (dimension,)), counts, np.array([0, 0, 1, 1]) > 0)

    hull, _ = bounds([table])

    assert hull.low.tolist() == [0, 0]
    assert hull.high.tolist() == [16, 16]


def test_codes_that_overlap_are_told_apart_across_releases() -> None:
    """Two groups of three ages, each harmless, and the age that only one of them has."""
    ages = Dimension.flat("age", ("13", "14", "15", "16"))
    young = Table("jeunes", (ages.also("13-15", ("13", "14", "15")),), {"age": ("13-15",)})
    old = Table("tous", (ages,), {"age": ("Total",)})
    last = Table("seize", (ages,), {"age": ("16",)})
    tables = [
        Published.exact(str(place), table, np.array([count]), np.array([hide]))
        for place, (table, count, hide) in enumerate(
            [(young, 20, False), (old, 24, False), (last, 4, True)]
        )
    ]

    hull, _ = bounds(tables)

    assert (hull.low[0], hull.high[0]) == (4, 4)


def test_a_total_of_one_year_is_not_that_of_two() -> None:
    one_year = Dimension.flat("an", ("2023",))
    two_years = Dimension.flat("an", ("2023", "2024"))
    tables = [
        Published.exact("a", Table("a", (one_year,)), np.array([20, 20]), np.array([False, False])),
        Published.exact(
            "b", Table("b", (two_years,)), np.array([24, 0, 0]), np.array([False, True, True])
        ),
    ]

    hull, _ = bounds(tables)

    assert (hull.low[0], hull.high[0]) == (4, 4)


def test_rounded_figures_bound_what_is_hidden() -> None:
    dimension = Dimension.flat("v", ("x", "y"))
    table = Published(
        "r",
        Table("t", (dimension,)),
        np.array([26.0, 16, 0]),
        np.array([34.0, 24, np.inf]),
        np.array([False, False, True]),
    )

    hull, _ = bounds([table])

    assert (hull.low[0], hull.high[0]) == (2, 18)


def test_figures_that_contradict_one_another_are_told() -> None:
    dimension = Dimension.flat("v", ("x", "y"))
    table = Published.exact(
        "r", Table("t", (dimension,)), np.array([5, 4, 3]), np.array([False, False, False])
    )

    with pytest.raises(Contradictory, match="se contredisent"):
        bounds([table])


def test_too_many_variables_crossed_together_are_refused() -> None:
    large = [Dimension.flat(name, [str(n) for n in range(45)]) for name in "abc"]
    tables = []
    for one, other in ((0, 1), (1, 2), (0, 2)):
        table = Table("t", (large[one], large[other]))
        counts = np.zeros(table.shape, dtype=np.int64)
        tables.append(Published.exact("r", table, counts, np.zeros(table.shape, dtype=bool)))

    with pytest.raises(TooLinked, match="moins de croisements"):
        assemble(tables)
