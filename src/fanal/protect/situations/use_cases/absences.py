"""Somebody is away: a colleague sees their situations meanwhile, and not a day longer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.ground.agents.models import Absence, Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries.accountable import (
    absence_day,
    authorities_answered_for,
    day_of,
    is_excluded,
    may_answer,
    overlapping,
    read_absence,
    supervises_one,
)
from fanal.protect.situations.queries.reading import visible_situations
from fanal.protect.situations.use_cases.holding import close_to_stand_in, open_to_stand_in
from fanal.protect.situations.use_cases.opening import NotSupervisor


class NotAPeriod(Refusal):
    message = "L'absence finit le jour où elle commence, ou après, et pas dans le passé."


class AlreadyAway(Refusal):
    message = "Une absence est déjà déclarée sur cette période : choisissez d'autres jours."


class StandInAway(Refusal):
    message = "Cette personne est elle-même absente sur cette période : choisissez-en une autre."


class CannotStandIn(Refusal):
    message = (
        "Cette personne ne peut pas remplacer sur toutes ces situations pendant toute la "
        "période : choisissez-en une autre."
    )


@transaction.atomic
def declare_absence(
    *, agent: Agent, absent: Agent, stand_in: Agent, since: date, until: date, now: datetime
) -> Absence:
    """
    Say that somebody is away, and who stands in: for the period, on each of their situations.

    Raises:
        NotSupervisor: only the person concerned and those who supervise them may say it.
        NotAPeriod, AlreadyAway, StandInAway, CannotStandIn: the rules refuse.
    """
    authorities = authorities_answered_for(absent, now=now)
    if agent != absent and not supervises_one(agent, authorities, now=now):
        raise NotSupervisor
    if until < since or until < day_of(authorities, now=now):
        raise NotAPeriod
    # Whoever takes a situation from, or gives one to, this person meanwhile waits.
    Agent.objects.select_for_update().get(pk=absent.pk)
    if overlapping(absent, since=since, until=until):
        raise AlreadyAway
    if overlapping(stand_in, since=since, until=until):
        raise StandInAway
    situations = list(visible_situations().living().followed_by(absent))
    _check_stand_in(absent, stand_in, authorities, situations, since=since, until=until)
    absence = Absence.objects.create(agent=absent, stand_in=stand_in, since=since, until=until)
    for situation in situations:
        open_to_stand_in(situation=situation, absence=absence)
        record(agent=agent, deed="situation.stand_in", subject=situation)
    record(agent=agent, deed="absence.declare", detail={"situations": len(situations)})
    notify(
        agents=[stand_in],
        text="Vous remplacez un collègue : ses situations vous seront ouvertes ces jours-là.",
        path=reverse("situations:mine"),
        now=now,
    )
    return absence


@transaction.atomic
def end_absence(*, agent: Agent, absence_ref: UUID, now: datetime) -> None:
    """
    The absent person is back early: the stand-in sees nothing more from this moment.

    Raises:
        NotVisible: there is no such absence, it is over, or it is not the agent's to end.
    """
    absence = read_absence(agent=agent, absence_ref=absence_ref, now=now)
    today = absence_day(absence, now=now)
    for situation in visible_situations().living().followed_by(absence.agent):
        close_to_stand_in(situation=situation, absence=absence, now=now)
    if absence.since >= today:
        absence.delete()
    else:
        absence.until = today - timedelta(days=1)
        absence.save(update_fields=["until"])
    record(agent=agent, deed="absence.end")


def _check_stand_in(
    absent: Agent,
    stand_in: Agent,
    authorities: list[ChildWelfareAuthority],
    situations: list[Situation],
    *,
    since: date,
    until: date,
) -> None:
    may = (
        authorities
        and stand_in != absent
        and all(
            may_answer(stand_in, authority, on=since) and may_answer(stand_in, authority, on=until)
            for authority in authorities
        )
    )
    if not may or any(is_excluded(stand_in, situation) for situation in situations):
        raise CannotStandIn
