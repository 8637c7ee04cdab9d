"""What this room announces to those above it: a job deferred in the transaction of the act."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from procrastinate.contrib.django import app


@dataclass(frozen=True, slots=True)
class MajorityReached:
    """A minor who is followed came of age on that day; protection of minors stops for them."""

    situation_ref: UUID
    case_file_ref: UUID
    on: date

    # The task that answers, in the reactions of the room that needs it.
    task: ClassVar[str] = "situations.majority_reached"

    def announce(self) -> None:
        """Defer the job; it is lost with the transaction, and with nothing else."""
        app.configure_task(self.task).defer(**self.said())

    def said(self) -> dict[str, str]:
        """The event as a job carries it: texts alone."""
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def heard(cls, **said: str) -> MajorityReached:
        """The event as the job carried it."""
        return cls(
            situation_ref=UUID(said["situation_ref"]),
            case_file_ref=UUID(said["case_file_ref"]),
            on=date.fromisoformat(said["on"]),
        )


@dataclass(frozen=True, slots=True)
class SituationTransferred:
    """Another authority follows the minor; what was watched here is watched there."""

    situation_ref: UUID

    task: ClassVar[str] = "situations.transferred"

    def announce(self) -> None:
        """Defer the job; it is lost with the transaction, and with nothing else."""
        app.configure_task(self.task).defer(**self.said())

    def said(self) -> dict[str, str]:
        """The event as a job carries it: texts alone."""
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def heard(cls, **said: str) -> SituationTransferred:
        """The event as the job carried it."""
        return cls(situation_ref=UUID(said["situation_ref"]))
