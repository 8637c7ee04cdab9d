"""
Human Services Data Specification 3: a service with its phone, its schedule, its location.

What HSDS has no field for is written as attributes, under the taxonomy « fanal ». Hours are the
free text of a schedule, as OpenStreetMap writes them.
https://docs.openreferral.org/en/latest/hsds/schema_reference.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID, uuid5

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

FORMAT = "hsds"
TAXONOMY = "fanal:"
# Fields of ours that HSDS does not have, each an attribute whose value is JSON of this type.
ATTRIBUTES: dict[str, type] = {
    "kind": str,
    "audiences": list,
    "departement": str,
    "postcode": str,
    "sign_language": bool,
    "accessible": bool,
    "free": bool,
    "anonymous": bool,
    "source_url": str,
    "source_date": str,
    "verified": dict,
}
# Of columns: what is longer, or no such number, stays in the document and is given back.
LONGEST_CODE, OLDEST = 10, 150
# What a service says of itself, without what hangs on it; its organisation is alone of its kind.
SIMPLE = (
    *("id", "organization_id", "name", "description", "url", "status"),
    *("minimum_age", "maximum_age", "assured_date", "organization"),
)
PLACED = (
    *("id", "location_type", "latitude", "longitude"),
    *("external_identifier", "external_identifier_type"),
)


def write(record: Record) -> Document:
    """One service, with what it was read with."""
    ours = _write(record)
    said = give_back(record, ours, of=FORMAT)
    if said.get("attributes") == ours["attributes"]:
        # Ours have changed since: those of other taxonomies are still theirs.
        said["attributes"] = [*ours["attributes"], *_attributes_of_others(record)]
    return said


def simple(document: Document) -> Document:
    """A service in a list: what it says once, and nothing of what it says several times."""
    return {key: document[key] for key in SIMPLE if key in document}


def organization(record: Record, services: list[Document] | None = None) -> Document:
    """Each place stands for itself: no source of ours says which body runs which places."""
    said = {
        "id": str(record.ref),
        "name": record.name,
        "description": str(Kind(record.kind).label),
    }
    if record.website:
        said["website"] = record.website
    return said if services is None else said | {"services": services}


def at_location(record: Record, *, full: bool) -> Document:
    """The service where it stands; empty when it stands nowhere."""
    service = write(record)
    places: list[Document] = service.get("service_at_locations", [])
    if not places:
        return {}
    said = places[0] | {"service": service if full else simple(service)}
    if not full:
        said["location"] = {key: said["location"][key] for key in PLACED if key in said["location"]}
    return said


def read(
    document: Document, *, sure: bool = True, city_of: Callable[[str], str] = nowhere
) -> Record:
    """
    Args:
        sure: false for a file, whose word that something was confirmed is not taken.
        city_of: the name of a commune, by its code.

    Raises:
        Unreadable: not a service of HSDS, or one whose fields have another type.
    """
    try:
        record = _read(document)
        record = replace(record if sure else as_a_file(record), city=city_of(record.commune))
        return keep(record, document, _write, of=FORMAT)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Unreadable(f"Ce n’est pas un service HSDS 3 : {error!r}.") from None


def _write(record: Record) -> Document:
    ref = str(record.ref)
    said: Document = {
        "id": ref,
        "organization_id": ref,
        "name": record.name,
        "status": record.status,
        "organization": organization(record),
    }
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
                # One service stands in one place: who has one has the other.
                "id": ref,
                "service_id": ref,
                "location_id": location["id"],
                "location": location,
            }
        ]
    said["attributes"] = list(_attributes(record))
    return said


def _attributes_of_others(record: Record) -> list[Document]:
    kept = record.kept.get("attributes", {}).get("said")
    if not isinstance(kept, list):
        return []
    return [one for one in kept if not str(one.get("link_type", "")).startswith(TAXONOMY)]


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
                "city": record.city,
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
            "link_type": f"{TAXONOMY}{name}",
            "value": json.dumps(value, ensure_ascii=False, sort_keys=True),
        }


def _read(document: Document) -> Record:
    ours = _ours(document)
    location = _location_of(document)
    addresses = location.get("addresses") or [{}]
    of_insee = location.get("external_identifier_type") == "INSEE"
    audiences = ours.get("audiences", [Audience.MINORS])
    latitude, longitude = _point(location)
    codes = [one.get("code") for one in document.get("languages", [])]
    return Record(
        ref=UUID(document["id"]),
        name=_text(document["name"]),
        kind=str(Kind(ours.get("kind", Kind.ASSOCIATION))),
        status=str(Status(document["status"])),
        audiences=tuple(str(Audience(one)) for one in audiences),
        commune=_text(location.get("external_identifier", "")) if of_insee else "",
        departement=ours.get("departement", ""),
        postcode=ours.get("postcode", ""),
        address=_text(addresses[0].get("address_1", "")),
        latitude=latitude,
        longitude=longitude,
        description=_text(document.get("description", "")),
        minimum_age=_age(document.get("minimum_age")),
        maximum_age=_age(document.get("maximum_age")),
        hours=_first(document, "schedules", "description"),
        phone=_first(document, "phones", "number"),
        website=_text(document.get("url", "")),
        languages=tuple(one for one in codes if one and len(_text(one)) <= LONGEST_CODE),
        sign_language=ours.get("sign_language"),
        accessible=ours.get("accessible"),
        free=ours.get("free"),
        anonymous=ours.get("anonymous"),
        source_url=ours.get("source_url", ""),
        source_date=ours.get("source_date", ""),
        verified={str(name): _text(day) for name, day in ours.get("verified", {}).items()},
        verified_on=_day(document.get("assured_date")),
    )


def _ours(document: Document) -> dict[str, Any]:
    found = {}
    for one in document.get("attributes", []):
        said = str(one.get("link_type", ""))
        name = said.removeprefix(TAXONOMY)
        if said.startswith(TAXONOMY) and name in ATTRIBUTES:
            value = json.loads(one["value"])
            if not isinstance(value, ATTRIBUTES[name]):
                raise TypeError(f"{name}: {value!r}")
            found[name] = value
    return found


def _point(location: Document) -> tuple[float | None, float | None]:
    """Both, or none: half of a place is nowhere."""
    point = location.get("latitude"), location.get("longitude")
    known = all(isinstance(one, int | float) and isfinite(one) for one in point)
    return point if known else (None, None)


def _age(value: Any) -> int | None:
    whole = isinstance(value, int | float) and isfinite(value) and value == int(value)
    return int(value) if whole and 0 <= value <= OLDEST else None


def _day(value: Any) -> date | None:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return None


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
