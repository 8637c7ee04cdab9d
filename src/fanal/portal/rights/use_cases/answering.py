"""The answer: prepared by whoever holds the file, sent or refused by whoever answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from fanal.ground.access.decisions import postings_of
from fanal.ground.agents.models import Agent
from fanal.ground.documents import contents
from fanal.ground.documents.rendering import render
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.queries import lock_request
from fanal.portal.rights.terms import Kind, Status, StepKind, Withheld
from fanal.portal.rights.use_cases.turns import ReasonMissing, in_turn, keep_step

SERVICE = "Protection des données"


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
    in_turn(request, Status.IDENTIFIED, Status.PREPARED)
    if not given.strip():
        raise ReasonMissing("Écrivez ce qui est communiqué, ou pourquoi rien ne l’est.")
    request.given, request.withheld = given.strip(), [str(one) for one in withheld]
    request.status = Status.PREPARED
    request.save(update_fields=["given", "withheld", "status"])
    keep_step(request, agent, StepKind.PREPARED, now)
    return request


@transaction.atomic
def answer_request(*, agent: Agent, ref: UUID, now: datetime) -> RightsRequest:
    """
    Send what was prepared: the letter says what is given, and the grounds of what is not.

    Raises:
        NotVisible, OutOfTurn.
    """
    request = lock_request(agent=agent, ref=ref, answering=True)
    in_turn(request, Status.PREPARED)
    return _close(request, agent, Status.ANSWERED, StepKind.ANSWERED, now)


@transaction.atomic
def refuse_request(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> RightsRequest:
    """
    Refuse with a reason that the letter gives, with the ways to appeal (RGPD art. 12, par. 4).

    Raises:
        NotVisible, OutOfTurn, ReasonMissing.
    """
    request = lock_request(agent=agent, ref=ref, answering=True)
    in_turn(request, Status.RECEIVED, Status.IDENTIFIED, Status.PREPARED)
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
    keep_step(request, agent, step, now)
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
