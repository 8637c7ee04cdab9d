"""Tables of the law that change on a day: each line holds from a day to another."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib import resources


@cache
def lines(name: str) -> tuple[dict[str, str], ...]:
    """Every line of a table of this room."""
    file = resources.files("fanal.ground.privacy") / "data" / f"{name}.csv"
    return tuple(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def in_force(name: str, *, on: date) -> list[dict[str, str]]:
    day = on.isoformat()
    return [
        line
        for line in lines(name)
        if line["valid_from"] <= day and (not line["valid_to"] or day < line["valid_to"])
    ]
