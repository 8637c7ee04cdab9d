"""A table that is filled at once keeps what it had."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.backends.utils import CursorWrapper

from fanal.ground.territory.bulk import is_empty, made_after

pytestmark = pytest.mark.django_db(databases=["owner"])

TABLE = """
CREATE TABLE filled (
    code text PRIMARY KEY,
    parent text CONSTRAINT filled_parent REFERENCES filled (code) DEFERRABLE INITIALLY DEFERRED,
    departement varchar(3) REFERENCES territory_departement (code)
);
CREATE INDEX filled_by_parent ON filled (parent, code DESC) WHERE parent IS NOT NULL;
CREATE INDEX filled_likeness ON filled USING gin (code gin_trgm_ops);
"""
DESCRIBED = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'filled'::regclass
UNION ALL
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'filled' ORDER BY 1
"""


def _described(cursor: CursorWrapper) -> list[tuple[str, str]]:
    cursor.execute(DESCRIBED)
    return cursor.fetchall()


def test_a_table_has_its_keys_and_indexes_again_once_filled() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLE)
        before = _described(cursor)
        assert is_empty(cursor, "filled")

        with made_after(cursor, "filled"):
            assert len(_described(cursor)) < len(before)
            cursor.execute("INSERT INTO filled VALUES ('a', 'b', '59'), ('b', NULL, '13')")

        assert _described(cursor) == before
        assert not is_empty(cursor, "filled")


def test_a_row_that_points_nowhere_fills_nothing() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLE)
        with (
            pytest.raises(IntegrityError, match="filled_parent"),
            transaction.atomic("owner"),
            made_after(cursor, "filled"),
        ):
            cursor.execute("INSERT INTO filled VALUES ('a', 'nowhere', '59')")

        assert is_empty(cursor, "filled")
