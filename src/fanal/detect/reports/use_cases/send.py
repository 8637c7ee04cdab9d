from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.concerns.use_cases import note_report
from fanal.detect.reports.models import Report, ReportLetter
from fanal.detect.reports.queries import lock_report
from fanal.detect.reports.terms import Status, StepKind
from fanal.detect.reports.use_cases.course import (
    note_step,
    require,
    start_report_clock,
    tell_parquet,
)
from fanal.detect.reports.use_cases.identity import identity_of, informant_of
from fanal.detect.reports.use_cases.letter import courts_in_words, letter_of
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.documents.rendering import render
from fanal.ground.documents.use_cases import file_document
from fanal.ground.errors import Refusal
from fanal.ground.territory.queries import local_day


class Incomplete(Refusal):
    """Something that the procureur must read is not written yet; the message says what."""

    message = "Ce signalement n'est pas complet."


@transaction.atomic
def send_report(*, agent: Agent, ref: UUID, now: datetime) -> Report:
    """
    Send a signalement to the parquet: from then on its words do not change.

    What is known of the minor is frozen with it. The letter is kept for the parquet, and a copy
    that does not say who alerted is filed. The reminder of the return starts, and so does the
    written information of the parents unless one of them may be involved (L226-5 al. 3).

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: it has left already.
        Incomplete: a ground, the facts, or the reason not to inform the parents is missing.
    """
    report = lock_report(ref=ref)
    require(report, Status.DRAFT)
    if missing := missing_of(report):
        raise Incomplete(" ".join(missing))
    report.status = Status.SENT
    report.sent_at = now
    report.sent_by = agent
    report.identity = identity_of(report, on=local_day(report.authority, now))
    report.save(update_fields=["status", "sent_at", "sent_by", "identity"])
    _file_letter(report, agent, now)
    start_report_clock(report, RuleCode.REPORT_RETURN_REMINDER, now=now)
    if report.parents_to_tell:
        start_report_clock(report, RuleCode.PARENTS_TOLD_COURT_SEISED, now=now)
    note_step(report=report, step=StepKind.SENT, agent=agent, now=now, note=courts_in_words(report))
    if report.concern is not None:
        note_report(agent=agent, concern=report.concern, now=now)
    tell_parquet(report, text="Un signalement vous est adressé.", now=now)
    return report


def missing_of(report: Report) -> list[str]:
    """What the letter still lacks, one sentence each; an empty list when it may leave."""
    missing = []
    if not report.grounds:
        missing.append("Choisissez au moins un motif (art. L226-4 I CASF).")
    if not report.facts.strip():
        missing.append("Écrivez les faits.")
    if not report.parents_informed and not report.parents_reason.strip():
        missing.append("Dites pourquoi les parents ne sont pas informés.")
    return missing


def _file_letter(report: Report, agent: Agent, now: datetime) -> None:
    informant = informant_of(report)
    if informant is not None:
        informant.save(force_insert=True)
    whole = letter_of(
        report, identity=report.identity or {}, informant=informant, agent=agent, now=now
    )
    document = file_document(
        case_file=report.case_file,
        letter=whole.without_informant(),
        title=f"Signalement {report.number}",
        agent=agent,
        now=now,
    )
    ReportLetter.objects.create(
        case_file=report.case_file, report=report, document=document, pdf=render(whole)
    )
