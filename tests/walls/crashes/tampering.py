"""What the comparison must find: a trace taken away, an act or a trace that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg

from walls.crashes.house import House

KINDS = "SELECT DISTINCT deed, outcome FROM audit_trace WHERE at > %s ORDER BY deed, outcome"
TAKEN = """
DELETE FROM audit_trace WHERE id = (
    SELECT id FROM audit_trace WHERE deed = %s AND outcome = %s ORDER BY seq DESC LIMIT 1)
"""
ALONE = {
    "a line without a trace": """
        INSERT INTO situations_entry SELECT (copy.e).* FROM (
            SELECT jsonb_populate_record(e, jsonb_build_object(
                'kind', 'note', 'ref', gen_random_uuid(),
                'id', (SELECT max(id) + 1 FROM situations_entry))) AS e
              FROM situations_entry e ORDER BY e.id DESC LIMIT 1) copy
    """,
    "a change without a trace": "UPDATE situations_situation SET status = status",
    "a trace without an act": """
        INSERT INTO audit_trace SELECT (copy.t).* FROM (
            SELECT jsonb_populate_record(t, jsonb_build_object(
                'id', gen_random_uuid(), 'seq', (SELECT max(seq) + 1 FROM audit_trace))) AS t
              FROM audit_trace t WHERE t.deed = 'session.open' ORDER BY t.seq DESC LIMIT 1) copy
    """,
}


def tampered(house: House, owner: psycopg.Connection[Any]) -> Iterator[str]:
    """One thing after the other is done, and said: the newest trace of each kind goes first."""
    owner.execute("ALTER TABLE audit_trace DISABLE TRIGGER USER")
    for deed, outcome in owner.execute(KINDS, [house.since]).fetchall():
        assert owner.execute(TAKEN, [deed, outcome]).rowcount == 1
        yield f"the trace of an act {outcome}: {deed}"
    for what, how in ALONE.items():
        assert owner.execute(how).rowcount > 0, what
        yield what
