from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from fanal.detect.reports.models import Report, ReportLetter, ReportStep
from fanal.detect.reports.models.report import ReportQuerySet
from fanal.ground.access.asking import receiving_for
from fanal.ground.access.decisions import postings_of
from fanal.ground.access.models import CaseFile
from fanal.ground.access.queries import shut_out_of
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.terms import Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.errors import NotVisible
from fanal.ground.people.models import Minor
from fanal.ground.territory.models import ChildWelfareAuthority

# What a screen shows. Never the case file nor the concern: a join on what the parquet may not
# read would make the signalement itself vanish.
_SHOWN = ("authority", "commune__parent", "court", "tpe_court", "drafted_by", "sent_by")


def read_report(*, agent: Agent, ref: UUID) -> Report:
    """
    Read one signalement; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    report = (
        Report.objects.select_related(*_SHOWN)
        .prefetch_related("copies", "outcomes__agent", "steps__agent")
        .filter(ref=ref)
        .first()
    )
    if report is None:
        raise NotVisible
    trace_report(agent=agent, deed="report.read", report=report, outcome=Outcome.READ)
    return report


def lock_report(*, ref: UUID) -> Report:
    """
    Take one signalement for a change; others who want it wait.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related(*_SHOWN)
        .filter(ref=ref)
        .first()
    )
    if report is None:
        raise NotVisible
    return report


def read_letter(*, agent: Agent, ref: UUID) -> ReportLetter:
    """
    The letter as it left; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    letter = (
        ReportLetter.objects.select_related("report__authority").filter(report__ref=ref).first()
    )
    if letter is None:
        raise NotVisible
    trace_report(agent=agent, deed="report.letter", report=letter.report, outcome=Outcome.READ)
    return letter


def read_file_of_minor(*, agent: Agent, case_file_ref: UUID) -> Minor:
    """
    The minor whose file a signalement may be begun from; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or the file is not open to the agent.
    """
    minor = (
        Minor.objects.select_related("case_file__authority", "commune")
        .filter(case_file__ref=case_file_ref)
        .first()
    )
    if minor is None:
        raise NotVisible
    record(agent=agent, deed="minor.read", subject=minor, outcome=Outcome.READ)
    return minor


def trace_report(
    *,
    agent: Agent | None,
    deed: str,
    report: Report,
    outcome: Outcome = Outcome.DONE,
    detail: dict[str, Any] | None = None,
) -> None:
    """Leave a trace on the minor's file, which the parquet itself cannot see."""
    with receiving_for(report.authority):
        record(agent=agent, deed=deed, subject=report, outcome=outcome, detail=detail)


def courts_served_by(agent: Agent) -> set[str]:
    """Courts whose parquet the agent serves today."""
    return {
        posting.organisation.court_id
        for posting in postings_of(agent)
        if posting.role == Role.PARQUET and posting.organisation.court_id is not None
    }


def is_of_the_parquet(agent: Agent, report: Report) -> bool:
    """Whether the agent answers for one of the courts that the signalement was sent to."""
    return not courts_served_by(agent).isdisjoint({report.court_id, report.tpe_court_id})


def parquet_agents(report: Report, *, on: date) -> list[Agent]:
    """Who, on that day, answers for the court or its tribunal pour enfants, but the excluded."""
    postings = Posting.objects.current(on=on).filter(
        role=Role.PARQUET, organisation__court__in=(report.court_id, report.tpe_court_id)
    )
    found = Agent.objects.filter(is_active=True, postings__in=postings).distinct().order_by("name")
    excluded = shut_out_of(report.case_file_id, found)
    return [one for one in found if one.pk not in excluded]


def listed_reports(authorities: Iterable[ChildWelfareAuthority]) -> ReportQuerySet:
    """Signalements of these authorities, drafts included, with what a list displays."""
    return Report.objects.held_by(authorities).select_related(
        "commune", "court", "tpe_court", "case_file__minor"
    )


def reports_for_parquet(*, agent: Agent) -> ReportQuerySet:
    """What was sent to the courts that the agent serves; never a draft."""
    return Report.objects.before_court(courts_served_by(agent)).select_related(
        "authority", "commune", "court", "tpe_court"
    )


def reports_of(case_files: QuerySet[CaseFile]) -> QuerySet[Report]:
    """Signalements about these files, the last one first."""
    return Report.objects.filter(case_file__in=case_files).select_related("court", "tpe_court")


def reports_unanswered(
    *, authorities: Iterable[ChildWelfareAuthority], now: datetime
) -> ReportQuerySet:
    """Sent, and the parquet has said nothing when the reminder fell due."""
    return unanswered(listed_reports(authorities), now=now)


def unanswered(reports: ReportQuerySet, *, now: datetime) -> ReportQuerySet:
    late = Clock.objects.late(now).filter(
        rule=RuleCode.REPORT_RETURN_REMINDER, subject_ref=OuterRef("ref")
    )
    return reports.awaiting_return().filter(Exists(late))


def return_clocks(reports: Iterable[Report]) -> dict[UUID, Clock]:
    """The clock of the parquet's return of each signalement, by reference; the last one wins."""
    clocks = Clock.objects.filter(
        rule=RuleCode.REPORT_RETURN_REMINDER, subject_ref__in=[report.ref for report in reports]
    ).order_by("starts_at", "pk")
    return {clock.subject_ref: clock for clock in clocks}


def parents_clock(report: Report) -> Clock | None:
    """The clock of the written information of the parents, if it ever ran."""
    return (
        Clock.objects.for_subject(report.ref)
        .filter(rule=RuleCode.PARENTS_TOLD_COURT_SEISED)
        .order_by("-starts_at")
        .first()
    )


def report_steps(case_files: QuerySet[CaseFile]) -> list[ReportStep]:
    """The course of the signalements of these files, for a timeline; a draft has none."""
    return list(
        ReportStep.objects.filter(case_file__in=case_files).select_related("agent", "report")
    )
