"""
Human Services Data Specification 3: a service with its phone, its schedule, its location.

What HSDS has no field for is written as attributes, under the taxonomy « fanal ». Hours are the
free text of a schedule, as OpenStreetMap writes them.
https://docs.openreferral.org/en/latest/hsds/schema_reference.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from fanal.prevent.spaces.formats.record import Document, Record, Unreadable, give_back, keep
from fanal.prevent.spaces.terms import Audience, Kind, Status

TAXONOMY = "fanal"
# Fields of ours that HSDS does not have, each an attribute whose value is JSON.
ATTRIBUTES = (
    "kind",
    "audiences",
    "departement",
    "postcode",
    "sign_language",
    "accessible",
    "free",
    "anonymous",
    "source_url",
    "source_date",
    "verified",
)


def write(record: Record) -> Document:
    """One service, with what it was read with."""
    return give_back(record, _write(record))


def read(document: Document) -> Record:
    """
    Raises:
        Unreadable: not a service of HSDS, or one whose fields have another type.
    """
    try:
        return keep(_read(document), document, _write)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Unreadable(f"Ce n’est pas un service HSDS 3 : {error!r}.") from None


def _write(record: Record) -> Document:
    ref = str(record.ref)
    said: Document = {"id": ref, "name": record.name, "status": record.status}
    for key, value in (
        ("description", record.description),
        ("url", record.website),
        ("minimum_age", record.minimum_age),
        ("maximum_age", record.maximum_age),
        ("assured_date", record.verified_on.isoformat() if record.verified_on else ""),
    ):
        if value not in ("", None):
            said[key] = value
    if record.phone:
        said["phones"] = [{"id": _part(record, "phone"), "service_id": ref, "number": record.phone}]
    if record.hours:
        said["schedules"] = [
            {"id": _part(record, "schedule"), "service_id": ref, "description": record.hours}
        ]
    if record.languages:
        said["languages"] = [
            {"id": _part(record, f"language {code}"), "service_id": ref, "code": code}
            for code in record.languages
        ]
    if location := _location(record):
        said["service_at_locations"] = [
            {
                "id": _part(record, "service_at_location"),
                "service_id": ref,
                "location_id": location["id"],
                "location": location,
            }
        ]
    said["attributes"] = list(_attributes(record))
    return said


def _location(record: Record) -> Document:
    stands = record.latitude is not None or record.longitude is not None
    if not (record.commune or record.address or stands):
        return {}
    said: Document = {"id": _part(record, "location"), "location_type": "physical"}
    if record.commune:
        said |= {"external_identifier": record.commune, "external_identifier_type": "INSEE"}
    if record.latitude is not None:
        said["latitude"] = record.latitude
    if record.longitude is not None:
        said["longitude"] = record.longitude
    if record.address:
        said["addresses"] = [
            {
                "id": _part(record, "address"),
                "location_id": said["id"],
                "address_1": record.address,
                "city": record.commune,
                "state_province": record.departement,
                "postal_code": record.postcode,
                "country": "FR",
                "address_type": "physical",
            }
        ]
    return said


def _attributes(record: Record) -> Iterator[Document]:
    for name in ATTRIBUTES:
        value = getattr(record, name)
        if value in ("", None, {}):
            continue
        yield {
            "id": _part(record, f"attribute {name}"),
            "link_id": str(record.ref),
            "link_entity": "service",
            "link_type": f"{TAXONOMY}:{name}",
            "value": json.dumps(value, ensure_ascii=False, sort_keys=True),
        }


def _read(document: Document) -> Record:
    ours = _ours(document)
    location = _location_of(document)
    addresses = location.get("addresses") or [{}]
    of_insee = location.get("external_identifier_type") == "INSEE"
    kind, audiences = ours.get("kind", Kind.ASSOCIATION), ours.get("audiences", [Audience.MINORS])
    said_on = document.get("assured_date")
    return Record(
        ref=UUID(document["id"]),
        name=_text(document["name"]),
        kind=str(Kind(kind)),
        status=str(Status(document["status"])),
        audiences=tuple(str(Audience(one)) for one in audiences),
        commune=location["external_identifier"] if of_insee else "",
        departement=ours.get("departement", ""),
        postcode=ours.get("postcode", ""),
        address=addresses[0].get("address_1", ""),
        latitude=location.get("latitude"),
        longitude=location.get("longitude"),
        description=_text(document.get("description", "")),
        minimum_age=document.get("minimum_age"),
        maximum_age=document.get("maximum_age"),
        hours=_first(document, "schedules", "description"),
        phone=_first(document, "phones", "number"),
        website=_text(document.get("url", "")),
        languages=tuple(one["code"] for one in document.get("languages", []) if one.get("code")),
        sign_language=ours.get("sign_language"),
        accessible=ours.get("accessible"),
        free=ours.get("free"),
        anonymous=ours.get("anonymous"),
        source_url=ours.get("source_url", ""),
        source_date=ours.get("source_date", ""),
        verified=ours.get("verified", {}),
        verified_on=date.fromisoformat(said_on) if said_on else None,
    )


def _ours(document: Document) -> dict[str, Any]:
    found = {}
    for one in document.get("attributes", []):
        name = str(one.get("link_type", "")).removeprefix(f"{TAXONOMY}:")
        if name in ATTRIBUTES:
            found[name] = json.loads(one["value"])
    return found


def _location_of(document: Document) -> Document:
    places = document.get("service_at_locations") or [{}]
    location: Document = places[0].get("location", {})
    return location


def _first(document: Document, key: str, name: str) -> str:
    rows = document.get(key) or [{}]
    return _text(rows[0].get(name, ""))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _part(record: Record, name: str) -> str:
    """The same part of the same service keeps its identifier from one export to the next."""
    return str(uuid5(record.ref, name))
