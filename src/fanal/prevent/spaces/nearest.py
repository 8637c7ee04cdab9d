"""
The nearest of many, without measuring them all: départements around first, further if need be.

Keys and distances are sorted alone; the rows that are shown are read after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Case, F, FloatField, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Least

from fanal.ground.territory.models import Commune
from fanal.prevent.spaces.distances import haversine_km, kilometres
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.terms import FRESH

# A record that nobody made sure of for 180 days stands as if it were so much further: half as far
# again and a little, and never more than somebody would travel to be sure.
STALE_TIMES, STALE_PLUS, STALE_MOST = 0.5, 5.0, 50.0
# Where that most begins to count, in kilometres.
UNDER_MOST = (STALE_MOST - STALE_PLUS) / STALE_TIMES
# In kilometres; past the last, the whole directory.
REACHES = (40.0, 150.0)
# The corner of a box is not quite its nearest point, on a sphere.
MARGIN = 1.1
Box = tuple[float, float, float, float]


class Point(Protocol):
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


@contextmanager
def by_index() -> Iterator[None]:
    """
    Some hundreds of places, each by its commune: the database reads these communes one by one, and
    not all of them. By itself it would, since it takes the disk for one that turns.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL random_page_cost = 1.1")
        yield


def nearest_of(
    services: QuerySet[PublicService], origin: Point, *, count: int, today: date
) -> list[PublicService]:
    """
    The first ``count``, each with its ``km``, those that were made sure of lately before others.

    A rank is never less than the distance: once ``count`` of them rank within the reach, whatever
    is further comes after.
    """
    found: list[tuple[int, float, float]] = []
    for reach in (*REACHES, None):
        # What ranks within a short reach is the same without the most, and a distance is dear.
        ranked = _ranked(services, origin, today, most=reach is None or reach > UNDER_MOST)
        around = ranked if reach is None else ranked.filter(_within(origin, reach))
        found = list(around[:count])
        if reach is None or (len(found) == count and found[-1][2] <= reach):
            break
    return _read({pk: km for pk, km, _ in found})


def merge_somewhere(
    placed: list[PublicService], somewhere: list[PublicService], *, km: float, today: date
) -> list[PublicService]:
    """
    Both, by rank: those that stand somewhere in a département count as if they were in its middle.

    Args:
        km: from where one looks to that middle. No distance is said of them.
    """

    def rank(service: PublicService) -> float:
        away: float = getattr(service, "km", km)
        further = min(away * STALE_TIMES + STALE_PLUS, STALE_MOST)
        return away if service.is_fresh(on=today) else away + further

    return sorted([*placed, *somewhere], key=rank)


def somewhere_in(services: QuerySet[PublicService], departement: str) -> list[PublicService]:
    """Those of a département of which no commune is known, or one that stands nowhere."""
    nowhere = Q(commune=None) | Q(commune__in=_without_position().get(departement, ()))
    # Said first, it spares the database from placing every commune.
    loose = services.filter(nowhere, latitude=None, departement=departement)
    return list(loose.select_related("commune", "departement").order_by("name", "pk"))


def _ranked(
    services: QuerySet[PublicService], origin: Point, today: date, *, most: bool
) -> QuerySet[PublicService, tuple[int, float, float]]:
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
    return placed.order_by("rank", last, "pk").values_list("pk", "km", "rank")


def _read(distances: Mapping[int, float]) -> list[PublicService]:
    rows = PublicService.objects.filter(pk__in=distances).select_related("commune", "departement")
    read = {row.pk: row for row in rows}
    for pk, row in read.items():
        row.km = distances[pk]  # type: ignore[attr-defined]
    return [read[pk] for pk in distances if pk in read]


def _within(origin: Point, reach: float) -> Q:
    """Services of départements that come so near; those of no département are always looked at."""
    here = (origin.latitude, origin.longitude)
    codes = [
        code
        for code, box in _boxes().items()
        if haversine_km(here, _corner(here, box)) <= reach * MARGIN
    ]
    return Q(departement__in=codes) | Q(departement=None)


def _corner(here: tuple[float, float], box: Box) -> tuple[float, float]:
    south, north, west, east = box
    return min(max(here[0], south), north), min(max(here[1], west), east)


@cache
def _boxes() -> dict[str, Box]:
    """Around the middles of the communes of each département: reference data, read once."""
    rows = (
        Commune.objects.filter(latitude__isnull=False)
        .order_by()
        .values_list("departement")
        .annotate(Min("latitude"), Max("latitude"), Min("longitude"), Max("longitude"))
    )
    return {code: (south, north, west, east) for code, south, north, west, east in rows}


@cache
def _without_position() -> dict[str, list[str]]:
    """Communes of which the source gives no middle, by département: reference data, read once."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = Commune.objects.filter(latitude=None).values_list("departement", "code")
    for departement, code in rows:
        found[departement].append(code)
    return dict(found)
