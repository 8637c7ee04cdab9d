"""
Refusals of whoever did not say who they are: the first of each hour one by one, then a number.

Somebody who knocks a million times writes a few lines and a count, never a million lines: the
journal stays readable, and nothing is lost of how many came. No address is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now as this_moment

from fanal.ground.audit.models import RefusalTally
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record

ONE_BY_ONE = 20
COUNT = """
INSERT INTO audit_refusaltally AS kept (deed, said, hour, counted)
VALUES (%(deed)s, %(said)s, %(hour)s, 1)
ON CONFLICT (deed, said, hour) DO UPDATE SET counted = kept.counted + 1
RETURNING counted
"""


def record_refusal_of_nobody(*, deed: str, detail: dict[str, Any]) -> None:
    """A trace, while there are few of that deed and that answer in the hour; then one more."""
    said = str(detail.get("refusal") or detail.get("status") or detail.get("by") or "")
    with transaction.atomic():
        if _counted(deed, said, this_moment()) <= ONE_BY_ONE:
            record(agent=None, deed=deed, outcome=Outcome.REFUSED, detail=detail)


def _counted(deed: str, said: str, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"deed": deed, "said": said[:60], "hour": _hour(now)})
        (count,) = cursor.fetchone()
    return int(count)


@transaction.atomic
def close_hours(*, now: datetime) -> int:
    """Write how many came beyond those traced, for each hour that has ended. Returns the lines."""
    lines = 0
    for tally in RefusalTally.objects.before(_hour(now)).select_for_update(skip_locked=True):
        if tally.counted > ONE_BY_ONE:
            detail = {
                "said": tally.said,
                "hour": tally.hour.isoformat(),
                "attempts": tally.counted - ONE_BY_ONE,
            }
            record(agent=None, deed=tally.deed, outcome=Outcome.REFUSED, detail=detail)
            lines += 1
        tally.delete()
    return lines


def _hour(moment: datetime) -> datetime:
    return moment - timedelta(
        minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
    )
