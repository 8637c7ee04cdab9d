"""What this room announces to those above it: a job deferred in the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from procrastinate.contrib.django import app


@dataclass(frozen=True, slots=True)
class DangerDisclosed:
    """Who moderates read a danger in a question: whoever listens must hear it now."""

    question_ref: UUID

    task: ClassVar[str] = "exchange.danger_disclosed"

    def announce(self) -> None:
        """Defer the job; it is lost with the transaction, and with nothing else."""
        app.configure_task(self.task).defer(question_ref=str(self.question_ref))

    @classmethod
    def heard(cls, question_ref: str) -> DangerDisclosed:
        """The event as the job carried it."""
        return cls(question_ref=UUID(question_ref))
