"""A signalement is followed until it is closed; its file is kept with the follow-up."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fanal.detect.reports.models import Report
from fanal.ground.access.decisions import PARIS
from fanal.ground.retention.declarations import Ended, Living, declare_look
from fanal.ground.retention.terms import RuleCode


def look(files: Collection[int]) -> Iterator[Living | Ended]:
    found = Report.objects.filter(case_file__in=files)
    for pk, closed_at in found.values_list("case_file", "closed_at"):
        if closed_at is None:
            yield Living(pk, "un signalement n’est pas clos")
        else:
            yield Ended(pk, RuleCode.FOLLOW_UP, closed_at.astimezone(PARIS).date())


declare_look("reports", look)
