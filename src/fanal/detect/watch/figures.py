"""How many alerts came in each month; under the threshold a count is not said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from fanal.detect.watch.models import AlertCount, LodgingAlert
from fanal.detect.watch.retention import PARIS
from fanal.ground.retention.terms import THRESHOLD
from fanal.ground.territory.models import Departement


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` is None when it is under the threshold, and is then not known to the page."""

    departement: Departement
    month: date
    number: int | None


def lines() -> list[Line]:
    """
    A line for each month and département of whoever asks, the last first; erased ones count.

    No total: subtracting it from the others would tell what is hidden.
    """
    found: Counter[tuple[str, date]] = Counter()
    living = (
        LodgingAlert.objects.annotate(month=TruncMonth("received_at", tzinfo=PARIS))
        .values_list("departement_id", "month")
        .annotate(number=Count("pk"))
        .order_by()
    )
    for departement, month, number in living:
        found[departement, month.date()] += number
    for one in AlertCount.objects.all():
        found[one.departement_id, one.month] += one.number
    return _said(found.items())


def _said(counts: Iterable[tuple[tuple[str, date], int]]) -> list[Line]:
    names = Departement.objects.in_bulk()
    said = [
        Line(names[departement], month, number if number >= THRESHOLD else None)
        for (departement, month), number in counts
    ]
    return sorted(said, key=lambda one: (-one.month.toordinal(), one.departement.code))
