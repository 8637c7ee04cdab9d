"""Who may answer for a minor, and who does today."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from fanal.ground.access.models import Exclusion, Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Absence, Agent, Posting
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.errors import NotVisible
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Situation

# The database holds the same pair (see the triggers).
ACCOUNTABLE = (Role.REFERENT, Role.SUPERVISOR)


def may_answer(agent: Agent, authority: ChildWelfareAuthority, *, on: date) -> bool:
    """Whether the agent holds, that day, a role that may answer for a minor there."""
    postings = Posting.objects.of_authority(authority, *ACCOUNTABLE).current(on=on)
    return agent.is_active and postings.filter(agent=agent).exists()


def supervises(agent: Agent, authority: ChildWelfareAuthority, *, on: date) -> bool:
    postings = Posting.objects.of_authority(authority, Role.SUPERVISOR).current(on=on)
    return agent.is_active and postings.filter(agent=agent).exists()


def is_excluded(agent: Agent, situation: Situation) -> bool:
    """Whether the agent must never see this file: a relative, somebody involved."""
    return Exclusion.objects.filter(agent=agent, case_file=situation.case_file_id).exists()


def stands_in(agent: Agent, situation: Situation, *, at: datetime) -> bool:
    grants = Grant.objects.living(at=at).filter(capacity=Capacity.STAND_IN)
    return grants.filter(agent=agent, case_file=situation.case_file_id).exists()


def may_write(agent: Agent, situation: Situation, *, now: datetime) -> bool:
    """The référent, who stands in for them, and those who supervise."""
    return (
        situation.referent_id == agent.pk
        or stands_in(agent, situation, at=now)
        or supervises(agent, situation.authority, on=local_day(situation.authority, now))
    )


def possible_referents(authority: ChildWelfareAuthority, *, on: date) -> list[Agent]:
    return agents_of(authority, *ACCOUNTABLE, on=on)


def absences_from(agent: Agent, *, day: date) -> list[Absence]:
    """Absences of an agent that run on that day, or are to come."""
    absences = Absence.objects.filter(agent=agent, until__gte=day).order_by("since")
    return list(absences.select_related("agent", "stand_in"))


def standing_in_for(agent: Agent, *, day: date) -> list[Absence]:
    """Absences during which the agent stands in for a colleague, now or to come."""
    absences = Absence.objects.filter(stand_in=agent, until__gte=day).order_by("since")
    return list(absences.select_related("agent", "stand_in"))


def overlapping(agent: Agent, *, since: date, until: date) -> bool:
    """Whether the agent is away, for one day at least, in the period."""
    return Absence.objects.filter(agent=agent, since__lte=until, until__gte=since).exists()


def authorities_answered_for(agent: Agent, *, now: datetime) -> list[ChildWelfareAuthority]:
    """Authorities where the agent may answer for a minor today."""
    authorities = ChildWelfareAuthority.objects.filter(
        organisation__postings__agent=agent, organisation__postings__role__in=ACCOUNTABLE
    ).distinct()
    return [one for one in authorities if may_answer(agent, one, on=local_day(one, now))]


def supervised_by(agent: Agent, *, now: datetime) -> list[ChildWelfareAuthority]:
    """Authorities whose situations the agent supervises today."""
    return [
        one
        for one in authorities_answered_for(agent, now=now)
        if supervises(agent, one, on=local_day(one, now))
    ]


def held_by(agent: Agent, authority: ChildWelfareAuthority) -> int:
    """How many living situations the agent answers for there, sealed files included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT situations_held_by(%s, %s)", [agent.pk, authority.pk])
        (held,) = cursor.fetchone()
    return int(held)


def supervises_one(
    agent: Agent, authorities: list[ChildWelfareAuthority], *, now: datetime
) -> bool:
    return any(supervises(agent, one, on=local_day(one, now)) for one in authorities)


def day_of(authorities: list[ChildWelfareAuthority], *, now: datetime) -> date:
    """The day that it is where somebody works."""
    return local_day(authorities[0], now) if authorities else localdate(now)


def absence_day(absence: Absence, *, now: datetime) -> date:
    return day_of(authorities_answered_for(absence.agent, now=now), now=now)


def read_absence(*, agent: Agent, absence_ref: UUID, now: datetime) -> Absence:
    """
    An absence that runs or is to come, for the person concerned and those who supervise them.

    Raises:
        NotVisible: there is none, it is over, or it is somebody else's affair.
    """
    absence = Absence.objects.select_related("agent", "stand_in").filter(ref=absence_ref).first()
    if absence is None or absence.until < absence_day(absence, now=now):
        raise NotVisible
    authorities = authorities_answered_for(absence.agent, now=now)
    if agent != absence.agent and not supervises_one(agent, authorities, now=now):
        raise NotVisible
    return absence
