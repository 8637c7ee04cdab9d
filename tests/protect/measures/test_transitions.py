"""No state is reached but by the table, and what has ended does not change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import NOON
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import ENDED, LIVING, TRANSITIONS, MeasureType, Status
from fanal.protect.situations.models import Situation
from protect.measures.acting import ask

pytestmark = pytest.mark.django_db

DB = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# Everything that a state may need: the table alone can refuse.
COMPLETE = {
    "provisional_by": "judge",
    "provisional_on": date(2026, 3, 9),
    "hearing_at": NOON,
    "decided_on": date(2026, 3, 9),
    "starts_on": date(2026, 3, 9),
    "ends_on": date(2027, 3, 9),
    "end_reason": "invention",
}


def complete(agent: Agent, situation: Situation) -> Measure:
    measure = ask(agent, situation, MeasureType.AEMO)
    with acting_as(agent):
        Measure.objects.filter(pk=measure.pk).update(**COMPLETE)
    return measure


def write(measure: Measure, status: Status) -> bool:
    """Whether the database, in raw SQL, lets a measure become this."""
    ended = date(2026, 6, 1) if status in ENDED else None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE measures_measure SET status = %s, ended_on = %s WHERE id = %s",
                [status.value, ended, measure.pk],
            )
            assert cursor.rowcount == 1
    except IntegrityError:
        return False
    return True


def test_every_living_state_leads_somewhere_and_every_end_nowhere() -> None:
    assert set(TRANSITIONS) == set(Status)
    assert all(TRANSITIONS[status] for status in LIVING)
    assert not any(TRANSITIONS[status] for status in ENDED)


def test_every_state_is_reached_from_a_request() -> None:
    reached = {Status.REQUESTED}
    for _ in Status:
        reached |= {after for status in reached for after in TRANSITIONS[status]}

    assert reached == set(Status)


def test_majority_ends_whatever_runs() -> None:
    assert all(Status.ENDED_AT_MAJORITY in TRANSITIONS[status] for status in LIVING)


@DB
@given(path=st.lists(st.sampled_from(list(Status)), min_size=1, max_size=8))
def test_the_database_follows_the_table_whatever_is_tried(
    claire: Agent, followed: Situation, path: list[Status]
) -> None:
    with transaction.atomic():
        measure = complete(claire, followed)
        at = Status.REQUESTED
        with acting_as(claire):
            for wanted in path:
                allowed = wanted in TRANSITIONS[at] or (wanted == at and at in LIVING)
                assert write(measure, wanted) is allowed, (at, wanted)
                at = wanted if allowed else at
        transaction.set_rollback(True)


def way_to(end: Status) -> list[Status]:
    """The shortest way from a request to an end."""
    ways: list[list[Status]] = [[Status.REQUESTED]]
    while True:
        way = ways.pop(0)
        if way[-1] == end:
            return way[1:]
        ways += [[*way, after] for after in sorted(TRANSITIONS[way[-1]])]


@pytest.mark.parametrize("end", ENDED)
def test_what_has_ended_does_not_change(claire: Agent, followed: Situation, end: Status) -> None:
    measure = complete(claire, followed)
    with acting_as(claire):
        assert all(write(measure, step) for step in way_to(end))
        with pytest.raises(IntegrityError), transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(end_reason="autre motif")


def test_nothing_begins_in_the_middle(claire: Agent, followed: Situation) -> None:
    model = ask(claire, followed, MeasureType.AEMO)
    for status in set(Status) - {Status.REQUESTED}:
        ended = date(2026, 6, 1) if status in ENDED else None
        born = Measure(
            case_file=model.case_file,
            situation=model.situation,
            type=MeasureType.TIERS_DIGNE_DE_CONFIANCE,
            nature=model.nature,
            status=status,
            basis=model.basis,
            commune=model.commune,
            tpe_court=model.tpe_court,
            requested_at=datetime(2026, 3, 9, tzinfo=UTC),
            requested_by=claire,
            ended_on=ended,
            **COMPLETE,
        )
        with acting_as(claire), pytest.raises(IntegrityError), transaction.atomic():
            born.save()
