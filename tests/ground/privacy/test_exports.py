"""A list leaves by one door, with declared columns, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fanal
from fanal.ground.access.terms import Right
from fanal.ground.privacy.dated import lines
from fanal.ground.privacy.exports import PIECE, Column, NotExportable, export_csv, harmless
from fanal.ground.privacy.registry import Untagged, fields_tagged
from fanal.ground.privacy.terms import Sight, Tag

DAY = date(2026, 3, 9)
PACKAGE = Path(fanal.__file__).parent


def exported(*columns: Column, right: str = Right.QUALIFY_CONCERNS, **more: object) -> str:
    answer = export_csv(
        filename="x.csv", right=right, columns=columns, rows=[["a"] * len(columns)], on=DAY
    )
    return answer.content.decode()


def test_a_column_of_a_class_that_may_not_leave_is_refused() -> None:
    """Of a child or of who alerted: under no right, whole or reduced, for every field there is."""
    # The only one: an administrator's list of their own colleagues.
    colleagues = {("manage_agents", "agents.Agent.email")}
    assert colleagues == {
        (line["right"], line["what"])
        for line in lines("exports")
        if line["what"].count(".") == 2 and line["what"] != "agents.Agent.name"
    }
    for model, field in fields_tagged(
        Tag.CONTACT, Tag.HEALTH, Tag.INFORMANT, Tag.NARRATIVE, Tag.SECRET
    ):
        told = f"{model._meta.label}.{field}"
        for right in Right:
            for reduced in (True, False):
                if (str(right), told) not in colleagues:
                    with pytest.raises(NotExportable):
                        exported(Column("x", told, reduced), right=right)


def test_a_name_leaves_as_initials_only_and_an_unknown_field_never() -> None:
    with pytest.raises(NotExportable):
        exported(Column("Nom", "people.Minor.family_name"))
    with pytest.raises(Untagged):
        exported(Column("x", "people.Minor.unknown"))
    with pytest.raises(NotExportable):
        exported(Column("x", "concerns.Concern.status"), right=Right.SCREEN)

    file = exported(
        Column("Initiales", "people.Minor.family_name", reduced=True),
        Column("État", "concerns.Concern.status"),
    )

    assert file == "\ufeffInitiales;État\r\na;a\r\n"


def test_a_cell_without_a_column_is_refused() -> None:
    with pytest.raises(ValueError, match="declared"):
        export_csv(
            filename="x.csv",
            right=Right.QUALIFY_CONCERNS,
            columns=[Column("État", "concerns.Concern.status")],
            rows=[["ok", "Léa Inventée"]],
            on=DAY,
        )


def test_a_long_list_takes_no_more_memory_than_a_short_one() -> None:
    rows = ([f"{one}".zfill(40)] for one in range(120_000))
    tracemalloc.start()
    answer = export_csv(
        filename="x.csv",
        right=Right.QUALIFY_CONCERNS,
        columns=[Column("État", "concerns.Concern.status")],
        rows=rows,
        on=DAY,
    )
    sent = sum(map(len, answer.streaming_content))
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answer.file_to_stream.close()

    assert sent == int(answer["Content-Length"]) > 120_000 * 40
    assert highest < 4 * PIECE


STARTS = st.sampled_from(
    ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "\0=", " =", "\u00a0@", "|"]
)


@given(start=STARTS, rest=st.text(max_size=30))
def test_no_text_that_a_spreadsheet_would_run_leaves_as_it_is(start: str, rest: str) -> None:
    cell = str(harmless(start + rest))
    assert cell.startswith("'")
    assert "\0" not in cell


@given(text=st.text(max_size=60))
def test_a_harmless_cell_is_read_back_from_one_row(text: str) -> None:
    column = Column("=État", "concerns.Concern.status")
    answer = export_csv(
        filename="x.csv", right=Right.QUALIFY_CONCERNS, columns=[column], rows=[[text]], on=DAY
    )
    read = list(csv.reader(io.StringIO(answer.content.decode(), newline=""), delimiter=";"))
    assert len(read) == 2
    assert all(not cell or cell[0] not in "=+-@\t\r" for row in read for cell in row)


@pytest.mark.parametrize("cell", [12, -3, 4.5, True])
def test_a_number_stays_a_number(cell: float) -> None:
    assert harmless(cell) == cell


def test_the_tables_speak_of_rights_classes_and_fields_that_exist() -> None:
    for line in lines("exports"):
        assert line["right"] in set(Right)
        assert line["what"] in set(Tag) or line["what"].count(".") == 2
        assert Sight(line["sight"]) is not Sight.NONE
        assert line["source"]


# They hold nothing of the database: counts that an engine protected, whose codes are refused when a
# spreadsheet would run one; and what a command makes, for a program, of the caller's own file.
NOT_OF_THE_BASE = {
    "engines/disclosure/release/writing.py",
    "engines/disclosure/release/metadata.py",
    "config/commands/clustering.py",
    "config/commands/linkage.py",
}


def test_there_is_no_other_door() -> None:
    """Whoever writes a spreadsheet for somebody passes by this room."""
    doors = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"csv\.writer\(|text/csv", path.read_text(encoding="utf-8"))
        and not path.is_relative_to(PACKAGE / "ground" / "privacy")
        # A command that makes reference data out of public files.
        and path.name != "compile.py"
    ]
    assert set(doors) == NOT_OF_THE_BASE
