"""The door of the public pages: one, and it opens on the view alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from fanal.ground.territory.models import Departement
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.terms import KINDS_FOR, Audience, Kind


def public_services() -> QuerySet[PublicService]:
    """
    Services that anybody may know of, without the words that nobody confirmed.

    Public pages, the widget and the read interface ask here and nowhere else: what is of another
    tier is not filtered out by each of them, it is not in what they read.
    """
    return PublicService.objects.all()


def services_for(audience: str, need: str = "") -> QuerySet[PublicService]:
    """Places for somebody, by what their network does; a national line is no place."""
    kinds = KINDS_FOR[need] if need else [one for one in Kind if one is not Kind.NATIONAL_LINE]
    return public_services().filter(kind__in=kinds, audiences__contains=[audience])


@dataclass(frozen=True, slots=True)
class Counted:
    """How many public places a département has, by whom they are for."""

    code: str
    name: str
    minors: int = 0
    families: int = 0

    @property
    def shade(self) -> int:
        """Of the map: none, one, two or three, more."""
        return sum(self.minors >= least for least in (1, 2, 4))


def places_by_departement() -> dict[str, Counted]:
    """Every département, those that have no place included; a national line is no place."""
    rows = (
        public_services()
        .exclude(kind=Kind.NATIONAL_LINE)
        .exclude(departement=None)
        .order_by()
        .values_list("departement")
        .annotate(
            minors=Count("pk", filter=Q(audiences__contains=[Audience.MINORS])),
            families=Count("pk", filter=Q(audiences__contains=[Audience.FAMILIES])),
        )
    )
    counts = {code: (minors, families) for code, minors, families in rows}
    return {
        one.code: Counted(one.code, one.name, *counts.get(one.code, (0, 0)))
        for one in Departement.objects.all()
    }
