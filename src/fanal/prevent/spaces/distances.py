"""How far a place is, as the crow flies; in SQL too, so that the nearest come first."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from django.db.models import F, FloatField, Func, Value
from django.db.models.expressions import Combinable

# Twice the radius of the Earth, in kilometres.
DIAMETER = 12_742.0
# Latitude and longitude, in degrees.
Point = tuple[float, float]


def haversine_km(one: Point, other: Point) -> float:
    north = sin(radians(other[0] - one[0]) / 2) ** 2
    east = sin(radians(other[1] - one[1]) / 2) ** 2
    chord = north + cos(radians(one[0])) * cos(radians(other[0])) * east
    return DIAMETER * asin(sqrt(min(chord, 1.0)))


def kilometres(latitude: float, longitude: float) -> Combinable:
    """The same, from a point to the row: written once in the database, which unfolds it."""
    return Func(
        Value(latitude),
        Value(longitude),
        F("latitude"),
        F("longitude"),
        function="spaces_kilometres",
        output_field=FloatField(),
    )
