"""Every table with row-level security, taken from the catalogue, in a world full of rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from config.demonstration.kept import Made
from config.demonstration.world import member, world
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from rows import as_owner

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

# What the demonstration must fill, or the tests below would look at empty tables.
FILLED = {
    "access_casefile",
    "audit_trace",
    "concerns_concern",
    "concerns_concernstep",
    "concerns_evaluation",
    "concerns_informant",
    "concerns_otherminor",
    "concerns_submission",
    "concerns_visit",
    "deadlines_clock",
    "documents_document",
    "people_holder",
    "people_minor",
    "reports_report",
    "reports_reportletter",
    "reports_reportoutcome",
    "reports_reportstep",
    "situations_entry",
    "situations_situation",
}

# Days of the traces' own keeping, the same for everybody.
FOR_EVERYBODY = ("audit_horizon", "audit_term")
OF_AUTHORITY = "SELECT id FROM access_casefile WHERE authority_id ="


def guarded() -> list[str]:
    """Tables whose rows the database itself watches over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' ORDER BY relname"
        )
        return [name for (name,) in cursor.fetchall() if name not in FOR_EVERYBODY]


def count(table: str, where: str = "true") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT count(*) FROM {} WHERE {}").format(
                sql.Identifier(table),
                sql.SQL(where),  # type: ignore[arg-type]
            )
        )
        return int(cursor.fetchone()[0])


def seen() -> dict[str, int]:
    """How many rows of each guarded table answer now; tables that answer nothing are left out."""
    found = {table: count(table) for table in guarded()}
    return {table: rows for table, rows in found.items() if rows}


@pytest.fixture
def stranger() -> Agent:
    """Somebody who holds every role there is, in places that have nothing to do with the world."""
    agent = AgentFactory()
    places = {
        "authority": OrganisationFactory(kind="child_welfare", authority_id="974"),
        "court": OrganisationFactory(kind="prosecution", court_id="tj75056"),
        "school": OrganisationFactory(kind="school"),
    }
    for role in Role:
        place = {Role.PARQUET: "court", Role.AUTHOR: "school"}.get(role, "authority")
        PostingFactory(agent=agent, organisation=places[place], role=role)
    return agent


def test_the_world_fills_the_tables(world: Made) -> None:
    with as_owner():
        assert FILLED - set(seen()) == set()


def test_nobody_asking_sees_no_row_of_any_guarded_table() -> None:
    assert seen() == {}


def test_asking_for_nobody_sees_no_row_either() -> None:
    with acting_as(None):
        assert seen() == {}


def test_a_stranger_with_every_role_sees_no_row(stranger: Agent) -> None:
    with acting_as(stranger):
        assert seen() == {}


def test_an_agent_without_a_posting_sees_no_row() -> None:
    with acting_as(AgentFactory()):
        assert seen() == {}


def test_the_crip_of_the_world_sees_it() -> None:
    """The tests above would pass with a policy that says no to everybody."""
    with acting_as(member("Nadia")):
        shown = set(seen())
    assert FILLED - shown == set()


def of_another_authority(code: str) -> Iterator[tuple[str, int]]:
    """Rows of files that are not the authority's, in every guarded table that has a file."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'case_file_id' AND table_schema = 'public'"
        )
        tables = {name for (name,) in cursor.fetchall()} & set(guarded())
    for table in sorted(tables):
        yield (
            table,
            count(
                table,
                f"case_file_id NOT IN ({OF_AUTHORITY} '{code}')",
            ),
        )


def test_each_authority_sees_its_own_files_alone() -> None:
    for name, code in (("Nadia", "59"), ("Inès", "59"), ("Omar", "59"), ("Paul", "13")):
        with acting_as(member(name)):
            assert {table: rows for table, rows in of_another_authority(code) if rows} == {}


def test_a_referent_sees_the_files_that_they_hold_alone() -> None:
    claire = member("Claire")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT case_file_id FROM access_grant WHERE agent_id = %s", [claire.pk]
        )
        held = {row[0] for row in cursor.fetchall()}
    with acting_as(claire):
        assert held
        assert count("access_casefile") == len(held)
        assert count("concerns_informant") == 0


def test_an_author_sees_receipts_and_no_file() -> None:
    with acting_as(member("Sofia")):
        assert set(seen()) <= {
            "access_disclosurerecord",
            "audit_trace",
            "concerns_draft",
            "concerns_submission",
            "notifications_notification",
        }
        assert count("concerns_submission") > 30


def test_the_parquet_sees_what_was_sent_to_it_and_no_file() -> None:
    with acting_as(member("Julien")):
        shown = seen()
        assert count("reports_report") > 0
        assert count("reports_report", "status = 'draft'") == 0
    others = {table for table in shown if not table.startswith("reports_")}
    assert others <= {"audit_trace", "notifications_notification"}


def test_no_row_is_written_for_a_file_that_one_does_not_see() -> None:
    """The same wall stands before a writing, whatever the code forgot."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM access_casefile WHERE authority_id = '59'")
        (case_file,) = cursor.fetchone()
    with acting_as(member("Paul")):
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO people_holder (case_file_id, name, tie, contact)"
                " VALUES (%s, 'Parent Inventé', '', '')",
                [case_file],
            )
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_minor SET school = 'ailleurs'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM people_holder")
            assert cursor.rowcount == 0
