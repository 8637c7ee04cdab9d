"""What a backup says it holds: for each table its rows, counted and digested."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256

import psycopg
from psycopg import sql

# Sessions are not kept: a restored one would let in who has left since.
EMPTIED = ("django_session",)

TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""
# The text of a row must not depend on who reads it.
SAME_TEXT = (
    "SET timezone TO 'UTC'",
    "SET datestyle TO 'ISO, YMD'",
    "SET intervalstyle TO 'postgres'",
    "SET bytea_output TO 'hex'",
    "SET extra_float_digits TO 1",
)


@dataclass(frozen=True, slots=True)
class Table:
    """``digest``: SHA-256 of all its rows, in the order of their text."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    made_at: str
    server: int
    tables: dict[str, Table]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def read(cls, written: bytes) -> "Manifest":
        found = json.loads(written)
        found["tables"] = {name: Table(**table) for name, table in found["tables"].items()}
        return cls(**found)


def look_at_tables(
    connection: psycopg.Connection, told: Callable[[int, int], None] = lambda _done, _all: None
) -> dict[str, Table]:
    """Count and digest every row of every table, as the connection's transaction sees them."""
    for setting in SAME_TEXT:
        connection.execute(setting)
    names = table_names(connection)
    found = {}
    for rank, name in enumerate(names, start=1):
        found[name] = Table(0, sha256().hexdigest()) if name in EMPTIED else _look(connection, name)
        told(rank, len(names))
    return found


def table_names(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in connection.execute(TABLES)]


def differences(expected: dict[str, Table], found: dict[str, Table]) -> list[str]:
    """One French line per table that is not what the manifest says; empty when all are."""
    lines = []
    for name in sorted(expected.keys() | found.keys()):
        wanted, seen = expected.get(name), found.get(name)
        if wanted is None or seen is None:
            lines.append(f"{name} : {'en trop' if wanted is None else 'absente'}")
        elif wanted.rows != seen.rows:
            lines.append(f"{name} : {seen.rows} lignes au lieu de {wanted.rows}")
        elif wanted != seen:
            lines.append(f"{name} : le contenu d'une ligne au moins diffère")
    return lines


def _look(connection: psycopg.Connection, name: str) -> Table:
    digest, rows = sha256(), 0
    query = sql.SQL(
        'COPY (SELECT t::text FROM {} t ORDER BY t::text COLLATE "C") TO STDOUT'
    ).format(sql.Identifier(name))
    with connection.cursor().copy(query) as lines:
        for line in lines:
            digest.update(line)
            # An end of line inside a row is written as two signs: each bare one ends a row.
            rows += bytes(line).count(b"\n")
    return Table(rows, digest.hexdigest())
