"""Alarms whose time has come are given, each one once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.deadlines.models import Alarm

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sounded:
    """How many alarms were given; how many could not be and wait for the next run."""

    given: int
    failed: int


def sound_alarms(*, now: datetime, deliver: Callable[[Alarm], object], limit: int = 500) -> Sounded:
    """
    Give the alarms whose time has come, oldest first, ``limit`` at most.

    Rows are locked and those that another run holds are left to it. An alarm is marked in the
    transaction that delivers it: what ``deliver`` writes to the database is written once, and a
    delivery that fails leaves its alarm for the next run without holding up the others.
    """
    with acting_as(None, purpose=Purpose.ALARMS):
        waiting = (
            Alarm.objects.awaiting(now=now)
            .select_related("clock__case_file__authority", "clock__owner")
            .select_for_update(of=("self",), skip_locked=True)[:limit]
        )
        given = [_give(alarm, now=now, deliver=deliver) for alarm in waiting]
    return Sounded(given=sum(given), failed=len(given) - sum(given))


def _give(alarm: Alarm, *, now: datetime, deliver: Callable[[Alarm], object]) -> bool:
    try:
        with transaction.atomic():
            alarm.sounded_at = now
            alarm.save(update_fields=["sounded_at"])
            deliver(alarm)
    except Exception:
        # Whatever broke one delivery must not silence the alarms of other children.
        logger.exception("Alarm %s could not be given", alarm.pk)
        return False
    return True
