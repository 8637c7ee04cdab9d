"""What makes one doubt an entry. It is kept for a person; the place stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Lower
from django.utils.timezone import localdate

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.prevent.spaces.freshness.bounces import Bounce
from fanal.prevent.spaces.freshness.terms import MOST_OPEN, DoubtSource
from fanal.prevent.spaces.models import Doubt, Mailbox, Service


@transaction.atomic
def doubt(*, service: UUID, source: DoubtSource, key: str, now: datetime) -> bool:
    """
    Note that an entry may be wrong, for its keepers.

    Nothing is shown, hidden nor ranked by it, and nobody is named. Whoever calls it need not see
    the place: the answer does not tell whether it exists.

    Args:
        service: the reference of the place.
        key: what makes it this doubt and no other (a form, a report, a referral): told twice, it
            counts once. Its digest alone is kept.

    Returns:
        Whether it was kept; not when it is known, nor once ``MOST_OPEN`` of the source wait.
    """
    digest = sha256(f"{source} {key}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT spaces_doubt(%s, %s, %s, %s, %s)",
            [service, source, digest, localdate(now), MOST_OPEN],
        )
        (kept,) = cursor.fetchone()
    if kept:
        record(
            agent=None,
            deed="directory.doubt",
            subject=Service(ref=service),
            detail={"source": str(source)},
        )
    return bool(kept)


def settle_doubts(
    *, service: Service, agent: Agent, now: datetime, sources: Iterable[str] = DoubtSource.values
) -> int:
    """Those that wait, set aside by somebody who looked; how many."""
    return Doubt.objects.filter(service=service, source__in=list(sources), settled_at=None).update(
        settled_at=now, settled_by=agent
    )


def mark_bounces(bounces: Iterable[Bounce], *, now: datetime) -> tuple[int, list[Bounce]]:
    """
    Say of each address that came back that it does, and doubt its place.

    Returns:
        How many places were marked, and the reports of which no place is known.
    """
    marked, unknown = set[int](), list[Bounce]()
    for one in bounces:
        with acting_as(None, purpose=Purpose.DIRECTORY):
            boxes = list(
                Mailbox.objects.annotate(lower=Lower("email"))
                .filter(lower=one.address.lower())
                .select_related("service")
            )
            for box in boxes:
                box.bounced_on = localdate(now)
                box.save(update_fields=["bounced_on"])
                marked.add(box.pk)
                key = f"{one.report} {box.service.ref}"
                doubt(service=box.service.ref, source=DoubtSource.BOUNCE, key=key, now=now)
        if not boxes:
            unknown.append(one)
    return len(marked), unknown
