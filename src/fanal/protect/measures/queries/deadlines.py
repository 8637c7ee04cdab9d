"""Clocks of the measures, and all those that an agent watches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from fanal.ground.access.models import Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock, ClockQuerySet
from fanal.protect.measures.models import CareQuestion, ExitBan, Measure


def subjects_of(measure: Measure) -> set[UUID]:
    """What the clocks of a measure may be about: itself, its questions, its exit bans."""
    questions = CareQuestion.objects.filter(measure=measure).values_list("ref", flat=True)
    bans = ExitBan.objects.filter(measure=measure).values_list("ref", flat=True)
    return {measure.ref, *questions, *bans}


def clocks_of_measure(measure: Measure) -> ClockQuerySet:
    """Every clock of a measure, running or not, the first due first."""
    found: ClockQuerySet = Clock.objects.filter(subject_ref__in=subjects_of(measure))
    return found.soonest_first()


def running_clocks(measures: Iterable[Measure]) -> dict[UUID, list[Clock]]:
    """The running clocks of each measure itself, by reference, in one reading."""
    refs = [measure.ref for measure in measures]
    found: dict[UUID, list[Clock]] = {ref: [] for ref in refs}
    for clock in Clock.objects.running().filter(subject_ref__in=refs).soonest_first():
        found[clock.subject_ref].append(clock)
    return found


def my_clocks(agent: Agent, *, now: datetime, whole_authority: bool = False) -> ClockQuerySet:
    """
    Running clocks of the files that the agent follows, the first due first.

    ``whole_authority``: all those that the database shows to whoever asks, for a supervisor.
    """
    found: ClockQuerySet = Clock.objects.running().select_related(
        "case_file__minor", "case_file__authority", "owner"
    )
    if not whole_authority:
        held = Grant.objects.living(at=now).filter(
            agent=agent, capacity__in=(Capacity.REFERENT, Capacity.STAND_IN)
        )
        found = found.filter(Q(case_file__in=held.values("case_file")) | Q(owner=agent))
    return found.soonest_first()
