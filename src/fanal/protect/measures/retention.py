"""A measure or a shelter that runs keeps its file; ended, the file is kept with the follow-up."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fanal.ground.access.decisions import PARIS
from fanal.ground.retention.declarations import Ended, Living, declare_look
from fanal.ground.retention.terms import RuleCode
from fanal.protect.measures.models import EmergencyShelter, Measure, MeasureStep
from fanal.protect.measures.terms import LIVING


def look(files: Collection[int]) -> Iterator[Living | Ended]:
    measures = Measure.objects.filter(case_file__in=files)
    for pk, status, ended_on in measures.values_list("case_file", "status", "ended_on"):
        if status in LIVING:
            yield Living(pk, "une mesure court")
        elif ended_on is not None:
            yield Ended(pk, RuleCode.FOLLOW_UP, ended_on)
    shelters = EmergencyShelter.objects.filter(case_file__in=files)
    for pk, ended_at in shelters.values_list("case_file", "ended_at"):
        if ended_at is None:
            yield Living(pk, "un mineur est à l’abri")
        else:
            yield Ended(pk, RuleCode.FOLLOW_UP, ended_at.astimezone(PARIS).date())
    steps = MeasureStep.objects.filter(case_file__in=files)
    for pk, at in steps.values_list("case_file", "at"):
        yield Ended(pk, RuleCode.FOLLOW_UP, at.astimezone(PARIS).date())


declare_look("measures", look)
