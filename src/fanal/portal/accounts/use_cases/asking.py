"""A deed that two people must want: one asks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent, Organisation, TwoPersonRequest
from fanal.ground.agents.terms import RequestKind
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.portal.accounts.queries import lock_agent, organisations_shared


class AlreadyAsked(Refusal):
    message = "La même demande attend déjà une réponse."


class AskedByOneself(Refusal):
    message = "Une autre personne doit confirmer : ni celle qui demande, ni celle qu’on réinscrit."


def ask(
    *,
    kind: RequestKind,
    agent: Agent,
    about: Agent,
    organisation: Organisation,
    reason: str,
    now: datetime,
    role: str = "",
) -> TwoPersonRequest:
    """
    Raises:
        AlreadyAsked: the same waits.
        AskedByOneself: nobody asks for their own account.
    """
    if about == agent:
        raise AskedByOneself
    same = {"kind": kind, "agent": about, "organisation": organisation, "role": role}
    if TwoPersonRequest.objects.filter(**same, answer="").exists():
        raise AlreadyAsked
    asked = TwoPersonRequest.objects.create(**same, reason=reason, asked_by=agent, asked_at=now)
    record(
        agent=agent,
        deed=f"agent.ask_{kind}",
        subject=about,
        organisation=organisation,
        detail={"role": role} if role else {},
    )
    return asked


@transaction.atomic
def ask_to_reenrol(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> TwoPersonRequest:
    """
    Ask that somebody who lost their factor start again; another person confirms.

    Raises:
        NotVisible, AlreadyAsked, AskedByOneself.
    """
    about = lock_agent(agent=agent, ref=ref, now=now)
    organisation = organisations_shared(agent, about, now=now)[0]
    return ask(
        kind=RequestKind.REENROL,
        agent=agent,
        about=about,
        organisation=organisation,
        reason=reason,
        now=now,
    )
