"""The review of an emergency opening is a period like the others: dated, local, adjustable."""

from __future__ import annotations

from datetime import datetime

from fanal.ground.access.reviewing import declare_review_due
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due
from fanal.ground.territory.models import ChildWelfareAuthority


def review_due_at(authority: ChildWelfareAuthority, since: datetime) -> datetime:
    return due(rule=RuleCode.GLASS_REVIEW, authority=authority, since=since).due_at


declare_review_due(review_due_at)
