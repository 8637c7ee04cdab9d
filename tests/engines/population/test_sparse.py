"""Counts that are too small have no answer, whatever the method; a small overlap is said."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.config.commands.contents import Contents
from fanal.engines.population.methods import METHODS, Settings, ask, ask_strata
from fanal.engines.population.reading import read_table
from fanal.engines.population.refusals import SAID, Code
from fanal.engines.population.reporting.drawing_up import report_on
from fanal.engines.population.sparse import (
    IN_A_CELL,
    ON_BOTH,
    SMALL_OVERLAP,
    counts_too_small,
    has_small_overlap,
)
from fanal.engines.population.tables import CaptureTable

TABLES = Path(__file__).parent / "tables"
# Published with overlaps of one to six people, and said to be sparse by those who published them.
SPARSE = {"artificial_3lists", *(f"neworleans_n18{n}_{t}lists" for n in (5, 6) for t in (5, 8))}
QUICK = Settings(replicates=20)
TINY = CaptureTable(tuple("ABC"), (0, 3, 2, 1, 3, 2, 1, 1))


@pytest.mark.parametrize("links", [{}, {"missed_links": 0.05, "false_links": 0.005}])
@settings(max_examples=150)
@given(counts=st.lists(st.integers(0, 3), min_size=7, max_size=7))
def test_three_lists_whose_cells_are_all_three_or_less_are_never_answered(
    links: dict[str, float], counts: list[int]
) -> None:
    table = CaptureTable(tuple("ABC"), (0, *counts))
    wanted = {Code.COUNTS_TOO_SMALL} if table.on_several() else {Code.NO_OVERLAP}
    if not table.on_several():
        assert counts_too_small(table) is None
        names = ["independence", "stepwise", "chapman"]
    else:
        names = list(METHODS)

    for answer in ask(table, names, Settings(replicates=20, **links)):
        assert answer.refused is not None
        assert answer.refused.code in wanted


@given(
    counts=st.lists(st.integers(0, 12), min_size=1, max_size=15),
    t=st.integers(2, 4),
)
def test_the_two_thresholds_are_those_of_the_page(counts: list[int], t: int) -> None:
    cells = [0, *counts, *[0] * 15][: 1 << t]
    table = CaptureTable(tuple("ABCD"[:t]), tuple(cells))
    shared = max(table.overlap(*pair) for pair in combinations(range(t), 2))

    assert has_small_overlap(table) == (shared < ON_BOTH)
    refused = 0 < shared < ON_BOTH and max(cells) < IN_A_CELL
    assert (counts_too_small(table) is not None) == refused


@pytest.mark.parametrize(
    "path", sorted(TABLES.glob("*_?lists.csv")), ids=lambda path: str(path.stem)
)
def test_a_published_table_is_answered_and_warned_when_it_was_called_sparse(path: Path) -> None:
    table = read_table(path)

    (answer,) = ask(table, ["independence"])

    assert answer.refused is None
    assert (SMALL_OVERLAP in answer.warnings) == (path.stem in SPARSE)


def test_territories_that_are_too_small_together_have_no_answer() -> None:
    half = CaptureTable(TINY.lists, (0, 1, 1, 0, 1, 1, 0, 1))

    found = ask_strata({"59": half, "62": half}, "all", QUICK)

    assert [name for name, _ in found] == ["", "59", "62"]
    assert {answer.refused and answer.refused.code for _, answer in found} == {
        Code.COUNTS_TOO_SMALL
    }


def test_the_command_and_the_report_say_why(tmp_path: Path) -> None:
    rows = [
        ",".join([*(str(history >> place & 1) for place in range(3)), str(count)])
        for history, count in enumerate(TINY.counts)
        if history
    ]
    file = tmp_path / "petit.csv"
    file.write_text("\n".join(["A,B,C,count", *rows]), encoding="utf-8")
    said = SAID[Code.COUNTS_TOO_SMALL]

    printed = CliRunner().invoke(Contents(name="fanal"), ["population", "estimate", str(file)])
    page = report_on(TINY, settings=QUICK, title="Essai", version="0", command="essai")

    assert {line.partition(" pas de réponse : ")[2] for line in printed.stdout.splitlines()} == {
        said
    }
    assert said.split(",")[0] in page
    assert "Estimation : au moins" not in page
