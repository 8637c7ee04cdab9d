"""Missed and false links are undone, whichever way a link was missed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fanal.engines.population import CaptureTable, Code, from_counts
from fanal.engines.population.links.linkage import (
    corrected,
    corrected_table,
    merged,
    misclassification,
    sensitivity,
)
from fanal.engines.population.links.misreading import Rates, misread
from fanal.engines.population.loglinear.choosing import Stepwise

PEOPLE = 8000
RATES = np.array([0.1, 0.15, 0.12, 0.08])
REPEATS = 40


def true_table(people: float = PEOPLE) -> np.ndarray:
    """What independent lists are expected to see."""
    chances = np.ones(1)
    for rate in RATES:
        chances = np.concatenate([chances * (1 - rate), chances * rate])
    chances[0] = 0
    return people * chances


def told(counts: np.ndarray) -> CaptureTable:
    return CaptureTable(tuple("ABCD"), (0, *(round(float(one)) for one in counts[1:])))


def totals(tables: np.ndarray) -> np.ndarray:
    unseen, _ = Stepwise(told(true_table())).choose(tables)
    return tables.sum(axis=1) + unseen


def linked_badly(missed: float, false: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rows = [misread(true_table(), Rates(missed, false), rng) for _ in range(REPEATS)]
    return np.array(rows, dtype=np.float64)


@pytest.mark.parametrize(
    ("missed", "false", "uncorrected"),
    [(0.05, 0.0, 0.056), (0.1, 0.0, 0.117), (0.0, 0.005, -0.022), (0.1, 0.005, 0.08)],
)
def test_the_corrected_total_is_within_two_per_cent(
    missed: float, false: float, uncorrected: float
) -> None:
    tables = linked_badly(missed, false, seed=7)

    assert np.median(totals(tables)) / PEOPLE - 1 == pytest.approx(uncorrected, abs=0.025)
    found = totals(corrected_table(tables, missed, false))
    assert np.median(found) / PEOPLE - 1 == pytest.approx(0, abs=0.02)


def test_a_link_missed_between_each_pair_of_records_is_undone_too() -> None:
    """Another meaning of the same rate: links are lost pair by pair, and chains hold."""
    rng = np.random.default_rng(5)
    rows = []
    for _ in range(REPEATS):
        seen = rng.random((PEOPLE, 4)) < RATES
        groups = np.where(seen, np.arange(4), -1)
        for one in range(4):
            for other in range(one + 1, 4):
                joined = seen[:, one] & seen[:, other] & (rng.random(PEOPLE) >= 0.1)
                kept, lost = groups[:, one].copy(), groups[:, other].copy()
                moved = joined[:, None] & (groups == lost[:, None]) & seen
                groups = np.where(moved, kept[:, None], groups)
        histories = [
            ((groups == group) @ (1 << np.arange(4)))[(groups == group).any(axis=1)]
            for group in range(4)
        ]
        rows.append(np.bincount(np.concatenate(histories), minlength=16))
    found = totals(corrected_table(np.array(rows, dtype=np.float64), 0.1))

    assert np.median(found) / PEOPLE - 1 == pytest.approx(0, abs=0.02)


@given(missed=st.floats(0, 0.5), t=st.integers(2, 5))
def test_no_record_is_lost_by_a_missed_link(missed: float, t: int) -> None:
    matrix = misclassification(t, missed)
    records = np.array([history.bit_count() for history in range(1 << t)])

    assert records @ matrix == pytest.approx(records)
    assert (matrix >= 0).all()


@settings(deadline=None)
@given(
    counts=st.lists(st.integers(0, 400), min_size=7, max_size=7).filter(any),
    missed=st.floats(0, 0.3),
    false=st.floats(0, 0.02),
)
def test_what_is_corrected_comes_from_what_was_seen(
    counts: list[int], missed: float, false: float
) -> None:
    true = np.array([0.0, *counts])
    seen = merged((misclassification(3, missed) @ true)[None], false)[0]
    found = corrected_table(seen, missed, false)

    assert (found >= 0).all()
    assert found == pytest.approx(true, abs=0.02 * true.sum() + 0.1)


@settings(deadline=None)
@given(counts=st.lists(st.integers(0, 50), min_size=7, max_size=7))
@example(counts=[0, 0, 0, 0, 0, 0, 1])
def test_whatever_the_table_no_cell_is_negative_nor_people_invented(counts: list[int]) -> None:
    observed = np.array([0, *counts], dtype=np.float64)
    found = corrected_table(observed, 0.2, 0.01)
    lists = np.array([history.bit_count() for history in range(8)])

    assert (found >= 0).all()
    assert found @ lists <= observed @ lists * 1.3 + 0.1


def test_perfect_links_change_nothing() -> None:
    table = told(true_table())

    assert corrected_table(table, 0.0, 0.0) == pytest.approx(table.array())


def test_the_interval_holds_the_truth_and_widens_when_the_rate_is_uncertain() -> None:
    table = told(misclassification(4, 0.1) @ true_table())
    sure = corrected(table, missed_links=0.1, replicates=400)
    unsure = corrected(table, missed_links=0.1, checked=60, replicates=400)

    assert sure.lower
    assert sure.upper
    assert unsure.lower
    assert unsure.upper
    assert sure.estimate == pytest.approx(PEOPLE, rel=0.01)
    assert sure.lower < PEOPLE < sure.upper
    assert unsure.upper - unsure.lower > 1.1 * (sure.upper - sure.lower)
    assert sure.details["uncorrected"] > 1.08 * PEOPLE
    again = corrected(table, missed_links=0.1, replicates=400)
    assert again == sure


def test_more_missed_links_make_fewer_people_and_more_false_links_more() -> None:
    table = told(true_table())
    missed = [one.estimate or 0 for one in sensitivity(table, rates=[(0, 0), (0.05, 0), (0.1, 0)])]
    false = [one.estimate or 0 for one in sensitivity(table, rates=[(0, 0), (0, 0.005), (0, 0.01)])]

    assert missed == sorted(missed, reverse=True)
    assert false == sorted(false)


@pytest.mark.parametrize(("missed", "false"), [(-0.1, 0), (0.6, 0), (0, 0.2), (float("nan"), 0)])
def test_rates_that_are_none_are_refused(missed: float, false: float) -> None:
    found = corrected(told(true_table()), missed_links=missed, false_links=false)

    assert found.refused
    assert found.refused.code is Code.RATES_OUT_OF_RANGE


def test_a_table_without_overlap_stays_without_estimate() -> None:
    found = corrected(from_counts("ABC", [((1, 0, 0), 4), ((0, 1, 0), 3)]), missed_links=0.1)

    assert found.refused
    assert found.refused.code is Code.NO_OVERLAP
