"""What is read of alerts: by the contact point of their département, and who that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When

from fanal.detect.watch.models import ARE_THERE, MAY_BE_A_CHILD, LodgingAlert
from fanal.detect.watch.places import wanted_words
from fanal.detect.watch.terms import Moment, State, Urgency
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible

OPEN = Q(state__in=(State.RECEIVED, State.TAKEN))
_CHILD = Q(minor__in=MAY_BE_A_CHILD)
_THERE = Q(there_now__in=ARE_THERE) | Q(moment=Moment.NOW)
# The first that holds; the same as ``LodgingAlert.urgencies``, for the list to be sorted by.
BY_URGENCY = Case(
    When(~OPEN, then=Value(Urgency.USUAL.value)),
    When(danger=True, then=Value(Urgency.DANGER.value)),
    When(_CHILD & _THERE, then=Value(Urgency.CHILD_NOW.value)),
    When(_CHILD, then=Value(Urgency.CHILD.value)),
    When(_THERE, then=Value(Urgency.NOW.value)),
    When(word_waits=True, then=Value(Urgency.ANSWER.value)),
    default=Value(Urgency.USUAL.value),
)
BESIDE = 50


def contact_points(departement: str, *, on: date) -> list[Organisation]:
    """The services of a département in which somebody reads alerts that day."""
    return list(
        Organisation.objects.filter(
            kind=OrganisationKind.POLICE,
            departement=departement,
            postings__in=_postings(departement, on),
        ).distinct()
    )


def readers_of(departement: str, *, on: date) -> list[Agent]:
    """Who reads the alerts of a département that day."""
    return list(
        Agent.objects.filter(is_active=True, postings__in=_postings(departement, on)).distinct()
    )


def _postings(departement: str, on: date) -> QuerySet[Posting]:
    return Posting.objects.current(on=on).filter(
        role=Role.CONTACT_POINT,
        organisation__kind=OrganisationKind.POLICE,
        organisation__departement=departement,
    )


def listed_alerts(filters: Mapping[str, Any]) -> QuerySet[LodgingAlert]:
    """
    The alerts that whoever asks may see, by reason of urgency, then the oldest first.

    Args:
        filters: ``q`` words of an address, a listing or a number; ``state``, ``decision``,
            ``lodging``; ``mine`` an agent. Unless a state is asked for or words are, what is closed
            is left out.
    """
    found = LodgingAlert.objects.select_related("commune", "holder").annotate(urgency=BY_URGENCY)
    words = filters.get("q") or ""
    if words:
        found = found.filter(pk__in=_found(words))
    state = filters.get("state")
    if state and state != "all":
        found = found.filter(state=state)
    elif not state and not words:
        found = found.filter(OPEN)
    for name in ("decision", "lodging"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if filters.get("mine"):
        found = found.filter(holder=filters["mine"])
    return found.order_by("urgency", "received_at", "pk")


def counted() -> dict[str, int]:
    """How many alerts that whoever asks may see wait, are taken, and press."""
    alerts = LodgingAlert.objects.all()
    waiting = alerts.filter(state=State.RECEIVED)
    pressing = alerts.alias(urgency=BY_URGENCY).filter(urgency__lte=Urgency.CHILD.value)
    return {
        "waiting": waiting.count(),
        "taken": alerts.filter(state=State.TAKEN).count(),
        "pressing": pressing.count(),
        "answers": alerts.filter(OPEN, word_waits=True).count(),
    }


def read_alert(*, agent: Agent, ref: UUID) -> LodgingAlert:
    """
    One alert, for the contact point of its département; leaves a trace.

    Raises:
        NotVisible: it does not exist, or is another département's.
    """
    found = (
        LodgingAlert.objects.filter(ref=ref)
        .select_related("commune", "departement", "holder", "duplicate_of", "organisation")
        .first()
    )
    if found is None:
        raise NotVisible
    record(agent=agent, deed="alert.read", subject=found, outcome=Outcome.READ)
    return found


def lock_alert(ref: UUID) -> LodgingAlert:
    """
    Raises:
        NotVisible: it does not exist, or is another département's.
    """
    found = LodgingAlert.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def beside(alert: LodgingAlert) -> list[LodgingAlert]:
    """The other alerts of this place that whoever asks may see, the last first."""
    same = Q(pk=None)
    if alert.place_key:
        same |= Q(commune=alert.commune_id, place_key=alert.place_key)
    if alert.listing_key:
        same |= Q(departement=alert.departement_id, listing_key=alert.listing_key)
    found = LodgingAlert.objects.filter(same).exclude(pk=alert.pk).select_related("commune")
    return list(found.order_by("-received_at", "-pk")[:BESIDE])


def _found(text: str) -> list[int]:
    words = wanted_words(text)
    if not words:
        return []
    wanted = " & ".join(f"{word}:*" for word in words)
    with connection.cursor() as cursor:
        cursor.execute("SELECT watch_found(%s)", [wanted])
        return [pk for (pk,) in cursor.fetchall()]
