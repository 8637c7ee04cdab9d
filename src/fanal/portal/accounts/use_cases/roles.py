"""A role is withdrawn: said why, at once, with what it opened by name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.ground.access.asking import acting_as
from fanal.ground.access.use_cases import end_holdings
from fanal.ground.access.use_cases.steps import ReasonMissing
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.queries import find_organisation
from fanal.ground.agents.sessions import close_sessions
from fanal.ground.agents.terms import GIVEN_BY_TWO, RequestKind, Role, held_in
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day
from fanal.portal.accounts.queries import (
    PARIS,
    administrators_of,
    postings_here,
    running_postings,
)
from fanal.portal.accounts.use_cases.accounts import RoleNotHeldThere, others_account
from fanal.portal.accounts.use_cases.asking import ask
from fanal.protect.situations.use_cases.departures import check_departure


class NoSuchRole(Refusal):
    message = (
        "Personne, à cette adresse, ne tient ce rôle dans cette organisation. Les rôles se disent "
        f"ainsi : {', '.join(Role)}."
    )


@transaction.atomic
def withdraw_role(*, agent: Agent, ref: UUID, posting_id: int, reason: str, now: datetime) -> bool:
    """
    Withdraw a role that somebody holds in one's organisation, or is to hold.

    Returns:
        Whether it is withdrawn; a role that takes two people to give takes two to withdraw.

    Raises:
        NotVisible, OwnAccount, AlreadyAsked.
        RoleNotHeldThere: what one may not give, one does not touch.
        StillAccountable, StillStandingIn, KeepsSeals: minors or seals would be without anybody.
    """
    other = others_account(agent=agent, ref=ref, now=now)
    held = postings_here(agent, other, now=now).select_for_update(of=("self",))
    posting = held.filter(pk=posting_id).first()
    if posting is None:
        raise NotVisible
    if posting.role not in held_in(posting.organisation.kind):
        raise RoleNotHeldThere
    if posting.role in GIVEN_BY_TWO:
        ask(
            kind=RequestKind.WITHDRAWAL,
            agent=agent,
            about=other,
            organisation=posting.organisation,
            role=posting.role,
            reason=reason,
            now=now,
        )
        return False
    end_role(by=agent, posting=posting, reason=reason, now=now)
    return True


@transaction.atomic
def withdraw_as_host(
    *, email: str, role: str, organisation: str, reason: str, now: datetime
) -> None:
    """
    The last resort of whoever runs the service: an administrator is lost, or cannot be trusted.

    Raises:
        UnknownOrganisation, NoSuchRole, ReasonMissing.
        StillAccountable, StillStandingIn, KeepsSeals: as for anybody.
    """
    if not reason.strip():
        raise ReasonMissing
    here = find_organisation(organisation)
    with acting_as(None):
        held = running_postings(now=now).select_for_update(of=("self",))
        found = held.filter(agent__email__iexact=email, role=role, organisation=here).first()
        if found is None:
            raise NoSuchRole
        end_role(by=None, posting=found, reason=reason, now=now)


def end_role(*, by: Agent | None, posting: Posting, reason: str, now: datetime) -> None:
    """
    End a posting before this very day, so that no wall opens to it any more.

    Raises:
        StillAccountable, StillStandingIn, KeepsSeals.
    """
    other, organisation = posting.agent, posting.organisation
    today = _today(posting, now)
    last_day = today - timedelta(days=1)
    if organisation.authority is not None:
        check_departure(posting, last_day=last_day, today=today)
    posting.until = last_day
    posting.withdrawn_at, posting.withdrawn_by = now, by
    posting.withdrawn_reason = reason.strip()
    posting.save(update_fields=["until", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    files = 0
    if organisation.authority is not None:
        files = end_holdings(
            by=by,
            agent=other,
            authority=organisation.authority,
            role=Role(posting.role),
            now=now,
        )
    sessions = close_sessions(other)
    record(
        agent=by,
        deed="agent.withdraw_role",
        subject=other,
        organisation=organisation,
        detail={"role": posting.role, "files": files, "sessions": sessions},
    )
    _tell(by, other, posting, now)


def _tell(by: Agent | None, other: Agent, posting: Posting, now: datetime) -> None:
    notify(
        agents=[other],
        text="Un de vos rôles vous a été retiré. Votre administrateur peut vous dire pourquoi.",
        path=reverse("desks:home"),
        now=now,
    )
    colleagues = administrators_of(posting.organisation, now=now)
    notify(
        agents=[one for one in colleagues if one not in (by, other)],
        text="Un rôle a été retiré dans votre organisation.",
        path=reverse("accounts:agent", args=[other.ref]),
        now=now,
    )


def _today(posting: Posting, now: datetime) -> date:
    """The earlier of the two days, when the authority is overseas: both clocks take it for past."""
    here = now.astimezone(PARIS).date()
    authority = posting.organisation.authority
    return min(here, local_day(authority, now)) if authority is not None else here
