"""A year after its end a turn goes; thirty days after its end a presence, with what weighed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.helpline.shifts.models import Debrief, HardContact, Presence, Shift


def old_shifts(before: date) -> QuerySet[Shift]:
    return Shift.objects.filter(ends_at__date__lt=before)


def old_presences(before: date) -> QuerySet[Presence]:
    """One that was left open counts from its beginning."""
    forgotten = Q(until__isnull=True, since__date__lt=before)
    return Presence.objects.filter(Q(until__date__lt=before) | forgotten)


def _erase(presences: QuerySet[Presence]) -> None:
    HardContact.objects.filter(presence__in=presences).delete()
    Debrief.objects.filter(presence__in=presences).delete()
    presences.delete()


declare_rows(
    Rows(
        RuleCode.ROSTER,
        "shifts.shift",
        old_shifts,
        lambda shifts: shifts.delete(),
        "organisation__authority_id",
    )
)
declare_rows(
    Rows(
        RuleCode.PRESENCE,
        "shifts.presence",
        old_presences,
        _erase,
        "organisation__authority_id",
    )
)
