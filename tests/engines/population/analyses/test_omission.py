"""Lists left out, lists merged, one person more or fewer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from engines.population.drawing import tables
from fanal.engines.population import CaptureTable, from_counts, read_table, stepwise
from fanal.engines.population.analyses import OnePerson, leave_out, merge, one_person
from fanal.engines.population.analyses.parts import merged
from fanal.engines.population.refusals import Refused

TABLES = Path(__file__).parents[1] / "tables"


def published(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


def test_without_a_list_the_british_table_is_the_published_one_of_four_lists() -> None:
    found = leave_out(published("uk2013_5lists"), replicates=0, seed=1)

    last = found[-1]
    assert (last.name, last.lost) == ("GP", 316)
    assert last.answer.estimate == pytest.approx(11015.24, abs=0.01)
    assert published("uk2013_5lists").without(4).counts == published("uk2013_4lists").counts


def test_merging_two_lists_of_the_british_table_gives_the_published_one_of_five() -> None:
    six = published("uk2013_6lists")
    five = published("uk2013_5lists")

    both = merged(six, six.lists.index("PF"), six.lists.index("NCA"))

    assert both.lists == ("LA", "NG", "PF+NCA", "GO", "GP")
    assert both.counts == five.counts


@given(tables())
def test_merging_keeps_everybody_whichever_list_is_named_first(table: CaptureTable) -> None:
    one = merged(table, 0, 2)

    assert one.n == table.n
    assert one.lists[0] == f"{table.lists[0]}+{table.lists[2]}"
    assert one.overlap(0) == table.overlap(0) + table.overlap(2) - table.overlap(0, 2)
    assert merged(table, 2, 0) == one
    assert all(one.counts[history] == 0 for history in one.impossible)


def test_a_history_is_impossible_in_the_merged_table_when_all_that_make_it_are() -> None:
    table = from_counts(
        "abc", [([1, 0, 0], 5), ([0, 1, 0], 5), ([0, 0, 1], 5)], impossible=[(1, 0, 1), (1, 1, 1)]
    )

    assert merged(table, 0, 1).impossible == frozenset()
    assert merged(table, 1, 2).impossible == frozenset()
    whole = from_counts("abc", [([1, 0, 0], 5)], impossible=[(1, 0, 1), (1, 1, 1), (0, 1, 1)])
    assert merged(whole, 0, 1).impossible == frozenset({0b11})


def test_with_three_lists_the_two_that_are_left_are_compared() -> None:
    table = published("korea_3lists")

    assert {one.answer.method for one in leave_out(table, replicates=0, seed=1)} == {"chapman"}
    assert {one.answer.method for one in merge(table, replicates=0, seed=1)} == {"chapman"}


def test_two_lists_leave_nothing_to_leave_out() -> None:
    table = from_counts("ab", [([1, 0], 5), ([0, 1], 5), ([1, 1], 5)])

    assert leave_out(table, replicates=0, seed=1) == ()
    assert merge(table, replicates=0, seed=1) == ()


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []

    merge(
        published("kosovo1999_4lists"),
        replicates=0,
        seed=1,
        progress=lambda done, of: told.append((done, of)),
    )

    assert told[-1] == (6, 6)


def test_one_person_more_in_new_orleans_gives_the_other_published_figure() -> None:
    table = published("neworleans_n185_5lists")

    found = one_person(table)

    assert isinstance(found, OnePerson)
    assert found.estimate == pytest.approx(1034.15, abs=0.01)
    assert found.lowest.estimate <= 981.44 <= found.highest.estimate
    assert found.most >= 1034.15 - 981.44


@settings(max_examples=25, deadline=None)
@given(tables(most=3))
def test_no_single_change_goes_beyond_what_is_told(table: CaptureTable) -> None:
    found = one_person(table)
    if isinstance(found, Refused):
        return

    for history in range(1, 1 << table.t):
        if history in table.impossible:
            continue
        counts = list(table.counts)
        counts[history] += 1
        more = CaptureTable(table.lists, tuple(counts), impossible=table.impossible)
        estimate = stepwise(more, replicates=0).estimate
        if estimate is not None:
            assert found.lowest.estimate <= estimate * (1 + 1e-9)
            assert estimate <= found.highest.estimate * (1 + 1e-9)
