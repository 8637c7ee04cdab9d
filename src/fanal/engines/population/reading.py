"""
Capture tables out of CSV files.

A row is a history: one column of 0 and 1 for each list, and ``count``; without the column ``count``
a row is a person. A count may be protected, ``1..10``, or ``impossible`` (a structural zero: a list
that cannot see these people).
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanal.engines.population.refusals import UnreadableTable
from fanal.engines.population.tables import LISTS_AT_MOST, CaptureTable

COUNT = "count"
RANGE = ".."
IMPOSSIBLE = "impossible"
# Rows between two tellings of how far the reading is.
TOLD_EVERY = 100_000


def read_table(path: Path, *, lists: Sequence[str] | None = None) -> CaptureTable:
    """The one table of a CSV file; see ``read_strata``."""
    return read_strata(path, lists=lists)[""]


def read_strata(
    path: Path,
    *,
    strata: str | None = None,
    lists: Sequence[str] | None = None,
    told: Callable[[int], None] | None = None,
) -> dict[str, CaptureTable]:
    """
    The tables of a CSV file (gzip allowed), one for each value of the column ``strata``.

    Args:
        lists: the columns that are lists; by default all but ``count`` and ``strata``.
        told: called now and then with the rows read.

    Raises:
        UnreadableTable: in French, with the line and what to do.
    """
    with _opened(path) as reader:
        titles = next(reader, None)
        if not titles:
            raise UnreadableTable("Le fichier est vide : il faut une ligne de titres.")
        columns = _columns(titles, strata, lists)
        alike = _alike(reader, columns, told)
    if not alike:
        raise UnreadableTable("Le fichier n'a aucune ligne sous ses titres.")
    gathered: dict[str, _Gathering] = {}
    for row, (line, times) in alike.items():
        name = row[columns.stratum].strip() if columns.stratum is not None else ""
        one = gathered.setdefault(name, _Gathering(columns))
        one.add(row, line, times)
    return {name: one.table() for name, one in gathered.items()}


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield csv.reader(file)
    except UnicodeDecodeError:
        raise UnreadableTable("Le fichier n'est pas en UTF-8 : enregistrez-le ainsi.") from None
    except FileNotFoundError:
        raise UnreadableTable(f"Il n'y a pas de fichier {path}.") from None
    except (OSError, EOFError, csv.Error) as error:
        raise UnreadableTable(f"Le fichier ne se lit pas : {error}.") from None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the lists are, the count, and the stratum; ``width`` is how many columns there are."""

    lists: tuple[str, ...]
    places: tuple[int, ...]
    count: int | None
    stratum: int | None
    width: int


def _columns(titles: list[str], strata: str | None, wanted: Sequence[str] | None) -> _Columns:
    titles = [title.strip() for title in titles]
    if strata is not None and strata not in titles:
        raise UnreadableTable(f"Il n'y a pas de colonne « {strata} » : {', '.join(titles)}.")
    if len(set(titles)) != len(titles):
        raise UnreadableTable("Deux colonnes ont le même titre : donnez à chaque liste son nom.")
    lists = tuple(wanted or (title for title in titles if title not in (COUNT, strata)))
    if missing := [name for name in lists if name not in titles]:
        raise UnreadableTable(f"Il n'y a pas de colonne « {missing[0]} » : {', '.join(titles)}.")
    if not all(lists):
        raise UnreadableTable("Une colonne n'a pas de titre : donnez à chaque liste son nom.")
    if not lists:
        raise UnreadableTable("Aucune colonne n'est une liste : il en faut une par source.")
    if len(lists) > LISTS_AT_MOST:
        raise UnreadableTable(
            f"{len(lists)} listes : le calcul s'arrête à {LISTS_AT_MOST}. Réunissez-en par une "
            "règle fixée d'avance."
        )
    return _Columns(
        lists,
        tuple(titles.index(name) for name in lists),
        titles.index(COUNT) if COUNT in titles else None,
        titles.index(strata) if strata is not None else None,
        len(titles),
    )


def _alike(
    reader: Any, columns: _Columns, told: Callable[[int], None] | None
) -> dict[tuple[str, ...], tuple[int, int]]:
    """Each different row, with its first line and how many times it is there."""
    first: dict[tuple[str, ...], int] = {}
    times: dict[tuple[str, ...], int] = {}
    for number, cells in enumerate(reader):
        if not cells:
            continue
        row = tuple(cells)
        if row in times:
            times[row] += 1
            if columns.count is not None:
                _say_twice(first[row], reader.line_num)
        else:
            if len(row) != columns.width:
                raise UnreadableTable(
                    f"Ligne {reader.line_num} : pas le même nombre de cases que les titres."
                )
            first[row], times[row] = reader.line_num, 1
        if told and number % TOLD_EVERY == 0:
            told(number)
    return {row: (first[row], times[row]) for row in times}


def _say_twice(first: int, line: int) -> None:
    raise UnreadableTable(
        f"Ligne {line} : cette combinaison de listes est déjà à la ligne {first}. Une seule ligne "
        "par combinaison."
    )


class _Gathering:
    """Rows of one table, checked as they come."""

    def __init__(self, columns: _Columns) -> None:
        self.columns = columns
        self.low = [0] * (1 << len(columns.lists))
        self.high = [0] * (1 << len(columns.lists))
        self.impossible: set[int] = set()
        self._first_line: dict[int, int] = {}

    def add(self, row: tuple[str, ...], line: int, times: int) -> None:
        history = 0
        for place, (name, column) in enumerate(
            zip(self.columns.lists, self.columns.places, strict=True)
        ):
            seen = row[column].strip()
            if seen not in ("0", "1"):
                raise UnreadableTable(
                    f"Ligne {line}, colonne « {name} » : « {seen} » n'est ni 0 ni 1."
                )
            history |= (seen == "1") << place
        if self.columns.count is not None:
            self._count(history, row[self.columns.count].strip(), line)
        elif history:
            self.low[history] += times
            self.high[history] += times

    def _count(self, history: int, text: str, line: int) -> None:
        if history in self._first_line:
            _say_twice(self._first_line[history], line)
        self._first_line[history] = line
        if text == IMPOSSIBLE and history:
            self.impossible.add(history)
            return
        bounds = _bounds(text, line)
        if history:
            self.low[history], self.high[history] = bounds
        elif bounds != (0, 0):
            raise UnreadableTable(
                f"Ligne {line} : personne ne peut être compté sur aucune liste ; c'est ce que l'on "
                "cherche. Retirez cette ligne."
            )

    def table(self) -> CaptureTable:
        # Of a protected cell the middle is kept: what is told of it is told with its bounds.
        counts = tuple((low + high) // 2 for low, high in zip(self.low, self.high, strict=True))
        return CaptureTable(
            self.columns.lists,
            counts,
            tuple(self.low),
            tuple(self.high),
            frozenset(self.impossible),
        )


def _bounds(text: str, line: int) -> tuple[int, int]:
    low, _, high = text.partition(RANGE)
    high = high or low
    if not all(part.isascii() and part.isdigit() for part in (low, high)):
        raise UnreadableTable(
            f"Ligne {line} : « {text} » n'est pas un nombre entier de personnes, ni une case "
            "protégée comme 1..10."
        )
    if int(low) > int(high):
        raise UnreadableTable(f"Ligne {line} : « {text} » finit avant de commencer.")
    return int(low), int(high)
