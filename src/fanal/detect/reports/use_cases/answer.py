"""What the parquet says, by itself or through the CRIP that it told."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.reports.models import Report, ReportOutcome
from fanal.detect.reports.queries import is_of_the_parquet, lock_report
from fanal.detect.reports.terms import TAKES_OUTCOMES, OutcomeKind, Status, StepKind
from fanal.detect.reports.use_cases.course import (
    note_step,
    require,
    start_report_clock,
    stop_report_clock,
    tell_crip,
    teller,
    with_source,
)
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.errors import Refusal
from fanal.ground.territory.queries import local_day


class OutcomeInFuture(Refusal):
    message = "Une suite se note une fois décidée : indiquez le jour où elle l'a été."


class AlreadyRecorded(Refusal):
    message = "Cette suite est déjà enregistrée pour ce signalement."


class OutcomeMissing(Refusal):
    message = "Enregistrez d'abord la suite donnée par le parquet, même « sans suite »."


class ParentsAlreadyAllowed(Refusal):
    message = "Rien ne s'oppose à l'information des parents : aucun accord n'est attendu."


@transaction.atomic
def acknowledge_report(*, agent: Agent, ref: UUID, now: datetime, told_by: str = "") -> Report:
    """
    The parquet has the signalement in hand.

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: it has not left, or was acknowledged already.
        WhoToldMissing: the CRIP writes for the parquet and names no source.
    """
    report = lock_report(ref=ref)
    require(report, Status.SENT)
    source = teller(agent, report, told_by)
    report.status = Status.ACKNOWLEDGED
    report.acknowledged_at = now
    report.save(update_fields=["status", "acknowledged_at"])
    note_step(
        report=report,
        step=StepKind.ACKNOWLEDGED,
        agent=agent,
        now=now,
        note=with_source("", source),
    )
    return report


@transaction.atomic
def record_outcome(
    *,
    agent: Agent,
    ref: UUID,
    kind: OutcomeKind,
    on: date,
    now: datetime,
    note: str = "",
    told_by: str = "",
) -> ReportOutcome:
    """
    Write one thing that the parquet decided; several may stand together.

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: the parquet has not received it, or it is closed.
        WhoToldMissing: the CRIP writes for the parquet and names no source.
        OutcomeInFuture, AlreadyRecorded: the day, or the outcome, cannot be.
    """
    report = lock_report(ref=ref)
    require(report, *TAKES_OUTCOMES)
    source = teller(agent, report, told_by)
    if on > local_day(report.authority, now):
        raise OutcomeInFuture
    if report.outcomes.filter(kind=kind).exists():
        raise AlreadyRecorded
    outcome = ReportOutcome.objects.create(
        case_file_id=report.case_file_id,
        report=report,
        kind=kind,
        on=on,
        note=note.strip(),
        recorded_at=now,
        agent=agent,
        told_by=source,
    )
    _tell_outcome(report, outcome, agent, now)
    return outcome


def _tell_outcome(report: Report, outcome: ReportOutcome, agent: Agent, now: datetime) -> None:
    said = "\n".join(part for part in (str(outcome), outcome.note) if part)
    note_step(
        report=report,
        step=StepKind.OUTCOME,
        agent=agent,
        now=now,
        note=with_source(said, outcome.told_by),
    )
    if is_of_the_parquet(agent, report):
        tell_crip(
            report,
            text="Le parquet a enregistré une suite à l'un de vos signalements.",
            now=now,
            urgent=outcome.kind == OutcomeKind.EPO_ORDERED,
        )


@transaction.atomic
def inform_back(
    *, agent: Agent, ref: UUID, now: datetime, note: str = "", told_by: str = ""
) -> Report:
    """
    The parquet tells the département what follows, « dès que possible » (L226-4).

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: it was not acknowledged, or the outcome was told already.
        WhoToldMissing: the CRIP writes for the parquet and names no source.
        OutcomeMissing: there is nothing to tell.
    """
    report = lock_report(ref=ref)
    require(report, Status.ACKNOWLEDGED)
    source = teller(agent, report, told_by)
    if not report.outcomes.exists():
        raise OutcomeMissing
    report.status = Status.INFORMED_BACK
    report.informed_back_at = now
    report.save(update_fields=["status", "informed_back_at"])
    stop_report_clock(report, RuleCode.REPORT_RETURN_REMINDER, now=now)
    note_step(
        report=report,
        step=StepKind.INFORMED_BACK,
        agent=agent,
        now=now,
        note=with_source(note, source),
    )
    if is_of_the_parquet(agent, report):
        tell_crip(report, text="Le parquet vous informe des suites d'un signalement.", now=now)
    return report


@transaction.atomic
def allow_telling_parents(*, agent: Agent, ref: UUID, now: datetime, told_by: str = "") -> Report:
    """
    The procureur agrees that parents who may be involved be told; they then are, in writing.

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: it has not left.
        ParentsAlreadyAllowed: no agreement is waited for.
        WhoToldMissing: the CRIP writes for the parquet and names no source.
    """
    report = lock_report(ref=ref)
    require(report, *(status for status in Status if status != Status.DRAFT))
    if not report.awaits_parents_consent:
        raise ParentsAlreadyAllowed
    source = teller(agent, report, told_by)
    report.parents_allowed_at = now
    report.save(update_fields=["parents_allowed_at"])
    start_report_clock(report, RuleCode.PARENTS_TOLD_COURT_SEISED, now=now)
    note_step(
        report=report,
        step=StepKind.PARENTS_ALLOWED,
        agent=agent,
        now=now,
        note=with_source("", source),
    )
    if is_of_the_parquet(agent, report):
        tell_crip(
            report, text="Le parquet permet d'informer les parents d'un signalement.", now=now
        )
    return report
