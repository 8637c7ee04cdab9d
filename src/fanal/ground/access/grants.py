"""What the application's role may do in the database: read and write rows, own nothing."""

from __future__ import annotations

from django.db import connections
from psycopg import sql

# The application adds to these tables; it neither changes nor removes what stands in them.
APPEND_ONLY = ("audit_trace", "audit_seal", "retention_erasure", "front_guidereview")
# Written by the owner and its functions alone: the application reads them.
READ_ONLY = (
    "audit_link",
    "audit_head",
    "audit_horizon",
    "audit_segment",
    "audit_term",
    "schema_appliedfile",
)

# Whatever hangs on a case file leaves with it: each guarded table opens to the work that erases
# in time, tables of rooms to come included.
OPEN_TO_RETENTION = """
DO $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT DISTINCT c.oid::regclass AS name FROM pg_class c
          JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
         WHERE k.confrelid = 'access_casefile'::regclass AND c.relforcerowsecurity
           AND NOT EXISTS (
               SELECT 1 FROM pg_policy p
                WHERE p.polrelid = c.oid AND p.polname = 'kept_no_longer_than_needed')
    LOOP
        EXECUTE format(
            'CREATE POLICY kept_no_longer_than_needed ON %s'
            ' USING ((SELECT access_purpose()) = ''retention'')', one.name);
    END LOOP;
END $$
"""


def grant_application(*, connection_alias: str, role: str) -> None:
    """Give the application's role its rights on every table of the schema, and no more."""
    name = sql.Identifier(role)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(
            name
        ),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        *(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(table), name
            )
            for table in APPEND_ONLY
        ),
        *(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(table), name
            )
            for table in READ_ONLY
        ),
    ]
    with connections[connection_alias].cursor() as cursor:
        cursor.execute(OPEN_TO_RETENTION)
        for statement in statements:
            cursor.execute(statement)
