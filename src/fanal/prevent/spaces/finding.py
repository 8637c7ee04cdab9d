"""Who may help, near which place: the nearest first, what is no longer sure further down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from fanal.engines.hours import opening
from fanal.engines.hours.places import place_of
from fanal.engines.hours.planning import State
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import UnreadableHours
from fanal.engines.hours.rules import Hours
from fanal.engines.hours.sentences import say
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.nearest import (
    Standing,
    read_standing,
    standing_near,
    standing_somewhere,
)
from fanal.prevent.spaces.origins import Origin, km_to_the_middle
from fanal.prevent.spaces.queries import public_services, services_for
from fanal.prevent.spaces.terms import Audience, Kind

SHOWN = 10
# So many of the nearest whose hours are known are looked at, when one wants what is open now.
LOOKED_AT = 60
# On each page, in its own block.
IN_DANGER = ("17", "112", "114", "119")


@dataclass(frozen=True, slots=True)
class Near:
    """A service, how far it is, whether it is open."""

    service: PublicService
    km: float | None
    # Empty when nobody confirmed the hours.
    said: str
    is_open: bool | None
    is_fresh: bool

    @property
    def flag(self) -> str:
        """What is said of one that is no longer sure, or never was."""
        return (
            "À confirmer" if self.service.verified_on is None else "Vérifié il y a plus de six mois"
        )

    @property
    def distance(self) -> str:
        """« moins de 5 km », « 12 km »: of the middle of a commune, not of a door."""
        if self.km is None:
            return ""
        return "moins de 5 km" if self.km < 5 else f"{self.km:.0f} km"  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Found:
    places: list[Near]
    more: bool
    # Whether one of them stands in the département that one looks from.
    any_here: bool
    # What else the département has, when nothing there answers the need.
    others: list[Near]
    # The nearest whatever their hours, when none is known to be open.
    later: list[Near]

    @property
    def nearest(self) -> Near | None:
        return self.places[0] if self.places else None


def find_places(
    *,
    origin: Origin,
    audience: str,
    need: str = "",
    open_now: bool = False,
    shown: int = SHOWN,
    now: datetime,
) -> Found:
    """
    The nearest places for somebody, those that were made sure of lately before the others.

    Args:
        audience: of ``Audience``; a service that is not for them is never offered.
        need: of ``Need``; empty, every kind.
        open_now: those whose confirmed hours say so, and no other.
    """
    today = localdate(now)
    offered = services_for(audience, need)
    if open_now:
        said = offered.exclude(hours="")
        looked_at = _nearest(said, origin, count=LOOKED_AT, today=today)
        # Hours are read until enough are open, and no further.
        nearest = list(islice((one for one in looked_at if _is_open(one, now)), shown + 1))
    else:
        nearest = _nearest(offered, origin, count=shown + 1, today=today)
    in_departement = Q(departement=origin.departement)
    here = any(one.departement == origin.departement for one in nearest)
    here = here or offered.filter(in_departement).exists()
    others: list[Standing] = []
    if need and not here:
        rest = services_for(audience).filter(in_departement)
        others = standing_near(rest, origin, count=SHOWN, today=today, few=True)
    later: list[Standing] = []
    if open_now and not nearest:
        later = _nearest(offered, origin, count=SHOWN, today=today)
    return Found(
        _near(read_standing(nearest[:shown]), now=now),
        more=len(nearest) > shown,
        any_here=here,
        others=_near(read_standing(others), now=now),
        later=_near(read_standing(later), now=now),
    )


def read_public(ref: UUID) -> PublicService | None:
    return public_services().filter(ref=ref).select_related("commune", "departement").first()


def near_of(service: PublicService, *, now: datetime) -> Near:
    """The same, of one place that one looks at from nowhere."""
    return _one(service, km=None, today=localdate(now), now=now)


def lines_for(audience: str, *, now: datetime) -> list[Near]:
    """Numbers to call from anywhere, besides those that each page shows to who is in danger."""
    anywhere = Q(kind=Kind.NATIONAL_LINE) | Q(departement=None)
    lines = public_services().filter(anywhere, audiences__contains=[audience])
    called = lines.exclude(phone__in=("", *IN_DANGER)).order_by("name")
    return _near(called, now=now)


def _nearest(
    offered: QuerySet[PublicService], origin: Origin, *, count: int, today: date
) -> list[Standing]:
    """Of a whole département, its own places come first."""
    km = km_to_the_middle(origin)
    somewhere = standing_somewhere(offered, origin.departement, km=km, today=today)
    if not origin.is_departement:
        placed = standing_near(offered, origin, count=count, today=today)
        return sorted([*placed, *somewhere], key=lambda one: one.rank)[:count]
    inside = Q(departement=origin.departement)
    own = standing_near(offered.filter(inside), origin, count=count, today=today, few=True)
    own = (own + somewhere)[:count]
    if len(own) == count:
        return own
    # Not « exclude »: a service of several départements has none.
    outside = offered.filter(~inside | Q(departement=None))
    return own + standing_near(outside, origin, count=count - len(own), today=today)


def _is_open(one: Standing, now: datetime) -> bool:
    hours = _hours(one.hours)
    return hours is not None and opening.is_open(hours, place_of(one.departement), now)


def _near(services: Iterable[PublicService], *, now: datetime) -> list[Near]:
    today = localdate(now)
    return [_one(one, km=getattr(one, "km", None), today=today, now=now) for one in services]


def _one(service: PublicService, *, km: float | None, today: date, now: datetime) -> Near:
    said, is_open = "", None
    if service.hours and (hours := _hours(service.hours)):
        place = place_of(service.departement_id or "")
        found = opening.status(hours, place, now)
        said, is_open = say(found, place=place, at=now), found.state is State.OPEN
    return Near(service, km, said, is_open, service.is_fresh(on=today))


@lru_cache(maxsize=4096)
def _hours(written: str) -> Hours | None:
    try:
        return read_hours(written)
    except UnreadableHours:
        return None


def audience_of(written: str) -> str:
    """Who did not say is taken for a minor: nothing for adults alone is offered."""
    offered = (Audience.MINORS, Audience.FAMILIES, Audience.ADULTS)
    return written if written in offered else Audience.MINORS
