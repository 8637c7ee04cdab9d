from __future__ import annotations

from datetime import datetime

from fanal.detect.concerns.models import Concern, ConcernStep
from fanal.detect.concerns.terms import Step, SubmissionStatus
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record


def note_step(
    *, concern: Concern, step: Step, agent: Agent | None, now: datetime, note: str = ""
) -> None:
    """Write a step in the concern's course, and the trace of the act beside it."""
    ConcernStep.objects.create(
        case_file=concern.case_file, concern=concern, at=now, agent=agent, step=step, note=note
    )
    record(agent=agent, deed=f"concern.{step}", subject=concern)


def tell_author(*, concern: Concern, status: SubmissionStatus, now: datetime) -> None:
    """Change the one word that the author sees."""
    submission = concern.submission
    if submission is None or submission.status == status:
        return
    submission.status = status
    submission.status_at = now
    submission.save(update_fields=["status", "status_at"])


def note_report(*, agent: Agent, concern: Concern, now: datetime) -> None:
    """A signalement left for the prosecutor; the evaluation goes on beside it (L226-4)."""
    note_step(concern=concern, step=Step.REPORTED, agent=agent, now=now)
