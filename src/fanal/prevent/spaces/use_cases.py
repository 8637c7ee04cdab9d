"""What is done with the directory; each act leaves its trace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.prevent.spaces.importing import Cell, Row, read_directory
from fanal.prevent.spaces.keeping import lock_service
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.terms import CONFIRMABLE


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    changed: int
    unchanged: int
    refused: tuple[Cell, ...]


def import_directory(lines: Iterable[str], *, now: datetime) -> Imported:
    """
    Put the services of a CSV file in the directory, all in one transaction.

    A line that cannot be read is refused with its reason; the others are kept. Imported again,
    nothing is doubled, what a person confirmed stays, and no tier changes.

    Raises:
        NotADirectory: the file has not the columns of a directory.
    """
    reading = read_directory(lines)
    with acting_as(None, purpose=Purpose.DIRECTORY):
        known = {one.source_key: one for one in Service.objects.all()}
        new = [row for row in reading.rows if row.source_key not in known]
        Service.objects.bulk_create(
            Service(**row.values, created_at=now, updated_at=now) for row in new
        )
        changed = sum(
            _change(known[row.source_key], row, now=now)
            for row in reading.rows
            if row.source_key in known
        )
        imported = Imported(
            added=len(new),
            changed=changed,
            unchanged=len(reading.rows) - len(new) - changed,
            refused=tuple(reading.refused),
        )
        record(
            agent=None,
            deed="directory.import",
            detail={
                "added": imported.added,
                "changed": imported.changed,
                "refused": len(imported.refused),
            },
        )
    return imported


@transaction.atomic
def confirm_service(
    *,
    agent: Agent,
    ref: UUID,
    values: Mapping[str, Any],
    confirmed: Collection[str],
    now: datetime,
) -> Service:
    """
    Correct a record, and say of which fields somebody has just made sure.

    A word that changes without being confirmed is to be confirmed again: it is shown no more.

    Args:
        values: by field of ``Service``; a field that is not there stays as it is.
        confirmed: of ``CONFIRMABLE``.

    Raises:
        NotVisible: no such service, or the agent does not keep the directory.
    """
    service, today = lock_service(ref), localdate(now)
    moved = [name for name, value in values.items() if getattr(service, name) != value]
    for name in moved:
        setattr(service, name, values[name])
        service.verified.pop(name, None)
    for name in CONFIRMABLE:
        if name in confirmed:
            service.verified[name] = today.isoformat()
    if confirmed:
        service.verified_on = today
    service.updated_at = now
    service.save(update_fields=[*moved, "verified", "verified_on", "updated_at"])
    record(
        agent=agent,
        deed="directory.confirm",
        subject=service,
        detail={"confirmed": sorted(confirmed), "changed": sorted(moved), "tier": service.tier},
    )
    return service


def _change(service: Service, row: Row, *, now: datetime) -> bool:
    """What the file says anew, but for what a person made sure of and for who may see it."""
    moved = {
        name: value
        for name, value in row.values.items()
        if name != "tier" and name not in service.verified and getattr(service, name) != value
    }
    if not moved:
        return False
    for name, value in moved.items():
        setattr(service, name, value)
    service.updated_at = now
    service.save(update_fields=[*moved, "updated_at"])
    return True
