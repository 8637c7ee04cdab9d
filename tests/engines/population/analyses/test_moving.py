"""Growing data, all the models, pairs of lists, and the least that is needed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings

from engines.population.drawing import tables
from fanal.engines.population import CaptureTable, from_counts, read_table, stepwise
from fanal.engines.population.analyses import (
    Analyses,
    Cloud,
    cloud,
    gather,
    minimum,
    odds,
    trajectory,
)
from fanal.engines.population.refusals import Code, Refused

TABLES = Path(__file__).parents[1] / "tables"


def published(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


def independent(size: int) -> CaptureTable:
    """The very counts that three independent lists of a half each expect."""
    return CaptureTable(("a", "b", "c"), (0, *[size] * 7))


def test_independent_lists_have_a_flat_trajectory_that_narrows() -> None:
    stages = trajectory(independent(1000), draws=300, seed=1)

    assert not isinstance(stages, Refused)
    assert all(stage.median == pytest.approx(8000, rel=0.05) for stage in stages)
    widths = [stage.upper - stage.lower for stage in stages if stage.upper and stage.lower]
    assert len(widths) == 10
    assert widths[0] > 2 * widths[-1]
    assert (stages[-1].share, stages[-1].people) == (1.0, 7000)


def test_draws_without_an_estimate_open_the_band_and_no_number_is_made_up() -> None:
    table = from_counts("abc", [([1, 0, 0], 30), ([0, 1, 0], 30), ([0, 0, 1], 30), ([1, 1, 0], 1)])

    stages = trajectory(table, draws=100, seed=1)

    assert not isinstance(stages, Refused)
    assert stages[0].without_estimate > 0.3
    assert stages[0].upper is None


@settings(max_examples=20, deadline=None)
@given(tables(most=3))
def test_a_trajectory_is_finite_ordered_or_refused(table: CaptureTable) -> None:
    stages = trajectory(table, draws=20, seed=1)
    if isinstance(stages, Refused):
        return

    for stage in stages:
        known = [value for value in (stage.lower, stage.median, stage.upper) if value is not None]
        assert known == sorted(known)
        assert all(math.isfinite(value) for value in known)


def test_the_british_models_hold_two_answers_under_one_criterion() -> None:
    found = cloud(published("uk2013_5lists"), replicates=60, seed=1)

    assert isinstance(found, Cloud)
    assert found.models[0].name == "[123;25;34]"
    assert found.models[0].estimate == pytest.approx(25311.29, abs=0.01)
    assert found.considered > 6000
    assert 0 < found.refused < found.considered
    assert 0.99 < found.share <= 1
    weights = [model.weight for model in found.models]
    assert weights == sorted(weights, reverse=True)
    heavy = [model.estimate for model in found.models if model.weight > 0.05]
    assert max(heavy) > 2 * min(heavy)
    assert all(model.lower and model.upper for model in found.models[:10])


def test_the_interval_widens_with_the_models_that_each_draw_may_choose() -> None:
    found = cloud(published("kosovo1999_4lists"), replicates=400, seed=1)

    assert isinstance(found, Cloud)
    widths = {
        top.first: top.answer.upper - top.answer.lower
        for top in found.tops
        if top.answer.upper is not None and top.answer.lower is not None
    }
    assert widths[1] < 0.6 * widths[100]


def test_beyond_five_lists_the_models_around_the_stepwise_one_are_told() -> None:
    table = published("neworleans_n185_8lists")

    found = cloud(table, replicates=20, seed=1)

    assert isinstance(found, Cloud)
    assert found.near
    assert found.considered == 1 + 28 + 28 * 27 // 2
    assert found.tops == ()
    chosen = stepwise(table, replicates=0)
    mine = next(one for one in found.models if one.name == chosen.model)
    assert mine.estimate == pytest.approx(chosen.estimate)


def test_lists_that_do_not_see_each_other_have_a_ratio_of_one() -> None:
    for one in odds(independent(5000)):
        assert one.ratio == pytest.approx(1)
        assert one.lower is not None
        assert one.upper is not None
        assert one.lower < one.upper


def test_lists_that_send_people_to_each_other_have_a_ratio_over_one() -> None:
    table = from_counts(
        "abc",
        [([1, 1, 1], 40), ([1, 0, 1], 10), ([0, 1, 1], 10), ([0, 0, 1], 40), ([1, 0, 0], 7)],
    )

    first = odds(table)[0]

    assert first.ratio == pytest.approx(40.5**2 / 10.5**2)
    assert first.lower is not None
    assert first.lower > 1


def test_an_empty_pair_is_marked_and_has_a_finite_ratio() -> None:
    marked = [one for one in odds(published("uk2013_5lists")) if one.empty]

    assert [one.pair for one in marked] == [("LA", "GP")]
    assert all(one.ratio is not None and math.isfinite(one.ratio) for one in marked)


def test_two_lists_have_no_ratio() -> None:
    (one,) = odds(from_counts("ab", [([1, 0], 5), ([0, 1], 5), ([1, 1], 5)]))

    assert (one.ratio, one.low, one.high) == (None, 5, 5)


@pytest.mark.parametrize(
    ("name", "met", "several", "empty"),
    [
        ("uk2013_5lists", True, 221, 1),
        ("korea_3lists", True, 72, 0),
        ("neworleans_n185_8lists", False, 13, 18),
        ("artificial_3lists", False, 6, 2),
    ],
)
def test_the_least_that_is_needed(name: str, met: bool, several: int, empty: int) -> None:
    table = published(name)

    found = minimum(table)

    assert found.on_several == (table.on_several(),) * 2
    assert (found.met, found.on_several[0], len(found.empty_pairs)) == (met, several, empty)


@given(tables())
def test_bounds_of_a_protected_table_hold_what_is_counted(table: CaptureTable) -> None:
    low = tuple(min(count, 1) for count in table.counts)
    high = tuple(count and max(count, 10) for count in table.counts)
    told = minimum(CaptureTable(table.lists, table.counts, low, high))
    exact = minimum(table)

    assert told.seen[0] <= exact.seen[0] <= told.seen[1]
    assert told.share[0] <= exact.share[0] <= told.share[1]
    assert told.empty_pairs == exact.empty_pairs


def test_all_the_analyses_of_a_table_are_gathered_and_told() -> None:
    told: set[str] = set()

    found = gather(
        published("korea_3lists"),
        replicates=30,
        progress=lambda name, done, of: told.add(name) if done == of else None,
    )

    assert isinstance(found, Analyses)
    assert len(told) == 6
    assert not isinstance(found.path, Refused)
    assert len(found.without) == len(found.merged) == 3


def test_a_protected_table_is_refused_analysis_by_analysis() -> None:
    counts = (0, *[5] * 7)

    found = gather(CaptureTable(("a", "b", "c"), counts, (0, *[1] * 7), (0, *[10] * 7)))

    for one in (found.path, found.one_person, found.trajectory, found.cloud):
        assert isinstance(one, Refused)
        assert one.code is Code.NOT_FOR_PROTECTED_CELLS
    assert found.stairs == ()
    assert found.odds
