"""Reading person rows, or counts, with DuckDB: grouped at once, whatever the number of rows."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure import cellkey
from fanal.engines.disclosure.release.refusals import NotReleased, Reason

Wholes = npt.NDArray[np.int64]
NOTHING_SAID = "(non renseigné)"
# A published table opens in a spreadsheet, which takes these for a formula.
RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
VALUES_AT_MOST = 2_000
PEOPLE = "·people"
TITLES_SHOWN = 40
TITLES_LONG = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """
    People, one row for each distinct combination of the columns.

    Args:
        values: column -> its distinct values, sorted.
        codes: column -> int, the place of each row's value.
        people: int, people of each row.
        digest: of the file, for the ledger.
    """

    values: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Wholes]
    people: Wholes
    digest: str

    @property
    def total(self) -> int:
        return int(self.people.sum())

    def only(self, column: str, kept: Sequence[str]) -> Rows:
        """The people of these values of a column."""
        places = {value: place for place, value in enumerate(self.values[column])}
        held = np.isin(self.codes[column], [places[value] for value in kept])
        renumbered = np.full(len(places), -1)
        renumbered[[places[value] for value in kept]] = np.arange(len(kept))
        codes = {name: codes[held] for name, codes in self.codes.items()}
        codes[column] = renumbered[codes[column]]
        values = {**self.values, column: tuple(kept)}
        return Rows(values, codes, self.people[held], self.digest)


def read_rows(path: Path, columns: Sequence[str], *, count: str | None = None) -> Rows:
    """
    Args:
        path: CSV, gzip allowed, UTF-8, with titles; a row is a person.
        columns: those to keep.
        count: a column of people, when a row stands for several.

    Raises:
        NotReleased: the file, or one of the columns, cannot be read; the message holds no row.
    """
    wanted = list(dict.fromkeys(columns))
    with _opened(path, [*wanted, *([count] if count else [])]) as connection:
        people = "count(*)" if count is None else f"sum(try_cast({_quoted(count)} AS BIGINT))"
        if count is not None:
            _check_counts(connection, count)
        fields = "".join(f"{_value(name)} AS {_quoted(name)}, " for name in wanted)
        query = f"SELECT {fields}{people} AS {_quoted(PEOPLE)} FROM rows GROUP BY ALL"  # noqa: S608
        found = connection.execute(query).fetchnumpy()
    values, codes = {}, {}
    for name in wanted:
        distinct, places = np.unique(np.asarray(found[name], dtype=str), return_inverse=True)
        if len(distinct) > VALUES_AT_MOST:
            raise _bad(
                f"la colonne « {name} » a plus de {VALUES_AT_MOST} valeurs : regroupez-les d'abord"
            )
        values[name] = tuple(str(one) for one in distinct)
        if any(value.startswith(RUN_BY_A_SPREADSHEET) for value in values[name]):
            raise _bad(
                f"une valeur de la colonne « {name} » commence par =, +, - ou @, qu'un tableur "
                "exécuterait : renommez-la"
            )
        codes[name] = places.ravel().astype(np.int64)
    counts = np.asarray(found[PEOPLE], dtype=np.int64)
    if not counts.size or not counts.sum():
        raise _bad("il n'y a personne sous les titres")
    return Rows(values, codes, counts, _digest(path))


def titles(path: Path) -> list[str]:
    """
    The columns of a file.

    Raises:
        NotReleased: it cannot be read.
    """
    return _first_line(path)[0]


def read_keys(path: Path, rows: Rows, *, record: str, secret: bytes) -> cellkey.Keys:
    """
    The sum of the record keys of each row of ``rows``.

    Raises:
        NotReleased: the column of identifiers is missing, empty somewhere, or not of identifiers.
    """
    names = list(rows.values)
    with _opened(path, [*names, record]) as connection:
        fields = ", ".join([*(_value(name) for name in names), _quoted(record)])
        found = connection.execute(f"SELECT {fields} FROM rows").fetchall()  # noqa: S608
    identifiers = [row[-1] for row in found]
    if None in identifiers or len(set(identifiers)) != len(identifiers):
        raise _bad(f"« {record} » doit donner à chaque personne un identifiant, et à elle seule")
    places = {
        key: place
        for place, key in enumerate(
            zip(*([rows.values[n][c] for c in rows.codes[n]] for n in names), strict=True)
        )
    }
    # A row outside the population of the release has no place.
    spots = np.array([places.get(row[:-1], -1) for row in found], dtype=np.int64)
    keys = cellkey.record_keys(map(str, identifiers), secret=secret)
    held = spots >= 0
    return cellkey.cell_keys(keys[held], spots[held], size=len(rows.people))


def _opened(path: Path, columns: Sequence[str]) -> Any:
    """A connection whose table ``rows`` holds these columns, as text."""
    import duckdb

    named, between = _first_line(path)
    missing = [name for name in columns if name not in named]
    if missing:
        shown = ", ".join(named[:TITLES_SHOWN])
        raise _bad(f"il n'y a pas de colonne « {missing[0]} ». Il y a : {shown}")
    kept = ", ".join(_quoted(name) for name in dict.fromkeys(columns))
    types = ", ".join("'" + name.replace("'", "''") + "': 'VARCHAR'" for name in named)
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    try:
        # Read once, here: a mistake far down the file is met before anything is computed.
        connection.execute(
            f"CREATE TEMP TABLE rows AS SELECT {kept} FROM read_csv(?, columns = {{{types}}}, "  # noqa: S608
            "delim = ?, header = true, auto_detect = false, strict_mode = true, quote = '\"', "
            "escape = '\"')",
            [str(path), between],
        )
    except duckdb.Error:
        connection.close()
        raise _bad(
            "ce n'est pas un CSV en UTF-8 avec une ligne de titres et autant de cases par ligne"
        ) from None
    return connection


def _first_line(path: Path) -> tuple[list[str], str]:
    """The titles, and what is between them; nothing else is guessed."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            line = file.readline(TITLES_LONG)
    except (OSError, EOFError):
        raise _bad("il ne s'ouvre pas") from None
    except UnicodeDecodeError:
        raise _bad("il n'est pas en UTF-8") from None
    # With what is not its separator, a line is one title, or titles cut by chance.
    cut = {between: next(csv.reader([line], delimiter=between), []) for between in ",;\t"}
    between, named = max(cut.items(), key=lambda one: len(one[1]))
    if not any(named):
        raise _bad("il est vide : il faut une ligne de titres")
    if len(set(named)) != len(named) or "" in named:
        raise _bad("deux colonnes ont le même titre, ou une n'en a pas")
    return named, between


def _check_counts(connection: Any, count: str) -> None:
    column = _quoted(count)
    wrong = connection.execute(
        "SELECT count(*) FROM rows "  # noqa: S608
        f"WHERE coalesce(try_cast({column} AS BIGINT), -1) < 0 OR {column} LIKE '%.%'"
    ).fetchone()[0]
    if wrong:
        raise _bad(f"la colonne « {count} » doit ne contenir que des nombres entiers de personnes")


def _value(name: str) -> str:
    return f"coalesce(nullif(trim({_quoted(name)}), ''), '{NOTHING_SAID}')"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _digest(path: Path) -> str:
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _bad(why: str) -> NotReleased:
    return NotReleased(Reason.UNREADABLE_DATA, f"Le fichier de données ne convient pas : {why}.")
