"""
The nearest of many, without measuring them all: what stands around first, further if need be.

Where each stands is sorted alone; the rows that are shown are read after.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import asin, cos, degrees, radians, sin
from typing import Protocol

from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Least

from fanal.prevent.spaces.distances import DIAMETER, kilometres
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.terms import FRESH

# A record that nobody made sure of for 180 days stands as if it were so much further: half as far
# again and a little, and never more than somebody would travel to be sure.
STALE_TIMES, STALE_PLUS, STALE_MOST = 0.5, 5.0, 50.0
# Where that most begins to count, in kilometres.
UNDER_MOST = (STALE_MOST - STALE_PLUS) / STALE_TIMES
# In kilometres; past the last, the whole directory.
REACHES = (15.0, 45.0, 120.0, 350.0)
POLE, HALF_TURN = 90.0, 180.0


class Point(Protocol):
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What the order of a place rests on, and what tells whether it is open.

    Attributes:
        km: from where one looks; None when it stands somewhere in its département.
        rank: kilometres, with what a record that is no longer sure stands further.
    """

    pk: int
    km: float | None
    rank: float
    departement: str
    hours: str


def nearest_of(
    services: QuerySet[PublicService], origin: Point, *, count: int, today: date
) -> list[PublicService]:
    """The first ``count``, each with its ``km``, those that were made sure of lately first."""
    return read_standing(standing_near(services, origin, count=count, today=today))


def standing_near(
    services: QuerySet[PublicService],
    origin: Point,
    *,
    count: int,
    today: date,
    few: bool = False,
) -> list[Standing]:
    """
    The same, before they are read.

    A rank is never less than the distance: once ``count`` of them rank within the reach, whatever
    is further comes after.

    Args:
        few: those of one département, say: all are looked at.
    """
    found: list[Standing] = []
    for reach in (None,) if few else (*REACHES, None):
        around = services if reach is None else services.filter(_within(origin, reach))
        # What ranks within a short reach is the same without the most, and a distance is dear.
        ranked = _ranked(around, origin, today, most=reach is None or reach > UNDER_MOST)
        found = [
            Standing(pk, km, rank, departement or "", hours)
            for pk, km, rank, departement, hours in ranked[:count]
        ]
        if reach is None or (len(found) == count and found[-1].rank <= reach):
            break
    return found


def standing_somewhere(
    services: QuerySet[PublicService], departement: str, *, km: float, today: date
) -> list[Standing]:
    """
    Those of a département that stand nowhere in it, as if they were all in its middle.

    Args:
        km: from where one looks to that middle. No distance is said of them.
    """
    stale = km + min(km * STALE_TIMES + STALE_PLUS, STALE_MOST)
    rows = services.filter(latitude=None, departement=departement).order_by("name", "pk")
    return [
        Standing(pk, None, km if on and today - on <= FRESH else stale, departement, hours)
        for pk, on, hours in rows.values_list("pk", "verified_on", "hours")
    ]


def read_standing(standing: Iterable[Standing]) -> list[PublicService]:
    distances = {one.pk: one.km for one in standing}
    rows = PublicService.objects.filter(pk__in=distances).select_related("commune", "departement")
    read = {row.pk: row for row in rows}
    for pk, row in read.items():
        row.km = distances[pk]  # type: ignore[attr-defined]
    return [read[pk] for pk in distances if pk in read]


def _ranked(
    services: QuerySet[PublicService], origin: Point, today: date, *, most: bool
) -> QuerySet[PublicService, tuple[int, float, float, str | None, str]]:
    km = kilometres(origin.latitude, origin.longitude)
    stale = F("km") * Value(1 + STALE_TIMES) + Value(STALE_PLUS)
    rank = Case(
        When(verified_on__gte=today - FRESH, then=F("km")),
        default=Least(stale, F("km") + Value(STALE_MOST)) if most else stale,
        output_field=FloatField(),
    )
    placed = services.filter(latitude__isnull=False).annotate(km=km).annotate(rank=rank)
    # Of two that are as near, the one that somebody made sure of last.
    last = F("verified_on").desc(nulls_last=True)
    said = ("pk", "km", "rank", "departement_id", "hours")
    return placed.order_by("rank", last, "pk").values_list(*said)


def _within(origin: Point, reach: float) -> Q:
    """A box that holds all that is so near, in kilometres, wherever on Earth."""
    turn = 2 * reach / DIAMETER
    south, north = origin.latitude - degrees(turn), origin.latitude + degrees(turn)
    box = Q(latitude__range=(south, north))
    if max(-south, north) >= POLE:
        return box
    wide = degrees(asin(sin(turn) / cos(radians(origin.latitude))))
    west, east = origin.longitude - wide, origin.longitude + wide
    # Past the line where the date changes, a longitude is written otherwise.
    return box if max(-west, east) > HALF_TURN else box & Q(longitude__range=(west, east))
