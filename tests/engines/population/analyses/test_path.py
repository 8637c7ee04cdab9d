"""The walk of the stepwise choice: one walk answers for every threshold, and ties open others."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from engines.population.drawing import tables
from fanal.engines.population import CaptureTable, from_counts, read_table, stepwise
from fanal.engines.population.analyses import Step, Way, staircase, walk
from fanal.engines.population.analyses.path import LOOSEST
from fanal.engines.population.refusals import Code, Refused

TABLES = Path(__file__).parents[1] / "tables"


def walked(table: CaptureTable) -> Way:
    way = walk(table)
    assert isinstance(way, Way)
    return way


def published(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


def twins() -> CaptureTable:
    """Lists b and c are seen with all the others exactly as much."""
    counts = (0, 0, 3, 14, 3, 14, 1, 0, 2, 5, 0, 0, 0, 0, 0, 0)
    return CaptureTable(("a", "b", "c", "d"), counts)


@pytest.mark.parametrize(
    "name", ["uk2013_5lists", "netherlands2010_6lists", "kosovo1999_4lists", "korea_3lists"]
)
@pytest.mark.parametrize("threshold", [0.0001, 0.001, 0.02, 0.05, LOOSEST])
def test_one_walk_answers_as_the_method_does_at_each_threshold(name: str, threshold: float) -> None:
    table = published(name)

    answer = stepwise(table, replicates=0, enters_under=threshold)

    assert answer.estimate == pytest.approx(walked(table).at(threshold), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables(most=4))
def test_a_walk_refuses_where_the_method_does_and_agrees_elsewhere(table: CaptureTable) -> None:
    way, answer = walk(table), stepwise(table, replicates=0)

    if isinstance(way, Refused):
        assert answer.refused == way
    else:
        assert any(answer.estimate == pytest.approx(value) for value in way.all_at(0.02))


def test_the_british_steps_are_those_of_the_published_model() -> None:
    way = walked(published("uk2013_5lists"))

    assert way.steps[0].pair == ("LA", "NG")
    assert way.steps[0].seen == 18
    assert way.steps[0].expected == pytest.approx(4.0, abs=0.05)
    assert round(way.start) == 13444
    assert [round(step.estimate) for step in way.before(0.02)][-1] == 11313


def test_a_tighter_threshold_never_lets_more_in() -> None:
    way = walked(published("congenital_5lists"))

    for tight, loose in [(0.0, 1e-9), (1e-9, 1e-3), (1e-3, 0.02), (0.02, 0.1)]:
        assert way.before(loose)[: len(way.before(tight))] == way.before(tight)
    assert way.before(0.0) == ()


def test_a_tie_opens_a_second_way() -> None:
    way = walked(twins())

    (other,) = way.others
    assert way.steps[1].pair == ("c", "d")
    assert way.steps[1].tied == (("b", "d"),)
    assert [step.pair for step in other.steps] == [("b", "c"), ("b", "d")]
    # One is the other with its lists renamed: the same number, told once.
    assert len(way.all_at(LOOSEST)) == 1


def test_the_estimates_that_a_tie_leaves_open_are_all_told() -> None:
    first = Step(("a", "b"), -9.0, 3.0, 12, 480.0, tied=(("a", "c"),))
    other = Step(("a", "c"), -9.0, 3.0, 12, 1215.0, tied=(("a", "b"),))

    way = Way(900.0, (first,), (Way(900.0, (other,)),))

    assert way.all_at(0.02) == (480.0, 1215.0)
    assert way.all_at(1e-6) == (900.0,)


def test_the_dutch_table_has_no_tie() -> None:
    """Tails rounded to nothing have been taken for ties there; their logarithms are apart."""
    way = walked(published("netherlands2010_5lists"))

    assert way.others == ()
    assert [round(value) for value in way.all_at(0.02)] == [121522]


def test_a_staircase_has_no_gap_and_each_stair_is_the_estimate_of_the_walk() -> None:
    table = published("uk2013_5lists")
    way = walked(table)

    stairs = staircase(table, way, replicates=50, seed=1)

    assert (stairs[0].above, stairs[-1].upto) == (0.0, LOOSEST)
    assert all(left.upto == right.above for left, right in pairwise(stairs))
    for stair in stairs:
        assert stair.answer.estimate == pytest.approx(way.at(stair.at))
        assert stair.pairs == tuple(step.pair for step in way.before(stair.at))
        assert stair.answer.lower is not None
    assert [stair.at for stair in stairs if stair.above < 0.02 <= stair.upto] == [0.02]


def test_an_unlikely_first_pair_makes_no_stair_under_what_a_number_holds() -> None:
    table = from_counts(
        "abc",
        [([1, 0, 0], 900), ([0, 1, 0], 900), ([0, 0, 1], 3000), ([1, 1, 0], 3000), ([1, 0, 1], 40),
         ([0, 1, 1], 40), ([1, 1, 1], 100)],
    )  # fmt: skip

    stairs = staircase(table, walked(table), replicates=20, seed=1)

    assert stairs[0].above == 0.0
    assert all(stair.at > 0 for stair in stairs)


def test_two_lists_have_no_walk() -> None:
    table = from_counts("ab", [([1, 0], 5), ([0, 1], 5), ([1, 1], 5)])

    refused = walk(table)

    assert isinstance(refused, Refused)
    assert refused.code is Code.TOO_FEW_LISTS
