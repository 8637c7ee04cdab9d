"""What this room announces to those above it: a job deferred in the transaction of the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

# By rooms above, once the act is kept and without waiting for a worker; then once more by the job.
heard_at_once: list[Callable[[DangerDisclosed], None]] = []


@dataclass(frozen=True, slots=True)
class DangerDisclosed:
    """Who moderates read a danger in a question: whoever listens must hear it now."""

    question_ref: UUID

    task: ClassVar[str] = "exchange.danger_disclosed"

    def announce(self) -> None:
        """
        Defer the job; it is lost with the transaction, and with nothing else. Then tell whoever
        hears at once: if that fails, the job is there.
        """
        app.configure_task(self.task).defer(question_ref=str(self.question_ref))
        transaction.on_commit(self._hear, robust=True)

    def _hear(self) -> None:
        for act in heard_at_once:
            act(self)

    @classmethod
    def heard(cls, question_ref: str) -> DangerDisclosed:
        """The event as the job carried it."""
        return cls(question_ref=UUID(question_ref))
