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
