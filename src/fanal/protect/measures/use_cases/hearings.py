"""Before the judge decides: investigation, lawyer, summons, hearing."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.errors import Refusal
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import ChildHeard, Status, StepKind
from fanal.protect.measures.use_cases.course import (
    check_day,
    move,
    note_step,
    start,
    stop,
    take_judicial,
    today,
)


class JudgeNotSeised(Refusal):
    message = "Le juge n'est pas saisi : enregistrez d'abord la saisine."


class NoHearing(Refusal):
    message = "Aucune audience n'est fixée : enregistrez d'abord sa date."


class AlreadySummoned(Refusal):
    message = "Les convocations sont déjà enregistrées."


class LawyerAsked(Refusal):
    message = "La demande d'avocat est déjà enregistrée."


class NoLawyerAsked(Refusal):
    message = "Aucun avocat n'est attendu : enregistrez d'abord la demande."


@transaction.atomic
def order_investigation(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    The judge wants to know more before deciding (MJIE, CPC 1183).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        JudgeNotSeised: no judge has been seised.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    _check_judge(measure)
    check_day(measure, on, now=now, after=measure.seised_on, event="la saisine du juge")
    move(measure, Status.INVESTIGATION)
    measure.investigation_on = on
    measure.save(update_fields=["status", "investigation_on"])
    note_step(measure, StepKind.INVESTIGATION, on=on, agent=agent, now=now)
    return measure


@transaction.atomic
def set_hearing(*, agent: Agent, ref: UUID, at: datetime, now: datetime) -> Measure:
    """
    Write when the hearing takes place, or takes place instead; the summons count back from it.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn.
        JudgeNotSeised: no judge has been seised.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    _check_judge(measure)
    if measure.status != Status.HEARING_SET:
        move(measure, Status.HEARING_SET)
    measure.hearing_at = at
    measure.summoned_on = measure.heard_on = None
    measure.save(update_fields=["status", "hearing_at", "summoned_on", "heard_on"])
    stop(measure, RuleCode.SUMMONS, now=now, outcome=Outcome.MOOT)
    start(measure, RuleCode.SUMMONS, since=at, now=now)
    local = at.astimezone(ZoneInfo(measure.case_file.authority.timezone))
    note_step(
        measure,
        StepKind.HEARING_SET,
        on=today(measure, now),
        agent=agent,
        now=now,
        note=f"Audience le {local:%d/%m/%Y} à {local:%H:%M}, {measure.tpe_court.name}.",
    )
    return measure


@transaction.atomic
def record_summons(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    Parents, minor, service have been summoned (CPC 1188).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet.
        NoHearing: none is set.
        AlreadySummoned: it is written already.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    if measure.status != Status.HEARING_SET:
        raise NoHearing
    if measure.summoned_on is not None:
        raise AlreadySummoned
    check_day(measure, on, now=now)
    measure.summoned_on = on
    measure.save(update_fields=["summoned_on"])
    stop(measure, RuleCode.SUMMONS, now=now)
    note_step(measure, StepKind.SUMMONED, on=on, agent=agent, now=now)
    return measure


@transaction.atomic
def record_hearing(
    *, agent: Agent, ref: UUID, on: date, child_heard: ChildHeard, now: datetime
) -> Measure:
    """
    The hearing was held; how the child was heard is said (C. civ. 375-1).

    A long placement has one at least every three years (CPC 1200-1): the next is counted from it.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, NotYet.
        NoHearing: none is set, and no long placement awaits one.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    review = measure.is_in_force and measure.long_term
    if measure.status != Status.HEARING_SET and not review:
        raise NoHearing
    check_day(measure, on, now=now)
    measure.heard_on, measure.child_heard = on, child_heard
    measure.save(update_fields=["heard_on", "child_heard"])
    stop(measure, RuleCode.SUMMONS, now=now, outcome=Outcome.MOOT)
    stop(measure, RuleCode.URGENT_PLACEMENT_HEARING, RuleCode.LONG_PLACEMENT_HEARING, now=now)
    if review:
        start(measure, RuleCode.LONG_PLACEMENT_HEARING, since=on, now=now)
    note_step(
        measure,
        StepKind.HEARING_HELD,
        on=on,
        agent=agent,
        now=now,
        note=f"L'enfant : {child_heard.label.lower()}.",
    )
    return measure


@transaction.atomic
def ask_lawyer(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    A lawyer is asked for, for the minor or a parent: eight days to name one (CPC 1186).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet.
        LawyerAsked: one is awaited or named.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    if measure.lawyer_asked_on is not None:
        raise LawyerAsked
    check_day(measure, on, now=now)
    measure.lawyer_asked_on = on
    measure.save(update_fields=["lawyer_asked_on"])
    start(measure, RuleCode.LAWYER, since=on, now=now)
    note_step(measure, StepKind.LAWYER_ASKED, on=on, agent=agent, now=now)
    return measure


@transaction.atomic
def name_lawyer(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    The lawyer is named.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        NoLawyerAsked: none is awaited.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    if measure.lawyer_asked_on is None or measure.lawyer_named_on is not None:
        raise NoLawyerAsked
    check_day(measure, on, now=now, after=measure.lawyer_asked_on, event="la demande")
    measure.lawyer_named_on = on
    measure.save(update_fields=["lawyer_named_on"])
    stop(measure, RuleCode.LAWYER, now=now)
    note_step(measure, StepKind.LAWYER_NAMED, on=on, agent=agent, now=now)
    return measure


def _check_judge(measure: Measure) -> None:
    if not measure.has_a_judge:
        raise JudgeNotSeised
