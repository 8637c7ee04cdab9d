"""Some columns of a CSV file, gzip allowed; what cannot be read is said in French, by line."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

GZIP = b"\x1f\x8b"


class UnreadableSheet(ValueError):
    """A file that is no sheet of these columns; the message is French and says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``names``: one per row. ``columns``: the columns asked for, each of that length."""

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.names)


def beside(one: Sheet, other: Sheet) -> Sheet:
    """The rows of one sheet, then those of another that has the same columns."""
    columns = (first + second for first, second in zip(one.columns, other.columns, strict=True))
    return Sheet(one.names + other.names, tuple(columns))


def read_sheet(
    path: Path,
    *,
    name: str,
    columns: Sequence[str],
    longest: int,
    known: Collection[str] = (),
) -> Sheet:
    """
    The column ``name``, whose cells are all different, and ``columns``; no other is kept.

    Args:
        longest: the most characters that a cell of these columns may hold.
        known: names that rows read before have.

    Raises:
        UnreadableSheet: in French, with the line.
    """
    reader = csv.reader(io.StringIO(_decoded(path), newline=""), strict=True)
    lines: dict[str, int] = {}
    kept: list[list[str]] = [[] for _ in columns]
    try:
        titles = _titles(reader, path)
        places = [_place(titles, column) for column in (name, *columns)]
        for cells in reader:
            if not cells:
                continue
            line = reader.line_num
            _check(cells, len(titles), line)
            _check_length((cells[place] for place in places), longest, line)
            called = cells[places[0]].strip()
            if not called:
                raise UnreadableSheet(f"Ligne {line}, colonne « {name} » : la case est vide.")
            if called in lines:
                raise UnreadableSheet(
                    f"Ligne {line} : « {called[:80]} » est déjà à la ligne {lines[called]}."
                )
            if called in known:
                raise UnreadableSheet(f"Ligne {line} : « {called[:80]} » est déjà connu.")
            lines[called] = line
            for cell, place in zip(kept, places[1:], strict=True):
                cell.append(cells[place])
    except csv.Error as error:
        raise UnreadableSheet(f"Ligne {max(reader.line_num, 1)} : {_why(error)}") from None
    if not lines:
        raise UnreadableSheet(f"{path} n'a aucune ligne sous ses titres.")
    return Sheet(tuple(lines), tuple(map(tuple, kept)))


def _titles(reader: Iterator[list[str]], path: Path) -> list[str]:
    titles = [title.strip() for title in next(reader, [])]
    if not any(titles):
        raise UnreadableSheet(f"{path} est vide : il faut une ligne de titres.")
    return titles


def _check(cells: list[str], width: int, line: int) -> None:
    if len(cells) != width:
        raise UnreadableSheet(f"Ligne {line} : {len(cells)} cases, et {width} titres.")


def _check_length(cells: Iterable[str], longest: int, line: int) -> None:
    if max(map(len, cells)) > longest:
        raise UnreadableSheet(
            f"Ligne {line} : une case a plus de {longest} caractères ; "
            "ce n'est pas ce que cette colonne doit contenir."
        )


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(GZIP):
            content = gzip.decompress(content)
    except FileNotFoundError:
        raise UnreadableSheet(f"Il n'y a pas de fichier {path}.") from None
    except (OSError, EOFError, zlib.error):
        raise UnreadableSheet(f"{path} ne se lit pas : il est abîmé ou interdit.") from None
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableSheet(
            f"Ligne {line} : ce n'est pas du texte en UTF-8 ; enregistrez le fichier ainsi."
        ) from None
    if (place := decoded.find("\x00")) >= 0:
        line = decoded.count("\n", 0, place) + 1
        raise UnreadableSheet(f"Ligne {line} : un caractère nul ; ce fichier n'est pas un CSV.")
    return decoded


def _place(titles: list[str], column: str) -> int:
    match titles.count(column):
        case 1:
            return titles.index(column)
        case 0:
            shown = ", ".join(titles)[:200]
            raise UnreadableSheet(f"Ligne 1 : il n'y a pas de colonne « {column} » : {shown}.")
        case _:
            raise UnreadableSheet(f"Ligne 1 : deux colonnes s'appellent « {column} ».")


def _why(error: csv.Error) -> str:
    if "field limit" in str(error):
        return "une case est trop longue pour ce qu'elle doit dire."
    return "les guillemets ne se ferment pas ; ce fichier n'est pas un CSV en règle."
