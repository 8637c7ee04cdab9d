"""What an administrator sees: the accounts of their own organisations, and no other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, TextChoices

from fanal.ground.agents.models import (
    Agent,
    ApiToken,
    Invitation,
    Organisation,
    Posting,
    TwoPersonRequest,
)
from fanal.ground.agents.terms import LinkKind, RequestKind, Role
from fanal.ground.errors import NotVisible

PARIS = ZoneInfo("Europe/Paris")


def administered_by(agent: Agent, *, now: datetime) -> list[Organisation]:
    """Organisations where the agent is an administrator today."""
    return _organisations_of(agent, Role.ADMINISTRATOR, now=now)


def answered_for_by(agent: Agent, *, now: datetime) -> list[Organisation]:
    """Organisations for whose data the agent answers in law today."""
    return _organisations_of(agent, Role.CONTROLLER, now=now)


def _organisations_of(agent: Agent, role: Role, *, now: datetime) -> list[Organisation]:
    held = Posting.objects.current(on=now.astimezone(PARIS).date()).filter(agent=agent, role=role)
    return list(Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name"))


def agents_administered_by(agent: Agent, *, now: datetime) -> QuerySet[Agent]:
    """Agents who hold, held or are to hold a role in one's organisations, by name."""
    ours = administered_by(agent, now=now)
    held = Posting.objects.filter(organisation__in=ours).values("agent")
    asked = TwoPersonRequest.objects.filter(organisation__in=ours).values("agent")
    return Agent.objects.filter(Q(pk__in=held) | Q(pk__in=asked)).order_by("name", "pk")


class State(TextChoices):
    ACTIVE = "active", "Ouvert"
    INVITED = "invited", "Invité"
    SUSPENDED = "suspended", "Suspendu"


def state_of(agent: Agent, *, now: datetime) -> State:
    if agent.is_active:
        return State.ACTIVE
    return State.INVITED if _never_came(agent) else State.SUSPENDED


def _never_came(agent: Agent) -> bool:
    links = Invitation.objects.filter(agent=agent, kind=LinkKind.FIRST)
    return links.exists() and not links.filter(accepted_at__isnull=False).exists()


def narrowed(found: QuerySet[Agent], asked: dict[str, str], *, now: datetime) -> QuerySet[Agent]:
    """By words of the name or function, by state, by a role held today."""
    if text := asked.get("q"):
        found = found.filter(Q(name__icontains=text) | Q(function__icontains=text))
    if role := asked.get("role"):
        held = Posting.objects.current(on=now.astimezone(PARIS).date()).filter(role=role)
        found = found.filter(pk__in=held.values("agent"))
    came = Invitation.objects.filter(kind=LinkKind.FIRST, accepted_at__isnull=False)
    asked_in = Invitation.objects.filter(kind=LinkKind.FIRST).exclude(
        agent__in=came.values("agent")
    )
    if asked.get("state") == State.ACTIVE:
        return found.filter(is_active=True)
    if asked.get("state") == State.INVITED:
        return found.filter(is_active=False, pk__in=asked_in.values("agent"))
    if asked.get("state") == State.SUSPENDED:
        return found.filter(is_active=False).exclude(pk__in=asked_in.values("agent"))
    return found


def read_agent(*, agent: Agent, ref: UUID, now: datetime) -> Agent:
    """
    Raises:
        NotVisible: not an agent of one's organisations.
    """
    return _one(agents_administered_by(agent, now=now), ref)


def lock_agent(*, agent: Agent, ref: UUID, now: datetime) -> Agent:
    """
    Raises:
        NotVisible: not an agent of one's organisations.
    """
    return _one(agents_administered_by(agent, now=now).select_for_update(of=("self",)), ref)


def _one(found: QuerySet[Agent], ref: UUID) -> Agent:
    one = found.filter(ref=ref).first()
    if one is None:
        raise NotVisible
    return one


def organisations_shared(agent: Agent, other: Agent, *, now: datetime) -> list[Organisation]:
    """
    Organisations of the administrator where the other one works or is to work.

    Raises:
        NotVisible: there is none.
    """
    ours = administered_by(agent, now=now)
    shared = [
        one
        for one in ours
        if Posting.objects.filter(organisation=one, agent=other).exists()
        or TwoPersonRequest.objects.filter(organisation=one, agent=other).exists()
    ]
    if not shared:
        raise NotVisible
    return shared


def postings_here(agent: Agent, other: Agent, *, now: datetime) -> QuerySet[Posting]:
    """Roles that the other one holds in the administrator's organisations, or is to hold."""
    ours = administered_by(agent, now=now)
    return running_postings(now=now).filter(agent=other, organisation__in=ours)


def running_postings(*, now: datetime) -> QuerySet[Posting]:
    """Postings that run today, and those to come."""
    running = Q(until__isnull=True) | Q(until__gte=now.astimezone(PARIS).date())
    found = Posting.objects.filter(running).select_related("agent", "organisation__authority")
    return found.order_by("since", "pk")


def administrators_of(organisation: Organisation, *, now: datetime) -> list[Agent]:
    held = Posting.objects.current(on=now.astimezone(PARIS).date())
    held = held.filter(organisation=organisation, role=Role.ADMINISTRATOR)
    return list(Agent.objects.filter(is_active=True, postings__in=held).distinct().order_by("pk"))


def requests_to_answer(agent: Agent, *, now: datetime) -> QuerySet[TwoPersonRequest]:
    """
    What waits for a second person in one's organisations.

    An administrator answers all; a controller, for a lost factor and for a role withdrawn.
    """
    ours = Q(organisation__in=administered_by(agent, now=now))
    second = Q(
        organisation__in=answered_for_by(agent, now=now),
        kind__in=(RequestKind.REENROL, RequestKind.WITHDRAWAL),
    )
    waiting = TwoPersonRequest.objects.filter(ours | second, answer="")
    return waiting.select_related("agent", "organisation", "asked_by").order_by("asked_at", "pk")


def lock_request(*, agent: Agent, ref: UUID, now: datetime) -> TwoPersonRequest:
    """
    Raises:
        NotVisible: not for this person to answer, or answered.
    """
    waiting = requests_to_answer(agent, now=now).select_for_update(of=("self",))
    found = waiting.filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def lock_postings(asked: TwoPersonRequest, *, now: datetime) -> QuerySet[Posting]:
    """The postings whose withdrawal was asked, if they still run."""
    held = running_postings(now=now).select_for_update(of=("self",))
    return held.filter(agent=asked.agent, organisation=asked.organisation, role=asked.role)


def tokens_of(agent: Agent, *, now: datetime) -> QuerySet[ApiToken]:
    """Tokens of one's organisations, the newest first."""
    ours = administered_by(agent, now=now)
    found = ApiToken.objects.filter(organisation__in=ours).select_related("organisation")
    return found.order_by("-created_at", "-pk")


def lock_token(*, agent: Agent, ref: UUID, now: datetime) -> ApiToken:
    """
    Raises:
        NotVisible: it is another organisation's, or works no more.
    """
    living = tokens_of(agent, now=now).select_for_update(of=("self",))
    found = living.filter(ref=ref, revoked_at__isnull=True).exclude(ends_at__lte=now).first()
    if found is None:
        raise NotVisible
    return found
