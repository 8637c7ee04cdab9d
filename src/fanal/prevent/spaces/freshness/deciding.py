"""A person accepts what a structure said, or sets it aside; both are undone from the same page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import UnreadableHours
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.spaces.freshness.doubting import settle_doubts
from fanal.prevent.spaces.freshness.terms import (
    UNDONE_FOR,
    AmendmentKind,
    AmendmentState,
    DoubtSource,
)
from fanal.prevent.spaces.keeping import lock_service
from fanal.prevent.spaces.models import Amendment, Doubt, Service
from fanal.prevent.spaces.terms import Status
from fanal.prevent.spaces.use_cases import confirm_service


class AlreadyDecided(Refusal):
    message = "Cette proposition a déjà été décidée."


class ToBeWrittenByHand(Refusal):
    message = (
        "Ces horaires ne sont pas écrits comme l’annuaire les lit : écrivez-les dans la fiche, "
        "puis écartez la proposition."
    )


class NotUndoable(Refusal):
    message = "La fiche a changé depuis, ou la décision est trop ancienne : corrigez la fiche."


@transaction.atomic
def accept_amendment(*, agent: Agent, ref: UUID, now: datetime) -> Service:
    """
    What the structure said stands in the entry, made sure of today.

    Raises:
        NotVisible: nothing of the sort, or the agent does not keep the directory.
        AlreadyDecided: it does not wait.
        ToBeWrittenByHand: hours that the directory cannot read.
    """
    amendment, service = _waiting(ref)
    name, values = amendment.field, dict[str, Any]()
    if amendment.kind == AmendmentKind.CLOSED:
        amendment.former = {"status": service.status}
        values["status"] = Status.DEFUNCT
        settle_doubts(service=service, agent=agent, now=now, sources=[DoubtSource.CLOSED])
    else:
        if name == "hours":
            _look_at(amendment.value)
        amendment.former = {
            "value": getattr(service, name),
            "verified": service.verified.get(name, ""),
            "verified_on": service.verified_on and service.verified_on.isoformat(),
        }
        values[name] = amendment.value
    _settle(amendment, AmendmentState.ACCEPTED, agent=agent, now=now)
    return confirm_service(
        agent=agent, ref=service.ref, values=values, confirmed=[name] if name else [], now=now
    )


@transaction.atomic
def refuse_amendment(*, agent: Agent, ref: UUID, now: datetime) -> Service:
    """
    Raises:
        NotVisible: nothing of the sort, or the agent does not keep the directory.
        AlreadyDecided: it does not wait.
    """
    amendment, service = _waiting(ref)
    _settle(amendment, AmendmentState.REFUSED, agent=agent, now=now)
    record(agent=agent, deed="directory.refuse", subject=service)
    return service


@transaction.atomic
def undo_amendment(*, agent: Agent, ref: UUID, now: datetime) -> Service:
    """
    As before the decision: what stood in the entry, its day, and the proposal that waits.

    Raises:
        NotVisible: nothing of the sort, or the agent does not keep the directory.
        NotUndoable: the entry changed since, or it was long ago, or nobody decided it.
    """
    amendment, service = _locked(ref)
    recent = amendment.settled_at is not None and now - amendment.settled_at <= UNDONE_FOR
    if not recent or amendment.settled_by_id is None:
        raise NotUndoable
    if amendment.state == AmendmentState.ACCEPTED:
        _give_back(service, amendment, now=now)
    amendment.state, amendment.former = AmendmentState.WAITING, None
    amendment.settled_at, amendment.settled_by = None, None
    amendment.save(update_fields=["state", "former", "settled_at", "settled_by"])
    record(agent=agent, deed="directory.undo", subject=service)
    return service


def place_of(ref: UUID) -> UUID:
    """
    The place that a proposal is about.

    Raises:
        NotVisible: nothing of the sort, or the agent does not keep the directory.
    """
    found = Amendment.objects.filter(ref=ref).values_list("service__ref", flat=True).first()
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def set_doubts_aside(*, agent: Agent, ref: UUID, now: datetime) -> int:
    """
    Raises:
        NotVisible: no such place, or the agent does not keep the directory.
    """
    service = lock_service(ref)
    count = settle_doubts(service=service, agent=agent, now=now)
    record(agent=agent, deed="directory.set_aside", subject=service, detail={"doubts": count})
    return count


@transaction.atomic
def take_doubts_back(*, agent: Agent, ref: UUID, now: datetime) -> int:
    """Those that were set aside last wait again, as long as one may undo."""
    service = lock_service(ref)
    settled = Doubt.objects.filter(service=service, settled_at__gt=now - UNDONE_FOR)
    last = settled.order_by("-settled_at").first()
    count = 0
    if last is not None:
        count = settled.filter(settled_at=last.settled_at).update(settled_at=None, settled_by=None)
    record(agent=agent, deed="directory.undo", subject=service, detail={"doubts": count})
    return count


def _locked(ref: UUID) -> tuple[Amendment, Service]:
    found = Amendment.objects.filter(ref=ref).select_related("service").first()
    if found is None:
        raise NotVisible
    service = lock_service(found.service.ref)
    return Amendment.objects.select_for_update().get(pk=found.pk), service


def _waiting(ref: UUID) -> tuple[Amendment, Service]:
    amendment, service = _locked(ref)
    if amendment.state != AmendmentState.WAITING:
        raise AlreadyDecided
    return amendment, service


def _settle(amendment: Amendment, state: str, *, agent: Agent, now: datetime) -> None:
    amendment.state, amendment.settled_at, amendment.settled_by = state, now, agent
    amendment.save(update_fields=["state", "settled_at", "settled_by", "former"])


def _look_at(hours: Any) -> None:
    try:
        if hours:
            read_hours(str(hours))
    except UnreadableHours:
        raise ToBeWrittenByHand from None


def _give_back(service: Service, amendment: Amendment, *, now: datetime) -> None:
    former, name = amendment.former or {}, amendment.field
    if amendment.kind == AmendmentKind.CLOSED:
        if service.status != Status.DEFUNCT:
            raise NotUndoable
        service.status, changed = former["status"], ["status"]
    else:
        if getattr(service, name) != amendment.value:
            raise NotUndoable
        setattr(service, name, former["value"])
        service.verified.pop(name, None)
        if former["verified"]:
            service.verified[name] = former["verified"]
        service.verified_on = former["verified_on"] if service.verified else None
        changed = [name, "verified", "verified_on"]
    service.updated_at = now
    service.save(update_fields=[*changed, "updated_at"])
