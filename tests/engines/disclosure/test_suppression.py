"""No hidden cell can be computed, nor nearly, whatever the table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.disclosure.worlds import AGE, AREA, FLAT_AREA, FORM, brute, counted, cubes
from fanal.engines.disclosure.audit import knowledge
from fanal.engines.disclosure.cubes import Table
from fanal.engines.disclosure.primary import Zeros, below, floor_of, zeros_of
from fanal.engines.disclosure.refusals import Code, Refused
from fanal.engines.disclosure.suppression import suppress
from sizes import size

OLDER = AGE.also("15 et plus", ["15", "17"])
CHOICES = st.sampled_from(list(Zeros))
THRESHOLDS = st.integers(3, 20)


def assert_nobody_is_found(linked, counts, found, threshold, zeros, *, width=5):
    """Two fresh linear programmes for each hidden cell, and the rule itself."""
    small = below(linked, counts, threshold, zeros=zeros)
    assert not (small & linked.is_shown & ~found.hidden).any()
    known = knowledge(linked, counts, found.hidden, floor=floor_of(zeros_of(linked, zeros)))
    for cell in np.flatnonzero(found.hidden | small):
        low, high = brute(linked, known.low, known.high, cell)
        assert high - low >= width, (linked.key(cell), low, high)
    if zeros is Zeros.MAY_HIDE:
        assert_presuming_finds_nothing(linked, counts, found, small)


def assert_presuming_finds_nothing(linked, counts, found, small):
    """A reader who believes, rightly, that some hidden cells are not empty, and which."""
    held = found.hidden & (counts > 0)
    known = knowledge(linked, counts, held, floor=1)
    for cell in np.flatnonzero(held | small):
        low, high = brute(linked, known.low, known.high, cell)
        assert high > low, (linked.key(cell), low, high)


@settings(max_examples=size(10, 25), deadline=None)
@given(cubes(), THRESHOLDS, CHOICES)
def test_no_hidden_cell_is_ever_left_with_less_than_its_width(cube, threshold, zeros):
    linked, counts = counted(*cube)
    primary = below(linked, counts, threshold, zeros=zeros)

    found = suppress(linked, counts, primary, zeros=zeros)

    assert_nobody_is_found(linked, counts, found, threshold, zeros)


@settings(max_examples=size(10, 30), deadline=None)
@given(st.integers(0, 2**32 - 1), THRESHOLDS, CHOICES, st.booleans())
def test_nor_in_linked_tables(seed, threshold, zeros, joint):
    finest = np.random.default_rng(seed).integers(0, 25, (3, 4, 2))
    tables = [Table("t", (AREA, OLDER)), Table("u", (AREA, FORM)), Table("v", (OLDER, FORM))]
    linked, counts = counted(tables, finest, joint=joint)
    primary = below(linked, counts, threshold, zeros=zeros)

    found = suppress(linked, counts, primary, zeros=zeros)

    assert_nobody_is_found(linked, counts, found, threshold, zeros)


@settings(max_examples=size(8, 15), deadline=None)
@given(cubes(), THRESHOLDS)
def test_what_is_printed_adds_up(cube, threshold):
    linked, counts = counted(*cube)
    found = suppress(linked, counts, below(linked, counts, threshold))
    printed = linked.is_shown & ~found.hidden

    for row in range(linked.sums.shape[0]):
        sums = linked.sums[[row]]
        if printed[sums.indices].all():
            assert (sums @ counts)[0] == 0


@settings(max_examples=size(4, 10), deadline=None)
@given(cubes(), THRESHOLDS)
def test_no_cheaper_pattern_protects_as_much(cube, threshold):
    linked, counts = counted(*cube)
    found = suppress(linked, counts, below(linked, counts, threshold), zeros=Zeros.SHOWN)
    others = np.flatnonzero(found.complementary)

    assert found.optimal
    for cell in others[:6]:
        hidden = found.hidden.copy()
        hidden[cell] = False
        known = knowledge(linked, counts, hidden, floor=1)
        intervals = [brute(linked, known.low, known.high, one) for one in np.flatnonzero(hidden)]
        assert any(high - low < 5 for low, high in intervals)


def test_the_cheapest_partner_is_hidden():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 40, 30]))

    found = suppress(linked, counts, below(linked, counts, 11))

    assert [linked.key(cell) for cell in np.flatnonzero(found.complementary)] == ["age=17"]
    assert found.lost == 30


def test_a_difference_that_would_betray_a_cell_is_protected():
    tables = [
        Table("t", (AGE,), {"age": ("Total",)}),
        Table("u", (OLDER,), {"age": ("15 et plus",)}),
    ]
    linked, counts = counted(tables, np.array([3, 20, 30]))

    found = suppress(linked, counts, below(linked, counts, 11))

    assert found.lost == 50
    assert_nobody_is_found(linked, counts, found, 11, Zeros.MAY_HIDE)


def test_what_was_printed_already_can_make_protection_impossible():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))
    printed = counts >= 11

    answer = suppress(linked, counts, counts == 3, must_show=printed)

    assert isinstance(answer, Refused)
    assert answer.code is Code.CANNOT_PROTECT
    assert "3" not in answer.message.replace("age=13", "")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda counts: -counts, Code.UNREADABLE),
        (lambda counts: counts.astype(float), Code.UNREADABLE),
        (lambda counts: counts[1:], Code.UNREADABLE),
        (lambda counts: counts + 1, Code.CONTRADICTORY),
    ],
)
def test_counts_that_are_not_those_of_the_tables_are_refused(change, code):
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))

    answer = suppress(linked, change(counts), counts == 3)

    assert isinstance(answer, Refused)
    assert answer.code is code


def test_a_cell_hidden_before_helps_for_nothing():
    linked, counts = counted([Table("t", (AGE,))], np.array([3, 20, 30]))
    before = np.zeros(linked.size, dtype=bool)
    before[linked.index({"age": "17"})] = True

    found = suppress(linked, counts, counts == 3, already_hidden=before)

    assert found.lost == 0


def test_where_every_zero_is_printed_the_reader_knows_that_a_hidden_cell_is_not_empty():
    finest = np.array([[1, 1], [30, 40], [50, 60]])
    linked, counts = counted([Table("t", (AGE, FORM))], finest)
    primary = below(linked, counts, 11)

    shown = suppress(linked, counts, primary, zeros=Zeros.SHOWN)

    assert_nobody_is_found(linked, counts, shown, 11, Zeros.SHOWN)


def test_the_pattern_depends_on_nothing_but_the_tables():
    finest = np.random.default_rng(5).integers(0, 40, (3, 3, 2))
    linked, counts = counted([Table("t", (AGE, FLAT_AREA, FORM))], finest)
    primary = below(linked, counts, 11)

    patterns = [suppress(linked, counts, primary, seed=seed).hidden for seed in (0, 0)]

    assert np.array_equal(*patterns)


@pytest.mark.parametrize("zeros", list(Zeros))
def test_a_search_that_is_stopped_still_protects(zeros):
    finest = np.random.default_rng(6).integers(0, 40, (3, 4, 2))
    linked, counts = counted([Table("t", (AGE, AREA, FORM))], finest)
    primary = below(linked, counts, 11, zeros=zeros)
    rounds = []

    found = suppress(
        linked,
        counts,
        primary,
        zeros=zeros,
        stop=lambda: True,
        progress=lambda number, hidden: rounds.append(number),
    )

    assert_nobody_is_found(linked, counts, found, 11, zeros)
    assert not found.optimal
    assert rounds == sorted(rounds)
