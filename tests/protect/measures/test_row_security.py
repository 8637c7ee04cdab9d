"""The second wall: measures and shelters are seen with the file, in raw SQL."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from factories import ExclusionFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import MeasureType, Orderer
from fanal.protect.measures.use_cases import ask_parents, order_exit_ban
from fanal.protect.situations.models import Situation
from protect.measures.acting import DAY, LONG_AFTER, in_force, shelter

pytestmark = pytest.mark.django_db

TABLES = (
    "measures_measure",
    "measures_measurestep",
    "measures_carequestion",
    "measures_exitban",
    "measures_emergencyshelter",
)


def seen() -> list[bool]:
    found = []
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) > 0 FROM {table}")  # noqa: S608
            found.append(cursor.fetchone()[0])
    return found


@pytest.fixture
def everything(claire: Agent, followed: Situation) -> Measure:
    measure = in_force(claire, followed, MeasureType.PLACEMENT_ASE)
    with acting_as(claire):
        ask_parents(
            agent=claire,
            ref=measure.ref,
            text="Passage en famille d'accueil",
            sent_on=DAY,
            received_on=date(2026, 3, 10),
            now=LONG_AFTER,
        )
        order_exit_ban(agent=claire, ref=measure.ref, by=Orderer.JUDGE, on=DAY, now=LONG_AFTER)
    shelter(claire, followed.case_file.ref)
    return measure


def test_the_file_s_people_see_every_row(
    claire: Agent, ines: Agent, nadia: Agent, omar: Agent, everything: Measure
) -> None:
    for agent in (claire, ines, nadia, omar):
        with acting_as(agent):
            assert seen() == [True] * len(TABLES)


def test_a_stranger_sees_none(
    paul: Agent, yanis: Agent, karim: Agent, sofia: Agent, julien: Agent, everything: Measure
) -> None:
    for agent in (paul, yanis, karim, sofia, julien):
        with acting_as(agent):
            assert seen() == [False] * len(TABLES)


def test_nobody_sees_any_when_nobody_asks(everything: Measure) -> None:
    assert seen() == [False] * len(TABLES)


def test_an_excluded_agent_sees_none(nadia: Agent, everything: Measure) -> None:
    ExclusionFactory(case_file=everything.case_file, agent=nadia)

    with acting_as(nadia):
        assert seen() == [False] * len(TABLES)


def test_a_sealed_file_is_seen_by_its_holder_alone(
    claire: Agent, ines: Agent, everything: Measure, as_owner: Any
) -> None:
    with as_owner():
        everything.case_file.sealed_at = LONG_AFTER
        everything.case_file.seal_reason = "invention"
        everything.case_file.save()

    with acting_as(claire):
        assert seen() == [True] * len(TABLES)
    with acting_as(ines):
        assert seen() == [False] * len(TABLES)


def test_scheduled_work_sees_them(everything: Measure) -> None:
    for purpose in (Purpose.ALARMS, Purpose.MAJORITY):
        with acting_as(None, purpose=purpose):
            assert seen() == [True] * len(TABLES)


def test_a_stranger_writes_no_row_into_the_file(paul: Agent, everything: Measure) -> None:
    row = [everything.case_file_id, everything.pk]
    with (
        acting_as(paul),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            'INSERT INTO measures_measurestep (case_file_id, measure_id, step, "on", at, note)'
            " VALUES (%s, %s, 'notified', '2026-03-09', now(), '')",
            row,
        )


def test_the_wall_holds_for_the_owner_of_the_tables_too(everything: Measure) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(relrowsecurity AND relforcerowsecurity) FROM pg_class"
            " WHERE relname = ANY(%s)",
            [list(TABLES)],
        )
        assert cursor.fetchone() == (True,)
