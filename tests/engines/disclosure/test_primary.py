"""The cells that a rule hides by itself."""

from __future__ import annotations

import numpy as np

from engines.disclosure.worlds import AGE, FORM, counted
from fanal.engines.disclosure.cubes import Table
from fanal.engines.disclosure.linking import Kind, link
from fanal.engines.disclosure.primary import (
    Contributions,
    Zeros,
    below,
    contributions,
    dominated,
    estimated,
    floor_of,
    tells_on_a_group,
    zeros_of,
)

OLDER = AGE.also("15 et plus", ["15", "17"])


def names(linked, flags):
    return {linked.key(cell) for cell in np.flatnonzero(flags)}


def test_counts_of_one_to_the_threshold_are_hidden_and_zeros_are_not():
    linked, counts = counted([Table("t", (AGE,))], np.array([0, 10, 11]))

    assert names(linked, below(linked, counts, 11)) == {"age=15"}


def test_a_zero_that_tells_something_is_hidden_where_its_table_says_so():
    linked, counts = counted([Table("t", (AGE,))], np.array([0, 10, 11]))

    hidden = below(linked, counts, 11, zeros=Zeros.SENSITIVE)

    assert names(linked, hidden) == {"age=13", "age=15"}


def test_a_small_difference_between_printed_codes_is_hidden():
    table = Table("t", (OLDER,), {"age": ("Total", "15 et plus")})
    linked, counts = counted([table], np.array([3, 20, 30]))

    hidden = below(linked, counts, 11)

    assert names(linked, hidden) == {"age=13"}
    assert linked.kinds[hidden].tolist() == [Kind.DIFFERENCE]


def test_of_two_tables_the_stricter_choice_on_zeros_holds():
    linked = link([Table("t", (AGE,)), Table("u", (FORM,))], joint=False)
    found = zeros_of(linked, [Zeros.MAY_HIDE, Zeros.SHOWN])

    assert found[linked.index({"age": "13"})] == Zeros.MAY_HIDE
    assert found[linked.index({"form": "x"})] == Zeros.SHOWN
    assert floor_of(found)[linked.index({})] == 1


def test_a_cell_that_one_source_makes_is_hidden():
    linked = link([Table("t", (AGE,))])
    columns = {"age": ["13"] * 20 + ["15"] * 20}
    sources = ["ASE"] * 18 + ["119"] * 2 + ["ASE"] * 10 + ["119"] * 10

    parts = contributions(linked, columns, sources)

    assert parts.sources == ("119", "ASE")
    assert names(linked, dominated(parts)) == {"age=13"}


def test_the_share_is_exceeded_and_not_only_reached():
    parts = Contributions(("a", "b"), np.array([[85, 86, 0], [15, 14, 0]]))

    assert dominated(parts).tolist() == [False, True, False]
    assert dominated(parts, sources=2, share=0.99).tolist() == [True, True, False]


def test_the_second_source_cannot_estimate_the_first():
    parts = Contributions(("a", "b", "c"), np.array([[100, 100, 0], [50, 50, 0], [5, 20, 0]]))

    assert estimated(parts, percent=10).tolist() == [True, False, False]


def test_a_line_with_people_in_one_cell_only_tells_on_all_of_them():
    finest = np.array([[40, 0], [20, 30], [15, 5]])
    linked, counts = counted([Table("t", (AGE, FORM))], finest)

    assert names(linked, tells_on_a_group(linked, counts)) == {"age=13&form=x"}


def test_a_column_where_all_are_in_one_row_tells_too():
    finest = np.array([[40, 0], [20, 30], [10, 0]])
    linked, counts = counted([Table("t", (AGE, FORM))], finest)

    assert "age=15&form=y" in names(linked, tells_on_a_group(linked, counts))
