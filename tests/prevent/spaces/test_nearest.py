"""Where a place may be said to stand; nothing that is near is left out of what is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.territory.models import Commune
from fanal.prevent.spaces.distances import haversine_km, kilometres
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.nearest import REACHES, _within
from fanal.prevent.spaces.queries import public_services
from prevent.spaces.places import ServiceFactory
from rows import as_owner

LILLE = (50.6311, 3.0468)
DOOR = {"latitude": 1.5, "longitude": 2.5}
CONFIRMED = {"address": "2026-11-20"}
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


@dataclass(frozen=True)
class Here:
    latitude: float
    longitude: float


def holds(box: Q, point: dict[str, float]) -> bool:
    """Whether every range of the filter holds this point."""
    ranges: dict[str, Any] = {}
    for child in box.children:
        ranges |= holds_of(child)
    return all(low <= point[name] <= high for name, (low, high) in ranges.items())


def holds_of(child: Any) -> dict[str, Any]:
    if isinstance(child, Q):
        return {key: value for one in child.children for key, value in holds_of(one).items()}
    name, bounds = child
    return {name.removesuffix("__range"): bounds}


@given(
    here=st.builds(Here, LATITUDES, LONGITUDES),
    there=st.tuples(LATITUDES, LONGITUDES),
    reach=st.sampled_from(REACHES),
)
def test_whatever_is_within_reach_is_looked_at_wherever_on_earth(
    here: Here, there: tuple[float, float], reach: float
) -> None:
    # Drawn towards the point, so that half of them are near.
    for share in (1.0, 0.1, 0.01):
        point = {
            "latitude": here.latitude + (there[0] - here.latitude) * share,
            "longitude": here.longitude + (there[1] - here.longitude) * share,
        }
        away = haversine_km(
            (here.latitude, here.longitude), (point["latitude"], point["longitude"])
        )
        assert away > reach * 0.999_999 or holds(_within(here, reach), point)


@pytest.mark.parametrize("there", [(50.29, 2.78), (48.85, 2.35), (-20.9, 55.5), (-50.6, -176.9)])
@pytest.mark.django_db
def test_the_database_measures_as_we_do(there: tuple[float, float]) -> None:
    ServiceFactory(latitude=there[0], longitude=there[1], verified=CONFIRMED)
    found = public_services().annotate(km=kilometres(*LILLE)).values_list("km", flat=True)
    assert list(found) == [pytest.approx(haversine_km(LILLE, there), abs=1e-6)]


def shown() -> tuple[float | None, float | None]:
    one = public_services().get()
    return one.latitude, one.longitude


@pytest.mark.django_db
def test_a_door_is_shown_once_its_address_is_confirmed_and_no_longer() -> None:
    commune = Commune.objects.get(code="59350")
    place = ServiceFactory(**DOOR)
    assert shown() == (commune.latitude, commune.longitude)
    for verified, where in (
        (CONFIRMED, (1.5, 2.5)),
        ({"hours": "2026-11-20"}, (commune.latitude, commune.longitude)),
    ):
        with as_owner():
            Service.objects.filter(pk=place.pk).update(verified=verified)
        assert shown() == where


@pytest.mark.django_db
def test_a_place_of_no_commune_and_no_address_stands_nowhere() -> None:
    ServiceFactory(commune_id=None, **DOOR)
    assert shown() == (None, None)


@pytest.mark.django_db
def test_a_commune_that_is_corrected_takes_its_places_with_it() -> None:
    ServiceFactory()
    with as_owner():
        Commune.objects.filter(code="59350").update(latitude=50.5)
    assert shown()[0] == 50.5


@pytest.mark.django_db
def test_nobody_writes_where_a_place_is_shown() -> None:
    place = ServiceFactory(shown_latitude=1.0, shown_longitude=2.0)
    assert shown()[0] != 1.0
    with as_owner():
        Service.objects.filter(pk=place.pk).update(shown_latitude=1.0)
    assert shown()[0] != 1.0
