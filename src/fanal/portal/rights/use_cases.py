"""A request, from its reception to its answer: one month, two more with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from fanal.ground.access.decisions import postings_of
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due
from fanal.ground.documents import contents
from fanal.ground.documents.rendering import render
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.people.models import Minor
from fanal.ground.people.phonetics import name_keys, plain
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.portal.rights.models import Correction, RightsRequest, RightsStep
from fanal.portal.rights.queries import answers_for, file_of, lock_request
from fanal.portal.rights.terms import Asker, Field, Kind, Status, StepKind, Way, Withheld

SERVICE = "Protection des données"
NAMED = (Field.GIVEN_NAMES, Field.FAMILY_NAME)


class NotAuthorised(Refusal):
    message = "Vous ne répondez aux demandes d’aucune autorité."


class ReceivedLater(Refusal):
    message = "La demande ne peut pas avoir été reçue un jour à venir."


class AlreadyExtended(Refusal):
    message = "Le délai a déjà été prolongé : il ne l’est qu’une fois (RGPD art. 12, par. 3)."


class TooLateToExtend(Refusal):
    message = "Le premier mois est passé : le délai ne peut plus être prolongé."


class OutOfTurn(Refusal):
    message = "Cette étape n’est plus, ou pas encore, possible : relisez l’état de la demande."


class ReasonMissing(Refusal):
    message = "Écrivez le motif."


class NotARectification(Refusal):
    message = "Cette demande est un accès : elle ne change rien au dossier."


class NothingChanges(Refusal):
    message = "La donnée est déjà écrite ainsi."


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
    _step(request, agent, StepKind.RECORDED, now)
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
    _in_turn(request, Status.RECEIVED)
    if not how.strip():
        raise ReasonMissing("Écrivez comment l’identité a été vérifiée.")
    request.identity_check, request.status = how.strip(), Status.IDENTIFIED
    request.file_ref = file_ref or request.file_ref
    request.save(update_fields=["identity_check", "status", "file_ref"])
    _step(request, agent, StepKind.IDENTIFIED, now)
    return request


@transaction.atomic
def extend_delay(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> RightsRequest:
    """
    Two more months, once, told with its reason within the first (RGPD art. 12, par. 3).

    Raises:
        NotVisible, OutOfTurn, AlreadyExtended, TooLateToExtend, ReasonMissing.
    """
    request = lock_request(agent=agent, ref=ref, answering=True)
    _in_turn(request, Status.RECEIVED, Status.IDENTIFIED, Status.PREPARED)
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
    _step(request, agent, StepKind.EXTENDED, now)
    return request


@transaction.atomic
def prepare_answer(
    *, agent: Agent, ref: UUID, given: str, withheld: list[Withheld], now: datetime
) -> RightsRequest:
    """
    Whoever holds the file says what is given, and on which grounds the rest is not.

    Raises:
        NotVisible: the file is not open to this agent.
        OutOfTurn, ReasonMissing.
    """
    request = lock_request(agent=agent, ref=ref, answering=False)
    _in_turn(request, Status.IDENTIFIED, Status.PREPARED)
    if not given.strip():
        raise ReasonMissing("Écrivez ce qui est communiqué, ou pourquoi rien ne l’est.")
    request.given, request.withheld = given.strip(), [str(one) for one in withheld]
    request.status = Status.PREPARED
    request.save(update_fields=["given", "withheld", "status"])
    _step(request, agent, StepKind.PREPARED, now)
    return request


@transaction.atomic
def correct_file(
    *, agent: Agent, ref: UUID, field: Field, corrected: str, now: datetime
) -> Correction:
    """
    Put one piece of the minor's identity right; what stood there before is kept.

    Raises:
        NotVisible, NotARectification, OutOfTurn, NothingChanges.
    """
    request = lock_request(agent=agent, ref=ref, answering=False)
    _in_turn(request, Status.IDENTIFIED, Status.PREPARED)
    if request.kind != Kind.RECTIFICATION:
        raise NotARectification
    case_file = file_of(request)
    minor = Minor.objects.select_for_update().filter(case_file=case_file).first()
    if case_file is None or minor is None:
        raise NotVisible
    former = getattr(minor, field)
    if former == corrected.strip():
        raise NothingChanges
    setattr(minor, field, corrected.strip())
    changed = [str(field)]
    if field in NAMED:
        minor.name_plain = plain(f"{minor.given_names} {minor.family_name}")
        minor.name_keys = name_keys(minor.given_names, minor.family_name)
        changed += ["name_plain", "name_keys"]
    minor.save(update_fields=changed)
    correction = Correction.objects.create(
        case_file=case_file,
        request=request,
        field=field,
        former=former,
        corrected=corrected.strip(),
        at=now,
        agent=agent,
    )
    record(agent=agent, deed="rights.correct", subject=correction, detail={"field": str(field)})
    _step(request, agent, StepKind.CORRECTED, now)
    return correction


@transaction.atomic
def answer_request(*, agent: Agent, ref: UUID, now: datetime) -> RightsRequest:
    """
    Send what was prepared: the letter says what is given, and the grounds of what is not.

    Raises:
        NotVisible, OutOfTurn.
    """
    request = lock_request(agent=agent, ref=ref, answering=True)
    _in_turn(request, Status.PREPARED)
    return _close(request, agent, Status.ANSWERED, StepKind.ANSWERED, now)


@transaction.atomic
def refuse_request(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> RightsRequest:
    """
    Refuse with a reason that the letter gives, with the ways to appeal (RGPD art. 12, par. 4).

    Raises:
        NotVisible, OutOfTurn, ReasonMissing.
    """
    request = lock_request(agent=agent, ref=ref, answering=True)
    _in_turn(request, Status.RECEIVED, Status.IDENTIFIED, Status.PREPARED)
    if not reason.strip():
        raise ReasonMissing
    request.refusal_reason = reason.strip()
    return _close(request, agent, Status.REFUSED, StepKind.REFUSED, now)


def _close(
    request: RightsRequest, agent: Agent, status: Status, step: StepKind, now: datetime
) -> RightsRequest:
    request.status, request.answered_at = status, now
    request.letter = render(_letter(request, agent, now))
    request.save(update_fields=["status", "answered_at", "refusal_reason", "letter"])
    _step(request, agent, step, now)
    return request


def _letter(request: RightsRequest, agent: Agent, now: datetime) -> contents.RightsAnswer:
    here = (posting.organisation for posting in postings_of(agent))
    phone = next((one.phone for one in here if one.authority_id == request.authority_id), "")
    refused = request.status == Status.REFUSED
    return contents.RightsAnswer(
        heading=contents.Heading(
            sender=contents.Sender(
                authority=request.authority.name,
                service=SERVICE,
                phone=phone,
                timezone=request.authority.timezone,
            ),
            signatory=contents.Signatory(name=agent.name, function=agent.function),
            reference=str(request.ref)[:8],
            written_at=now,
            recipient=contents.Recipient(
                name=request.asker_name, lines=tuple(request.asker_contact.splitlines())
            ),
            demonstration=not settings.FANAL_SERVICE,
        ),
        rectification=request.kind == Kind.RECTIFICATION,
        received_on=request.received_on,
        given="" if refused else request.given,
        withheld=() if refused else tuple(request.withheld_in_words),
        refusal=request.refusal_reason,
    )


def _in_turn(request: RightsRequest, *expected: Status) -> None:
    if request.status not in expected:
        raise OutOfTurn


def _step(request: RightsRequest, agent: Agent, step: StepKind, now: datetime) -> None:
    RightsStep.objects.create(request=request, at=now, agent=agent, step=step)
    record(agent=agent, deed=f"rights.{step}", subject=request, detail={"kind": request.kind})


def _noon(authority: ChildWelfareAuthority, day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(authority.timezone))
