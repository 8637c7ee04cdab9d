"""What a reader can compute is what an auditor without short cuts computes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.disclosure.worlds import AGE, AREA, FORM, brute, counted, cubes
from fanal.engines.disclosure.audit import audit, knowledge, together
from fanal.engines.disclosure.cubes import Table
from fanal.engines.disclosure.refusals import Code, Refused
from sizes import size

OLDER = AGE.also("15 et plus", ["15", "17"])
SMALL = settings(max_examples=size(15, 40), deadline=None)


@SMALL
@given(cubes(), st.integers(0, 2**32 - 1), st.sampled_from([0, 1]))
def test_limits_are_those_of_an_independent_programme(cube, seed, floor):
    linked, counts = counted(*cube)
    hidden = (np.random.default_rng(seed).random(linked.size) < 0.5) & (counts >= floor)
    known = knowledge(linked, counts, hidden, floor=floor)

    found = audit(linked, known, complete=True)

    for place, cell in enumerate(found.cells):
        low, high = brute(linked, known.low, known.high, cell)
        assert (found.outer_low[place], found.outer_high[place]) == (low, high)
        assert low <= found.low[place] <= found.high[place] <= high


@SMALL
@given(cubes(), st.integers(0, 2**32 - 1))
def test_short_cuts_find_the_same_narrow_cells(cube, seed):
    linked, counts = counted(*cube)
    hidden = (np.random.default_rng(seed).random(linked.size) < 0.5) & (counts >= 1)
    known = knowledge(linked, counts, hidden)

    quick = audit(linked, known, counts=counts, seed=seed)
    whole = audit(linked, known, complete=True)

    assert np.array_equal(quick.narrow, whole.narrow)
    assert np.array_equal(quick.recovered, whole.recovered)


def test_the_last_hidden_cell_of_a_row_is_recovered():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))
    hidden = counts == 3

    found = audit(linked, knowledge(linked, counts, hidden))

    assert [linked.key(cell) for cell in found.recovered] == ["age=13"]
    assert found.low[0] == found.high[0] == 3


def test_two_releases_that_each_hold_betray_a_cell_together():
    first = Table("first", (AGE,), {"age": ("Total",)})
    second = Table("second", (OLDER,), {"age": ("15 et plus",)})
    linked, counts = counted([first, second], np.array([3, 20, 30]))
    nothing = np.zeros(linked.size, dtype=bool)

    found = audit(linked, knowledge(linked, counts, nothing))

    assert [linked.key(cell) for cell in found.recovered] == ["age=13"]


def test_a_cell_hidden_here_and_printed_there_is_known():
    linked, counts = counted([Table("t", (AGE, FORM))], np.arange(6).reshape(3, 2))
    hidden = (counts > 0) & (counts < 4)
    printed = ~linked.is_shown
    both = together(knowledge(linked, counts, hidden), knowledge(linked, counts, printed))

    assert not audit(linked, both).cells.size


def test_figures_that_contradict_each_other_are_refused():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))
    wrong = counts.copy()
    wrong[linked.index({})] = 40
    hidden = counts == 3

    answer = audit(linked, knowledge(linked, wrong, hidden))

    assert isinstance(answer, Refused)
    assert answer.code is Code.CONTRADICTORY


def test_whole_numbers_narrow_what_fractions_leave_open():
    finest = np.random.default_rng(3).integers(0, 4, (3, 4, 2))
    linked, counts = counted([Table("t", (AGE, AREA, FORM))], finest)
    finest_only = (linked.digits > 0).all(axis=1)

    found = audit(linked, knowledge(linked, counts, finest_only, floor=0), complete=True)

    assert (found.outer_low <= found.low).all()
    assert (found.high <= found.outer_high).all()


def test_a_cell_that_nothing_bounds_has_no_highest_count():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 0, 0]))

    found = audit(linked, knowledge(linked, counts, counts > 0))

    assert np.isinf(found.high).all()
    assert found.holds
