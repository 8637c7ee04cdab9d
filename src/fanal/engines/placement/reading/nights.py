"""
A night as people write it: requests, units, and the rules between them, each with its name.

A key that is not known is refused: a rule whose name is misspelt would not be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.placement.people import ANY_KIND, EVERYONE, Request, Units
from fanal.engines.placement.problem import contradiction, merged
from fanal.engines.placement.reading.files import shown, unreadable
from fanal.engines.placement.reading.values import (
    FARTHEST,
    OLDEST,
    PAIR,
    Check,
    Wrong,
    ages,
    number,
    one_of,
    point,
    points,
    whole,
    word,
    words,
)
from fanal.engines.placement.refusals import Code, NotPlaced

SEXES = {"F": 0, "G": 1}
TAKEN_IN = {**SEXES, "tous": EVERYONE}
URGENCIES = (1, 2, 4)
MOST_PLACES, MOST_DAYS = 10_000, 3650
NEEDED: Any = object()


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests and units of a file; ``apart`` and ``together`` are their numbers."""

    requests: list[Request]
    units: Units
    capacity: Any
    request_names: tuple[str, ...]
    unit_names: tuple[str, ...]
    facility_names: tuple[str, ...]
    capability_names: tuple[str, ...]
    kind_names: tuple[str, ...]
    apart: tuple[tuple[int, ...], ...]
    together: tuple[tuple[int, ...], ...]


# Each key, how it is read, and what stands for it when it is absent.
REQUEST: dict[str, tuple[Check, Any]] = {
    "id": (word, NEEDED),
    "age": (whole(0, OLDEST), NEEDED),
    "sex": (one_of(SEXES), NEEDED),
    "urgency": (one_of({one: one for one in URGENCIES}), NEEDED),
    "home": (point, NEEDED),
    "waited": (whole(0, MOST_DAYS), 0),
    "needs": (words, frozenset()),
    "kind": (word, ""),
    "dangers": (points, []),
    "distance": (number(0, FARTHEST, " km"), 0.0),
    "travel": (number(0, FARTHEST, " km"), np.inf),
}
UNIT: dict[str, tuple[Check, Any]] = {
    "id": (word, NEEDED),
    "facility": (word, NEEDED),
    "ages": (ages, NEEDED),
    "sex": (one_of(TAKEN_IN), NEEDED),
    "places": (whole(0, MOST_PLACES), NEEDED),
    "position": (point, NEEDED),
    "capacity": (whole(0, MOST_PLACES), None),
    "capabilities": (words, frozenset()),
    "kind": (word, ""),
}
KEYS = {"requests", "units", "keep_apart", "keep_together", "siblings", "about"}


def asked_of(document: dict[str, Any], *, units: dict[str, Any] | None = None) -> Asked:
    """
    Args:
        units: the document that holds the units, when it is another.

    Raises:
        NotPlaced: with the name of what is wrong.
    """
    odd = sorted(document.keys() - KEYS)
    if odd:
        raise unreadable(f"« {shown(odd[0])} » n'est pas une clé connue.")
    people = _named(document, "requests", REQUEST)
    offered = _named(document if units is None else units, "units", UNIT)
    _check_positions(offered)
    request_names = tuple(one["id"] for one in people)
    apart = _groups(document, "keep_apart", request_names)
    together = _groups(document, "keep_together", request_names)
    both = contradiction(merged(together), apart)
    if both:
        first, second = (request_names[one] for one in both)
        raise NotPlaced(
            Code.CONTRADICTORY,
            f"Les demandes « {first} » et « {second} » doivent être ensemble et séparées.",
        )
    able = sorted({what for one in people for what in one["needs"]}
                  | {what for one in offered for what in one["capabilities"]})  # fmt: skip
    kinds = sorted({one["kind"] for one in (*people, *offered)})
    facilities = list(dict.fromkeys(one["facility"] for one in offered))
    return Asked(
        requests=[_request(one, able, kinds) for one in people],
        units=_units(offered, able, kinds, facilities),
        capacity=np.array(
            [one["places"] if one["capacity"] is None else one["capacity"] for one in offered],
            dtype=np.int64,
        ),
        request_names=request_names,
        unit_names=tuple(one["id"] for one in offered),
        facility_names=tuple(facilities),
        capability_names=tuple(able),
        kind_names=tuple(kinds),
        apart=apart,
        together=together,
    )


def _named(
    document: dict[str, Any], name: str, keys: dict[str, tuple[Check, Any]]
) -> list[dict[str, Any]]:
    rows = document.get(name)
    if not isinstance(rows, list):
        raise unreadable(f"« {name} » doit être une liste.")
    read, seen = [], set()
    for at, row in enumerate(rows):
        one = _read(row, f"« {name} », élément {at}", keys)
        if one["id"] in seen:
            raise NotPlaced(
                Code.CONTRADICTORY, f"« {name} » : « {shown(one['id'])} » y est deux fois."
            )
        seen.add(one["id"])
        read.append(one)
    return read


def _read(row: Any, where: str, keys: dict[str, tuple[Check, Any]]) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise unreadable(f"{where} : ce n'est pas un objet.")
    if "id" in row:
        where += f" (« {shown(row['id'])} »)"
    odd = sorted(row.keys() - keys.keys())
    if odd:
        raise unreadable(f"{where} : « {shown(odd[0])} » n'est pas une clé connue.")
    read = {}
    for key, (check, absent) in keys.items():
        if key not in row and absent is NEEDED:
            raise unreadable(f"{where} : il manque « {key} ».")
        try:
            read[key] = check(row[key]) if key in row else absent
        except Wrong as wrong:
            raise unreadable(
                f"{where} : « {key} » est « {shown(row[key])} » ; il faut {wrong}."
            ) from None
    if read.get("dangers") and not read["distance"]:
        raise unreadable(f"{where} : à quelle « distance » des lieux de danger ?")
    return read


def _check_positions(units: list[dict[str, Any]]) -> None:
    position: dict[str, tuple[float, float]] = {}
    for one in units:
        if position.setdefault(one["facility"], one["position"]) != one["position"]:
            raise NotPlaced(
                Code.CONTRADICTORY,
                f"L'établissement « {shown(one['facility'])} » est à deux endroits.",
            )
        if one["capacity"] is not None and one["capacity"] < one["places"]:
            raise NotPlaced(
                Code.CONTRADICTORY,
                f"L'unité « {shown(one['id'])} » a plus de places libres que de places.",
            )


def _groups(
    document: dict[str, Any], name: str, names: tuple[str, ...]
) -> tuple[tuple[int, ...], ...]:
    value = document.get(name, [])
    if not isinstance(value, list) or not all(isinstance(group, list) for group in value):
        raise unreadable(f"« {name} » doit être une liste de groupes.")
    number_of = {one: at for at, one in enumerate(names)}
    for group in value:
        for one in group:
            if type(one) not in {str, int} or str(one).strip() not in number_of:
                raise unreadable(f"« {name} » cite « {shown(one)} », qui n'est pas une demande.")
    return tuple(tuple(number_of[str(one).strip()] for one in group) for group in value)


def _request(one: dict[str, Any], able: list[str], kinds: list[str]) -> Request:
    return Request(
        age=one["age"],
        sex=one["sex"],
        needs=np.array([what in one["needs"] for what in able], dtype=bool),
        kind=kinds.index(one["kind"]) if one["kind"] else ANY_KIND,
        urgency=one["urgency"],
        home=np.array(one["home"]),
        dangers=np.array(one["dangers"], dtype=float).reshape(-1, PAIR),
        distance=one["distance"],
        travel=one["travel"],
        waited=one["waited"],
    )


def _units(
    offered: list[dict[str, Any]], able: list[str], kinds: list[str], facilities: list[str]
) -> Units:
    number_of = {one: at for at, one in enumerate(facilities)}

    def column(values: list[Any]) -> Any:
        return np.array(values, dtype=np.int64)

    return Units(
        facility=column([number_of[one["facility"]] for one in offered]),
        youngest=column([one["ages"][0] for one in offered]),
        oldest=column([one["ages"][1] for one in offered]),
        sex=column([one["sex"] for one in offered]),
        kind=column([kinds.index(one["kind"]) for one in offered]),
        places=column([one["places"] for one in offered]),
        capabilities=np.array(
            [[what in one["capabilities"] for what in able] for one in offered], dtype=bool
        ).reshape(len(offered), len(able)),
        position=np.array([one["position"] for one in offered], dtype=float).reshape(-1, PAIR),
    )
