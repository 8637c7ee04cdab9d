"""A protected table has an estimate, and says what the bounds cost."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.population import CaptureTable, Code, read_table, stepwise
from fanal.engines.population.protected import estimate

TABLES = Path(__file__).with_name("tables")


def protect(table: CaptureTable, *, under: int = 10) -> CaptureTable:
    few = [1 <= count <= under for count in table.counts]
    low = tuple(1 if hidden else count for hidden, count in zip(few, table.counts, strict=True))
    high = tuple(
        under if hidden else count for hidden, count in zip(few, table.counts, strict=True)
    )
    middle = tuple((a + b) // 2 for a, b in zip(low, high, strict=True))
    return CaptureTable(table.lists, middle, low, high)


def test_without_protected_cells_it_is_the_stepwise_estimate() -> None:
    table = read_table(TABLES / "kosovo1999_4lists.csv")
    found = estimate(table, replicates=400)

    assert found.estimate == pytest.approx(stepwise(table, replicates=0).estimate)
    assert found.details["widening"] == 1
    assert not found.warnings


def test_bounds_widen_the_interval_which_still_holds_what_is_behind_them() -> None:
    table = read_table(TABLES / "hiv_rome_4lists.csv")
    found = estimate(protect(table), replicates=800)

    assert found.lower
    assert found.upper
    assert found.lower < (stepwise(table, replicates=0).estimate or 0) < found.upper
    assert 1 < found.details["widening"] < 2
    assert "élargissent" in found.warnings[0]


def test_wider_bounds_widen_it_more() -> None:
    table = read_table(TABLES / "hiv_rome_4lists.csv")
    narrow, wide = (estimate(protect(table, under=under), replicates=800) for under in (10, 60))

    assert wide.details["widening"] > narrow.details["widening"]


def test_the_same_seed_gives_the_same_answer() -> None:
    table = protect(read_table(TABLES / "westernus_5lists.csv"))

    assert estimate(table, replicates=200) == estimate(table, replicates=200)


@settings(deadline=None, max_examples=25)
@given(
    cells=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), min_size=7, max_size=7
    )
)
def test_whatever_the_bounds_an_answer_is_finite_or_refused(cells: list[list[int]]) -> None:
    low, high = ((0, *(cell[end] for cell in cells)) for end in (0, 1))
    middle = tuple((a + b) // 2 for a, b in zip(low, high, strict=True))
    found = estimate(CaptureTable(tuple("ABC"), middle, low, high), replicates=80)

    json.dumps(found.as_json(), allow_nan=False)
    if found.refused is None:
        assert found.lower is not None
        assert found.upper is not None
        assert sum(low) <= found.lower <= found.upper


def test_two_lists_are_refused() -> None:
    found = estimate(CaptureTable(("A", "B"), (0, 5, 5, 3)))

    assert found.refused
    assert found.refused.code is Code.TOO_FEW_LISTS


def test_coverage_with_small_cells_hidden() -> None:
    rng = np.random.default_rng(3)
    rates, people, held = (0.1, 0.15, 0.12, 0.08), 4000, 0
    for seed in range(12):
        seen = rng.random((people, 4)) < rates
        counts = np.bincount(seen @ (1 << np.arange(4)), minlength=16)
        table = CaptureTable(tuple("ABCD"), (0, *map(int, counts[1:])))
        found = estimate(protect(table), seed=seed, replicates=400)
        held += (found.lower or 0) <= people <= (found.upper or 0)
    assert held >= 10
