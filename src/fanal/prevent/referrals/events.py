"""What this room announces: a job deferred in the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from procrastinate.contrib.django import app


@dataclass(frozen=True, slots=True)
class ReferralFailed:
    """A place could not receive somebody whom it expected: what is said of it is to be doubted."""

    booking_ref: UUID

    task: ClassVar[str] = "referrals.failed"

    def announce(self, *, once: datetime) -> None:
        """Heard once the key can be taken back no more; it is lost with the transaction."""
        job = app.configure_task(self.task, schedule_at=once)
        job.defer(booking_ref=str(self.booking_ref))

    @classmethod
    def heard(cls, booking_ref: str) -> ReferralFailed:
        return cls(booking_ref=UUID(booking_ref))
