"""Alarms are given once, to nobody twice, and none holds up another."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from factories import CaseFileFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.deadlines.models import Alarm, Clock
from fanal.ground.deadlines.terms import AlarmKind, Outcome, RuleCode
from fanal.ground.deadlines.use_cases import sound_alarms, start_clock, stop_clock
from fanal.ground.deadlines.use_cases.sound_alarms import Sounded

ARRIVED = datetime(2026, 3, 9, 12, tzinfo=UTC)
SHELTER = uuid.UUID(int=1)


def hours(number: int) -> datetime:
    return ARRIVED + timedelta(hours=number)


def shelter(case_file, ref=SHELTER):
    return start_clock(
        rule=RuleCode.SHELTER_72H,
        case_file=case_file,
        subject_kind="shelter",
        subject_ref=ref,
        since=ARRIVED,
        now=ARRIVED,
    )


@pytest.fixture
def clock(nadia):
    case_file = CaseFileFactory()
    with acting_as(nadia):
        return shelter(case_file)


def given_at(now: datetime) -> list[tuple[uuid.UUID, str]]:
    heard = []
    sound_alarms(now=now, deliver=lambda a: heard.append((a.clock.subject_ref, a.kind)))
    return heard


def test_each_alarm_is_given_when_its_time_comes(clock):
    assert given_at(hours(47)) == []
    assert given_at(hours(48)) == [(SHELTER, AlarmKind.BEFORE)]
    assert given_at(hours(66)) == [(SHELTER, AlarmKind.BEFORE)]
    assert given_at(hours(72)) == [(SHELTER, AlarmKind.DUE)]


def test_an_alarm_is_never_given_twice(clock):
    assert len(given_at(hours(72))) == 3
    assert given_at(hours(72)) == []
    assert given_at(hours(100)) == []


def test_a_stopped_clock_is_silent(clock, nadia):
    with acting_as(nadia):
        stop_clock(
            rule=RuleCode.SHELTER_72H, subject_ref=SHELTER, at=hours(40), outcome=Outcome.DONE
        )

    assert given_at(hours(100)) == []


def test_alarms_cross_authorities_and_leave_no_door_open(clock, paul):
    case_file = CaseFileFactory(authority_id="13")
    with acting_as(paul):
        shelter(case_file, uuid.UUID(int=2))

    assert len(given_at(hours(48))) == 2
    assert not Clock.objects.exists()


def test_who_delivers_finds_the_file_its_authority_and_the_owner_at_hand(
    clock, django_assert_num_queries
):
    seen = []

    def deliver(alarm: Alarm) -> None:
        with django_assert_num_queries(0):
            seen.append((alarm.clock.case_file.authority.code, alarm.clock.owner))

    sound_alarms(now=hours(48), deliver=deliver)

    assert seen == [("59", None)]


def test_a_delivery_that_fails_waits_and_holds_up_no_other(clock, nadia, caplog):
    case_file = CaseFileFactory()
    with acting_as(nadia):
        shelter(case_file, uuid.UUID(int=2))

    def deliver(alarm: Alarm) -> None:
        if alarm.clock.subject_ref == SHELTER:
            raise RuntimeError("la messagerie ne répond pas")

    assert sound_alarms(now=hours(48), deliver=deliver) == Sounded(given=1, failed=1)
    assert "could not be given" in caplog.text
    assert given_at(hours(48)) == [(SHELTER, AlarmKind.BEFORE)]


def test_what_a_failed_delivery_wrote_is_undone(clock):
    def deliver(alarm: Alarm) -> None:
        CaseFile.objects.filter(pk=alarm.clock.case_file_id).update(seal_reason="à moitié")
        raise RuntimeError("panne")

    sound_alarms(now=hours(48), deliver=deliver)

    with acting_as(None, purpose="alarms"):
        assert CaseFile.objects.get(pk=clock.case_file_id).seal_reason == ""


def test_a_run_gives_the_oldest_first_up_to_its_limit(clock):
    heard = []
    sound_alarms(now=hours(72), deliver=lambda alarm: heard.append(alarm.at), limit=2)

    assert heard == [hours(48), hours(66)]


@pytest.fixture
def two_committed_alarms(django_db_setup, django_db_blocker) -> Iterator[list[Alarm]]:
    """Rows that two connections see; the test's own transaction would hide them."""
    with django_db_blocker.unblock():
        case_file = CaseFile.objects.using("owner").create(authority_id="59", opened_at=ARRIVED)
        clock = Clock.objects.using("owner").create(
            case_file=case_file,
            rule=RuleCode.SHELTER_72H,
            rule_snapshot={},
            subject_kind="shelter",
            subject_ref=uuid.UUID(int=3),
            starts_at=ARRIVED,
            due_on=hours(72).date(),
            due_at=hours(72),
            why="inventé",
        )
        alarms = [
            Alarm.objects.using("owner").create(
                clock=clock, at=hours(number), kind=AlarmKind.BEFORE
            )
            for number in (48, 66)
        ]
        yield alarms
        Alarm.objects.using("owner").filter(clock=clock).delete()
        clock.delete(using="owner")
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('fanal.purpose', 'retention', true)")
            case_file.delete(using="owner")
        connection.close()
        connections["owner"].close()


def test_a_run_leaves_to_another_the_alarms_that_it_holds(two_committed_alarms):
    first, second = two_committed_alarms
    heard: list[int] = []

    with connection.cursor() as cursor:
        # A run that waits instead of passing fails here, and does not hang.
        cursor.execute("SET lock_timeout = '2s'")
    with transaction.atomic(using="owner"):
        # The other run has taken the first alarm and is still delivering it.
        Alarm.objects.using("owner").select_for_update().get(pk=first.pk)
        sound_alarms(now=hours(72), deliver=lambda alarm: heard.append(alarm.pk))
        assert heard == [second.pk]

    sound_alarms(now=hours(72), deliver=lambda alarm: heard.append(alarm.pk))
    assert heard == [second.pk, first.pk]
