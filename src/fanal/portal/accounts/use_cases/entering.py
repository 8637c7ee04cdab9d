from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.identity import IdentityProvider
from fanal.ground.agents.models import Agent, Invitation
from fanal.ground.agents.sessions import close_sessions
from fanal.ground.agents.terms import LinkKind
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.portal.accounts.queries import running_postings

LINK_LASTS = timedelta(days=3)


class LinkOver(Refusal):
    message = (
        "Ce lien ne fonctionne plus : il a servi, il a expiré ou un autre l’a remplacé. "
        "Demandez-en un nouveau à votre administrateur."
    )


class NotInvited(Refusal):
    """The identity is true; nobody made an account for it, or not in that body."""


def make_link(*, agent: Agent, kind: LinkKind, now: datetime) -> str:
    """A link that works once; the ones before it work no more. Returns its clear token."""
    Invitation.objects.open(at=now).filter(agent=agent).update(cancelled_at=now)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        agent=agent,
        kind=kind,
        digest=_digest(token),
        created_at=now,
        expires_at=now + LINK_LASTS,
    )
    return token


def find_link(token: str, *, now: datetime) -> Invitation:
    """
    Raises:
        LinkOver: no living link has this token.
    """
    found = (
        Invitation.objects.open(at=now)
        .select_related("agent")
        .filter(digest=_digest(token))
        .first()
    )
    if found is None:
        raise LinkOver
    return found


@transaction.atomic
def accept_link(*, token: str, password: str, now: datetime) -> Agent:
    """
    Choose a password behind a link, once.

    Raises:
        LinkOver: somebody was quicker, or it is too late.
    """
    found = find_link(token, now=now)
    # Two at once: the second one waits here, then finds it taken.
    if not Invitation.objects.open(at=now).filter(pk=found.pk).update(accepted_at=now):
        raise LinkOver
    agent = found.agent
    agent.set_password(password)
    if found.kind == LinkKind.FIRST:
        agent.is_active = True
    agent.save(update_fields=["password", "is_active"])
    close_sessions(agent)
    with acting_as(agent):
        record(agent=agent, deed="agent.accept_link", subject=agent, detail={"kind": found.kind})
    return agent


@transaction.atomic
def find_invited(
    *, claims: dict[str, Any], known: Agent | None, provider: IdentityProvider, now: datetime
) -> Agent:
    """
    The agent whose identity a provider gives; an account waiting for its first sign-in opens.

    Raises:
        NotInvited: no account has this address, verified; or it belongs to another body.
    """
    agent = known or _agent_of(claims, provider)
    siret = str(claims.get("siret") or "")
    works_there = running_postings(now=now).filter(agent=agent, organisation__siret=siret)
    if siret and not works_there.exists():
        raise NotInvited
    if not agent.is_active:
        waiting = Invitation.objects.open(at=now).filter(agent=agent, kind=LinkKind.FIRST)
        if not waiting.update(accepted_at=now):
            raise NotInvited
        agent.is_active = True
        agent.save(update_fields=["is_active"])
        with acting_as(agent):
            detail = {"kind": LinkKind.FIRST, "by": provider.name}
            record(agent=agent, deed="agent.accept_link", subject=agent, detail=detail)
    return agent


def _agent_of(claims: dict[str, Any], provider: IdentityProvider) -> Agent:
    verified = claims.get("email_verified") is True or (
        provider.vouches_for_email and "email_verified" not in claims
    )
    email = str(claims.get("email") or "")
    agent = Agent.objects.filter(email__iexact=email, is_demonstration=False).first()
    if not verified or not email or agent is None:
        raise NotInvited
    return agent


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
