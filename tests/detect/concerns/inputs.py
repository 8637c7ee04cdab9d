"""A concern as an organisation's software would write it. Everybody in it is invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fanal.detect.concerns.schema import ConcernInput, parse_concern
from fanal.ground.territory.queries import find_commune

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


def written(**changes: Any) -> dict[str, Any]:
    """The JSON of a valid concern about Léa, of Lille; ``minor__sex="M"`` changes one answer."""
    data: dict[str, Any] = {
        "external_ref": "TIL-1",
        "received_at": "2026-03-02T09:30:00+01:00",
        "commune": "59350",
        "author": {
            "kind": "school",
            "name": "Sofia Inventée",
            "function": "assistante sociale",
            "contact": "sofia@fanal.invalid",
        },
        "minor": {
            "given_names": "Léa",
            "family_name": "Inventée",
            "birth_date": "2010-05-20",
            "sex": "F",
        },
        "facts": "Absences répétées depuis janvier. [personne inventée]",
        "immediate_danger": False,
        "missing_now": False,
        "child_informed": True,
        "parents_informed": {"value": "no", "reason": "Parents injoignables."},
        "exploitation": "suspected",
    }
    for path, value in changes.items():
        *parents, name = path.split("__")
        place = data
        for parent in parents:
            place = place[parent]
        if value is ...:
            place.pop(name, None)
        else:
            place[name] = value
    return data


def parsed(**changes: Any) -> ConcernInput:
    return parse_concern(written(**changes), now=NOW, find_commune=find_commune)
