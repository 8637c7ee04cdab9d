"""What an information préoccupante leaves, and until when; drafts and receipts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Max, Q, QuerySet

from fanal.detect.concerns.models import Concern, Draft, Submission
from fanal.detect.concerns.terms import Status
from fanal.ground.access.decisions import PARIS
from fanal.ground.retention.declarations import (
    Ended,
    Living,
    Rows,
    declare_look,
    declare_rows,
)
from fanal.ground.retention.terms import RuleCode

OVER = {
    Status.NOT_A_CONCERN: RuleCode.UNCONFIRMED_OBSERVATION,
    Status.JOINED: RuleCode.CONCERN_WITHOUT_FOLLOW_UP,
    Status.TRANSFERRED: RuleCode.CONCERN_WITHOUT_FOLLOW_UP,
    Status.CLOSED: RuleCode.CONCERN_WITHOUT_FOLLOW_UP,
}


def look(files: Collection[int]) -> Iterator[Living | Ended]:
    concerns = Concern.objects.filter(case_file__in=files).annotate(last=Max("steps__at"))
    moments = ("received_at", "decided_at", "closed_at", "last")
    for pk, status, *known in concerns.values_list("case_file", "status", *moments):
        rule = OVER.get(Status(status))
        if rule is None:
            yield Living(pk, "une information préoccupante n’est pas close")
        else:
            # The latest moment that the file knows: a period is never begun early.
            latest = max(at for at in known if at is not None)
            yield Ended(pk, rule, latest.astimezone(PARIS).date())


def old_drafts(before: date) -> QuerySet[Draft]:
    return Draft.objects.filter(updated_at__date__lt=before)


def old_receipts(before: date) -> QuerySet[Submission]:
    """Those settled long ago, and those whose file is gone: an initial is all that is left."""
    named = Submission.objects.exclude(initials="")
    return named.filter(
        Q(concern__isnull=True)
        | Q(status_at__date__lt=before, concern__case_file__archived__isnull=False)
    )


def _erase(drafts: QuerySet[Draft]) -> None:
    drafts._raw_delete(using=drafts.db)


def _make_nameless(receipts: QuerySet[Submission]) -> None:
    receipts.update(initials="", match_keys=[])


declare_look("concerns", look)
declare_rows(
    Rows(RuleCode.DRAFT, "concerns.draft", old_drafts, _erase, "organisation__authority_id")
)
declare_rows(
    Rows(RuleCode.RECEIPT, "concerns.submission", old_receipts, _make_nameless, "authority_id")
)
