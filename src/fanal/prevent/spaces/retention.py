"""What made an entry sure goes once nobody can come back to it; the entry itself stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value

from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.prevent.spaces.models import Amendment, ConfirmationRequest, Doubt

# The directory is of no authority of child welfare.
NOBODY = "no_authority"


def settled_doubts(before: date) -> QuerySet[Doubt]:
    """One that waits is never old."""
    return _of_nobody(Doubt.objects.filter(settled_at__date__lt=before))


def settled_amendments(before: date) -> QuerySet[Amendment]:
    """Decided, or replaced by what the same structure said since."""
    return _of_nobody(Amendment.objects.filter(settled_at__date__lt=before))


def old_requests(before: date) -> QuerySet[ConfirmationRequest]:
    """Those of which nothing that was answered is kept any more."""
    answered = Amendment.objects.filter(request=OuterRef("pk"))
    ended = ConfirmationRequest.objects.filter(expires_at__date__lt=before)
    return _of_nobody(ended.exclude(Exists(answered)))


def _of_nobody(rows: QuerySet[Any]) -> QuerySet[Any]:
    annotated: QuerySet[Any] = rows.annotate(**{NOBODY: Value("", output_field=CharField())})
    return annotated


def _erase(rows: QuerySet[Any]) -> None:
    rows.delete()


for _rule, _model, _find in (
    (RuleCode.DOUBT, "spaces.doubt", settled_doubts),
    (RuleCode.AMENDMENT, "spaces.amendment", settled_amendments),
    (RuleCode.CONFIRMATION, "spaces.confirmationrequest", old_requests),
):
    declare_rows(Rows(_rule, _model, _find, _erase, NOBODY))
