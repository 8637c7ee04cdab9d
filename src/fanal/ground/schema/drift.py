"""What a database holds that no file defines, and what a file defines that it does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections

from fanal.ground.schema.files import Definition, sql_files

# Made for each table that hangs on a case file, those of rooms to come included.
MADE_BY_GRANTS = "kept_no_longer_than_needed"
# The queue's own migrations define it.
OF_THE_QUEUE = "procrastinate\\_%"

_HELD = """
SELECT 'function', p.proname, '' FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace AND p.proname NOT LIKE %(queue)s
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                      AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'view', c.relname, '' FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                      AND d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'policy', p.polname, c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
 WHERE p.polname <> %(grants)s
UNION ALL
SELECT 'trigger', t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relname NOT LIKE %(queue)s
"""


@dataclass(frozen=True, slots=True)
class Drift:
    in_no_file: list[Definition]
    in_no_database: list[Definition]


def find_drift(*, using: str) -> Drift:
    """Compare names. A function of two signatures counts twice: one of them is a leftover."""
    with connections[using].cursor() as cursor:
        cursor.execute(_HELD, {"queue": OF_THE_QUEUE, "grants": MADE_BY_GRANTS})
        held = [Definition(*row) for row in cursor.fetchall()]
    written = {definition for file in sql_files() for definition in file.definitions()}
    twice = {one for one in held if held.count(one) > 1}
    return Drift(
        in_no_file=sorted((set(held) - written) | twice),
        in_no_database=sorted(written - set(held)),
    )
