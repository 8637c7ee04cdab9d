"""
Ten ways in which an estimate of this kind has misled, each held against this engine.

The figures are those of the published tables; what is invented is said to be.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fanal.engines.population import CaptureTable, Code, Criterion, best, stepwise
from fanal.engines.population.bayes.diagnostics import diagnose
from fanal.engines.population.bayes.latent import latent
from fanal.engines.population.limits.bounds import region
from fanal.engines.population.links.linkage import corrected, misclassification
from fanal.engines.population.loglinear.existence import Status, plan
from fanal.engines.population.loglinear.models import closed
from fanal.engines.population.reading import read_table
from fanal.engines.population.tables import rounded

TABLES = Path(__file__).with_name("tables")
A_AND_B, A_AND_C, B_AND_C = 0b011, 0b101, 0b110


def table(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


def test_1_one_person_more_moves_the_answer_and_changes_the_printed_digest() -> None:
    one, other = (
        stepwise(table(f"neworleans_{name}_5lists"), replicates=0) for name in ("n185", "n186")
    )

    assert (one.estimate, other.estimate) == (
        pytest.approx(1034.15, abs=0.01),
        pytest.approx(981.43, abs=0.01),
    )
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("pairs", "status"),
    [
        ([A_AND_B], Status.NOT_THERE),
        ([A_AND_B, A_AND_C, B_AND_C], Status.NOT_IDENTIFIABLE),
        ([A_AND_C, B_AND_C], Status.EXISTS),
    ],
)
def test_2_a_model_without_an_estimate_is_known_for_it(pairs: list[int], status: Status) -> None:
    artificial = table("artificial_3lists")

    assert plan(closed(pairs, 3), artificial.array() > 0, frozenset()).status is status


def test_3_no_tail_ties_with_another_so_one_person_fewer_flips_no_choice() -> None:
    answer = stepwise(table("netherlands2010_5lists"), replicates=20)

    lowest, highest = answer.details["one_person_fewer"]
    assert lowest > 0.95 * 121_521.61
    assert highest < 1.05 * 121_521.61


def test_4_chains_that_do_not_move_or_do_not_agree_are_refused() -> None:
    generator = np.random.default_rng(1)
    agreeing = generator.normal(1000, 10, (4, 2000))

    assert not diagnose(agreeing).stuck
    assert diagnose(np.full((4, 2000), 1533.03)).stuck
    assert diagnose(agreeing + np.array([[0], [0], [0], [50]])).stuck
    answer = latent(table("netherlands2010_5lists"), kept=200)
    assert answer.estimate is None
    assert answer.refused is not None
    assert answer.refused.code is Code.CHAIN_STUCK


def test_5_limits_of_1000_draws_are_said_to_be_noise() -> None:
    few, many = (stepwise(table("uk2013_5lists"), replicates=draws) for draws in (1000, 20_000))

    assert few.monte_carlo_error is not None
    assert many.monte_carlo_error is not None
    assert few.monte_carlo_error > 2 * many.monte_carlo_error
    assert any("1\u202f000 tirages" in warning for warning in few.warnings)
    assert not any("20\u202f000 tirages :" in warning for warning in many.warnings)


def test_6_the_interval_given_one_model_is_far_inside_the_one_that_repeats_the_choice() -> None:
    given, repeated = (
        best(table("kosovo1999_4lists"), Criterion.BIC, first=first, replicates=2000)
        for first in (1, None)
    )

    assert given.lower is not None
    assert given.upper is not None
    assert repeated.lower is not None
    assert repeated.upper is not None
    assert repeated.lower < given.lower - 1000
    assert repeated.upper > given.upper + 1000


@pytest.mark.parametrize(("share", "low", "high"), [(0.15, 0.6, 3.3), (0.10, 0.5, 5.5)])
def test_7_where_people_differ_unseen_the_interval_misses_and_the_region_does_not(
    share: float, low: float, high: float
) -> None:
    """Invented: 10,000 people, some easier to find."""
    generator = np.random.default_rng(11)
    rates = np.array([0.006, 0.03, 0.06, 0.045, 0.02])
    easy = generator.random(10_000) < share
    seen = generator.random((10_000, 5)) < np.where(easy[:, None], high, low) * rates
    counts = np.bincount(seen @ (1 << np.arange(5)), minlength=32)
    counts[0] = 0
    drawn = CaptureTable(tuple("ABCDE"), tuple(map(int, counts)))

    answer = stepwise(drawn, replicates=1000)
    found = region(drawn)

    assert answer.upper is not None
    assert answer.upper < 10_000
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < 10_000 < found.upper


@pytest.mark.parametrize("missed", [0.05, 0.10])
def test_8_links_that_were_missed_inflate_the_answer_and_are_undone(missed: float) -> None:
    """Invented: 8,000 people, four independent lists."""
    generator = np.random.default_rng(5)
    seen = generator.random((8_000, 4)) < np.array([0.12, 0.10, 0.15, 0.08])
    counts = np.bincount(seen @ (1 << np.arange(4)), minlength=16).astype(float)
    true = CaptureTable(tuple("ABCD"), (0, *map(int, counts[1:])))
    linked = rounded(true, misclassification(4, missed) @ np.append(0, counts[1:]))
    right, wrong = (stepwise(one, replicates=0).estimate for one in (true, linked))
    mended = corrected(linked, missed_links=missed, replicates=0).estimate

    assert right is not None
    assert wrong is not None
    assert mended is not None
    assert wrong > 1.02 * right
    assert mended == pytest.approx(right, rel=0.01)


def test_10_merging_or_dropping_a_list_is_a_choice_that_shows() -> None:
    found = [stepwise(table(f"uk2013_{lists}lists"), replicates=0).estimate for lists in (4, 5, 6)]

    assert found == pytest.approx([11_015.24, 11_312.99, 11_417.99], abs=0.01)
