"""The region holds what the models cannot see, and says what has to be supposed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.population import CaptureTable, Code, from_counts, read_table, stepwise
from fanal.engines.population.answers import Answer
from fanal.engines.population.limits.bounds import region
from fanal.engines.population.limits.mixtures import CONTRASTS, mixtures
from fanal.engines.population.loglinear.closed import chao

TABLES = Path(__file__).parents[1].joinpath("tables")
PEOPLE = 10_000
RATES = np.array([0.006, 0.03, 0.06, 0.045, 0.02])


def two_groups(share: float, low: float, high: float, seed: int) -> CaptureTable:
    rng = np.random.default_rng(seed)
    easy = rng.random(PEOPLE) < share
    seen = rng.random((PEOPLE, 5)) < np.where(easy[:, None], high, low) * RATES
    counts = np.bincount(seen @ (1 << np.arange(5)), minlength=32)
    return CaptureTable(tuple("ABCDE"), (0, *map(int, counts[1:])))


@pytest.mark.parametrize("design", [(0.15, 0.6, 3.3), (0.10, 0.5, 5.5)])
def test_people_who_differ_are_in_the_region_and_not_in_the_interval_of_the_model(
    design: tuple[float, float, float],
) -> None:
    held = above = 0
    for seed in range(10):
        found = region(two_groups(*design, seed), replicates=200)
        assert found.contrast
        assert found.contrast.upper
        assert found.upper
        assert found.lower
        held += found.lower <= PEOPLE <= found.upper
        above += found.curve[16].upper is not None and found.curve[16].upper < PEOPLE
        assert found.upper < 4 * PEOPLE
    assert held == 10
    assert above >= 9


def test_dependence_multiplies_those_whom_nobody_saw_and_its_limit_is_exact() -> None:
    table = read_table(TABLES / "hiv_rome_4lists.csv")
    found = region(table, asked=(1000, 7000, 11_000, 40_000), replicates=300)
    estimate = stepwise(table, replicates=0).estimate or 0
    middle = found.curve[len(found.curve) // 2]

    assert (middle.at, middle.estimate) == (pytest.approx(1), pytest.approx(estimate))
    last = found.curve[-1]
    assert last.estimate == pytest.approx(table.n + 4 * (estimate - table.n))
    impossible, few, inside, many = found.thresholds
    assert (impossible.dependence, impossible.contrast) == (None, None)
    assert inside.dependence == 1
    for threshold in (few, many):
        assert threshold.dependence
        assert threshold.dependence > 1
        for limit, there in ((1.001, True), (0.999, False)):
            asked = region(table, dependence=threshold.dependence * limit, replicates=300)
            assert asked.dependence
            assert asked.dependence.upper
            held = asked.dependence.lower <= threshold.population <= asked.dependence.upper
            assert held == there
    assert "multiplie" in many.said
    assert "divise" in few.said


def test_an_answer_may_bring_its_own_interval() -> None:
    table = read_table(TABLES / "hiv_rome_4lists.csv")
    answer = Answer("stepwise", estimate=11_000, lower=9000, upper=14_000)
    found = region(table, answer=answer, replicates=10)

    assert found.dependence
    assert found.dependence.lower == pytest.approx(table.n + (9000 - table.n) / 4)
    assert found.dependence.upper == pytest.approx(table.n + (14_000 - table.n) * 4)


def test_whoever_differs_there_are_at_least_chaos_bound() -> None:
    table = read_table(TABLES / "hiv_rome_4lists.csv")
    found = region(table, replicates=300)
    bound = chao(table)

    assert found.at_least == bound.estimate
    assert found.contrast
    assert found.contrast.lower == bound.lower


def test_a_wider_contrast_never_holds_fewer_people() -> None:
    found = mixtures(read_table(TABLES / "uk2013_5lists.csv"))

    assert found
    assert (np.diff(found.upper) >= -1e-6 * found.upper[:-1]).all()
    assert CONTRASTS[16] == pytest.approx(16)


# The first fit compiles.
@settings(deadline=None, max_examples=60)
@given(counts=st.lists(st.integers(0, 40), min_size=7, max_size=7))
def test_a_region_holds_what_was_seen_or_is_refused(counts: list[int]) -> None:
    table = CaptureTable(tuple("ABC"), (0, *counts))
    found = region(table, asked=(50, 500), replicates=60)

    json.dumps(found.as_json(), allow_nan=False)
    if found.refused is None:
        assert found.lower is not None
        assert table.n <= found.lower
        assert found.upper is None or found.lower <= found.upper < 1e9


@pytest.mark.parametrize("limits", [{"dependence": 0.5}, {"contrast": 100}, {"contrast": 0}])
def test_limits_that_are_none_are_refused(limits: dict[str, float]) -> None:
    found = region(read_table(TABLES / "korea_3lists.csv"), **limits)  # type: ignore[arg-type]

    assert found.refused
    assert found.refused.code is Code.RATES_OUT_OF_RANGE


def test_without_overlap_there_is_no_region() -> None:
    found = region(from_counts("ABC", [((1, 0, 0), 4), ((0, 1, 0), 3)]))

    assert found.refused
    assert found.refused.code is Code.NO_OVERLAP
