"""
Which classes the law lets each role see, written apart from the code: ``disclosure.csv``.

No screen reads it. What a role sees is what its policies, its views and its templates show; this
table is what the walls are held against.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from fanal.ground.agents.terms import Role

# A role's line in the table; « author » is whoever sees of a file nothing but what they wrote.
AUDIENCES: dict[Role, str] = {
    Role.AUTHOR: "author",
    # Those who listen see what was said to them, and nothing of a file.
    Role.LISTENER: "author",
    Role.COORDINATOR: "author",
    # Institutions are what they see, and nobody.
    Role.DIRECTORY: "author",
    # Who reads what lodgings tell sends a concern, and sees nothing of a file.
    Role.CONTACT_POINT: "author",
    # Appointments without a name.
    Role.RECEPTION: "author",
    # Counts, and nobody.
    Role.STEERING: "author",
    Role.CRIP: "crip",
    Role.EVALUATOR: "crip",
    Role.SUPERVISOR: "crip",
    Role.ON_CALL: "crip",
    Role.REFERENT: "referent",
    Role.PARQUET: "justice",
    Role.ADMINISTRATOR: "oversight",
    Role.CONTROLLER: "oversight",
    Role.DATA_PROTECTION: "oversight",
}


@cache
def lines() -> tuple[dict[str, str], ...]:
    file = Path(__file__).with_suffix(".csv")
    return tuple(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def classes_given(role: Role, *, on: date) -> set[str]:
    """The classes of which a role sees something, of its own sendings or of others'."""
    day = on.isoformat()
    return {
        line["class"]
        for line in lines()
        if line["audience"] == AUDIENCES[role]
        and line["sight"] != "none"
        and line["valid_from"] <= day
        and (not line["valid_to"] or day < line["valid_to"])
    }
