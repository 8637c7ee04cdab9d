"""At eighteen, what protected the minor stops: on their day, where they are followed, once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import CaseFileFactory, MinorFactory, OrganisationFactory
from fanal.ground.access.asking import NOBODY, acting_as, who_asks
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import Outcome
from fanal.ground.people.births import majority_on
from fanal.protect.measures.models import MeasureStep
from fanal.protect.measures.reactions import majority_reached
from fanal.protect.measures.terms import MeasureType, Orderer, Status, StepKind
from fanal.protect.measures.use_cases import end_at_majority
from fanal.protect.situations.events import MajorityReached
from fanal.protect.situations.models import Situation
from fanal.protect.situations.use_cases import flip_majority
from protect.measures.acting import again, ask, in_force, order
from protect.situations.following import begin, posted

pytestmark = pytest.mark.django_db


def flip(moment: datetime) -> int:
    """The birthdays are looked at, and what is announced is heard; returns how many were."""
    flip_majority(now=moment)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            [MajorityReached.task],
        )
        said = [json.loads(args) for (args,) in cursor.fetchall()]
    for one in said:
        majority_reached(**one)
    return len(said)


def followed_minor(ines: Agent, claire: Agent, born: date) -> Situation:
    return begin(ines, claire, MinorFactory(birth_date=born))


def test_every_living_measure_ends_on_the_birthday(ines: Agent, claire: Agent) -> None:
    situation = followed_minor(ines, claire, date(2008, 7, 1))
    running = in_force(claire, situation, MeasureType.AEMO, ends_on=date(2026, 7, 1))
    ordered = ask(claire, situation, MeasureType.PLACEMENT_ASE)
    order(claire, ordered, Orderer.PROSECUTOR)

    assert flip(datetime(2026, 7, 1, 10, tzinfo=UTC)) == 1

    for measure in (running, ordered):
        ended = again(claire, measure)
        assert (ended.status, ended.ended_on) == (Status.ENDED_AT_MAJORITY, date(2026, 7, 1))
    with acting_as(claire):
        clocks = Clock.objects.filter(subject_ref__in=[running.ref, ordered.ref])
        assert set(clocks.values_list("outcome", flat=True)) == {Outcome.MOOT}
        last = MeasureStep.objects.filter(step=StepKind.ENDED_AT_MAJORITY)
        assert {(step.on, step.agent_id) for step in last} == {(date(2026, 7, 1), None)}
    assert who_asks() is NOBODY


def test_the_eve_changes_nothing(ines: Agent, claire: Agent) -> None:
    situation = followed_minor(ines, claire, date(2008, 7, 1))
    measure = in_force(claire, situation, MeasureType.AEMO, ends_on=date(2026, 7, 1))

    # Midnight in Lille is two hours before Greenwich's in summer.
    assert flip(datetime(2026, 6, 30, 21, 59, tzinfo=UTC)) == 0
    assert again(claire, measure).status == Status.IN_FORCE

    assert flip(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == 1
    assert again(claire, measure).status == Status.ENDED_AT_MAJORITY


def test_born_on_a_29_february_one_is_protected_until_the_first_of_march(
    ines: Agent, claire: Agent
) -> None:
    situation = followed_minor(ines, claire, date(2012, 2, 29))
    measure = ask(claire, situation, MeasureType.AEMO)

    flip(datetime(2030, 2, 28, 12, tzinfo=UTC))
    assert again(claire, measure).is_living

    flip(datetime(2030, 3, 1, 12, tzinfo=UTC))
    assert again(claire, measure).ended_on == date(2030, 3, 1)


def test_the_day_begins_where_the_minor_is_followed(db: None) -> None:
    island = OrganisationFactory(
        name="Service de La Réunion (invention)", kind="child_welfare", authority_id="974"
    )
    chief = posted(island, "Ana", "supervisor")
    minor = MinorFactory(
        case_file=CaseFileFactory(authority_id="974"),
        commune_id="97411",
        birth_date=date(2008, 7, 1),
    )
    measure = ask(chief, begin(chief, chief, minor), MeasureType.AEMO)

    flip(datetime(2026, 6, 30, 19, 59, tzinfo=UTC))
    assert again(chief, measure).is_living

    flip(datetime(2026, 6, 30, 20, 0, tzinfo=UTC))
    assert again(chief, measure).status == Status.ENDED_AT_MAJORITY


def test_hearing_it_twice_changes_nothing(ines: Agent, claire: Agent) -> None:
    situation = followed_minor(ines, claire, date(2008, 7, 1))
    ask(claire, situation, MeasureType.AEMO)
    said = {
        "case_file_ref": situation.case_file.ref,
        "on": date(2026, 7, 1),
        "now": datetime(2026, 7, 1, 10, tzinfo=UTC),
    }

    assert end_at_majority(**said) == 1
    assert end_at_majority(**said) == 0
    with acting_as(claire):
        assert MeasureStep.objects.filter(step=StepKind.ENDED_AT_MAJORITY).count() == 1


def test_other_minors_keep_their_measures(ines: Agent, claire: Agent, followed: Situation) -> None:
    hers = ask(claire, followed, MeasureType.AEMO)
    ask(claire, followed_minor(ines, claire, date(2008, 7, 1)), MeasureType.AEMO)

    flip(datetime(2026, 7, 1, 10, tzinfo=UTC))

    assert again(claire, hers).status == Status.REQUESTED


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(born=st.dates(min_value=date(2008, 4, 1), max_value=date(2020, 12, 31)))
def test_no_measure_outlives_majority_and_none_stops_before(
    ines: Agent, claire: Agent, born: date
) -> None:
    with transaction.atomic():
        measure = ask(claire, followed_minor(ines, claire, born), MeasureType.AEMO)
        day = datetime.combine(majority_on(born), time(12), tzinfo=UTC)

        flip(day - timedelta(days=1))
        before = again(claire, measure).status
        flip(day)
        after = again(claire, measure).status
        transaction.set_rollback(True)
    assert (before, after) == (Status.REQUESTED, Status.ENDED_AT_MAJORITY)
