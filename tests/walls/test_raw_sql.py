"""
SQL typed by hand under the application's role: every table × every role × every authority.

What each agent may see is counted apart, by the owner of the database, from the policy written in
``policy.csv`` and the handbook: files of an authority whose role spans it, unless sealed; files
held by name; never those from which the agent is excluded. A row shown beyond that is a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from factories import (
    AgentFactory,
    CaseFileFactory,
    ConcernFactory,
    ExclusionFactory,
    GrantFactory,
    InformantFactory,
    MinorFactory,
    OrganisationFactory,
    PostingFactory,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.access.grants import APPEND_ONLY
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import Role
from rows import as_owner
from walls.catalogue import ROOT, Table, of_case_files, tables
from walls.figures import say
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

AUTHORITIES = ("59", "13", "974")
# Written from the handbook, section 4: who works for a whole authority.
SPANNING = {"crip", "supervisor", "on_call"}
# Who watches over access sees what was done, and no file.
WATCHING = {"controller", "data_protection", "administrator"}
# Read by the policy of the files, for whoever asks: a file, a day, a rule.
READ_BY_POLICIES = "retention_archived"
# Requests of people and holds on files: for those who answer them, the files stay closed.
ANSWERED = ("retention_hold", "rights_")
WATCHED = ("access_", "audit_", "agents_", "privacy_", "retention_")


@dataclass
class Allowed:
    """What one agent may see, counted apart."""

    agent: int
    files: set[int]
    file_refs: set[str]
    authorities: set[str]
    watched: set[str]
    organisations: set[int]
    courts: set[str]
    refused: set[int] = field(default_factory=set)


@pytest.fixture
def people() -> dict[tuple[str, str], Agent]:
    """One agent of each role in each authority; each authority has files, one sealed."""
    made = {}
    with as_owner():
        for authority in AUTHORITIES:
            for _ in range(2):
                case_file = CaseFileFactory(authority_id=authority)
                concern = ConcernFactory(minor=MinorFactory(case_file=case_file))
                InformantFactory(concern=concern)
            case_file.sealed_at, case_file.seal_reason = case_file.opened_at, "motif inventé"
            case_file.save()
        court = OrganisationFactory(kind="prosecution", court_id="tj59350")
        for authority, role in product(AUTHORITIES, Role):
            service = OrganisationFactory(kind="child_welfare", authority_id=authority)
            agent = AgentFactory()
            place = court if role is Role.PARQUET else service
            PostingFactory(agent=agent, organisation=place, role=role)
            _hold(agent, authority, role)
            made[authority, str(role)] = agent
    return made


def _hold(agent: Agent, authority: str, role: Role) -> None:
    """Each holds a file of another authority by name, and is shut out of one of their own."""
    others = CaseFile.objects.exclude(authority_id=authority).order_by("pk")
    own = CaseFile.objects.filter(authority_id=authority, sealed_at=None).order_by("pk")
    if role in (Role.CRIP, Role.REFERENT, Role.EVALUATOR, Role.SUPERVISOR):
        GrantFactory(agent=agent, case_file=others[0], capacity="stand_in")
        GrantFactory(agent=agent, case_file=own[0], capacity="stand_in")
    ExclusionFactory(agent=agent, case_file=own[0])


def allowed_to(agent: Agent) -> Allowed:
    """Written from the policy, read by the owner: none of the functions of the database."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.role, o.id, o.authority_id, o.court_id FROM agents_posting p"
            " JOIN agents_organisation o ON o.id = p.organisation_id WHERE p.agent_id = %s",
            [agent.pk],
        )
        posts = cursor.fetchall()
        spans = {authority for role, _, authority, _ in posts if role in SPANNING and authority}
        cursor.execute(
            """
            SELECT id, ref FROM access_casefile f
            WHERE (
                (authority_id = ANY(%(spans)s) AND sealed_at IS NULL)
                OR id IN (SELECT case_file_id FROM access_grant g WHERE g.agent_id = %(agent)s
                          AND starts_at <= now() AND (ends_at IS NULL OR ends_at > now()))
            ) AND NOT EXISTS (SELECT 1 FROM access_exclusion e
                              WHERE e.agent_id = %(agent)s AND e.case_file_id = f.id)
            """,
            {"spans": list(spans), "agent": agent.pk},
        )
        files = cursor.fetchall()
        cursor.execute("SELECT case_file_id FROM access_exclusion WHERE agent_id = %s", [agent.pk])
        shut = {number for (number,) in cursor.fetchall()}
    return Allowed(
        agent=agent.pk,
        files={number for number, _ in files},
        file_refs={str(ref) for _, ref in files},
        authorities=spans,
        watched={authority for role, _, authority, _ in posts if role in WATCHING and authority},
        organisations={number for _, number, _, _ in posts},
        courts={court for role, _, _, court in posts if role == "parquet" and court},
        refused=shut,
    )


def rows_of(table: Table) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table.name)))
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Oracle:
    """Whether a row is for somebody, by the columns it has; rows above it are looked up."""

    def __init__(self, known: dict[str, Table]) -> None:
        self.known = known
        self.cases = of_case_files(known)
        with as_owner():
            self.parents = {
                name: {row["id"]: row for row in rows_of(known[name])}
                for name in self.cases | {"reports_report", "rights_rightsrequest"}
                if name in known and "id" in known[name].columns
            }

    def allows(self, table: Table, row: dict[str, object], to: Allowed) -> bool:  # noqa: PLR0911
        if table.name == ROOT:
            return row["id"] in to.files
        if table.name == "access_exclusion" and row["agent_id"] == to.agent:
            return False
        if table.name == "access_grant" and row["agent_id"] == to.agent:
            return True
        if table.name.startswith(ANSWERED) and self._answers(row, to):
            return True
        if self._told_apart(table, row, to):
            return row["case_file_id"] not in to.refused or row["case_file_id"] in to.files
        if "case_file_id" in row and row["case_file_id"] is not None:
            return row["case_file_id"] in to.files or self._sent_to_a_court(table, row, to)
        above = [
            (self.known[name], self.parents[name].get(row[column]))
            for column, name in table.leads
            if name in self.parents and name in self.cases and row.get(column) is not None
        ]
        if any(parent and self.allows(one, parent, to) for one, parent in above):
            return True
        return self._concerns(table, row, to)

    def _told_apart(self, table: Table, row: dict[str, object], to: Allowed) -> bool:
        """What was shared with one agent; an emergency, for its author and who reviews it."""
        if table.name == "access_disclosurerecord":
            return row["shared_with_id"] == to.agent
        if table.name != "access_breakglass":
            return False
        return row["agent_id"] == to.agent or row["authority_id"] in to.watched

    def _answers(self, row: dict[str, object], to: Allowed) -> bool:
        """Who answers for the authority, and whoever holds the file and prepares the answer."""
        request = self.parents.get("rights_rightsrequest", {}).get(row.get("request_id"), row)
        held = str(request.get("file_ref")) in to.file_refs
        return request.get("authority_id") in to.watched or held

    def _sent_to_a_court(self, table: Table, row: dict[str, object], to: Allowed) -> bool:
        """The signalement and what hangs on it, for the parquet to which it was sent."""
        report = row if table.name == "reports_report" else self._report_of(row)
        return (
            report is not None
            and report["status"] != "draft"
            and bool({report["court_id"], report["tpe_court_id"]} & to.courts)
            and report["case_file_id"] not in to.refused
        )

    def _report_of(self, row: dict[str, object]) -> dict[str, object] | None:
        return self.parents.get("reports_report", {}).get(row.get("report_id"))

    def _concerns(self, table: Table, row: dict[str, object], to: Allowed) -> bool:
        """One's own act, one's organisation's, or one's authority's, for what is no file."""
        if any(row.get(column) == to.agent for column in table.agents):
            return True
        if row.get("organisation_id") in to.organisations:
            return True
        authority = row.get("authority_id") or row.get("authority_code")
        if row.get("case_file_ref") and authority in to.authorities:
            return str(row["case_file_ref"]) in to.file_refs
        if authority in to.authorities:
            return True
        return table.name.startswith(WATCHED) and authority in to.watched


def walled(known: dict[str, Table]) -> list[Table]:
    """Tables whose rows are for some and not for others."""
    return [table for table in known.values() if table.walled and not table.shown_to_all]


def test_what_is_shown_to_all_names_no_file_and_nobody() -> None:
    known = tables()
    cases = of_case_files(known)
    named = ("case_file_ref", "subject_ref", "agent_id", "organisation_id", "detail")
    assert not [
        table.name
        for table in known.values()
        if table.shown_to_all
        and table.name != READ_BY_POLICIES
        and (table.name in cases or table.agents or set(named) & set(table.columns))
    ]


def test_every_table_that_hangs_on_a_file_has_its_wall() -> None:
    known = tables()
    assert {name for name in of_case_files(known) if not known[name].walled} == set()


def test_no_role_reads_a_row_that_is_not_for_it(people: dict[tuple[str, str], Agent]) -> None:
    known = tables()
    oracle, leaks, looked, shown = Oracle(known), [], 0, 0
    for (authority, role), agent in people.items():
        may = allowed_to(agent)
        with acting_as(agent):
            for table in walled(known):
                rows = rows_of(table)
                looked += 1
                shown += len(rows)
                leaks += [
                    (table.name, role, authority, row[table.key])
                    for row in rows
                    if not oracle.allows(table, row, may)
                ]
    with acting_as(None):
        leaks += [(table.name, "nobody") for table in walled(known) if rows_of(table)]
    say(
        f"Raw SQL: {looked} readings ({len(walled(known))} walled tables of {len(known)}, "
        f"{len(Role)} roles, {len(AUTHORITIES)} authorities), {shown} rows shown, "
        f"{len(leaks)} leaked"
    )
    assert shown > 0
    assert not leaks, "\n".join(map(str, leaks[:20]))


def test_no_role_writes_a_row_that_is_not_for_it(people: dict[tuple[str, str], Agent]) -> None:
    known = tables()
    oracle, written, tried = Oracle(known), [], 0
    with as_owner():
        stored = {table.name: rows_of(table) for table in walled(known)}
    for (authority, role), agent in people.items():
        may = allowed_to(agent)
        for table in walled(known):
            hidden = [row for row in stored[table.name] if not oracle.allows(table, row, may)][:1]
            for row, verb in product(hidden, ("insert", "update", "delete")):
                if verb == "insert" and table.name in APPEND_ONLY:
                    continue  # a trace is added by whoever acts: its own test says what it may hold
                tried += 1
                if _writes(agent, table, row, verb):
                    written.append((table.name, role, authority, verb))
    say(f"Raw SQL: {tried} writings of others' rows tried, {len(written)} succeeded")
    assert tried > 0
    assert not written, "\n".join(map(str, written[:20]))


def _writes(agent: Agent, table: Table, row: dict[str, object], verb: str) -> bool:
    """Whether the database lets it through; undone at once."""
    try:
        with transaction.atomic(), acting_as(agent), connection.cursor() as cursor:
            for statement, values in _statement(table, row, verb):
                cursor.execute(statement, values)
            done = cursor.rowcount > 0
            transaction.set_rollback(True)
            return done
    except DatabaseError:
        return False


def _statement(
    table: Table, row: dict[str, object], verb: str
) -> Iterator[tuple[sql.Composed, list[object]]]:
    name, key = sql.Identifier(table.name), sql.Identifier(table.key)
    if verb == "update":
        yield (
            sql.SQL("UPDATE {} SET {} = {} WHERE {} = %s").format(name, key, key, key),
            [row[table.key]],
        )
    elif verb == "delete":
        yield sql.SQL("DELETE FROM {} WHERE {} = %s").format(name, key), [row[table.key]]
    else:
        yield _copy(table, row)


def _copy(table: Table, row: dict[str, object]) -> tuple[sql.Composed, list[object]]:
    """The same row under another key, into the same file."""
    columns = [column for column in table.columns if column != table.key]
    values = [
        psycopg.types.json.Jsonb(row[column]) if isinstance(row[column], dict) else row[column]
        for column in columns
    ]
    return (
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table.name),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(sql.Placeholder() * len(columns)),
        ),
        values,
    )


def test_the_application_truncates_nothing_and_makes_no_table() -> None:
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute("SELECT has_table_privilege(current_user, %s, 'TRUNCATE')", [name])
            assert cursor.fetchone() == (False,), name
        cursor.execute("SELECT has_schema_privilege(current_user, 'public', 'CREATE')")
        assert cursor.fetchone() == (False,)


def test_an_organisation_s_software_reads_its_own_receipts_and_no_file() -> None:
    school = Organisation.objects.filter(kind="school").first()
    known = tables()
    with acting_as(None, organisation=school):
        shown = {table.name: len(rows_of(table)) for table in walled(known)}
    assert shown.pop("concerns_submission") > 0
    assert not any(shown.values()), shown
