"""Quarters of an hour from a sheet: « quarter » (its name), « arrivals », « places »."""

from __future__ import annotations

from pathlib import Path

from fanal.engines.sheets.reading import UnreadableSheet, read_sheet
from fanal.engines.waiting.plans import Quarter

LONGEST_CELL = 40


def read_quarters(path: Path) -> list[tuple[str, Quarter]]:
    """
    Each quarter with its name, in the order of the sheet.

    Raises:
        UnreadableSheet: in French, with the line.
    """
    sheet = read_sheet(path, name="quarter", columns=("arrivals", "places"), longest=LONGEST_CELL)
    found = []
    for name, arrivals, places in zip(sheet.names, *sheet.columns, strict=True):
        try:
            quarter = Quarter(float(arrivals.replace(",", ".")), int(places))
        except ValueError:
            raise UnreadableSheet(
                f"{path}, {name} : il faut un nombre de personnes et un nombre entier de places."
            ) from None
        found.append((name, quarter))
    return found
