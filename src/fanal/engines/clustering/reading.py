"""Texts out of a CSV file, one per row, with what names each; gzip allowed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from fanal.engines.sheets.reading import read_sheet

# The length of an essay, not of a post.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Texts:
    """Different names, and the text of each, in the order of the file."""

    names: tuple[str, ...]
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.names)


def read_texts(path: Path, *, name: str, text: str, known: Collection[str] = ()) -> Texts:
    """
    The columns ``name`` and ``text`` of a file; the others are never kept.

    ``known``: names that others have already.

    Raises:
        UnreadableSheet: in French, with the line.
    """
    sheet = read_sheet(path, name=name, columns=(text,), longest=LONGEST, known=known)
    return Texts(sheet.names, sheet.columns[0])
