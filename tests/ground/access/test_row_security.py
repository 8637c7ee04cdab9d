"""The second wall, in raw SQL, under the application's role."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from psycopg import sql

from factories import ConcernFactory, ExclusionFactory, GrantFactory, InformantFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor

pytestmark = pytest.mark.django_db

CASE_TABLES = ("access_casefile", "people_minor", "concerns_concern")


def rows_seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


def test_the_application_serves_under_a_role_that_obeys(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_nobody_sees_a_row_when_nobody_asks(lea: Minor) -> None:
    ConcernFactory(minor=lea)

    assert [rows_seen(table) for table in CASE_TABLES] == [0, 0, 0]


def test_the_crip_sees_its_authority_and_no_other(lea: Minor, nadia: Agent, paul: Agent) -> None:
    ConcernFactory(minor=lea)

    with acting_as(nadia):
        assert [rows_seen(table) for table in CASE_TABLES] == [1, 1, 1]
    with acting_as(paul):
        assert [rows_seen(table) for table in CASE_TABLES] == [0, 0, 0]


def test_a_referent_sees_only_what_is_granted(lea: Minor, claire: Agent) -> None:
    with acting_as(claire):
        assert rows_seen("people_minor") == 0

    GrantFactory(case_file=lea.case_file, agent=claire)

    with acting_as(claire):
        assert rows_seen("people_minor") == 1


def test_a_grant_that_has_ended_opens_nothing(lea: Minor, claire: Agent) -> None:
    GrantFactory(case_file=lea.case_file, agent=claire, ends_at=datetime(2021, 1, 1, tzinfo=UTC))

    with acting_as(claire):
        assert rows_seen("people_minor") == 0


def test_an_excluded_agent_sees_nothing_whatever_the_role(lea: Minor, nadia: Agent) -> None:
    ConcernFactory(minor=lea)
    ExclusionFactory(case_file=lea.case_file, agent=nadia)

    with acting_as(nadia):
        assert [rows_seen(table) for table in CASE_TABLES] == [0, 0, 0]


def test_a_referent_never_sees_who_reported(lea: Minor, claire: Agent, nadia: Agent) -> None:
    InformantFactory(concern=ConcernFactory(minor=lea))
    GrantFactory(case_file=lea.case_file, agent=claire)

    with acting_as(claire):
        assert rows_seen("concerns_concern") == 1
        assert rows_seen("concerns_informant") == 0
    with acting_as(nadia):
        assert rows_seen("concerns_informant") == 1
