"""A request is recorded, its author recognised: one month, two more with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.queries import answers_for, lock_request
from fanal.portal.rights.terms import Asker, Kind, Status, StepKind, Way
from fanal.portal.rights.use_cases.turns import ReasonMissing, in_turn, keep_step


class NotAuthorised(Refusal):
    message = "Vous ne répondez aux demandes d’aucune autorité."


class ReceivedLater(Refusal):
    message = "La demande ne peut pas avoir été reçue un jour à venir : corrigez la date."


class AlreadyExtended(Refusal):
    message = "Le délai a déjà été prolongé : il ne l’est qu’une fois (RGPD art. 12, par. 3)."


class TooLateToExtend(Refusal):
    message = (
        "Le premier mois est passé : le délai ne peut plus être prolongé, répondez maintenant."
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the letter says, or the person at the desk."""

    kind: Kind
    asker: Asker
    name: str
    contact: str
    way: Way
    wish: str
    received_on: date
    file_ref: UUID | None = None


@transaction.atomic
def record_request(*, agent: Agent, asked: Asked, now: datetime) -> RightsRequest:
    """
    Record a request; the month runs from its reception, not from this moment.

    Whether the file exists is neither looked at nor said.

    Raises:
        NotAuthorised, ReceivedLater.
    """
    authority = next(iter(answers_for(agent)), None)
    if authority is None:
        raise NotAuthorised
    if asked.received_on > local_day(authority, now):
        raise ReceivedLater
    end = due(
        rule=RuleCode.RIGHTS_ANSWER, authority=authority, since=_noon(authority, asked.received_on)
    )
    request = RightsRequest.objects.create(
        authority=authority,
        file_ref=asked.file_ref,
        kind=asked.kind,
        asker=asked.asker,
        asker_name=asked.name.strip(),
        asker_contact=asked.contact.strip(),
        way=asked.way,
        wish=asked.wish.strip(),
        received_on=asked.received_on,
        recorded_at=now,
        recorded_by=agent,
        due_on=end.due_on,
        why_due=end.why,
    )
    keep_step(request, agent, StepKind.RECORDED, now)
    return request


@transaction.atomic
def check_identity(
    *, agent: Agent, ref: UUID, how: str, file_ref: UUID | None, now: datetime
) -> RightsRequest:
    """
    Say how the person was recognised, and which file they speak of.

    Raises:
        NotVisible, OutOfTurn, ReasonMissing.
    """
    request = lock_request(agent=agent, ref=ref, answering=True)
    in_turn(request, Status.RECEIVED)
    if not how.strip():
        raise ReasonMissing("Écrivez comment l’identité a été vérifiée.")
    request.identity_check, request.status = how.strip(), Status.IDENTIFIED
    request.file_ref = file_ref or request.file_ref
    request.save(update_fields=["identity_check", "status", "file_ref"])
    keep_step(request, agent, StepKind.IDENTIFIED, now)
    return request


@transaction.atomic
def extend_delay(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> RightsRequest:
    """
    Two more months, once, told with its reason within the first (RGPD art. 12, par. 3).

    Raises:
        NotVisible, OutOfTurn, AlreadyExtended, TooLateToExtend, ReasonMissing.
    """
    request = lock_request(agent=agent, ref=ref, answering=True)
    in_turn(request, Status.RECEIVED, Status.IDENTIFIED, Status.PREPARED)
    if request.extension_reason:
        raise AlreadyExtended
    if request.due_on < local_day(request.authority, now):
        raise TooLateToExtend
    if not reason.strip():
        raise ReasonMissing
    end = due(
        rule=RuleCode.RIGHTS_ANSWER_EXTENDED,
        authority=request.authority,
        since=_noon(request.authority, request.received_on),
    )
    request.extension_reason, request.due_on, request.why_due = reason.strip(), end.due_on, end.why
    request.save(update_fields=["extension_reason", "due_on", "why_due"])
    keep_step(request, agent, StepKind.EXTENDED, now)
    return request


def _noon(authority: ChildWelfareAuthority, day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(authority.timezone))
