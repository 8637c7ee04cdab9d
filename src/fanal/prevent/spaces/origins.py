"""Where somebody looks from: what they typed, a commune, a whole département."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from django.db.models import F, Sum

from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune, Departement
from fanal.ground.territory.names import name_key, search_key
from fanal.ground.territory.queries import communes_of_postcode, find_commune, search_communes
from fanal.prevent.spaces.distances import Point, haversine_km

# Collectivities of which no commune has its centre in the source.
MIDDLES = {"975": (46.78, -56.18), "977": (17.90, -62.83), "978": (18.07, -63.07)}
POSTCODE = re.compile(r"[0-9]{5}")
# As the list of communes shows « Saint-Denis » of three départements.
NAMESAKES = 6


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one looks from: a commune, or a whole département."""

    code: str
    label: str
    departement: str
    latitude: float
    longitude: float

    @property
    def is_departement(self) -> bool:
        return self.code == self.departement


def origins_of(written: str) -> list[Origin]:
    """Where somebody means: the likeliest first. Empty when nothing is called so."""
    key = name_key(written[:80])
    if not key:
        return []
    for departement in Departement.objects.all():
        if key in (departement.code.lower(), name_key(departement.name)):
            with suppress(Departement.DoesNotExist):
                return [origin_of_departement(departement.code)]
    communes = list(communes_of_postcode(key)[:NAMESAKES]) if POSTCODE.fullmatch(key) else []
    communes = communes or search_communes(written, limit=NAMESAKES)
    # Said whole, a name leaves no doubt but on those that bear it too.
    same = [one for one in communes if one.sort_name == search_key(written)]
    found = [_origin(one) for one in same or communes]
    return [one for one in found if one is not None]


def origins_of_code(code: str) -> list[Origin]:
    """The one whose button was pressed: a code of the INSEE, which may be a postcode elsewhere."""
    if not code.isalnum():
        return []
    if Departement.objects.filter(code=code).exists():
        return origins_of(code)
    with suppress(Refusal):
        found = _origin(find_commune(code))
        return [found] if found else []
    return []


def origin_of_departement(code: str) -> Origin:
    """
    The middle of those who live there.

    Raises:
        Departement.DoesNotExist: no such département.
    """
    departement = Departement.objects.get(code=code)
    north, east = _middle_of(code)
    return Origin(code, departement.name, code, north, east)


def km_to_the_middle(origin: Origin) -> float:
    if origin.is_departement:
        return 0.0
    middle = _middle_of(origin.departement)
    return haversine_km((origin.latitude, origin.longitude), middle)


@cache
def _middle_of(departement: str) -> Point:
    """Of those who live there: reference data, reckoned once."""
    weight = F("population") * 1.0
    sums = Commune.objects.filter(
        departement=departement, latitude__isnull=False, population__gt=0
    ).aggregate(
        people=Sum(weight), north=Sum(weight * F("latitude")), east=Sum(weight * F("longitude"))
    )
    if sums["people"]:
        return sums["north"] / sums["people"], sums["east"] / sums["people"]
    if departement in MIDDLES:
        return MIDDLES[departement]
    raise Departement.DoesNotExist


def _origin(commune: Commune) -> Origin | None:
    stands = commune if commune.latitude is not None else commune.parent
    if stands is None or stands.latitude is None or stands.longitude is None:
        try:
            middle = origin_of_departement(commune.departement_id)
        except Departement.DoesNotExist:
            return None
        return Origin(
            commune.code, commune.label, middle.departement, middle.latitude, middle.longitude
        )
    return Origin(
        commune.code, commune.label, commune.departement_id, stands.latitude, stands.longitude
    )
