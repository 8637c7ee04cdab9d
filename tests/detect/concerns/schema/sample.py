"""A good concern to spoil, one field at a time, and a map that needs no database."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fanal.detect.concerns.schema import ConcernInput, InvalidConcern, parse_concern
from fanal.detect.concerns.schema.published import EXAMPLE
from fanal.ground.errors import Refusal

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)

NOWHERE = "Aucune commune n'a ce code."
ZONES = {"97411": "Indian/Reunion", "97209": "America/Martinique", "97502": "America/Miquelon"}


@dataclass(frozen=True)
class Authority:
    timezone: str


@dataclass(frozen=True)
class Commune:
    authority: Authority


def find_commune(code: str) -> Commune:
    if code in ("99999", "LILLE"):
        raise Refusal(NOWHERE)
    return Commune(Authority(ZONES.get(code, "Europe/Paris")))


ABSENT = object()


def concern(**changes: Any) -> dict[str, Any]:
    """The example with changes; ``minor__sex="X"`` reaches inside, ``ABSENT`` takes away."""
    data = deepcopy(EXAMPLE)
    for path, value in changes.items():
        *parents, last = (int(part) if part.isdigit() else part for part in path.split("__"))
        place: Any = data
        for parent in parents:
            place = place[parent]
        if value is ABSENT:
            del place[last]
        else:
            place[last] = value
    return data


def parse(data: object, *, now: datetime = NOW) -> ConcernInput:
    return parse_concern(data, now=now, find_commune=find_commune)


def errors_of(data: object, *, now: datetime = NOW) -> dict[str, list[str]]:
    try:
        parse(data, now=now)
    except InvalidConcern as refusal:
        return refusal.errors
    return {}
