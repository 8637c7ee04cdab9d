"""What days bring by themselves: a term reached, a term near, an appeal or a silence run out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_all_clocks, stop_clock
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.models import CareQuestion, Measure
from fanal.protect.measures.queries import lock_measure
from fanal.protect.measures.terms import MEASURE, QUESTION, Answer, Status, StepKind
from fanal.protect.measures.use_cases.course import note_step, today
from fanal.protect.measures.use_cases.deciding import LONGEST
from fanal.protect.measures.use_cases.endings import end_measure
from fanal.protect.measures.use_cases.leaving import leave_measure
from fanal.protect.situations.models import Situation
from fanal.protect.situations.terms import ClosingReason

logger = logging.getLogger(__name__)

# Days before its end when whoever follows the minor is told; the law sets none.
WARNED_BEFORE = (90, 30, 7)
_SILENCE = (RuleCode.PARENTS_SILENCE, RuleCode.PARENTS_SILENCE_UNRECEIVED)


@dataclass(frozen=True, slots=True)
class Settled:
    """How many of each; ``failed`` are left for the next run."""

    expired: int
    warned: int
    appeals_over: int
    silences: int
    transferred: int
    failed: int


def settle_measures(*, now: datetime) -> Settled:
    """
    Write what the days have brought, each in a savepoint of its own.

    A measure past its last day has expired, on the local day of the authority. One whose end is
    near is told to whoever follows the minor, once per reminder. An appeal that nobody formed in
    time, and a question to which the parents did not answer, are over. What another authority
    took over is no longer watched here.
    """
    counts: dict[str, int] = {}
    failed = 0
    with acting_as(None, purpose=Purpose.ALARMS):
        for name, found, settle in _chores(now):
            counts[name] = 0
            for key in found:
                try:
                    with transaction.atomic():
                        counts[name] += settle(key, now)
                except Exception:
                    logger.exception("%s %s could not be settled", name, key)
                    failed += 1
    return Settled(**counts, failed=failed)


def _chores(
    now: datetime,
) -> Iterable[tuple[str, list[int], Callable[[int, datetime], bool]]]:
    latest = (now + timedelta(days=1)).date()
    in_force = Measure.objects.in_force().order_by("pk")
    late = Clock.objects.late(now).order_by("pk")
    yield "expired", _keys(in_force.filter(ends_on__lt=latest)), _expire
    near = latest + timedelta(days=max(WARNED_BEFORE))
    to_warn = in_force.filter(ends_on__lte=near).exclude(warned_days=min(WARNED_BEFORE))
    yield "warned", _keys(to_warn), _warn
    appeals = late.filter(rule=RuleCode.APPEAL, subject_kind=MEASURE)
    yield "appeals_over", _keys(appeals), _end_appeal
    yield "silences", _keys(late.filter(rule__in=_SILENCE, subject_kind=QUESTION)), _take_silence
    gone = Situation.objects.filter(closing_reason=ClosingReason.TRANSFERRED)
    left = Measure.objects.living().filter(situation__in=gone.values("pk")).order_by("pk")
    yield "transferred", _keys(left), _leave


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _lock(pk: int) -> Measure:
    return lock_measure(ref=Measure.objects.values_list("ref", flat=True).get(pk=pk))


def _expire(pk: int, now: datetime) -> bool:
    measure = _lock(pk)
    if not measure.is_in_force or measure.ends_on is None or measure.ends_on >= today(measure, now):
        return False
    end_measure(
        measure,
        Status.EXPIRED,
        StepKind.EXPIRED,
        on=measure.ends_on,
        agent=None,
        now=now,
        clocks=Outcome.EXPIRED,
    )
    _tell(measure, "Une mesure est arrivée à son terme : le mineur n'est plus couvert.", now)
    return True


def _warn(pk: int, now: datetime) -> bool:
    measure = _lock(pk)
    if not measure.is_in_force or measure.ends_on is None:
        return False
    left = (measure.ends_on - today(measure, now)).days
    reached = [days for days in WARNED_BEFORE if left <= days]
    if left < 0 or not reached or measure.warned_days == min(reached):
        return False
    measure.warned_days = min(reached)
    measure.save(update_fields=["warned_days"])
    if _clock_says_it(measure, measure.ends_on):
        return False
    _tell(measure, f"Une mesure prend fin dans {left} jours : préparez la suite.", now)
    return True


def _clock_says_it(measure: Measure, ends_on: date) -> bool:
    """The longest term of the law falls on the same day, and its own alarms sound."""
    clocks = Clock.objects.running().for_subject(measure.ref).filter(rule__in=LONGEST)
    return clocks.filter(due_on=ends_on).exists()


def _end_appeal(pk: int, now: datetime) -> bool:
    clock = Clock.objects.get(pk=pk)
    stopped = stop_clock(
        rule=RuleCode.APPEAL, subject_ref=clock.subject_ref, at=now, outcome=Outcome.EXPIRED
    )
    return stopped is not None


def _take_silence(pk: int, now: datetime) -> bool:
    clock = Clock.objects.get(pk=pk)
    question = CareQuestion.objects.select_for_update(of=("self",)).get(ref=clock.subject_ref)
    if question.answer:
        return False
    measure = _lock(question.measure_id)
    question.answer = Answer.SILENT
    question.answered_on = local_day(measure.case_file.authority, now)
    question.save(update_fields=["answer", "answered_on"])
    stop_all_clocks(subject_ref=question.ref, at=now, outcome=Outcome.EXPIRED)
    note_step(
        measure,
        StepKind.PARENTS_ANSWERED,
        on=question.answered_on,
        agent=None,
        now=now,
        note=f"{Answer.SILENT.label} (art. L223-2 CASF). Demande : {question.text}",
    )
    _tell(measure, "Le silence des parents vaut accord : la demande peut être suivie d'effet.", now)
    return True


def _leave(pk: int, now: datetime) -> bool:
    """What the announcement of a transfer did already, should it have been lost."""
    return leave_measure(_lock(pk), now=now)


def _tell(measure: Measure, text: str, now: datetime) -> None:
    notify(
        agents=[measure.situation.referent],
        text=text,
        path=reverse("measures:show", args=[measure.ref]),
        now=now,
        case_file=measure.case_file,
    )
