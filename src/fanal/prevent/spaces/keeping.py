"""What the keepers of the directory read: the whole of it, the least sure first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from fanal.ground.agents.models import Agent
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.terms import FRESH, State


def kept_services(filters: Mapping[str, Any], *, on: date) -> QuerySet[Service]:
    """Never confirmed first, then by the day when somebody last made sure."""
    found = Service.objects.select_related("commune", "departement").order_by(
        F("verified_on").asc(nulls_first=True), "departement", "name", "pk"
    )
    if state := filters.get("state"):
        found = found.filter(_in_state(state, on=on))
    for name in ("departement", "tier", "kind"):
        if value := filters.get(name):
            found = found.filter(**{name: value})
    return found


def counted_services(*, on: date) -> dict[str, int]:
    """How many of each state, for the desk."""
    return Service.objects.aggregate(
        **{state.value: Count("pk", filter=_in_state(state, on=on)) for state in State}
    )


def read_service(*, agent: Agent, ref: UUID) -> Service:
    """
    Raises:
        NotVisible: no such service, or the agent does not keep the directory.
    """
    found = Service.objects.select_related("commune", "departement").filter(ref=ref).first()
    if found is None:
        raise NotVisible
    record(agent=agent, deed="directory.read", subject=found, outcome=Outcome.READ)
    return found


def lock_service(ref: UUID) -> Service:
    """
    Raises:
        NotVisible: no such service, or the agent does not keep the directory.
    """
    found = Service.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def _in_state(state: str, *, on: date) -> Q:
    if state == State.NEVER:
        return Q(verified_on=None)
    if state == State.STALE:
        return Q(verified_on__lt=on - FRESH)
    return Q(verified_on__gte=on - FRESH)
