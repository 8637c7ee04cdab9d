"""The one door by which a list leaves as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from fanal.ground.errors import Refusal
from fanal.ground.privacy.dated import in_force
from fanal.ground.privacy.registry import tag_of
from fanal.ground.privacy.terms import Sight, Tag

# A spreadsheet runs what begins so, wide letters and blanks before it included.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
_BLANK = " \u00a0\u200b\ufeff\u202f"
_HALF = str.maketrans("", "", "\0")


class NotExportable(Refusal):
    """A column of a class that this right does not carry out of the house."""


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column and the field that it tells of, « app.Model.field »: its class decides.

    ``reduced``: only initials, a commune or a step of it is written.
    """

    title: str
    field: str
    reduced: bool = False

    @property
    def tag(self) -> Tag:
        model, _, name = self.field.rpartition(".")
        return tag_of(model, name)


def refuse_columns(columns: Iterable[Column], *, right: str, on: date) -> None:
    """
    Raises:
        NotExportable: the law's table does not let this right carry a column out.
        Untagged: a column tells of a field that says nothing of what it holds.
    """
    for column in columns:
        if not _may_leave(column, right=right, on=on):
            raise NotExportable(
                f"La colonne « {column.title} » ({column.tag}) ne peut pas être exportée : "
                "la lecture à l'écran reste possible."
            )


def export_csv(
    *,
    filename: str,
    right: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    on: date,
    last_line: str = "",
) -> HttpResponse:
    """
    A file for a spreadsheet: UTF-8 with its mark, semicolons, nothing that runs.

    Raises:
        NotExportable: before anything is written.
    """
    import csv

    refuse_columns(columns, right=right, on=on)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([harmless(column.title) for column in columns])
    for row in rows:
        if len(row) != len(columns):
            raise ValueError("a cell without a declared column")
        writer.writerow([harmless(cell) for cell in row])
    if last_line:
        writer.writerow([harmless(last_line)])
    return response


def harmless(cell: object) -> object:
    """A number as it is; a text that a spreadsheet would run, behind an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    text = str(cell).translate(_HALF)
    return f"'{text}" if text.lstrip(_BLANK).startswith(_RUN) else text


def _may_leave(column: Column, *, right: str, on: date) -> bool:
    """A line for the field itself, else one for its class; a secret never leaves."""
    if column.tag is Tag.SECRET:
        return False
    allowed = {
        line["what"]: Sight(line["sight"])
        for line in in_force("exports", on=on)
        if line["right"] == right
    }
    sight = allowed.get(column.field, allowed.get(column.tag, Sight.NONE))
    return sight is Sight.WHOLE or (sight is Sight.REDUCED and column.reduced)
