"""Fill an empty table at once: its keys and indexes are made when its rows are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.utils import CursorWrapper
from psycopg import sql

_KEYS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY oid
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
 WHERE i.indrelid = %s::regclass
   AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
 ORDER BY i.indexrelid
"""


def is_empty(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute(sql.SQL("SELECT NOT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table)))
    return bool(cursor.fetchone()[0])


@contextmanager
def made_after(cursor: CursorWrapper, table: str) -> Iterator[None]:
    """
    Inside, the table has neither foreign keys nor indexes; after, it has those that it had.

    The keys are then checked for all rows at once, and not row by row. In one transaction: others
    see the table before, or after.
    """
    name = sql.Identifier(table)
    # A key whose check still waits could not be dropped.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute(_KEYS, [table])
    keys = cursor.fetchall()
    cursor.execute(_INDEXES, [table])
    indexes = cursor.fetchall()
    for key, _ in keys:
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
        cursor.execute(drop.format(name, sql.Identifier(key)))
    for index, _ in indexes:
        cursor.execute(f"DROP INDEX {index}")
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    for key, definition in keys:
        add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        cursor.execute(add.format(name, sql.Identifier(key), sql.SQL(definition)))
