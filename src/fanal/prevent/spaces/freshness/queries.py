"""What the keepers look at first: the entries that something makes one doubt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from fanal.prevent.spaces.freshness.confidence import Confidence, Entry, confidence_of
from fanal.prevent.spaces.freshness.terms import UNDONE_FOR, WEIGHTS, AmendmentState, DoubtSource
from fanal.prevent.spaces.models import Amendment, ConfirmationRequest, Doubt, Mailbox, Service
from fanal.prevent.spaces.terms import FRESH, SAID, Audience

# What the list may be narrowed to, besides a source of doubt.
AMENDED, OLD = "amended", "old"


def to_check(filters: Mapping[str, Any], *, on: date) -> QuerySet[Service]:
    """
    Entries with a doubt or a proposal that waits, the most doubted first, then the least lately
    made sure of. Those that are only old come last; those never confirmed are in the whole list.
    """
    found = (
        Service.objects.select_related("commune", "departement")
        .annotate(weight=_weight(), amended=_how_many(_amended()))
        .order_by(F("weight").desc(), F("amended").desc(), F("verified_on").asc(), "pk")
    )
    if departement := filters.get("departement"):
        found = found.filter(departement=departement)
    old = Q(verified_on__lt=on - FRESH)
    why = filters.get("why")
    if why in DoubtSource.values:
        return found.filter(pk__in=_waiting().filter(source=why).values("service"))
    if why == AMENDED:
        return found.filter(amended__gt=0)
    if why == OLD:
        return found.filter(old)
    return found.filter(Q(weight__gt=0) | Q(amended__gt=0) | old)


def confidences(services: Iterable[Service], *, on: date) -> dict[int, Confidence]:
    """By key of place, how sure it is and why."""
    known = list(services)
    keys = [one.pk for one in known]
    doubts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = _waiting().filter(service__in=keys).order_by().values_list("service", "source")
    for key, source, count in rows.annotate(count=Count("pk")):
        doubts[key][source] = count
    amended = Counter(_amended().filter(service__in=keys).values_list("service", flat=True))
    return {
        one.pk: confidence_of(
            Entry(one.verified, one.verified_on, one.source_date, doubts[one.pk], amended[one.pk]),
            on=on,
        )
        for one in known
    }


@dataclass(frozen=True, slots=True)
class Proposed:
    """``now``: what stands in the entry. ``said``: what the structure says should."""

    amendment: Amendment
    label: str
    now: str
    said: str

    @property
    def is_waiting(self) -> bool:
        return self.amendment.state == AmendmentState.WAITING


@dataclass(frozen=True, slots=True)
class Freshness:
    """All that a keeper sees of how sure one place is."""

    confidence: Confidence
    mailbox: Mailbox | None
    last_asked: ConfirmationRequest | None
    waiting: list[Proposed]
    decided: list[Proposed]
    doubts: int
    # How many doubts were set aside last, and may wait again.
    set_aside: int


def freshness_of(service: Service, *, now: datetime, on: date) -> Freshness:
    settled = Doubt.objects.filter(service=service, settled_at__gt=now - UNDONE_FOR)
    last = settled.order_by("-settled_at").first()
    decided = (
        Amendment.objects.filter(service=service, settled_at__gt=now - UNDONE_FOR)
        .exclude(settled_by=None)
        .select_related("settled_by")
        .order_by("-settled_at")
    )
    return Freshness(
        confidence=confidences([service], on=on)[service.pk],
        mailbox=Mailbox.objects.filter(service=service).first(),
        last_asked=ConfirmationRequest.objects.filter(service=service).first(),
        waiting=[_proposed(one, service) for one in _amended().filter(service=service)],
        decided=[_proposed(one, service) for one in decided],
        doubts=_waiting().filter(service=service).count(),
        set_aside=settled.filter(settled_at=last.settled_at).count() if last else 0,
    )


def _proposed(amendment: Amendment, service: Service) -> Proposed:
    if not amendment.field:
        return Proposed(
            amendment, "Activité", service.get_status_display(), amendment.get_kind_display()
        )
    return Proposed(
        amendment,
        SAID[amendment.field],
        read_aloud(amendment.field, getattr(service, amendment.field)),
        read_aloud(amendment.field, amendment.value),
    )


def read_aloud(name: str, value: Any) -> str:
    """A value of the entry, as a person reads it."""
    if name == "audiences":
        labels = dict(Audience.choices)
        return ", ".join(str(labels.get(one, one)) for one in value or ())
    return str(value or "")


def _waiting() -> QuerySet[Doubt]:
    return Doubt.objects.filter(settled_at=None)


def _amended() -> QuerySet[Amendment]:
    return Amendment.objects.filter(state=AmendmentState.WAITING)


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    counted = (
        rows.filter(service=OuterRef("pk"))
        .order_by()
        .values("service")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _weight() -> Any:
    """The same as ``confidence.weight_of``, in the database."""
    whole: Any = Value(0)
    for source, (weight, most) in WEIGHTS.items():
        whole += Least(_how_many(_waiting().filter(source=source)), most) * weight
    return whole
