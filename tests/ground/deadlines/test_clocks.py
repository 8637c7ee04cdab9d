"""Clocks start once, stop once, and are seen with their file."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from factories import CaseFileFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.deadlines.models import Alarm, Clock, DeadlineRule
from fanal.ground.deadlines.terms import AlarmKind, Confidence, Outcome, RuleCode
from fanal.ground.deadlines.use_cases import (
    assign_clocks,
    due,
    start_clock,
    stop_all_clocks,
    stop_clock,
)

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
CONCERN = uuid.UUID(int=1)


@pytest.fixture
def case_file(nord):
    return CaseFileFactory()


@pytest.fixture
def at_the_crip(nadia):
    with acting_as(nadia):
        yield nadia


def start(case_file, rule=RuleCode.CONCERN_EVALUATION, *, since=NOON, **rest):
    fields = {"subject_ref": CONCERN, "now": since}
    return start_clock(
        rule=rule, case_file=case_file, subject_kind="concern", since=since, **fields | rest
    )


def stop(rule=RuleCode.CONCERN_EVALUATION, *, at=NOON, outcome=Outcome.DONE):
    return stop_clock(rule=rule, subject_ref=CONCERN, at=at, outcome=outcome)


def test_a_clock_holds_its_due_day_and_says_why(at_the_crip, case_file):
    clock = start(case_file)

    assert clock.due_on == date(2026, 6, 9)
    assert clock.why == "3 mois à compter du 9 mars 2026 (art. D226-2-4 CASF) : 9 juin 2026"
    assert clock.confidence is Confidence.READ
    assert clock.label == "Évaluation de l'information préoccupante et rapport"


def test_what_is_stored_is_what_due_says(at_the_crip, case_file):
    for rule in RuleCode:
        clock = start(case_file, rule)
        said = due(rule=rule, authority=case_file.authority, since=NOON)
        clock.refresh_from_db()
        assert (clock.due_on, clock.due_at, clock.why) == (said.due_on, said.due_at, said.why)


def test_due_stores_nothing(at_the_crip, case_file):
    due(rule=RuleCode.CONCERN_EVALUATION, authority=case_file.authority, since=NOON)

    assert not Clock.objects.exists()


@pytest.mark.parametrize(
    ("authority", "due_on"), [("59", "2026-06-02"), ("974", "2026-06-02"), ("972", "2026-06-01")]
)
def test_the_local_day_of_the_files_authority_counts(db, authority, due_on):
    received = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    case_file = CaseFileFactory(authority_id=authority)

    said = due(rule=RuleCode.CONCERN_EVALUATION, authority=case_file.authority, since=received)

    assert said.due_on == date.fromisoformat(due_on)


def test_starting_again_returns_the_clock_that_runs(at_the_crip, case_file):
    first = start(case_file)
    again = start(case_file, since=NOON + timedelta(days=2))

    assert again == first
    assert again.due_on == date(2026, 6, 9)
    assert Alarm.objects.filter(clock=first).count() == 4


def test_a_stopped_clock_may_be_followed_by_another(at_the_crip, case_file):
    first = start(case_file, RuleCode.YEARLY_REPORT)
    stop(RuleCode.YEARLY_REPORT)

    assert start(case_file, RuleCode.YEARLY_REPORT) != first
    assert Clock.objects.running().for_subject(CONCERN).count() == 1


def test_stopping_says_when_and_why(at_the_crip, case_file):
    start(case_file)

    stopped = stop(at=NOON + timedelta(days=30))
    stopped.refresh_from_db()

    assert stopped.stopped_at == NOON + timedelta(days=30)
    assert stopped.outcome == Outcome.DONE
    assert stopped.met_its_term()
    assert not Clock.objects.running().exists()


def test_stopping_what_does_not_run_stops_nothing(at_the_crip, case_file):
    start(case_file)
    stop()

    assert stop(outcome=Outcome.MOOT) is None
    assert Clock.objects.get().outcome == Outcome.DONE


def test_stopping_one_period_leaves_the_others_of_its_subject_running(at_the_crip, case_file):
    evaluation, target = start(case_file), start(case_file, RuleCode.CONCERN_TARGET)

    assert stop(RuleCode.CONCERN_FIRST_ANALYSIS) is None
    assert stop(RuleCode.CONCERN_TARGET) == target
    assert list(Clock.objects.running()) == [evaluation]


def test_a_closed_subject_stops_all_its_clocks_and_no_other(at_the_crip, case_file):
    start(case_file)
    start(case_file, RuleCode.CONCERN_TARGET)
    other = start(case_file, subject_ref=uuid.UUID(int=2))

    assert stop_all_clocks(subject_ref=CONCERN, at=NOON, outcome=Outcome.MOOT) == 2
    assert list(Clock.objects.running()) == [other]


def test_clocks_change_hands(at_the_crip, case_file, ines):
    clock = start(case_file, owner=at_the_crip)

    assert assign_clocks(subject_ref=CONCERN, owner=ines) == 1
    clock.refresh_from_db()
    assert clock.owner == ines


def test_a_new_version_of_the_rule_leaves_running_clocks_alone(at_the_crip, case_file):
    clock = start(case_file)
    DeadlineRule.objects.filter(code=RuleCode.CONCERN_EVALUATION).update(amount=2, label="Autre")

    clock.refresh_from_db()
    assert clock.due_on == date(2026, 6, 9)
    assert clock.rule_snapshot["amount"] == 3
    assert start(case_file, subject_ref=uuid.UUID(int=2)).due_on == date(2026, 5, 9)


def test_late_and_soon_due_clocks_are_told_apart(at_the_crip, case_file):
    clock = start(case_file, RuleCode.CONCERN_TARGET_URGENT)
    end = NOON + timedelta(hours=72)
    just_before = end - timedelta(seconds=1)

    assert list(Clock.objects.late(end)) == [clock]
    assert not Clock.objects.late(just_before).exists()
    assert list(Clock.objects.due_within(1, just_before)) == [clock]
    assert not Clock.objects.due_within(1, end).exists()
    assert not Clock.objects.due_within(1, end - timedelta(days=2)).exists()
    assert clock.is_late(now=end)
    assert not clock.is_late(now=just_before)

    stop(RuleCode.CONCERN_TARGET_URGENT, at=end)
    assert not Clock.objects.late(end).exists()


def test_clocks_are_found_by_file_and_by_authority(at_the_crip, case_file):
    clock = start(case_file)
    start(CaseFileFactory(), subject_ref=uuid.UUID(int=2))

    assert list(Clock.objects.of_case_files([case_file])) == [clock]
    assert Clock.objects.of_authority(case_file.authority).count() == 2
    assert Clock.objects.of_authority(case_file.authority).soonest_first().first() == clock


def test_a_concern_entered_late_keeps_one_missed_alarm(at_the_crip, case_file):
    clock = start(case_file, now=NOON + timedelta(days=365))

    [alarm] = clock.alarms.all()
    assert alarm.kind == AlarmKind.AFTER


def test_starting_a_clock_costs_the_same_with_many_others(
    at_the_crip, case_file, django_assert_max_num_queries
):
    for number in range(2, 12):
        start(case_file, subject_ref=uuid.UUID(int=number))

    with django_assert_max_num_queries(10):
        start(case_file)


def test_a_stranger_sees_no_clock_and_no_alarm(nadia, paul, case_file):
    with acting_as(nadia):
        start(case_file)
        assert Clock.objects.count() == 1
        assert Alarm.objects.count() == 4

    with acting_as(paul), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM deadlines_clock), (SELECT count(*) FROM deadlines_alarm)"
        )
        assert cursor.fetchone() == (0, 0)


def test_nobody_in_particular_sees_nothing(nadia, case_file):
    with acting_as(nadia):
        start(case_file)

    assert not Clock.objects.exists()
    assert not Alarm.objects.exists()


def test_a_stranger_neither_starts_nor_stops_a_clock(nadia, paul, case_file):
    with acting_as(nadia):
        start(case_file)

    with acting_as(paul):
        assert stop() is None
        assert stop_all_clocks(subject_ref=CONCERN, at=NOON, outcome=Outcome.MOOT) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            start(case_file, RuleCode.PPE)

    with acting_as(nadia):
        assert Clock.objects.running().count() == 1
