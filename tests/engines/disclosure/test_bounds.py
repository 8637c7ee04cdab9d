"""Bounds drawn from sums keep every table that agrees; parts share no cell."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.disclosure.worlds import AGE, AREA, FORM, counted, cubes
from fanal.engines.disclosure.audit import knowledge
from fanal.engines.disclosure.bounds import tighten
from fanal.engines.disclosure.components import components
from fanal.engines.disclosure.cubes import Table


@settings(max_examples=60, deadline=None)
@given(cubes(), st.integers(0, 2**32 - 1))
def test_the_true_table_is_never_left_out(cube, seed):
    linked, counts = counted(*cube)
    hidden = np.random.default_rng(seed).random(linked.size) < 0.5
    known = knowledge(linked, counts, hidden, floor=0)

    low, high = tighten(linked.sums, known.low, known.high)

    assert (low <= counts).all()
    assert (counts <= high).all()
    assert (low >= known.low).all()
    assert (high <= known.high).all()


def test_the_one_cell_that_a_sum_lacks_is_known():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))
    known = knowledge(linked, counts, counts == 3)

    low, high = tighten(linked.sums, known.low, known.high)

    assert low[linked.index({"age": "13"})] == high[linked.index({"age": "13"})] == 3


def test_sums_that_nothing_satisfies_leave_no_bounds():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))
    wrong = counts.astype(float)
    wrong[linked.index({})] += 1

    assert tighten(linked.sums, wrong, wrong) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=47, max_size=47))
def test_cells_that_share_a_sum_have_one_label_and_others_do_not(kept):
    linked, _ = counted([Table("t", (AGE, AREA)), Table("u", (FORM,))], np.ones((3, 4, 2)))
    rows = np.flatnonzero(np.resize(kept, linked.sums.shape[0]))
    sums = linked.sums[rows]

    of_row, of_cell = components(sums)

    neighbours = (abs(sums).T @ abs(sums)).toarray() > 0
    reached = np.eye(linked.size, dtype=bool) | neighbours
    for _ in range(8):
        reached = (reached.astype(int) @ reached.astype(int)) > 0
    assert np.array_equal(reached, of_cell[:, None] == of_cell[None, :])
    for row in range(len(rows)):
        assert set(of_cell[sums[[row]].indices]) == {of_row[row]}
