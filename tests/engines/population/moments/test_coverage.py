"""Sample coverage against the program of its authors, CARE-1 (which prints one decimal)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engines.population.drawing import code, figures, reordered, tables, times, with_an_idle_list
from fanal.engines.population import CaptureTable, Code, from_counts, read_table
from fanal.engines.population.moments import coverage
from fanal.engines.population.moments.coverage import Estimator

TABLES = Path(__file__).parents[1].joinpath("tables")
CONGENITAL = read_table(TABLES / "congenital_5lists.csv")
# Estimate, then standard error and limits out of 200 draws.
CARE1 = {
    Estimator.INDEPENDENT: (629.5, 15.5, 603.8, 665.3),
    Estimator.HIGH: (659.5, 35.1, 607.6, 749.3),
    Estimator.LOW: (649.3, 25.9, 608.9, 712.6),
}
estimators = st.sampled_from(Estimator)


@pytest.mark.parametrize("estimator", Estimator)
def test_the_published_figures(estimator: Estimator) -> None:
    found = coverage.coverage(CONGENITAL, estimator, draws=20_000)

    estimate, error, lower, upper = CARE1[estimator]
    assert found.estimate == pytest.approx(estimate, abs=0.05)
    # A standard error out of 200 draws is itself known to one part in twenty.
    assert found.details["standard_error"] == pytest.approx(error, rel=0.10)
    assert found.lower == pytest.approx(lower, rel=0.01)
    assert found.upper == pytest.approx(upper, rel=0.02)
    assert found.details["coverage"] == pytest.approx(0.774, abs=0.001)


def test_a_seed_draws_the_same_and_another_draws_as_its_error_says() -> None:
    one, same, other = (coverage.low(CONGENITAL, draws=4000, seed=seed) for seed in (1, 1, 2))

    assert figures(one) == figures(same)
    assert one.upper is not None
    assert other.upper is not None
    assert one.monte_carlo_error is not None
    assert 0 < abs(one.upper - other.upper) < 5 * one.monte_carlo_error


def test_the_three_estimators_have_their_own_names() -> None:
    found = [
        method(CONGENITAL, draws=50).method
        for method in (coverage.independent, coverage.high, coverage.low)
    ]

    assert found == list(Estimator)


def test_little_coverage_is_said() -> None:
    found = coverage.high(read_table(TABLES / "uk2013_5lists.csv"))

    assert found.warnings[0].startswith("La couverture est de 19 %")
    assert found.warnings[1].startswith("L'erreur type dépasse le tiers")


def test_independent_lists_of_people_alike_are_told_without_error() -> None:
    # Chances of 1/2, 1/3 and 1/4 among 2,400 people, each history at its expectation.
    expected = {
        (a, b, c): 100 * (1 if b else 2) * (1 if c else 3)
        for a in (0, 1)
        for b in (0, 1)
        for c in (0, 1)
    }
    table = from_counts("ABC", [(row, count) for row, count in expected.items() if any(row)])

    for estimator in Estimator:
        found = coverage.coverage(table, estimator, draws=50)
        assert found.estimate == pytest.approx(2400)
        assert found.details["covariation"] == pytest.approx(
            {"A & B": 0, "A & C": 0, "B & C": 0}, abs=1e-9
        )


@given(tables(), estimators, st.data())
@settings(deadline=None)
def test_neither_order_nor_an_idle_list_changes_anything(
    table: CaptureTable, estimator: Estimator, data: st.DataObject
) -> None:
    turned = reordered(table, data.draw(st.permutations(range(table.t))))

    one, other, more = (
        coverage.coverage(some, estimator, draws=60)
        for some in (table, turned, with_an_idle_list(table))
    )

    assert code(one) == code(other) == code(more)
    assert figures(one) == pytest.approx(figures(other), rel=1e-9)
    assert figures(one) == pytest.approx(figures(more), rel=1e-9)


@given(tables(), estimators, st.integers(2, 50))
@settings(deadline=None)
def test_an_answer_is_never_below_the_people_seen_and_grows_with_them(
    table: CaptureTable, estimator: Estimator, factor: int
) -> None:
    one, many = (
        coverage.coverage(some, estimator, draws=20) for some in (table, times(table, factor))
    )

    assert code(one) == code(many)
    assume(one.refused is None)
    assert one.lower is not None
    assert one.estimate is not None
    assert one.upper is not None
    assert table.n <= one.lower <= one.estimate <= one.upper
    assert many.estimate == pytest.approx(factor * one.estimate)


@pytest.mark.parametrize("estimator", Estimator)
def test_what_it_cannot_read_is_refused_in_words(estimator: Estimator) -> None:
    full = [((1, 0, 0), 9), ((0, 1, 0), 8), ((0, 0, 1), 7), ((1, 1, 0), 3), ((0, 1, 1), 2)]
    lists = tuple("ABC")

    for table, why in (
        (from_counts("AB", [((1, 0), 5), ((0, 1), 4), ((1, 1), 3)]), Code.TOO_FEW_LISTS),
        (from_counts("ABC", full[:3]), Code.NO_OVERLAP),
        (from_counts("ABC", [full[0], full[1], full[3]]), Code.TOO_FEW_LISTS),
        (from_counts("ABC", full, impossible=[(1, 0, 1)]), Code.NOT_IDENTIFIABLE),
        (
            CaptureTable(lists, (0, 9, 9, 5, 9, 3, 3, 2), (0,) * 8, (0, 9, 9, 10, 9, 6, 6, 4)),
            Code.NOT_FOR_PROTECTED_CELLS,
        ),
    ):
        found = coverage.coverage(table, estimator)
        assert found.refused is not None
        assert found.refused.code is why
        assert found.refused.message
