"""What this room announces to those above it: a job deferred in the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from procrastinate.contrib.django import app

from fanal.detect.concerns.terms import SubmissionStatus


@dataclass(frozen=True, slots=True)
class AuthorTold:
    """The one word that the author of a concern sees has changed."""

    submission_ref: UUID
    organisation_ref: UUID
    status: SubmissionStatus
    at: datetime

    task: ClassVar[str] = "concerns.author_told"

    def announce(self) -> None:
        """Defer the job; it is lost with the transaction, and with nothing else."""
        app.configure_task(self.task).defer(
            submission_ref=str(self.submission_ref),
            organisation_ref=str(self.organisation_ref),
            status=str(self.status),
            at=self.at.isoformat(),
        )

    @classmethod
    def heard(cls, submission_ref: str, organisation_ref: str, status: str, at: str) -> AuthorTold:
        """The event as the job carried it."""
        return cls(
            submission_ref=UUID(submission_ref),
            organisation_ref=UUID(organisation_ref),
            status=SubmissionStatus(status),
            at=datetime.fromisoformat(at),
        )
