"""One cell is one cell, and every sum between cells is known."""

from __future__ import annotations

import numpy as np
import pytest

from engines.disclosure.worlds import AGE, AREA, AREAS, FORM, counted
from fanal.engines.disclosure.counting import count
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.linking import Kind, link
from fanal.engines.disclosure.refusals import UnreadableCube

OLDER = AGE.also("15 et plus", ["15", "17"])


def test_the_margin_that_two_tables_share_is_one_cell():
    linked = link([Table("ages", (AREA, AGE)), Table("formes", (AREA, FORM))], joint=False)

    assert linked.is_shown.sum() == 7 * 4 + 7 * 3 - 7
    place = linked.index({"area": "A"})
    assert place in linked.shown[0]
    assert place in linked.shown[1]


def test_two_codes_with_the_same_atoms_are_one_cell():
    linked = link([Table("t", (AGE.also("17 et plus", ["17"]),))])

    assert linked.index({"age": "17"}) == linked.index({"age": "17 et plus"})
    assert linked.index({"age": "Total"}) == linked.index({})


def test_every_sum_holds_in_the_counts():
    finest = np.random.default_rng(1).integers(0, 30, (3, 4, 2))
    tables = [Table("t", (AREA, OLDER, FORM)), Table("u", (AGE, FORM))]
    linked, counts = counted(tables, finest)

    assert counts[linked.index({})] == finest.sum()
    assert counts[linked.index({"area": "A", "age": "15 et plus"})] == finest[1:, :2].sum()
    assert not (linked.sums @ counts).any()


def test_a_parent_is_the_sum_of_the_codes_just_below():
    linked = link([Table("t", (AREA,))])
    row = linked.sums[0].toarray().ravel()

    assert linked.sums.shape == (3, 7)
    assert {linked.key(cell) for cell in np.flatnonzero(row < 0)} == {"area=A", "area=B"}


def test_what_two_codes_leave_out_is_a_cell_that_anybody_can_subtract():
    table = Table("t", (OLDER,), {"age": ("Total", "15 et plus")})
    linked = link([table])
    left_out = np.flatnonzero(linked.kinds == Kind.DIFFERENCE)

    assert [linked.key(cell) for cell in left_out] == ["age=13"]
    assert linked.sums.toarray().tolist() == [[1.0, -1.0, -1.0]]


def test_differences_of_two_variables_are_crossed():
    table = Table("t", (OLDER, FORM), {"age": ("Total", "15 et plus"), "form": ("Total", "x")})
    keys = {link([table]).key(cell) for cell in range(9)}

    assert "age=13&form=y" in keys


def test_groupings_that_do_not_nest_are_tied_by_their_smallest_parts():
    years = Dimension.flat("year", ["21", "22", "23"]).also("≤22", ["21", "22"])
    years = years.also("≥22", ["22", "23"])
    linked = link([Table("t", (years,), {"year": ("≤22", "≥22", "Total")})])

    assert {linked.key(c) for c in np.flatnonzero(linked.kinds)} == {
        "year=21",
        "year=22",
        "year=23",
    }
    assert np.linalg.matrix_rank(linked.sums.toarray()) == 3


def test_two_releases_with_other_groupings_are_tied():
    first = Table("first", (AGE, FORM))
    second = Table("second", (OLDER, FORM), {"age": ("15 et plus",)})
    linked = link([first, second])
    cell = linked.index({"age": "15 et plus", "form": "x"})

    assert abs(linked.sums[:, [cell]]).sum() > 0
    assert not (linked.kinds == Kind.DIFFERENCE).any()


def test_the_joint_counts_tie_tables_over_other_variables():
    linked = link([Table("ages", (AREA, AGE)), Table("formes", (AREA, FORM))])

    assert (linked.kinds == Kind.JOINT).sum() >= 4 * 3 * 2
    assert linked.kinds[linked.index({"area": "a1", "age": "13", "form": "x"})] == Kind.JOINT


def test_when_joint_counts_are_too_many_tables_are_crossed_two_by_two():
    many = Dimension.flat("many", [str(number) for number in range(2_000)])
    tables = [Table("t", (AGE, FORM)), Table("u", (AGE, AREA)), Table("v", (AREA, many))]
    linked = link(tables)
    joint = linked.digits[linked.kinds == Kind.JOINT]
    crossed = {tuple(np.flatnonzero(row).tolist()) for row in joint}

    assert [one.name for one in linked.coding.variables] == ["age", "area", "form", "many"]
    assert crossed == {(0, 1, 2)}


def test_codes_are_counted_from_text_and_from_numbers_alike():
    linked = link([Table("t", (AGE, FORM))])
    texts = {"age": ["13", "17", "17"], "form": np.array(["x", "y", "y"])}
    numbers = {"age": np.array([0, 2, 2]), "form": np.array([0, 1, 1])}

    counts = count(linked, texts)

    assert counts[linked.index({"age": "17", "form": "y"})] == 2
    assert np.array_equal(counts, count(linked, numbers))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"age": ["13"]}, "Il manque la colonne"),
        ({"age": ["12"], "form": ["x"]}, "n'est pas une modalité"),
        ({"age": ["13"], "form": ["x", "y"]}, "la même longueur"),
        ({"age": np.array([7]), "form": ["x"]}, "d'aucune modalité"),
    ],
)
def test_rows_that_do_not_fit_are_refused_in_words(columns, said):
    with pytest.raises(UnreadableCube, match=said):
        count(link([Table("t", (AGE, FORM))]), columns)


@pytest.mark.parametrize(
    "parents", [{"a": "b", "b": "a"}, {"x": "a", "a": "b", "b": "a"}, {"a": "a"}]
)
def test_a_hierarchy_that_turns_in_a_circle_is_refused(parents):
    with pytest.raises(UnreadableCube, match="au-dessus"):
        Dimension.tree("area", parents)


def test_the_same_variable_has_the_same_atoms_everywhere():
    other = Dimension.flat("age", ["13", "15"])
    with pytest.raises(UnreadableCube, match="les plus fines"):
        link([Table("t", (AGE,)), Table("u", (other,))])


def test_a_hierarchy_keeps_its_levels():
    assert Dimension.tree("area", AREAS, total="France").atoms == ("a1", "a2", "b1", "b2")
