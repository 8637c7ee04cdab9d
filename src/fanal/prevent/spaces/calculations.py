"""How the country is covered: what each département has, and how far its people are from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from math import asin, cos, dist, inf, radians, sin

from fanal.engines.hours.opening import week_of
from fanal.engines.hours.places import place_of
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import UnreadableHours
from fanal.ground.territory.models import Commune
from fanal.prevent.spaces.distances import DIAMETER, Point
from fanal.prevent.spaces.queries import Counted, places_by_departement, public_services
from fanal.prevent.spaces.terms import Audience, Kind

# A road is so many times longer than the straight line, at the usual [A].
DETOUR = 1.3
# Of the grid in which the nearest is looked for, in degrees: half of one is some 50 km.
CELL, FINE_CELL = 0.5, 0.15
# From so many places on, the grid is finer.
MANY = 800
# So many rings, and to look at every place costs less.
FAR = 8
# An evening begins at six; a place that closes then is not open in the evening.
EVENING = 18 * 60 + 30
SATURDAY = 5
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Covered:
    """One département. ``median_km``: by road, of half of its people; None: no place anywhere."""

    counted: Counted
    # Places for minors whose confirmed hours go past the evening, or hold a Saturday or a Sunday.
    late: int
    fresh: int
    median_km: float | None

    @property
    def minors(self) -> int:
        return self.counted.minors

    @property
    def families(self) -> int:
        return self.counted.families


def coverage(*, on: date) -> dict[str, Covered]:
    """
    By code of département. A national line is no place.

    The distance is the straight line from the middle of each commune to the nearest place for
    minors, wherever it is, times ``DETOUR``; half of the people of the département are nearer.
    All inhabitants stand for adolescents, whom no source of ours counts by commune.
    """
    places = list(
        public_services()
        .exclude(kind=Kind.NATIONAL_LINE)
        .filter(audiences__contains=[Audience.MINORS])
    )
    late: dict[str, int] = defaultdict(int)
    fresh: dict[str, int] = defaultdict(int)
    for one in places:
        code = one.departement_id or ""
        late[code] += is_late(one.hours, departement=code, on=on)
        fresh[code] += one.is_fresh(on=on)
    medians = _medians(
        frozenset(
            (one.latitude, one.longitude)
            for one in places
            if one.latitude is not None and one.longitude is not None
        )
    )
    return {
        code: Covered(counted, late[code], fresh[code], medians.get(code))
        for code, counted in places_by_departement().items()
    }


def is_late(hours: str, *, departement: str, on: date) -> bool:
    """Whether an ordinary week opens in an evening or at a week-end; no hours, no."""
    if not hours:
        return False
    try:
        week = week_of(read_hours(hours), place_of(departement), on - timedelta(on.weekday()))
    except UnreadableHours:
        return False
    return any(
        opening.end > EVENING or day.date.weekday() >= SATURDAY
        for day in week
        for opening in day.openings
    )


def nearest_km(people: Iterable[Point], places: Iterable[Point]) -> list[float]:
    """
    For each point, kilometres in a straight line to the nearest place.

    Places lie in a grid: rings of cells are looked at from the point until no further one can
    hold a nearer place.

    Raises:
        ValueError: there is no place.
    """
    known = list(places)
    if not known:
        raise ValueError("no place to be near to")
    grid = Grid(known, FINE_CELL if len(known) >= MANY else CELL)
    return [grid.nearest(point) for point in people]


def weighted_median(pairs: Sequence[tuple[float, int]]) -> float:
    """The value below which half of the weight lies. ``pairs``: value, weight; not empty."""
    half, heard = sum(weight for _, weight in pairs) / 2, 0
    for value, weight in sorted(pairs):
        heard += weight
        if heard >= half:
            return value
    raise ValueError("no weight")


@lru_cache(maxsize=2)
def _medians(places: frozenset[Point]) -> dict[str, float]:
    """Kept for as long as no place moves: the board is opened more often than that."""
    if not places:
        return {}
    people = _people()
    distances = nearest_km([point for _, point, _ in people], places)
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for (code, _, count), km in zip(people, distances, strict=True):
        found[code].append((km * DETOUR, count))
    return {code: weighted_median(pairs) for code, pairs in found.items()}


@cache
def _people() -> list[tuple[str, Point, int]]:
    """Of each commune, where it is and how many live there: reference data, read once."""
    rows = Commune.objects.values_list("departement", "latitude", "longitude", "population")
    return [
        (code, (north, east), count)
        for code, north, east, count in rows
        if north is not None and east is not None and count
    ]


class Grid:
    """Places by cell, each as a point of the sphere: comparing two takes no angle."""

    def __init__(self, places: Sequence[Point], size: float) -> None:
        self.size = size
        self.vectors = [_vector(place) for place in places]
        self.cells: dict[tuple[int, int], list[Vector]] = defaultdict(list)
        for place, vector in zip(places, self.vectors, strict=True):
            self.cells[self._cell(place)].append(vector)

    def nearest(self, point: Point) -> float:
        row, column = self._cell(point)
        here = _vector(point)
        best, km, ring = inf, inf, 0
        # A degree of longitude shrinks with latitude: a cell is at least so wide.
        width = self.size * 111.0 * cos(radians(min(abs(point[0]) + FAR * self.size, 89.0)))
        while (ring - 1) * width <= km:
            if ring == FAR:
                return _km(min(dist(here, place) for place in self.vectors))
            for place in self._ring(row, column, ring):
                best = min(best, dist(here, place))
            km = _km(best)
            ring += 1
        return km

    def _ring(self, row: int, column: int, ring: int) -> Iterable[Vector]:
        for north in range(row - ring, row + ring + 1):
            step = 1 if abs(north - row) == ring else max(2 * ring, 1)
            for east in range(column - ring, column + ring + 1, step):
                yield from self.cells.get((north, east), ())

    def _cell(self, point: Point) -> tuple[int, int]:
        return int(point[0] // self.size), int(point[1] // self.size)


def _vector(point: Point) -> Vector:
    north, east = radians(point[0]), radians(point[1])
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _km(chord: float) -> float:
    """Along the sphere, of a straight line through it; ``inf`` of nothing."""
    return inf if chord == inf else DIAMETER * asin(min(chord / 2, 1.0))
