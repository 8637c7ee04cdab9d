"""What the officer sees: the traces of the authorities that they watch over, never the files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils.timezone import localtime

from fanal.ground.access.models import CaseFile
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible

WEEKS = 26
# The drawing, in its own units.
WIDTH, HEIGHT, GAP = 720, 120, 4


@dataclass(frozen=True, slots=True)
class Bar:
    week: date
    count: int
    x: int
    y: int
    width: int
    height: int


def traces_shown(filters: dict[str, Any]) -> QuerySet[Trace]:
    """Traces that answer to the filters, among those that whoever asks may see."""
    found = Trace.objects.select_related("agent", "organisation").order_by("-at", "pk")
    if ref := filters.get("dossier"):
        # A list that showed the file counts as much as a page that opened it.
        found = found.filter(Q(case_file_ref=ref) | Q(detail__files__contains=[str(ref)]))
    if name := filters.get("agent"):
        found = found.filter(agent__name__icontains=name)
    if outcome := filters.get("outcome"):
        found = found.filter(outcome=outcome)
    if since := filters.get("since"):
        found = found.filter(at__date__gte=since)
    if until := filters.get("until"):
        found = found.filter(at__date__lte=until)
    return found


def by_week(found: QuerySet[Trace], *, now: datetime) -> list[Bar]:
    """Counts of the last half year, a bar a week, the oldest first."""
    monday = localtime(now).date() - timedelta(days=localtime(now).weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    rows = (
        found.order_by()
        .filter(at__date__gte=first)
        .annotate(week=TruncWeek("at"))
        .values("week")
        .annotate(total=Count("pk"))
    )
    counts = Counter({localtime(row["week"]).date(): row["total"] for row in rows})
    highest = max(counts.values(), default=0) or 1
    step = WIDTH // WEEKS
    bars = []
    for rank in range(WEEKS):
        week = first + timedelta(weeks=rank)
        height = round(HEIGHT * counts[week] / highest)
        bars.append(Bar(week, counts[week], rank * step, HEIGHT - height, step - GAP, height))
    return bars


def read_case_file(ref: UUID) -> CaseFile:
    """
    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    case_file = CaseFile.objects.select_related("authority").filter(ref=ref).first()
    if case_file is None:
        raise NotVisible
    return case_file
