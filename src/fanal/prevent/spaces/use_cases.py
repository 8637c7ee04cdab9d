"""What is done with the directory; each act leaves its trace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from json import dumps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.territory.models import Commune
from fanal.prevent.spaces.cells_of_a_file import (
    ADDRESS,
    LONGEST_NAME,
    NAME_LENGTH,
    NO_ADDRESS,
    SHORTEST_NAME,
    Places,
)
from fanal.prevent.spaces.formats.record import Record
from fanal.prevent.spaces.freshness.doubting import doubt, settle_doubts
from fanal.prevent.spaces.freshness.terms import DoubtSource
from fanal.prevent.spaces.importing import Cell, read_directory
from fanal.prevent.spaces.keeping import lock_service
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.terms import CONFIRMABLE

__all__ = [
    "Imported",
    "confirm_service",
    "doubt",
    "import_directory",
    "import_records",
]
# Of the columns of a record.
LONGEST = {"address": 300, "phone": 30, "hours": 500, "postcode": 5, "source_date": 10}


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
            _set(known[row.source_key], row.values, now=now)
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


def import_records(records: Iterable[Record], *, now: datetime) -> Imported:
    """
    Put services of another format in the directory, all in one transaction.

    A file is no person: what it says to have confirmed is to be confirmed here, and a service that
    is new is shown to nobody until its keepers say to whom. What a person confirmed here stays.
    """
    places, refused, counts = Places(), list[Cell](), {"added": 0, "changed": 0}
    with acting_as(None, purpose=Purpose.DIRECTORY):
        number = 0
        for number, read in enumerate(records, start=1):
            if fault := next(_faults_of(read, places), None):
                refused.append(Cell(number, *fault))
                continue
            known = Service.objects.filter(ref=read.ref).first()
            values = _values_of(read)
            if known is None:
                Service.objects.create(
                    ref=read.ref, source_key=str(read.ref), created_at=now, updated_at=now, **values
                )
                counts["added"] += 1
            else:
                counts["changed"] += _set(known, values, now=now)
        record(agent=None, deed="directory.import", detail=counts | {"refused": len(refused)})
    unchanged = number - counts["added"] - counts["changed"] - len(refused)
    return Imported(counts["added"], counts["changed"], unchanged, tuple(refused))


def _faults_of(read: Record, places: Places) -> Iterator[tuple[str, str]]:
    if unwritable := next((one for one in fields(read) if not _is_text(read, one.name)), None):
        yield unwritable.name, "Un caractère ou un nombre ne peut pas être gardé."
        return
    if not read.audiences:
        yield "audiences", "Dites au moins pour qui."
    if not SHORTEST_NAME <= len(read.name) <= LONGEST_NAME:
        yield "name", NAME_LENGTH
    if read.departement and read.departement not in places.departements:
        yield "departement", f"« {read.departement} » n’est pas un code de département."
    if read.commune and not Commune.objects.filter(code=read.commune).exists():
        yield "commune", f"« {read.commune} » n’est pas le code INSEE d’une commune."
    if read.website and not ADDRESS.fullmatch(read.website):
        yield "website", NO_ADDRESS
    yield from _faults_of_numbers(read)
    for name, longest in LONGEST.items():
        if len(getattr(read, name)) > longest:
            yield name, f"{longest} caractères au plus."


def _faults_of_numbers(read: Record) -> Iterator[tuple[str, str]]:
    youngest, oldest = read.minimum_age, read.maximum_age
    if (read.latitude is None) != (read.longitude is None):
        yield "latitude", "Donnez les deux coordonnées, ou aucune."
    if youngest is not None and oldest is not None and oldest < youngest:
        yield "maximum_age", "L’âge le plus haut est au-dessous du plus bas."


def _is_text(read: Record, name: str) -> bool:
    """What PostgreSQL keeps: no NUL, no half of a character, no number that is none."""
    try:
        written = dumps(getattr(read, name), allow_nan=False, ensure_ascii=False, default=str)
        return "\\u0000" not in written and bool(written.encode())
    except ValueError:
        return False


def _values_of(read: Record) -> dict[str, Any]:
    said = {one.name: getattr(read, one.name) for one in fields(read)}
    for name in ("ref", "verified", "verified_on", "city"):
        said.pop(name)
    return said | {
        "commune_id": said.pop("commune") or None,
        "departement_id": said.pop("departement") or None,
        "audiences": list(read.audiences),
        "languages": list(read.languages),
    }


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

    A word that changes without being confirmed is to be confirmed again: it is shown no more. A
    number that somebody has made sure of is no longer doubted.

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
    if "phone" in confirmed:
        settle_doubts(service=service, agent=agent, now=now, sources=[DoubtSource.WRONG_NUMBER])
    service.updated_at = now
    service.save(update_fields=[*moved, "verified", "verified_on", "updated_at"])
    record(
        agent=agent,
        deed="directory.confirm",
        subject=service,
        detail={"confirmed": sorted(confirmed), "changed": sorted(moved), "tier": service.tier},
    )
    return service


def _set(service: Service, values: Mapping[str, Any], *, now: datetime) -> bool:
    """What is said anew, but for what a person made sure of and for who may see it."""
    moved = {
        name: value
        for name, value in values.items()
        if name != "tier"
        and name.removesuffix("_id") not in service.verified
        and getattr(service, name) != value
    }
    if not moved:
        return False
    for name, value in moved.items():
        setattr(service, name, value)
    service.updated_at = now
    service.save(update_fields=[*(name.removesuffix("_id") for name in moved), "updated_at"])
    return True
