"""What every change of a signalement shares: its turn, its step, its trace, who is told."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from fanal.detect.concerns.schema.media import MESSAGE as NO_MEDIA
from fanal.detect.concerns.schema.media import hides_media
from fanal.detect.reports.models import Report, ReportStep
from fanal.detect.reports.queries import is_of_the_parquet, parquet_agents, trace_report
from fanal.detect.reports.terms import SUBJECT_KIND, Status, StepKind
from fanal.ground.access.asking import receiving_for
from fanal.ground.access.queries import shut_out_of
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import start_clock, stop_clock
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day

_WHERE_IT_STANDS = {
    Status.DRAFT: "Ce signalement n'est pas encore adressé au parquet : adressez-le d'abord.",
    Status.SENT: ("Ce signalement est adressé : l'étape suivante est sa réception par le parquet."),
    Status.ACKNOWLEDGED: (
        "Le parquet a reçu ce signalement : l'étape suivante est la suite qu'il lui donne."
    ),
    Status.INFORMED_BACK: (
        "Les suites de ce signalement sont connues : il ne reste qu'à le clôturer."
    ),
    Status.CLOSED: "Ce signalement est clôturé : il ne change plus.",
}


class OutOfTurn(Refusal):
    """The act does not belong to the state; the message says where the signalement stands."""


class WhoToldMissing(Refusal):
    message = (
        "Dites qui, au parquet, vous l'a dit, et comment "
        "(par exemple : greffe du parquet des mineurs, par téléphone)."
    )


class HidesMedia(Refusal):
    message = NO_MEDIA


def refuse_media(*texts: str) -> None:
    """
    Raises:
        HidesMedia: a text carries an image, a film or a recording (code pénal, art. 227-23).
    """
    if any(hides_media(text) for text in texts):
        raise HidesMedia


def require(report: Report, *expected: Status) -> None:
    """
    Raises:
        OutOfTurn: the signalement stands elsewhere.
    """
    if report.status not in expected:
        raise OutOfTurn(_WHERE_IT_STANDS[Status(report.status)])


def teller(agent: Agent, report: Report, told_by: str) -> str:
    """
    Who speaks for the parquet: nobody to name when its own agent writes.

    Raises:
        WhoToldMissing: the département writes for the parquet and names no source.
    """
    if is_of_the_parquet(agent, report):
        return ""
    if not told_by.strip():
        raise WhoToldMissing
    return told_by.strip()


def note_step(
    *, report: Report, step: StepKind, agent: Agent, now: datetime, note: str = ""
) -> None:
    """
    Write a step in the signalement's course, and the trace of the act beside it.

    Raises:
        HidesMedia: the note carries an image.
    """
    refuse_media(note)
    ReportStep.objects.create(
        case_file_id=report.case_file_id, report=report, at=now, agent=agent, step=step, note=note
    )
    trace_report(agent=agent, deed=f"report.{step}", report=report)


def start_report_clock(report: Report, rule: RuleCode, *, now: datetime) -> None:
    with receiving_for(report.authority):
        start_clock(
            rule=rule,
            case_file=report.case_file,
            subject_kind=SUBJECT_KIND,
            subject_ref=report.ref,
            since=now,
            now=now,
        )


def stop_report_clock(
    report: Report, rule: RuleCode, *, now: datetime, outcome: Outcome = Outcome.DONE
) -> None:
    with receiving_for(report.authority):
        stop_clock(rule=rule, subject_ref=report.ref, at=now, outcome=outcome)


def tell_parquet(report: Report, *, text: str, now: datetime) -> int:
    """Notify those who answer for the court; returns how many there are."""
    agents = parquet_agents(report, on=local_day(report.authority, now))
    path = reverse("reports:answer", args=[report.ref])
    notify(agents=agents, text=text, path=path, now=now, urgent=report.urgent)
    return len(agents)


def tell_crip(report: Report, *, text: str, now: datetime, urgent: bool = False) -> None:
    """Notify the authority's CRIP, but those who must never see the file."""
    found = agents_of(report.authority, Role.CRIP, on=local_day(report.authority, now))
    excluded = shut_out_of(report.case_file_id, found)
    notify(
        agents=[agent for agent in found if agent.pk not in excluded],
        text=text,
        path=reverse("reports:show", args=[report.ref]),
        now=now,
        urgent=urgent,
    )


def with_source(note: str, told_by: str) -> str:
    """A note, and where it comes from when the parquet did not write it."""
    source = f"D'après : {told_by}." if told_by else ""
    return "\n".join(part for part in (note.strip(), source) if part)
