from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from fanal.detect.concerns.events import AuthorTold
from fanal.detect.concerns.models import Concern, ConcernStep, Submission
from fanal.detect.concerns.terms import Step, SubmissionStatus
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import OrganisationKind
from fanal.ground.audit.use_cases import record
from fanal.ground.notifications.use_cases import notify


def note_step(
    *, concern: Concern, step: Step, agent: Agent | None, now: datetime, note: str = ""
) -> None:
    """Write a step in the concern's course, and the trace of the act beside it."""
    ConcernStep.objects.create(
        case_file=concern.case_file, concern=concern, at=now, agent=agent, step=step, note=note
    )
    record(agent=agent, deed=f"concern.{step}", subject=concern)


def tell_author(*, concern: Concern, status: SubmissionStatus, now: datetime) -> None:
    """Change the one word that the author sees; of the answer, a notice tells them."""
    submission = concern.submission
    if submission is None or submission.status == status:
        return
    submission.status = status
    submission.status_at = now
    submission.save(update_fields=["status", "status_at"])
    if status == SubmissionStatus.OUTCOME_GIVEN:
        _notify_author(submission, now)
    AuthorTold(submission.ref, submission.organisation.ref, status, now).announce()


def _notify_author(submission: Submission, now: datetime) -> None:
    """The helpline has its own course of returns, and hears of it by the event."""
    if submission.agent is None or submission.organisation.kind == OrganisationKind.HELPLINE:
        return
    notify(
        agents=[submission.agent],
        text="Une réponse est donnée à une information que vous avez transmise.",
        path=reverse("concerns:receipt", args=[submission.ref]),
        now=now,
    )


def note_report(*, agent: Agent, concern: Concern, now: datetime) -> None:
    """A signalement left for the prosecutor; the evaluation goes on beside it (L226-4)."""
    note_step(concern=concern, step=Step.REPORTED, agent=agent, now=now)
