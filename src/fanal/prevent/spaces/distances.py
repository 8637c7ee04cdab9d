"""How far a place is, as the crow flies; in SQL too, so that the nearest come first."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from django.db.models import ExpressionWrapper, F, FloatField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

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
    """The same, from a point to the row."""
    here, there = Radians(Value(latitude)), Radians(F("latitude"))
    north = Power(Sin((there - here) / 2), 2)
    east = Power(Sin(Radians(F("longitude") - Value(longitude)) / 2), 2)
    chord = north + Cos(here) * Cos(there) * east
    # Rounding may pass 1 on the other side of the Earth.
    arc = Value(DIAMETER) * ASin(Sqrt(Least(chord, Value(1.0))))
    return ExpressionWrapper(arc, output_field=FloatField())
