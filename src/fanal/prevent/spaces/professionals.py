"""What verified professionals read: places that are not for everybody as well as those that are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet

from fanal.prevent.spaces.distances import kilometres
from fanal.prevent.spaces.models import ProfessionalService
from fanal.prevent.spaces.origins import Origin


def professional_services(
    filters: Mapping[str, Any], origin: Origin | None
) -> QuerySet[ProfessionalService]:
    """
    The nearest first when one looks from somewhere, each with its ``km``; by département otherwise.

    The database shows none to who holds no role today, whatever is asked.
    """
    found = ProfessionalService.objects.select_related("commune", "departement")
    for name in ("kind", "tier"):
        if value := filters.get(name):
            found = found.filter(**{name: value})
    if origin is None:
        return found.order_by("departement", "name", "pk")
    if origin.is_departement:
        found = found.filter(Q(departement=origin.departement) | Q(departement=None))
    found = found.annotate(km=kilometres(origin.latitude, origin.longitude))
    return found.order_by(F("km").asc(nulls_last=True), "pk")
