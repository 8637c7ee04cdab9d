"""The second wall, in raw SQL, under the application's role."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from factories import NOON, ExclusionFactory, GrantFactory
from fanal.detect.reports.models import Report
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent

pytestmark = pytest.mark.django_db

TABLES = (
    "reports_report",
    "reports_reportcopy",
    "reports_reportinformant",
    "reports_reportletter",
    "reports_reportoutcome",
    "reports_reportstep",
)
EVERYTHING = [1, 1, 1, 1, 1, 4]
WITHOUT_THE_INFORMANT = [1, 1, 0, 0, 1, 4]
NOTHING = [0, 0, 0, 0, 0, 0]


def rows_seen(agent: Agent | None) -> list[int]:
    seen = []
    with acting_as(agent), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            seen.append(int(cursor.fetchone()[0]))
    return seen


def run(agent: Agent, statement: str, *values: object) -> int:
    with acting_as(agent), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@pytest.fixture
def report(with_a_copy: Report, informed: Report) -> Report:
    return informed


@pytest.fixture
def with_a_copy(draft: Report, nadia: Agent) -> Report:
    with acting_as(nadia):
        draft.copies.create(case_file=draft.case_file, kind="education")
    return draft


def test_the_authority_and_the_parquet_of_the_court_see_it(
    report: Report, nadia: Agent, julien: Agent
) -> None:
    assert rows_seen(nadia) == EVERYTHING
    assert rows_seen(julien) == EVERYTHING


def test_nobody_else_sees_a_row(
    report: Report, paul: Agent, other_parquet: Agent, sofia: Agent, karim: Agent
) -> None:
    for stranger in (paul, other_parquet, sofia, karim, None):
        assert rows_seen(stranger) == NOTHING


@pytest.mark.parametrize("capacity", ["referent", "stand_in"])
def test_whoever_follows_the_minor_sees_it_but_who_alerted_and_the_whole_letter(
    report: Report, claire: Agent, capacity: str
) -> None:
    GrantFactory(case_file=report.case_file, agent=claire, capacity=capacity)

    assert rows_seen(claire) == WITHOUT_THE_INFORMANT


def test_whoever_evaluates_sees_who_alerted(report: Report, karim: Agent) -> None:
    GrantFactory(case_file=report.case_file, agent=karim, capacity="evaluator")

    assert rows_seen(karim) == EVERYTHING


def test_a_parquet_agent_who_must_not_see_the_file_sees_and_changes_nothing(
    report: Report, julien: Agent
) -> None:
    ExclusionFactory(case_file=report.case_file, agent=julien)

    assert rows_seen(julien) == NOTHING
    assert run(julien, "UPDATE reports_report SET updated_at = updated_at") == 0


def test_whoever_must_not_see_the_file_sees_nothing(report: Report, nadia: Agent) -> None:
    ExclusionFactory(case_file=report.case_file, agent=nadia)

    assert rows_seen(nadia) == NOTHING


def test_the_parquet_sees_no_draft_and_none_of_its_copies(
    with_a_copy: Report, julien: Agent
) -> None:
    assert rows_seen(julien) == NOTHING


def test_the_parquet_sees_nothing_else_of_the_file(report: Report, julien: Agent) -> None:
    tables = ("access_casefile", "people_minor", "people_holder", "concerns_concern")
    tables += ("concerns_informant", "documents_document", "deadlines_clock")
    with acting_as(julien), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_the_parquet_adds_an_outcome_and_moves_the_state(sent: Report, julien: Agent) -> None:
    moved = run(
        julien,
        "UPDATE reports_report SET status = 'acknowledged', acknowledged_at = %s WHERE id = %s",
        NOON,
        sent.pk,
    )
    added = run(
        julien,
        'INSERT INTO reports_reportoutcome (case_file_id, report_id, kind, "on", note,'
        " recorded_at, agent_id, told_by) VALUES (%s, %s, 'no_action', %s, '', %s, %s, '')",
        sent.case_file_id,
        sent.pk,
        NOON.date(),
        NOON,
        julien.pk,
    )

    assert (moved, added) == (1, 1)


def test_the_parquet_begins_no_signalement(sent: Report, julien: Agent) -> None:
    columns = [field.column for field in Report._meta.fields if field.column not in {"id", "ref"}]
    picked = ["'SIG-INVENTÉ'" if column == "number" else column for column in columns]
    picked = ["'draft'" if column == "status" else column for column in picked]
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        run(
            julien,
            f"INSERT INTO reports_report (ref, {', '.join(columns)})"  # noqa: S608
            f" SELECT gen_random_uuid(), {', '.join(picked)} FROM reports_report",
        )


def test_nobody_adds_to_what_they_do_not_see(
    sent: Report, paul: Agent, other_parquet: Agent
) -> None:
    for stranger in (paul, other_parquet):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            run(
                stranger,
                "INSERT INTO reports_reportstep (case_file_id, report_id, at, agent_id, step,"
                " note) VALUES (%s, %s, %s, %s, 'closed', '')",
                sent.case_file_id,
                sent.pk,
                NOON,
                stranger.pk,
            )


def test_a_step_is_not_hung_on_another_file(sent: Report, nadia: Agent) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        run(
            nadia,
            "INSERT INTO reports_reportstep (case_file_id, report_id, at, agent_id, step, note)"
            " VALUES (%s, %s, %s, %s, 'closed', '')",
            sent.case_file_id + 1,
            sent.pk,
            NOON,
            nadia.pk,
        )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reports_report",
        "DELETE FROM reports_reportoutcome",
        "DELETE FROM reports_reportstep",
        "DELETE FROM reports_reportletter",
        "DELETE FROM reports_reportinformant",
        "UPDATE reports_reportinformant SET name = 'Autre Inventée'",
        "DELETE FROM reports_reportcopy",
        "UPDATE reports_reportoutcome SET note = 'autre'",
        "UPDATE reports_reportstep SET note = 'autre'",
        "UPDATE reports_reportletter SET pdf = ''",
    ],
)
def test_what_has_left_is_neither_changed_nor_removed(
    report: Report, nadia: Agent, julien: Agent, statement: str
) -> None:
    assert run(nadia, statement) == 0
    assert run(julien, statement) == 0


def test_every_table_of_the_room_is_behind_the_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'reports\\_%%' AND relkind = 'r'"
            " AND relrowsecurity AND relforcerowsecurity ORDER BY relname"
        )
        assert [name for (name,) in cursor.fetchall()] == sorted(TABLES)
