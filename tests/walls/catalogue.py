"""What the catalogue of PostgreSQL says of the tables: nothing is typed here but the exceptions."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

ROOT = "access_casefile"


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[str, ...]
    walled: bool
    # The column that leads to the file, or to a row that hangs on one: (column, table).
    leads: tuple[tuple[str, str], ...]
    # Columns that name an agent.
    agents: tuple[str, ...]
    # A policy shows every row to everybody: for what names no file and nobody.
    shown_to_all: bool

    @property
    def key(self) -> str:
        return "id" if "id" in self.columns else self.columns[0]


def tables() -> dict[str, Table]:
    """Every table of the schema, as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname,
                   array(SELECT a.attname::text FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                         ORDER BY a.attnum),
                   c.relrowsecurity AND c.relforcerowsecurity
                       AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid),
                   array(SELECT a.attname || ' ' || k.confrelid::regclass
                         FROM pg_constraint k JOIN pg_attribute a
                           ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                         WHERE k.conrelid = c.oid AND k.contype = 'f'),
                   EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
                             AND p.polcmd IN ('r', '*')
                             AND pg_get_expr(p.polqual, p.polrelid) = 'true')
            FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            ORDER BY 1
            """
        )
        found = {}
        for name, columns, walled, keys, shown_to_all in cursor.fetchall():
            pairs = tuple(tuple(key.split(" ")) for key in keys)
            found[name] = Table(
                name,
                tuple(columns),
                walled,
                leads=tuple((column, table) for column, table in pairs),
                agents=tuple(column for column, table in pairs if table == "agents_agent"),
                shown_to_all=shown_to_all,
            )
    return found


def of_case_files(known: dict[str, Table]) -> set[str]:
    """The tables that hang on a case file, at any number of steps."""
    reached = {ROOT}
    while True:
        more = {
            table.name
            for table in known.values()
            if any(target in reached for _, target in table.leads)
        } | reached
        if more == reached:
            return reached
        reached = more
