"""A trace is written once."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.audit.use_cases import record
from rows import as_owner

pytestmark = pytest.mark.django_db

CHANGES = (
    "UPDATE audit_trace SET deed = 'autre'",
    "DELETE FROM audit_trace",
    "TRUNCATE audit_trace",
)


# The application reads these and writes none of them.
LINKS = ("audit_link", "audit_head", "audit_horizon", "audit_segment", "audit_term")
# Nobody but the owner of a table changes its shape or its triggers.
SHAPES = (
    "ALTER TABLE {} DISABLE TRIGGER USER",
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {} ADD COLUMN more text",
    "DROP TABLE {}",
)


@pytest.fixture
def trace(nadia: Agent) -> Trace:
    with acting_as(nadia):
        return record(agent=nadia, deed="inventé")


@pytest.mark.parametrize("change", CHANGES)
def test_the_application_changes_no_trace(trace: Trace, nadia: Agent, change: str) -> None:
    with (
        acting_as(nadia),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        *(shape.format(table) for shape in SHAPES for table in ("audit_trace", *LINKS)),
        *(f"TRUNCATE {table}" for table in (*LINKS, "audit_seal")),
        *map("DELETE FROM {}".format, (*LINKS, "audit_seal")),
        "UPDATE audit_seal SET number = 0",
        "UPDATE audit_link SET position = 1",
        "UPDATE audit_head SET position = 1",
        "UPDATE audit_horizon SET xid = '9'",
        "INSERT INTO audit_segment VALUES ('rest', 1, 9, 1, now())",
        "INSERT INTO audit_term VALUES ('2026-01-02', 1, 'inventé')",
        "INSERT INTO audit_link SELECT 'rest', 1, gen_random_uuid(), now(), sha256(''), sha256('')",
        "DROP TRIGGER trace_is_ordered ON audit_trace",
        "CREATE OR REPLACE FUNCTION audit_link_traces() RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_touches_neither_links_nor_shapes(nadia: Agent, change: str) -> None:
    with (
        acting_as(nadia),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_of_the_database_changes_no_trace(trace: Trace, change: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        # Keys of the row that this transaction has just written are checked at its end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(change)


def test_saving_a_trace_again_is_refused(trace: Trace, nadia: Agent) -> None:
    trace.deed = "autre"
    with acting_as(nadia), pytest.raises(DatabaseError), transaction.atomic():
        trace.save()
    with as_owner():
        assert Trace.objects.get().deed == "inventé"


def test_a_trace_dies_with_its_act(nadia: Agent) -> None:
    def act() -> None:
        with acting_as(nadia):
            record(agent=nadia, deed="inventé")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    with as_owner():
        assert not Trace.objects.exists()
