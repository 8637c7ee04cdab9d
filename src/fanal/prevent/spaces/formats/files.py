"""Whole files: which format one is in is read from the file itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.audit.use_cases import record
from fanal.ground.territory.models import Commune
from fanal.prevent.spaces.formats import hsds, inclusion
from fanal.prevent.spaces.formats.record import Record, Unreadable, record_of, whole_record_of
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.queries import public_services

NOT_A_LIST = (
    "Le fichier doit être en JSON : une liste de services HSDS, une page de l’interface HSDS, "
    "ou { « services » : […] } de data·inclusion."
)


def records_of(file: Path) -> list[Record]:
    """
    Raises:
        Unreadable: no JSON, or a service in it is of neither format; the message says which.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unreadable(NOT_A_LIST) from None
    return list(_read(document))


def _read(document: Any) -> Iterator[Record]:
    structures: dict[str, Any] = {}
    if isinstance(document, dict):
        listed = document.get("structures", [])
        structures = {str(one.get("id")): one for one in listed if isinstance(one, dict)}
        document = document.get("services", document.get("contents"))
    if not isinstance(document, list):
        raise Unreadable(NOT_A_LIST)
    cities = dict(Commune.objects.values_list("code", "name"))
    for number, one in enumerate(document, start=1):
        if not isinstance(one, dict):
            raise Unreadable(f"Service {number} : {NOT_A_LIST}")
        try:
            yield _service(one, structures, lambda code: cities.get(code, ""))
        except Unreadable as refusal:
            raise Unreadable(f"Service {number} : {refusal.message}") from None


def _service(one: Any, structures: dict[str, Any], city_of: Callable[[str], str]) -> Record:
    if "nom" in one:
        structure = structures.get(str(one.get("structure_id")))
        return inclusion.read(one, structure, sure=False, city_of=city_of)
    return hsds.read(one, sure=False, city_of=city_of)


def written(wanted: str, *, on: date) -> Any:
    """The public services, in that format."""
    found = public_services().select_related("commune").order_by("pk")
    return _in_format(wanted, [record_of(one) for one in found], on=on)


def written_whole(wanted: str, *, on: date) -> Any:
    """
    Every service, whoever may know of it, with all that it was read with.

    It is for the keepers of another directory, and for nobody else: hidden places are in it, and
    words that nobody confirmed.
    """
    with acting_as(None, purpose=Purpose.DIRECTORY):
        records = [
            whole_record_of(one) for one in Service.objects.select_related("commune").order_by("pk")
        ]
        record(agent=None, deed="directory.export", detail={"rows": len(records)})
    return _in_format(wanted, records, on=on)


def _in_format(wanted: str, records: list[Record], *, on: date) -> Any:
    if wanted == hsds.FORMAT:
        return [hsds.write(one) for one in records]
    pairs = [inclusion.write(one, updated_on=inclusion.updated_on(one, on=on)) for one in records]
    return {
        "structures": [one.structure for one in pairs],
        "services": [one.service for one in pairs],
    }
