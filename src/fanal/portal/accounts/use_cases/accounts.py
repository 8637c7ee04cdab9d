from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.sessions import close_sessions
from fanal.ground.agents.terms import GIVEN_BY_TWO, LinkKind, RequestKind, Role, held_in
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.portal.accounts.queries import PARIS, administered_by, lock_agent
from fanal.portal.accounts.use_cases.asking import ask
from fanal.portal.accounts.use_cases.entering import make_link
from fanal.protect.situations.queries.accountable import held_by


class OwnAccount(Refusal):
    message = "Personne n’agit sur son propre compte : demandez à un autre administrateur."


class AddressTaken(Refusal):
    message = "Un compte a déjà cette adresse. S’il est de votre organisation, ajoutez-lui un rôle."


class RoleNotHeldThere(Refusal):
    message = "Ce rôle n’existe pas dans ce type d’organisation : choisissez-en un autre."


class WorksElsewhere(Refusal):
    message = (
        "Cet agent travaille aussi pour une autre organisation : son compte ne se suspend pas "
        "d’ici. Fermez ses sessions, et prévenez l’administrateur de l’autre organisation."
    )


class StillAccountable(Refusal):
    def __init__(self, count: int) -> None:
        said = "une situation" if count == 1 else f"{count} situations"
        super().__init__(
            f"Cet agent répond encore de {said}. Un cadre les remet d’abord à quelqu’un "
            "d’autre (Équipe) ; en attendant, vous pouvez fermer ses sessions."
        )


@transaction.atomic
def invite_agent(
    *,
    agent: Agent,
    organisation: Organisation,
    email: str,
    name: str,
    function: str,
    roles: list[Role],
    now: datetime,
) -> tuple[Agent, str]:
    """
    Make an account that opens with a link, in one's own organisation.

    Returns:
        The new agent, and the clear token of the link, which is kept nowhere.

    Raises:
        NotVisible: the organisation is not one of the administrator's.
        AddressTaken, RoleNotHeldThere.
    """
    if organisation not in administered_by(agent, now=now):
        raise NotVisible
    if Agent.objects.filter(email__iexact=email).exists():
        raise AddressTaken
    invited = Agent.objects.create_user(
        email,
        None,
        name=name,
        function=function,
        is_active=False,
        is_demonstration=organisation.is_demonstration,
    )
    record(agent=agent, deed="agent.invite", subject=invited, organisation=organisation)
    for role in roles:
        _give(agent=agent, to=invited, organisation=organisation, role=role, now=now)
    return invited, make_link(agent=invited, kind=LinkKind.FIRST, now=now)


@transaction.atomic
def give_role(
    *, agent: Agent, ref: UUID, organisation: Organisation, role: Role, reason: str, now: datetime
) -> bool:
    """
    Give an agent a role in one's organisation.

    Returns:
        Whether it is given; a role that watches over access waits for a second administrator.

    Raises:
        NotVisible, OwnAccount, RoleNotHeldThere, AlreadyAsked.
    """
    to = others_account(agent=agent, ref=ref, now=now)
    if organisation not in administered_by(agent, now=now):
        raise NotVisible
    return _give(agent=agent, to=to, organisation=organisation, role=role, reason=reason, now=now)


def _give(
    *,
    agent: Agent,
    to: Agent,
    organisation: Organisation,
    role: Role,
    now: datetime,
    reason: str = "Invitation.",
) -> bool:
    if role not in held_in(organisation.kind):
        raise RoleNotHeldThere
    if role in GIVEN_BY_TWO:
        ask(
            kind=RequestKind.POSTING,
            agent=agent,
            about=to,
            organisation=organisation,
            role=role,
            reason=reason,
            now=now,
        )
        return False
    post(by=agent, to=to, organisation=organisation, role=role, now=now)
    return True


def post(*, by: Agent, to: Agent, organisation: Organisation, role: str, now: datetime) -> None:
    """Open a posting today; one that is open already stays as it is."""
    Posting.objects.get_or_create(
        agent=to,
        organisation=organisation,
        role=role,
        until=None,
        defaults={"since": now.astimezone(PARIS).date()},
    )
    record(
        agent=by,
        deed="agent.give_role",
        subject=to,
        organisation=organisation,
        detail={"role": str(role)},
    )


@transaction.atomic
def send_link_again(*, agent: Agent, ref: UUID, now: datetime) -> tuple[Agent, str]:
    """
    A new link for somebody who has not come yet; the former one dies.

    Raises:
        NotVisible, OwnAccount.
    """
    invited = others_account(agent=agent, ref=ref, now=now)
    if invited.is_active or not invited.invitations.filter(accepted_at__isnull=True).exists():
        raise NotVisible
    record(agent=agent, deed="agent.invite_again", subject=invited)
    return invited, make_link(agent=invited, kind=LinkKind.FIRST, now=now)


@transaction.atomic
def suspend_agent(*, agent: Agent, ref: UUID, now: datetime) -> None:
    """
    Close an account and its sessions, at once.

    Raises:
        NotVisible, OwnAccount, WorksElsewhere.
        StillAccountable: minors would be without anybody.
    """
    suspended = others_account(agent=agent, ref=ref, now=now)
    ours = administered_by(agent, now=now)
    if (
        Posting.objects.current(on=_today(now))
        .filter(agent=suspended)
        .exclude(organisation__in=ours)
        .exists()
    ):
        raise WorksElsewhere
    if count := _situations_of(suspended):
        raise StillAccountable(count)
    suspended.is_active = False
    suspended.save(update_fields=["is_active"])
    ended = close_sessions(suspended)
    record(agent=agent, deed="agent.suspend", subject=suspended, detail={"sessions": ended})


@transaction.atomic
def resume_agent(*, agent: Agent, ref: UUID, now: datetime) -> None:
    """
    Open again an account that was suspended; one that was never opened waits for its link.

    Raises:
        NotVisible, OwnAccount.
    """
    resumed = others_account(agent=agent, ref=ref, now=now)
    came_once = resumed.has_usable_password() or SocialAccount.objects.filter(user=resumed).exists()
    if not came_once and not resumed.is_demonstration:
        raise NotVisible
    resumed.is_active = True
    resumed.save(update_fields=["is_active"])
    record(agent=agent, deed="agent.resume", subject=resumed)


@transaction.atomic
def close_sessions_of(*, agent: Agent, ref: UUID, now: datetime) -> int:
    """
    Sign somebody out everywhere: a telephone was stolen.

    Raises:
        NotVisible, OwnAccount.
    """
    other = others_account(agent=agent, ref=ref, now=now)
    ended = close_sessions(other)
    record(agent=agent, deed="agent.close_sessions", subject=other, detail={"sessions": ended})
    return ended


def others_account(*, agent: Agent, ref: UUID, now: datetime) -> Agent:
    """
    Raises:
        NotVisible: not an agent of one's organisations.
        OwnAccount.
    """
    other = lock_agent(agent=agent, ref=ref, now=now)
    if other == agent:
        raise OwnAccount
    return other


def _today(now: datetime) -> date:
    return now.astimezone(PARIS).date()


def _situations_of(agent: Agent) -> int:
    authorities = ChildWelfareAuthority.objects.filter(
        organisation__postings__agent=agent
    ).distinct()
    return sum(held_by(agent, one) for one in authorities)
