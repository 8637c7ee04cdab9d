"""A table is read whole, or refused in French with its line."""

from __future__ import annotations

import gzip
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.population import (
    CaptureTable,
    Code,
    UnreadableTable,
    from_counts,
    read_strata,
    read_table,
    stepwise,
)
from fanal.engines.population.loglinear.models import closed, hierarchical, inside, name

HISTORIES = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)][1:]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_history_that_is_not_there_counts_nobody(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "t.csv", "A,B,count\n1,0,4\n1,1,2\n"))

    assert (table.lists, table.counts, table.n) == (("A", "B"), (0, 4, 0, 2), 6)
    assert (table.on_several(), table.overlap(0), table.overlap(0, 1)) == (2, 6, 2)


def test_without_a_count_a_row_is_a_person_and_the_file_may_be_compressed(tmp_path: Path) -> None:
    path = tmp_path / "people.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("A,B\n1,0\n1,0\n1,1\n0,0\n")

    assert read_table(path).counts == (0, 2, 0, 1)


def test_strata_and_protected_cells(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "dep,A,B,count\n59,1,0,1..10\n59,1,1,3\n62,0,1,7\n")
    tables = read_strata(path, strata="dep")

    assert set(tables) == {"59", "62"}
    assert tables["59"].is_protected
    assert (tables["59"].low, tables["59"].high) == ((0, 1, 0, 3), (0, 10, 0, 3))
    assert not tables["62"].is_protected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vide"),
        ("A,B,count\n", "aucune ligne"),
        ("A,A,count\n1,0,1\n", "même titre"),
        ("A,,count\n1,0,1\n", "pas de titre"),
        ("A,B,count\n1,0,-1\n", "Ligne 2"),
        ("A,B,count\n1,0,1.5\n", "nombre entier"),
        ("A,B,count\n1,0,10..1\n", "Ligne 2"),
        ("A,B,count\n1,2,3\n", "ni 0 ni 1"),
        ("A,B,count\n1,0,3\n1,0,4\n", "déjà à la ligne 2"),
        ("A,B,count\n0,0,3\n", "Retirez cette ligne"),
        ("A,B,count\n1,0\n", "pas le même nombre"),
        ("A,B,count\n1,0,3,4\n", "pas le même nombre"),
        (",".join("ABCDEFGHIJK") + ",count\n", "s'arrête à 10"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UnreadableTable, match=said):
        read_table(written(tmp_path / "t.csv", text))


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"A,B,count\n\xff\xfe,0,1\n")
    for path in (tmp_path / "t.csv", tmp_path / "absent.csv"):
        with pytest.raises(UnreadableTable):
            read_table(path)


counts = st.lists(st.integers(0, 60), min_size=7, max_size=7)


def with_names(names: str, numbers: list[int]) -> CaptureTable:
    """The same people, the lists A, B and C written in another order."""
    order = ["ABC".index(one) for one in names]
    rows = [
        (tuple(history[place] for place in order), number)
        for history, number in zip(HISTORIES, numbers, strict=True)
    ]
    return from_counts(tuple(names), rows)


# The first fit compiles.
@settings(deadline=None)
@given(numbers=counts)
def test_the_order_of_the_lists_changes_neither_digest_nor_estimate(numbers: list[int]) -> None:
    tables = [with_names("".join(names), numbers) for names in permutations("ABC")]

    assert len({table.digest for table in tables}) == 1
    found = [stepwise(table, replicates=0) for table in tables]
    if found[0].refused:
        assert all(one.refused for one in found)
    else:
        assert [one.estimate for one in found] == pytest.approx([found[0].estimate] * 6, rel=1e-6)


@settings(deadline=None)
@given(numbers=counts)
def test_an_estimate_is_never_below_what_was_seen_nor_infinite(numbers: list[int]) -> None:
    table = with_names("ABC", numbers)
    found = stepwise(table, replicates=20)

    if found.refused is None:
        assert found.estimate is not None
        assert table.n <= found.estimate < 1e9


def test_refusals_have_their_code() -> None:
    def code(table: CaptureTable) -> Code:
        found = stepwise(table).refused
        assert found is not None
        assert found.message
        return found.code

    assert code(from_counts("AB", [((1, 0), 3), ((1, 1), 2)])) is Code.TOO_FEW_LISTS
    assert code(from_counts("ABC", [((1, 0, 0), 3), ((0, 1, 0), 2)])) is Code.NO_OVERLAP
    protected = CaptureTable(tuple("ABC"), (0, 5) + (1,) * 6, (0, 1) + (1,) * 6, (0, 10) + (1,) * 6)
    assert code(protected) is Code.NOT_FOR_PROTECTED_CELLS


def test_a_list_left_out_leaves_its_people_on_the_others() -> None:
    table = from_counts("ABC", [((1, 1, 0), 3), ((0, 1, 1), 4), ((0, 0, 1), 9)])
    left = table.without(2)

    assert (left.lists, left.counts) == (("A", "B"), (0, 0, 4, 3))


def test_hierarchical_models_are_all_there_and_hold_what_they_contain() -> None:
    assert [len(hierarchical(t, order)) for t, order in ((3, 2), (4, 2), (4, 3), (5, 2))] == [
        8,
        64,
        113,
        1024,
    ]
    for model in hierarchical(4, 3):
        assert all(part in model for term in model for part in inside(term))
    assert name(closed([0b11, 0b100], 3), 3) == "[12;3]"
