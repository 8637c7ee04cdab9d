"""What the clock does: a listener who is gone is said to be, an empty page holds no place."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from fanal.ground.audit.use_cases import record
from fanal.helpline.chats import terms
from fanal.helpline.chats.hours import is_open
from fanal.helpline.chats.queries import helpline_here


@transaction.atomic
def miss_listeners(*, now: datetime) -> int:
    """Tell whoever writes that whoever listened has not been seen; how many were told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chats_miss_listeners(%s, %s, %s)",
            [now - terms.LISTENER_GONE, terms.LISTENER_LOST, now],
        )
        missed: int = cursor.fetchone()[0]
    return missed


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """
    End what nobody holds any more. At closing, those who wait are given the other ways; those
    who talk go on.
    """
    helpline = helpline_here()
    if helpline is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chats_close(%s, %s, %s, %s, %s, %s)",
            [
                helpline.pk,
                now - terms.VISITOR_GONE,
                not is_open(now),
                terms.VISITOR_LOST,
                terms.CLOSED_WHILE_WAITING,
                now,
            ],
        )
        ended: int = cursor.fetchone()[0]
    if ended:
        record(agent=None, organisation=helpline, deed="chat.close", detail={"rows": ended})
    return ended


@transaction.atomic
def forget_words(*, now: datetime) -> int:
    """
    Of a conversation that was taken up again, words as old as those of one that ended; how many.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT chats_forget(%s)", [now - terms.COMES_BACK])
        gone: int = cursor.fetchone()[0]
    if gone:
        helpline = helpline_here()
        record(agent=None, organisation=helpline, deed="chat.forget", detail={"rows": gone})
    return gone
