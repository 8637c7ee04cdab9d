"""Assistance éducative stops at eighteen: what runs for the minor ends on that day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Purpose
from fanal.ground.people.queries import files_of
from fanal.protect.measures.models import Measure
from fanal.protect.measures.queries import lock_measure
from fanal.protect.measures.terms import Status, StepKind
from fanal.protect.measures.use_cases.endings import end_measure


@transaction.atomic
def end_at_majority(*, case_file_ref: UUID, on: date, now: datetime) -> int:
    """
    End every living measure of a minor who came of age on that day; their clocks are moot.

    Doing it again changes nothing. It is scheduled work: nobody is asking.

    Returns:
        How many measures ended.
    """
    with acting_as(None, purpose=Purpose.MAJORITY):
        case_file = CaseFile.objects.filter(ref=case_file_ref).first()
        if case_file is None:
            return 0
        living = Measure.objects.living().of_case_files(files_of(case_file))
        ended = 0
        for ref in living.order_by("pk").values_list("ref", flat=True):
            measure = lock_measure(ref=ref)
            if measure.is_living:
                end_measure(
                    measure,
                    Status.ENDED_AT_MAJORITY,
                    StepKind.ENDED_AT_MAJORITY,
                    on=on,
                    agent=None,
                    now=now,
                )
                ended += 1
        return ended
