"""What the parquet answers, by itself or through the CRIP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from detect.reports.samples import hours_later, writing
from factories import NOON
from fanal.detect.reports.models import Report, ReportOutcome, ReportStep
from fanal.detect.reports.terms import OutcomeKind, Status, StepKind
from fanal.detect.reports.use_cases import (
    AlreadyRecorded,
    OutcomeInFuture,
    OutcomeMissing,
    OutOfTurn,
    ParentsAlreadyAllowed,
    WhoToldMissing,
    acknowledge_report,
    allow_telling_parents,
    inform_back,
    record_outcome,
    save_draft,
    send_report,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db

BY_PHONE = "greffe du parquet des mineurs, par téléphone"


def answer(agent: Agent, report: Report, kind: OutcomeKind, **said: object) -> ReportOutcome:
    with acting_as(agent):
        return record_outcome(  # type: ignore[arg-type]
            agent=agent,
            ref=report.ref,
            kind=kind,
            now=hours_later(2),
            **({"on": NOON.date()} | said),
        )


def test_the_parquet_acknowledges(acknowledged: Report) -> None:
    assert acknowledged.status == Status.ACKNOWLEDGED
    assert acknowledged.acknowledged_at == hours_later(1)


def test_it_is_acknowledged_once(julien: Agent, acknowledged: Report) -> None:
    with acting_as(julien), pytest.raises(OutOfTurn):
        acknowledge_report(agent=julien, ref=acknowledged.ref, now=hours_later(2))


def test_the_trace_of_the_parquet_stands_on_the_file_it_cannot_see(
    julien: Agent, acknowledged: Report
) -> None:
    with as_owner():
        trace = Trace.objects.select_related("agent").get(deed="report.acknowledged")

    assert (trace.agent, trace.authority_code) == (julien, "59")
    assert trace.case_file_ref is not None


def test_the_crip_writes_for_the_parquet_and_says_who_spoke(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia):
        with pytest.raises(WhoToldMissing):
            acknowledge_report(agent=nadia, ref=sent.ref, now=hours_later(1), told_by=" ")
        acknowledge_report(agent=nadia, ref=sent.ref, now=hours_later(1), told_by=BY_PHONE)
        step = ReportStep.objects.get(report=sent, step=StepKind.ACKNOWLEDGED)

    assert step.note == f"D'après : {BY_PHONE}."


def test_several_outcomes_stand_together(julien: Agent, acknowledged: Report) -> None:
    answer(julien, acknowledged, OutcomeKind.EPO_ORDERED)
    answer(julien, acknowledged, OutcomeKind.ENQUIRY_OPENED, note="Brigade saisie. [invention]")

    with acting_as(julien):
        kinds = set(acknowledged.outcomes.values_list("kind", flat=True))
        acknowledged.refresh_from_db()
    assert kinds == {OutcomeKind.EPO_ORDERED, OutcomeKind.ENQUIRY_OPENED}
    assert acknowledged.status == Status.ACKNOWLEDGED


def test_an_outcome_is_recorded_once(julien: Agent, acknowledged: Report) -> None:
    answer(julien, acknowledged, OutcomeKind.NO_ACTION)

    with pytest.raises(AlreadyRecorded):
        answer(julien, acknowledged, OutcomeKind.NO_ACTION)


def test_an_outcome_of_tomorrow_is_refused(julien: Agent, acknowledged: Report) -> None:
    with pytest.raises(OutcomeInFuture):
        answer(julien, acknowledged, OutcomeKind.NO_ACTION, on=NOON.date() + timedelta(days=1))


def test_an_outcome_waits_for_the_acknowledgement(julien: Agent, sent: Report) -> None:
    with pytest.raises(OutOfTurn, match="réception"):
        answer(julien, sent, OutcomeKind.NO_ACTION)


def test_an_outcome_told_to_the_crip_names_its_source(nadia: Agent, acknowledged: Report) -> None:
    with pytest.raises(WhoToldMissing):
        answer(nadia, acknowledged, OutcomeKind.JUDGE_SEISED)

    outcome = answer(nadia, acknowledged, OutcomeKind.JUDGE_SEISED, told_by=BY_PHONE)

    assert (outcome.agent, outcome.told_by) == (nadia, BY_PHONE)


def test_the_parquet_needs_no_source_for_itself(julien: Agent, acknowledged: Report) -> None:
    outcome = answer(julien, acknowledged, OutcomeKind.JUDGE_SEISED, told_by="quelqu'un")

    assert outcome.told_by == ""


def test_an_emergency_placement_is_told_to_the_crip_as_urgent(
    nadia: Agent, julien: Agent, acknowledged: Report
) -> None:
    answer(julien, acknowledged, OutcomeKind.ENQUIRY_OPENED)
    answer(julien, acknowledged, OutcomeKind.EPO_ORDERED)

    notices = past(Notification).filter(agent=nadia).order_by("pk")
    assert [notice.urgent for notice in notices] == [False, True]


def test_informing_back_needs_something_to_tell(julien: Agent, acknowledged: Report) -> None:
    with acting_as(julien), pytest.raises(OutcomeMissing):
        inform_back(agent=julien, ref=acknowledged.ref, now=hours_later(2))


def test_informing_back_stops_the_reminder_and_tells_the_crip(
    nadia: Agent, informed: Report
) -> None:
    assert informed.status == Status.INFORMED_BACK
    with acting_as(nadia):
        clock = Clock.objects.for_subject(informed.ref).get(rule=RuleCode.REPORT_RETURN_REMINDER)
    assert (clock.stopped_at, clock.outcome) == (hours_later(3), Outcome.DONE)
    texts = set(past(Notification).filter(agent=nadia).values_list("text", flat=True))
    assert "Le parquet vous informe des suites d'un signalement." in texts


def test_an_outcome_learnt_late_is_still_recorded(julien: Agent, informed: Report) -> None:
    answer(julien, informed, OutcomeKind.ENQUIRY_OPENED)

    with acting_as(julien):
        assert informed.outcomes.count() == 2


def test_another_authority_and_another_court_answer_nothing(
    paul: Agent, sent: Report, other_parquet: Agent
) -> None:
    for stranger in (paul, other_parquet):
        with acting_as(stranger), pytest.raises(NotVisible):
            acknowledge_report(agent=stranger, ref=sent.ref, now=hours_later(1), told_by=BY_PHONE)


def test_the_procureur_agrees_and_the_parents_are_then_to_be_told(
    nadia: Agent, julien: Agent, draft: Report
) -> None:
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
    with acting_as(julien):
        report = allow_telling_parents(agent=julien, ref=draft.ref, now=hours_later(1))

    assert report.parents_to_tell
    with acting_as(nadia):
        assert Clock.objects.for_subject(draft.ref).filter(rule=RuleCode.PARENTS_TOLD_COURT_SEISED)


def test_no_agreement_is_asked_when_nobody_is_involved(julien: Agent, sent: Report) -> None:
    with acting_as(julien), pytest.raises(ParentsAlreadyAllowed):
        allow_telling_parents(agent=julien, ref=sent.ref, now=hours_later(1))
