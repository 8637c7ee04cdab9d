"""A follow-up is kept from its last line: the last contact, at the latest."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fanal.ground.access.decisions import PARIS
from fanal.ground.retention.declarations import Ended, Living, declare_look
from fanal.ground.retention.terms import RuleCode
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.terms import LIVING


def look(files: Collection[int]) -> Iterator[Living | Ended]:
    for one in Situation.objects.filter(case_file__in=files).only(
        "case_file", "status", "closed_at", "opened_at"
    ):
        if one.status in LIVING or one.closed_at is None:
            yield Living(one.case_file_id, "une situation est suivie")
        else:
            day = one.closed_at.astimezone(PARIS).date()
            yield Ended(one.case_file_id, RuleCode.FOLLOW_UP, day)
    for pk, at in Entry.objects.filter(case_file__in=files).values_list("case_file", "written_at"):
        yield Ended(pk, RuleCode.FOLLOW_UP, at.astimezone(PARIS).date())


declare_look("situations", look)
