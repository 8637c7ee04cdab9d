"""What a line tells: it rang, they are gone. Nobody has signed in: functions of the owner write."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from fanal.ground.agents.models import Organisation
from fanal.ground.audit.use_cases import record
from fanal.helpline.blocks.queries import stops_number
from fanal.helpline.calls.models import Call
from fanal.helpline.calls.numbers import digest_of


@transaction.atomic
def rang(
    *,
    helpline: Organisation,
    call: UUID,
    number: str,
    dissuaded: bool,
    now: datetime,
    in_danger: bool | None = None,
) -> None:
    """
    Told twice, it rang once. The number goes no further than its keyed digest.

    ``dissuaded``: on the list of blocked numbers, as the line was told. A number that a listener
    holds is dissuaded too, if the line asked whether who calls is in danger and they said no;
    ``in_danger`` None: it did not ask, and nobody is stopped.
    """
    if in_danger is False and stops_number(number=number, in_danger=False, now=now):
        dissuaded = True
    if _asked(
        "SELECT calls_rang(%s, %s, %s, %s, %s)",
        helpline.pk,
        call,
        digest_of(number),
        dissuaded,
        now,
    ):
        record(agent=None, organisation=helpline, deed="call.ring", subject=Call(ref=call))


@transaction.atomic
def gone(*, call: UUID, now: datetime) -> None:
    """They hung up, before or after an answer; told twice, once."""
    if _asked("SELECT calls_gone(%s, %s)", call, now):
        record(agent=None, deed="call.gone", subject=Call(ref=call))


def _asked(question: str, *values: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return bool(cursor.fetchone()[0])
