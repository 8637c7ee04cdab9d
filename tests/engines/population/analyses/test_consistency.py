"""Each list as the known population."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given

from engines.population.drawing import tables
from fanal.engines.population import CaptureTable, from_counts, read_table
from fanal.engines.population.analyses import consistency, records
from fanal.engines.population.analyses.consistency import methods
from fanal.engines.population.analyses.parts import within
from fanal.engines.population.answers import Answer

TABLES = Path(__file__).parents[1] / "tables"


def published(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


@given(tables())
def test_what_others_saw_of_a_list_is_its_overlap_with_them(table: CaptureTable) -> None:
    for number in range(table.t):
        part = within(table, number)
        others = [other for other in range(table.t) if other != number]

        assert part.n == table.overlap(number) - table.counts[1 << number]
        for place, other in enumerate(others):
            assert part.overlap(place) == table.overlap(number, other)
        assert all(part.counts[history] == 0 for history in part.impossible)


def test_a_method_that_knows_the_truth_has_no_bias_and_covers() -> None:
    table = published("kosovo1999_4lists")
    sizes = {within(table, number).digest: table.overlap(number) for number in range(table.t)}

    def knows(part: CaptureTable) -> Answer:
        size = float(sizes[part.digest])
        return Answer("knows", size, size - 1, size + 1)

    (record,) = records(consistency(table, {"knows": knows}))

    assert (record.log_rmse, record.mean_log_bias, record.cover) == (0, 0, 1)
    assert (record.lists, record.answered) == (4, 4)


def test_a_method_that_says_half_has_the_bias_of_a_half_and_never_covers() -> None:
    table = published("korea_3lists")
    sizes = {within(table, number).digest: table.overlap(number) for number in range(table.t)}

    def halves(part: CaptureTable) -> Answer:
        half = sizes[part.digest] / 2
        return Answer("halves", half, half, half)

    (record,) = records(consistency(table, {"halves": halves}))

    assert record.mean_log_bias == pytest.approx(math.log(0.5))
    assert record.log_rmse == pytest.approx(math.log(2))
    assert record.cover == 0


def test_with_three_lists_chapman_compares_the_two_others() -> None:
    table = published("korea_3lists")

    found = consistency(table, methods(table, replicates=0, seed=1))

    assert {one.method for one in found} == {"chapman"}
    assert [(one.name, one.known, one.elsewhere) for one in found] == [
        ("b", 77, 72),
        ("c", 71, 66),
        ("d", 59, 18),
    ]


def test_a_list_that_no_method_can_find_again_is_told_and_not_counted() -> None:
    table = published("uk2013_5lists")

    found = consistency(table, methods(table, replicates=40, seed=1))

    gp = [one for one in found if one.name == "GP"]
    assert gp
    assert all(one.answer.refused and one.log_bias is None for one in gp)
    assert [record.answered for record in records(found)] == [4] * 4
    assert {record.method for record in records(found)} == {
        "stepwise",
        "average",
        "independence",
        "dga",
    }


def test_two_lists_or_protected_cells_cannot_be_checked() -> None:
    two = from_counts("ab", [([1, 0], 5), ([0, 1], 5), ([1, 1], 5)])
    counts = (0, 5, 5, 5, 5, 5, 5, 5)
    protected = CaptureTable(("a", "b", "c"), counts, (0, *[1] * 7), (0, *[10] * 7))

    assert consistency(two, {}) == ()
    assert consistency(protected, {}) == ()
