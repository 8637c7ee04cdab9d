"""What the département does once a signalement has left."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.reports.models import Report
from fanal.detect.reports.queries import lock_report
from fanal.detect.reports.terms import AWAITING_RETURN, Status, StepKind
from fanal.detect.reports.use_cases.course import (
    note_step,
    require,
    start_report_clock,
    stop_report_clock,
    tell_parquet,
)
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.errors import Refusal


class ParentsNotAllowed(Refusal):
    message = (
        "Un parent est peut-être mêlé aux faits : attendez l'accord du parquet avant d'informer "
        "la famille."
    )


class ParentsAlreadyTold(Refusal):
    message = "L'information écrite des parents est déjà enregistrée."


class ParentsToTell(Refusal):
    message = (
        "Les parents ne sont pas encore informés par écrit (art. L226-5 al. 3 CASF) : "
        "enregistrez cette information d'abord."
    )


@transaction.atomic
def relaunch_report(*, agent: Agent, ref: UUID, now: datetime, note: str = "") -> Report:
    """
    Ask the parquet again what follows; the reminder starts anew.

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: nothing is awaited from the parquet.
    """
    report = lock_report(ref=ref)
    require(report, *AWAITING_RETURN)
    stop_report_clock(report, RuleCode.REPORT_RETURN_REMINDER, now=now, outcome=Outcome.EXPIRED)
    start_report_clock(report, RuleCode.REPORT_RETURN_REMINDER, now=now)
    note_step(report=report, step=StepKind.RELANCED, agent=agent, now=now, note=note.strip())
    tell_parquet(report, text="Le département attend les suites d'un signalement.", now=now)
    return report


@transaction.atomic
def tell_parents(*, agent: Agent, ref: UUID, now: datetime, note: str = "") -> Report:
    """
    The parents were told in writing that the judicial authority is seised (L226-5 al. 3).

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: it has not left.
        ParentsNotAllowed: the procureur has yet to agree.
        ParentsAlreadyTold: it is written already.
    """
    report = lock_report(ref=ref)
    require(report, *(status for status in Status if status != Status.DRAFT))
    if report.awaits_parents_consent:
        raise ParentsNotAllowed
    if report.parents_told_at is not None:
        raise ParentsAlreadyTold
    report.parents_told_at = now
    report.save(update_fields=["parents_told_at"])
    stop_report_clock(report, RuleCode.PARENTS_TOLD_COURT_SEISED, now=now)
    note_step(report=report, step=StepKind.PARENTS_TOLD, agent=agent, now=now, note=note.strip())
    return report


@transaction.atomic
def close_report(*, agent: Agent, ref: UUID, now: datetime) -> Report:
    """
    Nothing more is expected of this signalement; what it opened goes on without it.

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: the outcome is not known yet, or it is closed already.
        ParentsToTell: they may be told, and are not.
    """
    report = lock_report(ref=ref)
    require(report, Status.INFORMED_BACK)
    if report.parents_to_tell:
        raise ParentsToTell
    report.status = Status.CLOSED
    report.closed_at = now
    report.save(update_fields=["status", "closed_at"])
    note_step(report=report, step=StepKind.CLOSED, agent=agent, now=now)
    return report
