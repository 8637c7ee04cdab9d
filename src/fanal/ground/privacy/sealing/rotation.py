"""
Seal what is not sealed yet, and wrap again what an older key wrapped.

Both go on batch by batch, each in its own transaction: cut short, they go on where they stopped.
What somebody wrote meanwhile is left as they wrote it. Both keys read all along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from psycopg import sql

from fanal.ground.privacy.sealing.chosen import key_keeper, keys_are_open, sealing_key
from fanal.ground.privacy.sealing.envelope import MAGIC, is_sealed, key_of, rewrap, seal
from fanal.ground.privacy.sealing.fields import SealedField, anchor_of, sealed_fields
from fanal.ground.privacy.sealing.keys import PublicKey

BATCH = 200
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Column:
    """One sealed column in the words of the database. Names come from models, never from a user."""

    field: SealedField
    table: sql.Identifier
    name: sql.Identifier
    key: sql.Identifier
    anchor: sql.Identifier

    @classmethod
    def of(cls, field: SealedField) -> Column:
        meta = field.model._meta
        assert meta.pk is not None  # noqa: S101  (for the type checker)
        names = (field.column, meta.pk.column, anchor_of(field).column)
        return cls(
            field, sql.Identifier(meta.db_table), *(sql.Identifier(str(one)) for one in names)
        )

    def query(self, words: str) -> sql.Composed:
        """A statement with the names of this column in their places."""
        return sql.SQL(words).format(
            table=self.table, name=self.name, key=self.key, anchor=self.anchor
        )


def counts(*, using: str) -> dict[str, dict[str, int]]:
    """By column, how many values each key wraps; under « », those not sealed yet."""
    found: dict[str, dict[str, int]] = {}
    for column in map(Column.of, sealed_fields()):
        with connections[using].cursor() as cursor:
            cursor.execute(
                column.query(
                    "SELECT CASE WHEN substring({name} FROM 1 FOR 3) = %s"
                    " THEN substring({name} FROM 4 FOR 8) END, count(*)"
                    " FROM {table} WHERE octet_length({name}) > 0 GROUP BY 1"
                ),
                [MAGIC],
            )
            label = f"{column.field.model._meta.label}.{column.field.name}"
            found[label] = {
                str(key_of(MAGIC + bytes(key))) if key is not None else "": count
                for key, count in cursor.fetchall()
            }
    return found


def seal_what_is_clear(*, using: str, progress: Progress = lambda _done: None) -> int:
    """
    Seal what was written before its column was. The keys may be locked: sealing needs none.

    Raises:
        KeysAbsent: no ceremony was held, and something waits.
    """
    return _each(lambda: MAGIC, using=using, progress=progress)


def seal_what_waited(*, using: str) -> int:
    """Seal what was written in clear while the keys were closed, once they are open."""
    if not keys_are_open():
        return 0
    waiting = [field for field in sealed_fields() if field.waits]
    return _each(lambda: MAGIC, using=using, progress=lambda _done: None, fields=waiting)


def wrap_again(*, using: str, progress: Progress = lambda _done: None) -> int:
    """
    Wrap for the key in use all that another key wraps; return how many values were.

    Raises:
        KeysLocked: a key that still wraps something is not open.
    """
    return _each(lambda: MAGIC + bytes(sealing_key().id), using=using, progress=progress)


def _each(
    wanted: Callable[[], bytes],
    *,
    using: str,
    progress: Progress,
    fields: list[SealedField] | None = None,
) -> int:
    """All values that do not begin as they should, of every sealed column or of these."""
    done = 0
    for column in map(Column.of, sealed_fields() if fields is None else fields):
        last: Any = None
        while True:
            with transaction.atomic(using=using):
                batch = list(_batch(column, wanted, after=last, using=using))
                if not batch:
                    break
                key = sealing_key()
                for row, anchor, stored in batch:
                    done += _write(column, row, stored, _sealed(column, anchor, stored, key), using)
                    last = row
            progress(done)
    return done


def _batch(
    column: Column, wanted: Callable[[], bytes], *, after: Any, using: str
) -> Iterator[tuple[Any, Any, bytes]]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            column.query(
                "SELECT {key}, {anchor}, {name} FROM {table} WHERE octet_length({name}) > 0"
                " AND substring({name} FROM 1 FOR %s) <> %s AND (%s OR {key} > %s)"
                " ORDER BY {key} LIMIT %s"
            ),
            [len(wanted()), wanted(), after is None, 0 if after is None else after, BATCH],
        )
        for row, anchor, stored in cursor.fetchall():
            yield row, anchor, bytes(stored)


def _sealed(column: Column, anchor: Any, stored: bytes, key: PublicKey) -> bytes:
    place = column.field.place_of(anchor)
    if is_sealed(stored):
        return rewrap(stored, place=place, unwrap=key_keeper().unwrap, key=key)
    return seal(stored, place=place, key=key)


def _write(column: Column, row: Any, stored: bytes, sealed: bytes, using: str) -> int:
    """Only over what was read: somebody may have written since."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            column.query("UPDATE {table} SET {name} = %s WHERE {key} = %s AND {name} = %s"),
            [sealed, row, stored],
        )
        return int(cursor.rowcount)
