"""Thirty days after its day an appointment goes, and its code with it; counts stay."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import close_code
from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.prevent.referrals.models import Booking


def old_bookings(before: date) -> QuerySet[Booking]:
    return Booking.objects.filter(day__lt=before)


def _erase(bookings: QuerySet[Booking]) -> None:
    for ref in bookings.values_list("ref", flat=True):
        close_code(kind=Kind.BOOKING, opens=ref)
    bookings.delete()


declare_rows(
    Rows(
        RuleCode.BOOKING,
        "referrals.booking",
        old_bookings,
        _erase,
        "participation__organisation__authority_id",
    )
)
