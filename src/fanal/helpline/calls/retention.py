"""Six months after its end a call goes; thirty days after its hour, a call that was to be given."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.helpline.calls.models import Call, CallBack


def old_calls(before: date) -> QuerySet[Call]:
    """One that nobody ended counts from its arrival."""
    return Call.objects.filter(arrived_at__date__lt=before)


def old_call_backs(before: date) -> QuerySet[CallBack]:
    return CallBack.objects.filter(safe_until__date__lt=before)


declare_rows(
    Rows(
        RuleCode.PHONE_CALL,
        "calls.call",
        old_calls,
        lambda calls: calls.delete(),
        "organisation__authority_id",
    )
)
declare_rows(
    Rows(
        RuleCode.CALL_BACK,
        "calls.callback",
        old_call_backs,
        lambda backs: backs.delete(),
        "organisation__authority_id",
    )
)
