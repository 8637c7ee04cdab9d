"""Another authority follows the minor: what runs for them is watched there, and here no longer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.deadlines.terms import Outcome
from fanal.ground.deadlines.use_cases import stop_all_clocks
from fanal.protect.measures.models import Measure, MeasureStep
from fanal.protect.measures.queries import lock_measure
from fanal.protect.measures.queries.deadlines import subjects_of
from fanal.protect.measures.terms import StepKind
from fanal.protect.measures.use_cases.course import note_step, today


@transaction.atomic
def leave_measures(*, situation_ref: UUID, now: datetime) -> int:
    """
    Stop watching the living measures of a situation that was transferred, and write it on each.

    Doing it again changes nothing. It is scheduled work: nobody is asking.

    Returns:
        How many measures were left.
    """
    with acting_as(None, purpose=Purpose.ALARMS):
        living = Measure.objects.living().filter(situation__ref=situation_ref).order_by("pk")
        refs = list(living.values_list("ref", flat=True))
        return sum(leave_measure(lock_measure(ref=ref), now=now) for ref in refs)


def leave_measure(measure: Measure, *, now: datetime) -> bool:
    """Whether anything was left to do: its clocks stop, and one step says why."""
    stopped = sum(
        stop_all_clocks(subject_ref=subject, at=now, outcome=Outcome.TRANSFERRED)
        for subject in subjects_of(measure)
    )
    said = MeasureStep.objects.filter(measure=measure, step=StepKind.TRANSFERRED).exists()
    if not said:
        note_step(measure, StepKind.TRANSFERRED, on=today(measure, now), agent=None, now=now)
    return stopped > 0 or not said
