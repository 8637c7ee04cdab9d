"""A judge's decision is notified; somebody may appeal (CPC 1190, 1191, 1193)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.errors import Refusal
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import StepKind
from fanal.protect.measures.use_cases.course import (
    check_day,
    note_step,
    start,
    stop,
    take_judicial,
)


class NotNotified(Refusal):
    message = "La notification de cette décision n'est pas à enregistrer."


class NothingToAppeal(Refusal):
    message = "Aucune décision du juge n'est rendue, ou l'appel est déjà enregistré."


class NoAppeal(Refusal):
    message = "Aucun appel n'est enregistré : enregistrez d'abord l'appel."


@transaction.atomic
def record_notification(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    The judge's last decision was notified: the fifteen days to appeal start (CPC 1191).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        NotNotified: no decision awaits it.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    decided = measure.last_decision_on
    if decided is None or measure.notified_on is not None:
        raise NotNotified
    check_day(measure, on, now=now, after=decided, event="la décision")
    measure.notified_on = on
    measure.save(update_fields=["notified_on"])
    stop(measure, RuleCode.NOTIFY_DECISION, now=now)
    start(measure, RuleCode.APPEAL, since=on, now=now)
    note_step(measure, StepKind.NOTIFIED, on=on, agent=agent, now=now)
    return measure


@transaction.atomic
def record_appeal(*, agent: Agent, ref: UUID, on: date, now: datetime) -> Measure:
    """
    Somebody appealed; against a provisional placement, three months to judge (CPC 1193).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        NothingToAppeal: no decision of a judge, or the appeal is written already.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    decided = measure.last_decision_on
    if decided is None or measure.appealed_on is not None:
        raise NothingToAppeal
    check_day(measure, on, now=now, after=decided, event="la décision")
    measure.appealed_on = on
    measure.save(update_fields=["appealed_on"])
    stop(measure, RuleCode.APPEAL, now=now)
    if measure.decided_on is None and measure.is_placement:
        start(measure, RuleCode.PLACEMENT_APPEAL_JUDGED, since=on, now=now)
    note_step(measure, StepKind.APPEALED, on=on, agent=agent, now=now)
    return measure


@transaction.atomic
def record_appeal_judged(*, agent: Agent, ref: UUID, on: date, note: str, now: datetime) -> Measure:
    """
    The court of appeal ruled; what it changes is written as a modification or a lifting.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        NoAppeal: none is pending.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    if measure.appealed_on is None:
        raise NoAppeal
    check_day(measure, on, now=now, after=measure.appealed_on, event="l'appel")
    measure.appealed_on = None
    measure.save(update_fields=["appealed_on"])
    stop(measure, RuleCode.PLACEMENT_APPEAL_JUDGED, now=now)
    note_step(measure, StepKind.APPEAL_JUDGED, on=on, agent=agent, now=now, note=note.strip())
    return measure
