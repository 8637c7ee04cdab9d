"""
data·inclusion 1: a structure and its service, in one pair.

What the schema has no field for stands under the key « fanal » of the service, which its readers
pass over. A description is required: when there is none, the network says it. A pair that somebody
else wrote is read with what it says, and given back whole.
https://gip-inclusion.github.io/data-inclusion-schema/
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from fanal.prevent.spaces.formats.record import (
    Document,
    Record,
    Unreadable,
    as_a_file,
    give_back,
    keep,
    nowhere,
)
from fanal.prevent.spaces.terms import Audience, Kind, Status

FORMAT = "data-inclusion"
SOURCE = "fanal"
OURS = f"{SOURCE}--"
# What our networks are called there; the others are not in its list yet.
NETWORKS = {Kind.RIGHTS: "cidff", Kind.YOUTH: "reseau-information-jeunesse"}
PUBLICS = {Audience.MINORS: "jeunes", Audience.FAMILIES: "familles"}
EVERYBODY = "tous-publics"
# Lengths that the schema asks of a description.
SHORTEST, LONGEST = 5, 10_000
NOT_THERE = (
    "kind",
    "status",
    "audiences",
    "departement",
    "minimum_age",
    "maximum_age",
    "languages",
    "sign_language",
    "accessible",
    "anonymous",
    "source_url",
    "source_date",
    "verified",
    "website",
    "hours",
)
# Names of the schema for what the two have alike.
ALIKE = {
    "postcode": "code_postal",
    "commune": "code_insee",
    "city": "commune",
    "address": "adresse",
    "latitude": "latitude",
    "longitude": "longitude",
    "phone": "telephone",
}
UPDATED = "date_maj"
# Of the structure, in one document with its service: a colon is in no name of the schema.
OF_STRUCTURE = "structure:"


@dataclass(frozen=True, slots=True)
class Pair:
    structure: Document
    service: Document


def write(record: Record, *, updated_on: date) -> Pair:
    """The pair as it was read, but for what has changed since."""
    said = give_back(record, _both(record, updated_on), of=FORMAT)
    structure = {
        key.removeprefix(OF_STRUCTURE): value
        for key, value in said.items()
        if key.startswith(OF_STRUCTURE)
    }
    return Pair(structure, {key: said[key] for key in said if not key.startswith(OF_STRUCTURE)})


def read(
    service: Document,
    structure: Document | None = None,
    *,
    sure: bool = True,
    city_of: Callable[[str], str] = nowhere,
) -> Record:
    """
    Args:
        structure: that the service points at; without one, what it says is not known.
        sure: false for a file, whose word that something was confirmed is not taken.
        city_of: the name of a commune, by its code.

    Raises:
        Unreadable: not a service of data·inclusion, or one whose fields have another type.
    """
    try:
        day = date.fromisoformat(service[UPDATED])
        record = _read(service) if SOURCE in service else _read_of_others(service, structure or {})
        record = replace(record if sure else as_a_file(record), city=city_of(record.commune))
        if structure is None:
            record = keep(record, service, lambda one: _write(one, day), of=FORMAT)
        else:
            both = service | {f"{OF_STRUCTURE}{key}": value for key, value in structure.items()}
            record = keep(record, both, lambda one: _both(one, day), of=FORMAT)
        if SOURCE in service:
            return record
        its_day = {"ours": service[UPDATED], "said": service[UPDATED]}
        return replace(record, kept=record.kept | {UPDATED: its_day})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"Ce n’est pas un service data·inclusion : {error!r}.") from None


def updated_on(record: Record, *, on: date) -> date:
    """What somebody else wrote keeps their day, until a person here made sure of it since."""
    said = record.kept.get(UPDATED, {}).get("said")
    theirs = date.fromisoformat(said) if isinstance(said, str) else None
    if theirs is None:
        return record.verified_on or on
    return max(theirs, record.verified_on or theirs)


def _both(record: Record, updated_on: date) -> Document:
    structure = _structure(record, updated_on)
    return _write(record, updated_on) | {
        f"{OF_STRUCTURE}{key}": value for key, value in structure.items()
    }


def _write(record: Record, updated_on: date) -> Document:
    said = _common(record, updated_on)
    ours: Document = {name: _plain(getattr(record, name)) for name in NOT_THERE}
    said |= {"structure_id": said["id"], "description": record.description, SOURCE: ours}
    if not SHORTEST <= len(record.description) <= LONGEST:
        said["description"] = str(Kind(record.kind).label)
        ours["description"] = record.description
    if record.free is not None:
        said["frais"] = "gratuit" if record.free else "payant"
    if publics := sorted({PUBLICS[Audience(a)] for a in record.audiences if a in PUBLICS}):
        said["publics"] = publics
    if record.departement:
        said["zone_eligibilite"] = [record.departement]
    if record.verified_on:
        ours["verified_on"] = record.verified_on.isoformat()
    return said


def _structure(record: Record, updated_on: date) -> Document:
    said = _common(record, updated_on)
    if record.website:
        said["site_web"] = record.website
    if record.hours:
        said["horaires_accueil"] = record.hours
    if network := NETWORKS.get(Kind(record.kind)):
        said["reseaux_porteurs"] = [network]
    return said


def _common(record: Record, updated_on: date) -> Document:
    said: Document = {
        "source": SOURCE,
        "id": f"{OURS}{record.ref}",
        "nom": record.name,
        UPDATED: updated_on.isoformat(),
    }
    for name, key in ALIKE.items():
        value = getattr(record, name)
        if value not in ("", None):
            said[key] = value
    return said


def _read(service: Document) -> Record:
    ours: dict[str, Any] = dict(service[SOURCE])
    said_on = ours.pop("verified_on", None)
    plain = {name: ours[name] for name in NOT_THERE if name not in ("audiences", "languages")}
    Kind(plain["kind"]), Status(plain["status"])
    described: Any = ours.get("description", service["description"])
    return Record(
        ref=UUID(service["id"].removeprefix(OURS)),
        audiences=tuple(str(Audience(one)) for one in ours["audiences"]),
        languages=tuple(ours["languages"]),
        description=described,
        verified_on=date.fromisoformat(said_on) if said_on else None,
        **plain,
        **_alike(service),
    )


def _read_of_others(service: Document, structure: Document) -> Record:
    """As little as it says; nothing that it does not say is taken to be for minors."""
    networks = structure.get("reseaux_porteurs") or ()
    kind = next((one for one, name in NETWORKS.items() if name in networks), Kind.ASSOCIATION)
    publics = set(service.get("publics") or ())
    audiences = [one for one, name in PUBLICS.items() if {name, EVERYBODY} & publics]
    if EVERYBODY in publics or not audiences:
        audiences.append(Audience.ADULTS)
    zones: list[str] = service.get("zone_eligibilite") or [""]
    described: str = service.get("description") or ""
    only = zones[0] if len(zones) == 1 and len(zones[0]) <= len("974") else ""
    hours = service.get("horaires_accueil") or structure.get("horaires_accueil")
    return Record(
        ref=_ref_of(service["id"]),
        kind=str(kind),
        status=str(Status.ACTIVE),
        audiences=tuple(str(one) for one in audiences),
        departement=only,
        description=described,
        website=structure.get("site_web") or "",
        hours=hours or "",
        **_alike(service),
    )


def _alike(service: Document) -> dict[str, Any]:
    """What both kinds of service say in the same words."""
    said = {name: service[key] for name, key in ALIKE.items() if service.get(key) is not None}
    if "latitude" not in said or "longitude" not in said:
        said = {key: said[key] for key in said if key not in ("latitude", "longitude")}
    free = {"gratuit": True, "payant": False}.get(service.get("frais") or "")
    return said | {"name": service["nom"], "free": free}


def _ref_of(written: str) -> UUID:
    """The same service of somebody else has the same reference here, whenever it comes."""
    if written.startswith(OURS):
        return UUID(written.removeprefix(OURS))
    return uuid5(NAMESPACE_URL, f"https://data.inclusion.gouv.fr/{written}")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
