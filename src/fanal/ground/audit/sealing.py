"""Link what was committed, and once a day seal where every chain stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from logging import getLogger
from uuid import UUID

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from fanal.ground.audit.keeping import Head, Keeper, Seal
from fanal.ground.audit.seals import Document, Stretch, moment, read_document, stretch
from fanal.ground.audit.stamping import Stamper, StampRefused

# Any number, the same for every Fanal: one process at a time makes the seal of the day.
SEALING = 119_019
# The one that the database's own functions take, to link and to remove.
LINKING = 119_018
# Seals given to the keeper again, in case it was away.
KEPT_AGAIN = 31

logger = getLogger(__name__)


def link_traces() -> int:
    """
    Link the traces whose transaction has ended; the count of those linked.

    Traces of a transaction that still runs, and all that came after the oldest such one, wait:
    none can slip in behind the others.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_link_traces()")
        (linked,) = cursor.fetchone()
    return int(linked)


def journal() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal FROM audit_horizon")
        (found,) = cursor.fetchone()
    return UUID(str(found))


def heads() -> list[Head]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, position, digest FROM audit_head ORDER BY chain")
        return [Head(chain, position, bytes(digest)) for chain, position, digest in cursor]


def seal_day(*, stamper: Stamper, keeper: Keeper, now: datetime) -> int:
    """
    Seal every chain where it stands, have it stamped, and keep it elsewhere.

    Without an answer of the time-stamping authority the seal stands without a stamp, and the
    stamp of the next one covers it.

    Returns:
        The number of the seal.
    """
    link_traces()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        document = _document(now)
        root = document.root()
        try:
            stamp = stamper.stamp(root)
        except StampRefused:
            logger.warning("seal %s has no stamp: the authority did not answer", document.number)
            stamp = None
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_seal (number, at, document, root, stamp)"
                " VALUES (%s, %s, %s, %s, %s)",
                [document.number, now, document.text(), root, stamp],
            )
    for seal in last_seals(KEPT_AGAIN):
        keeper.keep_seal(seal)
    return document.number


def last_seals(count: int) -> list[Seal]:
    """The oldest of them first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, document, root, stamp FROM audit_seal ORDER BY number DESC LIMIT %s",
            [count],
        )
        rows = cursor.fetchall()
    return [
        Seal(number, document, bytes(root), bytes(stamp) if stamp else None)
        for number, document, root, stamp in reversed(rows)
    ]


def expire() -> dict[str, int]:
    """Remove the segments whose term has come; the traces removed, counted by chain."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever links now has ended in a moment; the function itself waits for nobody.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKING])
        before = _gone(cursor)
        cursor.execute("SELECT audit_expire()")
        gone = {chain: count - before.get(chain, 0) for chain, count in _gone(cursor).items()}
    return {chain: count for chain, count in gone.items() if count}


def _gone(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute(
        "SELECT chain, sum(last - first + 1)::bigint FROM audit_segment GROUP BY chain ORDER BY 1"
    )
    return dict(cursor.fetchall())


def about_to_expire() -> dict[str, int]:
    """What ``expire`` would remove now, counted by it: all of it is undone."""
    with transaction.atomic():
        counted = expire()
        transaction.set_rollback(True)
    return counted


@dataclass(frozen=True, slots=True)
class Term:
    """How long a trace stays, from a day on."""

    valid_from: date
    months: int
    basis: str


def set_terms(terms: list[Term], *, using: str) -> bool:
    """
    Make the table of terms say these, as the owner of the database; whether it had to change.

    A seal keeps its promise: what was sealed under a longer term stays until then.
    """
    wanted = [(one.valid_from, one.months, one.basis) for one in terms]
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT valid_from, months, basis FROM audit_term ORDER BY valid_from")
        if cursor.fetchall() == sorted(wanted):
            return False
        cursor.execute("DELETE FROM audit_term")
        cursor.executemany("INSERT INTO audit_term VALUES (%s, %s, %s)", wanted)
    return True


def _document(now: datetime) -> Document:
    former = last_seals(1)
    before = read_document(former[0].document) if former else None
    known = {one.chain: one for one in before.chains} if before else {}
    return Document(
        number=before.number + 1 if before else 1,
        at=moment(now),
        previous=former[0].root.hex() if former else "",
        months=_months(now),
        chains=tuple(_stretch(head, known.get(head.chain)) for head in heads()),
    )


def _stretch(head: Head, former: Stretch | None) -> Stretch:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest FROM audit_link WHERE chain = %s AND position > %s AND position <= %s"
            " ORDER BY position",
            [head.chain, former.last if former else 0, head.position],
        )
        return stretch(
            chain=head.chain,
            former=former,
            head=(head.position, head.digest),
            links=(bytes(digest) for (digest,) in cursor),
        )


def _months(now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT months FROM audit_term WHERE valid_from <= %s ORDER BY valid_from DESC LIMIT 1",
            [now.date()],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0
