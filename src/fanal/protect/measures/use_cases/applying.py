"""The measure is at work: it starts, is planned with the family, is reported to the judge."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.errors import Refusal
from fanal.ground.people.queries import files_of
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import Status, StepKind
from fanal.protect.measures.use_cases.course import (
    check_day,
    move,
    note_step,
    require,
    start,
    stop,
    take,
    take_judicial,
)
from fanal.protect.situations.queries import minor_of

# C. civ. 375: twice a year before the child is two.
SMALL_CHILD = 2
REPORTS = (RuleCode.YEARLY_REPORT, RuleCode.HALF_YEARLY_REPORT)


class AgreementMissing(Refusal):
    message = (
        "Une mesure administrative ne commence qu'avec l'accord écrit des représentants légaux "
        "(art. L223-2 CASF) : enregistrez-le d'abord."
    )


class PlanHeld(Refusal):
    message = "Le projet pour l'enfant est déjà établi, ou n'est pas attendu pour cette mesure."


@transaction.atomic
def start_measure(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    The measure begins for the child: the report to the judge and the PPE are counted from here.

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet, OutOfOrder.
        AgreementMissing: administrative, and nobody signed (L223-2 CASF).
    """
    measure = take(agent=agent, ref=ref, now=now)
    if not measure.is_judicial and measure.agreed_on is None:
        raise AgreementMissing
    require(measure, Status.DECIDED)
    check_day(measure, on, now=now, after=measure.decided_on, event="la décision")
    move(measure, Status.IN_FORCE)
    measure.starts_on = on
    measure.save(update_fields=["status", "starts_on"])
    start_running_clocks(measure, since=on, now=now)
    note_step(measure, StepKind.STARTED, on=on, agent=agent, now=now)
    return measure


def start_running_clocks(
    measure: Measure, *, since: date, now: datetime, plan_since: date | None = None
) -> None:
    """The report owed to the judge, and the plan of the child, one per minor (L223-1-1)."""
    if measure.is_judicial:
        start(measure, report_rule(measure, since), since=since, now=now)
    plans = Clock.objects.filter(rule=RuleCode.PPE, case_file__in=files_of(measure.case_file))
    if not plans.running().exists() and not plans.filter(outcome=Outcome.DONE).exists():
        start(measure, RuleCode.PPE, since=plan_since or since, now=now)


def report_rule(measure: Measure, since: date) -> RuleCode:
    small = minor_of(measure.case_file).age(since) < SMALL_CHILD
    return RuleCode.HALF_YEARLY_REPORT if small else RuleCode.YEARLY_REPORT


@transaction.atomic
def record_plan(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    The projet pour l'enfant is made with the family (L223-1-1, D223-12 CASF).

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet.
        PlanHeld: none is awaited here.
    """
    measure = take(agent=agent, ref=ref, now=now)
    check_day(measure, on, now=now)
    if not Clock.objects.running().for_subject(measure.ref).filter(rule=RuleCode.PPE).exists():
        raise PlanHeld
    stop(measure, RuleCode.PPE, now=now)
    note_step(measure, StepKind.PPE, on=on, agent=agent, now=now)
    return measure


@transaction.atomic
def record_report(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    The report went to the judge; the next one is counted from it (C. civ. 375).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, NotYet, OutOfOrder.
        OutOfTurn: the measure is not in force.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    require(measure, Status.IN_FORCE)
    check_day(measure, on, now=now, after=measure.decided_on, event="la décision")
    stop(measure, *REPORTS, now=now)
    start(measure, report_rule(measure, on), since=on, now=now)
    note_step(measure, StepKind.REPORTED, on=on, agent=agent, now=now)
    return measure
