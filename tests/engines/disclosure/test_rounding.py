"""Rounded cells are neighbours of the true ones, and their margins add up."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.disclosure.worlds import AGE, AREA, FORM, counted, cubes
from fanal.engines.disclosure.audit import audit
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.refusals import Code, Refused
from fanal.engines.disclosure.rounding import knowledge_of, round_together

OLDER = AGE.also("15 et plus", ["15", "17"])
# Found among small tables of 0 and 1: no rounding to even numbers keeps every margin.
NO_ROUNDING = [
    [[0, 1, 1], [1, 0, 0], [1, 1, 0]],
    [[0, 1, 0], [0, 1, 0], [0, 1, 1]],
    [[0, 0, 1], [1, 1, 1], [1, 0, 0]],
]


def assert_rounded(linked, counts, answer):
    shown = linked.is_shown
    assert not (answer.counts % answer.base)[shown].any()
    assert np.abs(answer.counts - counts)[shown].max() < answer.base
    for row in range(linked.sums.shape[0]):
        sums = linked.sums[[row]]
        if shown[sums.indices].all():
            assert (sums @ answer.counts)[0] == 0


@settings(max_examples=60, deadline=None)
@given(cubes(), st.integers(2, 10))
def test_every_cell_is_a_neighbouring_multiple_and_margins_add_up(cube, base):
    linked, counts = counted(*cube)

    answer = round_together(linked, counts, base=base)

    if isinstance(answer, Refused):
        assert answer.code is Code.CANNOT_ROUND
        assert len(linked.coding.variables) == 3
    else:
        assert_rounded(linked, counts, answer)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_linked_tables_are_rounded_together(seed):
    finest = np.random.default_rng(seed).integers(0, 25, (3, 4, 2))
    linked, counts = counted([Table("t", (AREA, OLDER)), Table("u", (AREA, FORM))], finest)

    answer = round_together(linked, counts)

    assert_rounded(linked, counts, answer)
    place = linked.index({"area": "A"})
    assert place in linked.shown[0]
    assert place in linked.shown[1]


def test_a_table_that_cannot_be_rounded_is_refused_in_words():
    names = [Dimension.flat(name, ["1", "2", "3"]) for name in ("a", "b", "c")]
    linked, counts = counted([Table("t", tuple(names))], np.array(NO_ROUNDING))

    answer = round_together(linked, counts, base=2)

    assert isinstance(answer, Refused)
    assert answer.code is Code.CANNOT_ROUND
    assert answer.message == "Aucun arrondi ne garde à la fois les totaux et les cases proches."


def test_a_base_below_two_is_refused():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))

    assert round_together(linked, counts, base=1).code is Code.UNSUITABLE


def test_a_multiple_stays_as_it_is():
    linked, counts = counted([Table("t", (AGE,))], np.array([5, 10, 3]))

    answer = round_together(linked, counts)

    assert answer.counts[linked.index({"age": "13"})] == 5
    assert answer.counts[linked.index({"age": "17"})] == 5
    assert answer.counts[linked.index({})] == 20
    assert answer.nearest


def test_no_count_is_recovered_from_rounded_ones():
    finest = np.random.default_rng(8).integers(0, 30, (3, 4))
    linked, counts = counted([Table("t", (AGE, AREA))], finest)
    answer = round_together(linked, counts)

    found = audit(linked, knowledge_of(linked, answer), counts=counts, at_least=1)

    assert not found.recovered.size
