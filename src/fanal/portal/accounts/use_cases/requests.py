from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents import factors
from fanal.ground.agents.models import Agent, Organisation, TwoPersonRequest
from fanal.ground.agents.sessions import close_sessions
from fanal.ground.agents.terms import Answer, LinkKind, RequestKind
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.portal.accounts.queries import (
    lock_agent,
    lock_postings,
    lock_request,
    organisations_shared,
)
from fanal.portal.accounts.use_cases.entering import make_link


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


@transaction.atomic
def confirm_request(*, agent: Agent, ref: UUID, now: datetime) -> tuple[TwoPersonRequest, str]:
    """
    Confirm what a colleague asked.

    Returns:
        The request; for a re-enrolment, the clear token of the new link, else nothing.

    Raises:
        NotVisible: not for this person to answer, or answered already.
        AskedByOneself.
    """
    from fanal.portal.accounts.use_cases.accounts import post
    from fanal.portal.accounts.use_cases.roles import end_role

    asked = _answer(agent=agent, ref=ref, answer=Answer.CONFIRMED, now=now)
    about = asked.agent
    if asked.kind == RequestKind.POSTING:
        post(by=agent, to=about, organisation=asked.organisation, role=asked.role, now=now)
        return asked, ""
    if asked.kind == RequestKind.WITHDRAWAL:
        for posting in lock_postings(asked, now=now):
            end_role(by=agent, posting=posting, reason=asked.reason, now=now)
        return asked, ""
    factors.forget_factors(about)
    close_sessions(about)
    about.set_unusable_password()
    about.save(update_fields=["password"])
    return asked, make_link(agent=about, kind=LinkKind.AGAIN, now=now)


@transaction.atomic
def decline_request(*, agent: Agent, ref: UUID, now: datetime) -> TwoPersonRequest:
    """
    Raises:
        NotVisible, AskedByOneself.
    """
    return _answer(agent=agent, ref=ref, answer=Answer.DECLINED, now=now)


def _answer(*, agent: Agent, ref: UUID, answer: Answer, now: datetime) -> TwoPersonRequest:
    asked = lock_request(agent=agent, ref=ref, now=now)
    if asked.answer:
        raise NotVisible
    if agent in (asked.asked_by, asked.agent):
        raise AskedByOneself
    asked.answer, asked.answered_by, asked.answered_at = answer, agent, now
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    record(
        agent=agent,
        deed=f"agent.{asked.kind}_{answer}",
        subject=asked.agent,
        organisation=asked.organisation,
    )
    return asked
