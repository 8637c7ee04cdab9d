"""
data·inclusion 1: a structure and its service, in one pair.

What the schema has no field for stands under the key « fanal » of the service, which its readers
pass over. A description is required: when there is none, the network says it.
https://gip-inclusion.github.io/data-inclusion-schema/
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fanal.prevent.spaces.formats.record import Document, Record, Unreadable, give_back, keep
from fanal.prevent.spaces.terms import Audience, Kind, Status

SOURCE = "fanal"
# What our networks are called there; the others are not in its list yet.
NETWORKS = {Kind.RIGHTS: "cidff", Kind.YOUTH: "reseau-information-jeunesse"}
PUBLICS = {Audience.MINORS: "jeunes", Audience.FAMILIES: "familles"}
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
    "address": "adresse",
    "latitude": "latitude",
    "longitude": "longitude",
    "phone": "telephone",
}


@dataclass(frozen=True, slots=True)
class Pair:
    structure: Document
    service: Document


def write(record: Record, *, updated_on: date) -> Pair:
    """The service as it was read, and the structure that we know of it."""
    return Pair(
        structure=_structure(record, updated_on),
        service=give_back(record, _write(record, updated_on)),
    )


def read(service: Document) -> Record:
    """
    Raises:
        Unreadable: not a service of data·inclusion that we once wrote, or of another type.
    """
    try:
        updated_on = date.fromisoformat(service["date_maj"])
        return keep(_read(service), service, lambda record: _write(record, updated_on))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"Ce n’est pas un service data·inclusion de Fanal : {error!r}.") from None


def _write(record: Record, updated_on: date) -> Document:
    said = _common(record, updated_on)
    said |= {
        "structure_id": said["id"],
        "description": record.description or _no_description(record),
        "fanal": {name: _plain(getattr(record, name)) for name in NOT_THERE},
    }
    if not record.description:
        said["fanal"]["described"] = False
    if record.free is not None:
        said["frais"] = "gratuit" if record.free else "payant"
    if publics := sorted({PUBLICS[Audience(a)] for a in record.audiences if a in PUBLICS}):
        said["publics"] = publics
    if record.departement:
        said["zone_eligibilite"] = [record.departement]
    if record.verified_on:
        said["fanal"]["verified_on"] = record.verified_on.isoformat()
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
        "id": f"{SOURCE}--{record.ref}",
        "nom": record.name,
        "date_maj": updated_on.isoformat(),
    }
    for name, key in ALIKE.items():
        value = getattr(record, name)
        if value not in ("", None):
            said[key] = value
    return said


def _read(service: Document) -> Record:
    ours: dict[str, Any] = dict(service["fanal"])
    described, said_on = ours.pop("described", True), ours.pop("verified_on", None)
    plain = {name: ours[name] for name in NOT_THERE if name not in ("audiences", "languages")}
    Kind(plain["kind"]), Status(plain["status"])
    alike = {name: service[key] for name, key in ALIKE.items() if key in service}
    return Record(
        ref=UUID(service["id"].removeprefix(f"{SOURCE}--")),
        name=service["nom"],
        audiences=tuple(str(Audience(one)) for one in ours["audiences"]),
        languages=tuple(ours["languages"]),
        description=service["description"] if described else "",
        free={"gratuit": True, "payant": False}.get(service.get("frais", "")),
        verified_on=date.fromisoformat(said_on) if said_on else None,
        **plain,
        **alike,
    )


def _no_description(record: Record) -> str:
    return str(Kind(record.kind).label)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
