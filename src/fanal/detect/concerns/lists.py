"""The CRIP's list: one query for the page, one for its count, whatever the filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.models.concern import ConcernQuerySet, past_law
from fanal.detect.concerns.queries import visible_concerns
from fanal.detect.concerns.terms import ENDED, OPEN, Status
from fanal.ground.people.models import Minor
from fanal.ground.people.queries import called

WEEK = 7
NARRATIVES = ("facts", "parents_reason", "reason", "proposed_reason", "indicators")

SORTS = {
    "due": ("target_due_at", "pk"),
    "-due": ("-target_due_at", "pk"),
    "received": ("received_at", "pk"),
    "-received": ("-received_at", "pk"),
}


def concerns_shown(filters: dict[str, Any], *, now: datetime, sort: str = "") -> QuerySet[Concern]:
    """
    Concerns that answer to the filters, among those that whoever asks may see.

    Sorted by the clock: what a person in danger waits for first, then what runs out first.
    """
    shown: Callable[[ConcernQuerySet], ConcernQuerySet] = {
        "": lambda found: found.filter(status__in=OPEN),
        "new": lambda found: found.filter(status=Status.RECEIVED),
        "late": lambda found: found.late(now=now),
        "past_law": lambda found: found.filter(past_law(now)),
        "week": lambda found: found.due_within(WEEK, now=now),
        "sign": lambda found: found.exclude(proposed=""),
        "ended": lambda found: found.filter(status__in=ENDED),
        "all": lambda found: found,
    }[filters.get("shown") or ""]
    # The narratives are long and no list shows them.
    found: QuerySet[Concern] = shown(visible_concerns().defer(*NARRATIVES))  # type: ignore[arg-type]
    if filters.get("status"):
        found = found.filter(status=filters["status"])
    if filters.get("exploitation"):
        found = found.filter(exploitation=filters["exploitation"])
    if filters.get("flag"):
        field = "immediate_danger" if filters["flag"] == "danger" else "missing_now"
        found = found.filter(**{field: True})
    if filters.get("commune"):
        found = found.filter(commune__name__unaccent__icontains=filters["commune"].strip())
    if filters.get("q"):
        found = _named(found, filters["q"].strip())
    return _sorted(found, sort)


def _named(found: QuerySet[Concern], text: str) -> QuerySet[Concern]:
    """By receipt, or by name as it is heard; never by a word of the facts."""
    query = Q(receipt__istartswith=text)
    if (named := called(text)) is not None:
        query |= Q(case_file__in=Minor.objects.filter(named).values("case_file"))
    return found.filter(query)


def _sorted(found: QuerySet[Concern], sort: str) -> QuerySet[Concern]:
    if sort in SORTS:
        return found.order_by(*SORTS[sort])
    unopened_danger = Q(opened_at__isnull=True) & (Q(immediate_danger=True) | Q(missing_now=True))
    return found.annotate(
        rank=Case(
            When(unopened_danger, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
    ).order_by("rank", F("target_due_at").asc(), "pk")


def concerns_in_order(keys: Iterable[int]) -> list[Concern]:
    """
    The concerns of a page, with what a list displays, in the order of their keys.

    A list sorts and cuts keys alone, then reads its twenty-five rows: sorting ten thousand whole
    rows, facts included, would spill to the disk.
    """
    found = {one.pk: one for one in visible_concerns().filter(pk__in=list(keys))}
    return [found[key] for key in keys if key in found]


def counts_of_the_day(*, now: datetime) -> dict[str, int]:
    """What the CRIP's desk counts, in one query."""
    open_ = Q(status__in=OPEN)
    counted = Concern.objects.aggregate(
        new=Count("pk", filter=Q(status=Status.RECEIVED)),
        late=Count("pk", filter=open_ & Q(target_due_at__lt=now)),
        past_law=Count("pk", filter=past_law(now)),
        week=Count(
            "pk", filter=open_ & Q(target_due_at__gte=now, target_due_at__lt=now + timedelta(WEEK))
        ),
        to_decide=Count("pk", filter=Q(status=Status.EVALUATED)),
        to_sign=Count("pk", filter=~Q(proposed="")),
        open=Count("pk", filter=open_),
    )
    return {name: int(number or 0) for name, number in counted.items()}
