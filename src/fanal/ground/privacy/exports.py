"""The one door by which a list leaves as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from fanal.ground.errors import Refusal
from fanal.ground.privacy.dated import in_force
from fanal.ground.privacy.registry import tag_of
from fanal.ground.privacy.terms import Sight, Tag

# A spreadsheet runs what begins so, wide letters and blanks before it included.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
_BLANK = " \u00a0\u200b\ufeff\u202f"
_HALF = str.maketrans("", "", "\0")

# A file up to this is one answer in memory; a longer one waits on the disk and leaves in pieces of
# this size.
PIECE = 1024 * 1024
BATCH = 500

Row = TypeVar("Row", bound=Model)


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


def in_batches(found: QuerySet[Row]) -> Iterator[list[Row]]:
    """A list however long, never held whole: what each batch needs beside it is read with it."""
    rows = found.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


def export_csv(
    *,
    filename: str,
    right: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    on: date,
    last_line: str = "",
) -> HttpResponseBase:
    """
    A file for a spreadsheet: UTF-8 with its mark, semicolons, nothing that runs, never cut.

    Every row is read before this returns: in the transaction of who asks, whose trace then counts
    them, and before the first byte leaves (decision 0045).

    Raises:
        NotExportable: before anything is read.
    """
    refuse_columns(columns, right=right, on=on)
    file = SpooledTemporaryFile(PIECE, dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
    try:
        _write(file, columns=columns, rows=rows, last_line=last_line)
        return _answer(file, filename)
    except BaseException:
        file.close()
        raise


def _write(
    file: IO[bytes],
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    last_line: str,
) -> None:
    file.write("\ufeff".encode())
    writer = csv.writer(_Encoded(file), delimiter=";")
    writer.writerow([harmless(column.title) for column in columns])
    for row in rows:
        if len(row) != len(columns):
            raise ValueError("a cell without a declared column")
        writer.writerow([harmless(cell) for cell in row])
    if last_line:
        writer.writerow([harmless(last_line)])


def _answer(file: IO[bytes], filename: str) -> HttpResponseBase:
    """In one piece, as a page, while it is short: only a long file holds its thread."""
    length = file.tell()
    file.seek(0)
    kind = "text/csv; charset=utf-8"
    response: HttpResponseBase
    if length <= PIECE:
        response = HttpResponse(file.read(), content_type=kind)
        file.close()
    else:
        response = _InPieces(file, content_type=kind)
    response["Content-Length"] = str(length)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response


class _InPieces(FileResponse):
    block_size = PIECE


class _Encoded:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(text.encode())


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
