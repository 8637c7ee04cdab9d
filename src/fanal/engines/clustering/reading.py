"""Texts out of a CSV file, one per row, with what names each; gzip allowed."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fanal.engines.clustering.refusals import UnreadableTexts

GZIP = b"\x1f\x8b"
# The length of an essay, not of a post.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Texts:
    """Different names, and the text of each, in the order of the file."""

    names: tuple[str, ...]
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.names)


def read_texts(path: Path, *, name: str, text: str, known: Iterable[str] = ()) -> Texts:
    """
    The columns ``name`` and ``text`` of a file; the others are never kept.

    ``known``: names that no text may have, since others have them.

    Raises:
        UnreadableTexts: in French, with the line.
    """
    reader = csv.reader(io.StringIO(_decoded(path), newline=""), strict=True)
    lines: dict[str, int] = {}
    taken = set(known)
    texts: list[str] = []
    try:
        titles = [title.strip() for title in next(reader, [])]
        if not any(titles):
            raise UnreadableTexts(f"{path} est vide : il faut une ligne de titres.")
        places = [_place(titles, column) for column in (name, text)]
        for cells in reader:
            if not cells:
                continue
            line = reader.line_num
            _check(cells, len(titles), line)
            called, said = (cells[place] for place in places)
            if not called.strip():
                raise UnreadableTexts(f"Ligne {line}, colonne « {name} » : rien ne nomme ce texte.")
            if called in lines:
                raise UnreadableTexts(
                    f"Ligne {line} : « {called[:80]} » est déjà à la ligne {lines[called]}."
                )
            if called in taken:
                raise UnreadableTexts(f"Ligne {line} : « {called[:80]} » est déjà dans l'index.")
            lines[called] = line
            texts.append(said)
    except csv.Error as error:
        raise UnreadableTexts(f"Ligne {max(reader.line_num, 1)} : {_why(error)}") from None
    if not texts:
        raise UnreadableTexts(f"{path} n'a aucune ligne sous ses titres.")
    return Texts(tuple(lines), tuple(texts))


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(GZIP):
            content = gzip.decompress(content)
    except FileNotFoundError:
        raise UnreadableTexts(f"Il n'y a pas de fichier {path}.") from None
    except (OSError, EOFError, zlib.error):
        raise UnreadableTexts(f"{path} ne se lit pas : il est abîmé ou interdit.") from None
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableTexts(
            f"Ligne {line} : ce n'est pas du texte en UTF-8 ; enregistrez le fichier ainsi."
        ) from None
    if (place := decoded.find("\x00")) >= 0:
        line = decoded.count("\n", 0, place) + 1
        raise UnreadableTexts(f"Ligne {line} : un caractère nul ; ce fichier n'est pas un CSV.")
    return decoded


def _place(titles: list[str], column: str) -> int:
    match titles.count(column):
        case 1:
            return titles.index(column)
        case 0:
            shown = ", ".join(titles)[:200]
            raise UnreadableTexts(f"Ligne 1 : il n'y a pas de colonne « {column} » : {shown}.")
        case _:
            raise UnreadableTexts(f"Ligne 1 : deux colonnes s'appellent « {column} ».")


def _check(cells: list[str], width: int, line: int) -> None:
    if len(cells) != width:
        raise UnreadableTexts(f"Ligne {line} : {len(cells)} cases, et {width} titres.")
    if max(map(len, cells)) > LONGEST:
        raise UnreadableTexts(f"Ligne {line} : {_TOO_LONG}")


_TOO_LONG = f"une case a plus de {LONGEST} caractères ; ce n'est pas une annonce."


def _why(error: csv.Error) -> str:
    if "field limit" in str(error):
        return _TOO_LONG
    return "les guillemets ne se ferment pas ; ce fichier n'est pas un CSV en règle."
