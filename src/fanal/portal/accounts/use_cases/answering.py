"""A deed that two people must want: the other confirms or declines, and it is done or not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents import factors
from fanal.ground.agents.models import Agent, TwoPersonRequest
from fanal.ground.agents.sessions import close_sessions
from fanal.ground.agents.terms import Answer, LinkKind, RequestKind
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.portal.accounts.queries import lock_postings, lock_request
from fanal.portal.accounts.use_cases.accounts import post
from fanal.portal.accounts.use_cases.asking import AskedByOneself
from fanal.portal.accounts.use_cases.entering import make_link
from fanal.portal.accounts.use_cases.roles import end_role


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
