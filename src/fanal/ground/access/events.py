"""What this room announces to those above it: a job deferred in the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from procrastinate.contrib.django import app


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody opened in an emergency a file that was closed to them."""

    opening_ref: UUID

    task: ClassVar[str] = "access.glass_broken"

    def announce(self) -> None:
        """Defer the job; it is lost with the transaction, and with nothing else."""
        app.configure_task(self.task).defer(opening_ref=str(self.opening_ref))

    @classmethod
    def heard(cls, opening_ref: str) -> GlassBroken:
        """The event as the job carried it."""
        return cls(opening_ref=UUID(opening_ref))


@dataclass(frozen=True, slots=True)
class HolderExcluded:
    """Somebody who held a file by name was shut out of it: somebody else must take it up."""

    case_file_ref: UUID

    task: ClassVar[str] = "access.holder_excluded"

    def announce(self) -> None:
        """Defer the job; it is lost with the transaction, and with nothing else."""
        app.configure_task(self.task).defer(case_file_ref=str(self.case_file_ref))

    @classmethod
    def heard(cls, case_file_ref: str) -> HolderExcluded:
        """The event as the job carried it."""
        return cls(case_file_ref=UUID(case_file_ref))
