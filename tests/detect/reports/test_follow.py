"""The département asks again, tells the parents, closes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from detect.reports.samples import hours_later, writing
from factories import NOON
from fanal.detect.concerns import alarms
from fanal.detect.reports.models import Report, ReportStep
from fanal.detect.reports.terms import Status, StepKind
from fanal.detect.reports.use_cases import (
    OutOfTurn,
    ParentsAlreadyTold,
    ParentsNotAllowed,
    ParentsToTell,
    close_report,
    relaunch_report,
    save_draft,
    send_report,
    tell_parents,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import sound_alarms
from fanal.ground.notifications.models import Notification
from past import past

pytestmark = pytest.mark.django_db

AFTER_THE_REMINDER = NOON + timedelta(days=16)


def reminders(report: Report) -> list[Clock]:
    rule = RuleCode.REPORT_RETURN_REMINDER
    return list(Clock.objects.for_subject(report.ref).filter(rule=rule).order_by("starts_at"))


def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarms, "now", lambda: AFTER_THE_REMINDER)
    assert sound_alarms(now=AFTER_THE_REMINDER, deliver=alarms.deliver).failed == 0


def told_of_the_return(agent: Agent) -> int:
    return past(Notification).filter(agent=agent, text__contains="Rappel au parquet").count()


def test_the_reminder_tells_the_crip(
    nadia: Agent, sent: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound(monkeypatch)

    assert told_of_the_return(nadia) == 1


def test_no_reminder_once_the_parquet_has_answered(
    nadia: Agent, informed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound(monkeypatch)

    assert told_of_the_return(nadia) == 0


def test_asking_again_starts_the_reminder_anew_and_tells_the_parquet(
    nadia: Agent, julien: Agent, sent: Report
) -> None:
    past(Notification).all().delete()

    with acting_as(nadia):
        relaunch_report(agent=nadia, ref=sent.ref, now=AFTER_THE_REMINDER, note="Par téléphone.")
        first, second = reminders(sent)
        step = ReportStep.objects.get(report=sent, step=StepKind.RELANCED)

    assert first.outcome == Outcome.EXPIRED
    assert second.due_on == (AFTER_THE_REMINDER + timedelta(days=15)).date()
    assert step.note == "Par téléphone."
    assert past(Notification).filter(agent=julien).exists()


def test_nothing_is_asked_again_once_answered(nadia: Agent, informed: Report) -> None:
    with acting_as(nadia), pytest.raises(OutOfTurn):
        relaunch_report(agent=nadia, ref=informed.ref, now=AFTER_THE_REMINDER)


def test_telling_the_parents_stops_their_clock(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia):
        tell_parents(agent=nadia, ref=sent.ref, now=hours_later(2))
        clock = Clock.objects.for_subject(sent.ref).get(rule=RuleCode.PARENTS_TOLD_COURT_SEISED)
        with pytest.raises(ParentsAlreadyTold):
            tell_parents(agent=nadia, ref=sent.ref, now=hours_later(3))

    assert clock.stopped_at == hours_later(2)


def test_parents_are_not_told_before_the_procureur_agrees(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia):
        save_draft(
            agent=nadia,
            ref=draft.ref,
            writing=writing(
                parents_informed=False,
                parents_reason="Un parent est cité. [invention]",
                parents_may_be_involved=True,
            ),
            now=NOON,
        )
        send_report(agent=nadia, ref=draft.ref, now=NOON)
        with pytest.raises(ParentsNotAllowed):
            tell_parents(agent=nadia, ref=draft.ref, now=hours_later(1))


def test_a_draft_tells_no_parent(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia), pytest.raises(OutOfTurn):
        tell_parents(agent=nadia, ref=draft.ref, now=NOON)


def test_it_is_closed_once_the_outcome_is_known_and_the_parents_are_told(
    nadia: Agent, informed: Report
) -> None:
    with acting_as(nadia):
        with pytest.raises(ParentsToTell):
            close_report(agent=nadia, ref=informed.ref, now=hours_later(4))
        tell_parents(agent=nadia, ref=informed.ref, now=hours_later(5))
        closed = close_report(agent=nadia, ref=informed.ref, now=hours_later(6))

    assert (closed.status, closed.closed_at) == (Status.CLOSED, hours_later(6))


def test_it_is_not_closed_before_the_parquet_answers(nadia: Agent, acknowledged: Report) -> None:
    with acting_as(nadia), pytest.raises(OutOfTurn):
        close_report(agent=nadia, ref=acknowledged.ref, now=hours_later(4))
