"""
One service between two formats: what we know of it, and what the other format said besides.

What no field of ours holds is kept with the record, and given back as it came as long as ours say
what they said then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from fanal.ground.errors import Refusal
from fanal.prevent.spaces.models import Described, Service

Document = dict[str, Any]


class Unreadable(Refusal):
    """The document is not of this format; the message says where."""


@dataclass(frozen=True, slots=True)
class Record:
    """By field of ``Described``; places by their code."""

    ref: UUID
    name: str
    kind: str
    status: str
    audiences: tuple[str, ...]
    commune: str = ""
    departement: str = ""
    postcode: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    description: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    hours: str = ""
    phone: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    sign_language: bool | None = None
    accessible: bool | None = None
    free: bool | None = None
    anonymous: bool | None = None
    source_url: str = ""
    source_date: str = ""
    verified: dict[str, str] = field(default_factory=dict)
    verified_on: date | None = None
    # The name of the commune, for who reads: its code is what is known.
    city: str = field(default="", compare=False)
    # By key of the other document: what we would write there, and what stood there.
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)


SAID_APART = ("commune", "departement", "audiences", "languages", "kept", "verified", "city")


def nowhere(code: str) -> str:
    """When nobody knows the names of communes."""
    return ""


def record_of(service: Described) -> Record:
    """What ``service`` lets be read: of a public one, what is public, and nothing kept besides."""
    plain = {
        one.name: getattr(service, one.name) for one in fields(Record) if one.name not in SAID_APART
    }
    return Record(
        **plain,
        commune=service.commune_id or "",
        departement=service.departement_id or "",
        audiences=tuple(service.audiences),
        languages=tuple(service.languages),
        verified=dict(service.verified),
        city=service.commune.name if service.commune else "",
    )


def whole_record_of(service: Service) -> Record:
    """All of it, what other formats said besides included: for the keepers of the directory."""
    return replace(record_of(service), kept=dict(service.kept))


def as_a_file(record: Record) -> Record:
    """A file is no person: what it says to have confirmed stands beside, with what it said."""
    return replace(record, verified={}, verified_on=None)


ABSENT: dict[str, Any] = {"absent": True}
# Which format the words were kept from: two formats have keys of the same name.
FORMAT = ":format"


def keep(
    record: Record, document: Document, write: Callable[[Record], Document], *, of: str
) -> Record:
    """The record with all that ``document`` says otherwise than we would; ``of``: its format."""
    ours = write(record)
    kept = {
        key: {"ours": ours.get(key, ABSENT), "said": document.get(key, ABSENT)}
        for key in {**ours, **document}
        if ours.get(key, ABSENT) != document.get(key, ABSENT)
    }
    if kept:
        kept[FORMAT] = {"ours": of, "said": of}
    return replace(record, kept=kept)


def give_back(record: Record, ours: Document, *, of: str) -> Document:
    """Our document, with what was kept of this format: unless what we say has changed since."""
    said = dict(ours)
    if record.kept.get(FORMAT, {}).get("said", of) != of:
        return said
    for key, one in record.kept.items():
        if ours.get(key, ABSENT) != one["ours"]:
            continue
        if one["said"] == ABSENT:
            said.pop(key, None)
        else:
            said[key] = one["said"]
    return said
