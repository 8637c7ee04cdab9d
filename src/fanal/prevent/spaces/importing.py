"""
Read the directory from a CSV file: each cell that is refused says why, in French.

What a person confirmed is not undone by a file, and a file makes no service more visible.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from hashlib import sha256
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import Any

from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune, Departement
from fanal.ground.territory.names import name_key
from fanal.prevent.spaces.cells_of_a_file import Places, audiences_of, faults_of
from fanal.prevent.spaces.terms import STATE_NUMBERS, Audience, Kind, Tier

STARTING = Path(__file__).parent / "data" / "structures.csv"
COLUMNS = (
    "name",
    "kind",
    "commune",
    "postcode",
    "departement",
    "phone",
    "website",
    "audience",
    "source_url",
    "source_date",
)
# What may stand between two cells, as spreadsheets write it.
BETWEEN = (",", ";", "\t")
TOO_MANY = "Cette ligne a trop de cases : mettez entre guillemets celle qui contient une virgule."
TOO_FEW = "Cette ligne n’a pas assez de cases."
TORN = "une case ne se lit pas ; un guillemet n’est peut-être pas refermé."


class NotADirectory(Refusal):
    """The file is not one of services."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is wrong with one cell, by the line and the column of the file."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"ligne {self.line}, colonne « {self.column} » : {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """One service as a file says it."""

    source_key: str
    name: str
    kind: Kind
    tier: Tier
    commune: Commune | None
    departement: Departement | None
    postcode: str
    phone: str
    website: str
    audiences: list[str]
    source_url: str
    source_date: str
    state_number: bool

    @property
    def values(self) -> dict[str, Any]:
        """By field of ``Service``, with where the commune stands."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        latitude = self.commune.latitude if self.commune else None
        longitude = self.commune.longitude if self.commune else None
        return said | {"latitude": latitude, "longitude": longitude}


@dataclass(slots=True)
class Reading:
    rows: list[Row] = field(default_factory=list)
    refused: list[Cell] = field(default_factory=list)


def lines_of(file: Path) -> list[str]:
    """
    Raises:
        NotADirectory: it is not text in UTF-8.
    """
    try:
        # Lines of a file, and not those that a character may break within a cell.
        return list(StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    except UnicodeDecodeError:
        raise NotADirectory("Enregistrez le fichier en CSV UTF-8, puis recommencez.") from None


def read_directory(lines: Iterable[str]) -> Reading:
    """
    Read each line, refuse those that cannot be shown rightly.

    Raises:
        NotADirectory: a column is missing.
    """
    places, reading = Places(), Reading()
    seen: dict[str, int] = {}
    for line, written in _lines(lines):
        if not any(written.values()):
            # What a spreadsheet leaves under its last line.
            continue
        cells, torn = _cells(written)
        refused = [Cell(line, *fault) for fault in torn or faults_of(cells, places)]
        if not refused:
            row = _row(cells, places)
            if row.source_key in seen:
                first = seen[row.source_key]
                refused = [Cell(line, "name", f"Déjà dit à la ligne {first}.")]
            else:
                seen[row.source_key] = line
                reading.rows.append(row)
        reading.refused += refused
    return reading


def _lines(lines: Iterable[str]) -> Iterator[tuple[int, dict[str | None, Any]]]:
    """Each line with its number, cells by column; commas, semicolons or tabs between them."""
    first, rest = _first_and_rest(lines)
    between = max(BETWEEN, key=first.count)
    found = csv.DictReader(rest, delimiter=between)
    found.fieldnames = [name.strip() for name in found.fieldnames or ()]
    missing = [column for column in COLUMNS if column not in found.fieldnames]
    if missing:
        raise NotADirectory(f"Il manque des colonnes : {', '.join(missing)}.")
    if twice := [one for one in COLUMNS if found.fieldnames.count(one) > 1]:
        raise NotADirectory(f"La colonne « {twice[0]} » y est deux fois.")
    try:
        for written in found:
            yield found.line_num, written
    except csv.Error:
        raise NotADirectory(f"Ligne {found.line_num} : {TORN}") from None


def _first_and_rest(lines: Iterable[str]) -> tuple[str, Iterator[str]]:
    read = iter(lines)
    first = next(read, "")
    return first, chain([first], read)


def _cells(written: dict[str | None, Any]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """By column; and why the line cannot be read, when it has too few cells, or too many."""
    if None in written:
        return {}, [(COLUMNS[-1], TOO_MANY)]
    if short := [column for column in COLUMNS if written[column] is None]:
        return {}, [(short[0], TOO_FEW)]
    return {column: written[column].strip() for column in COLUMNS}, []


def _row(cells: dict[str, str], places: Places) -> Row:
    kind = Kind(cells["kind"])
    audiences = audiences_of(cells["audience"])
    return Row(
        source_key=_key(cells),
        name=cells["name"],
        kind=kind,
        tier=_tier(kind, audiences),
        commune=places.commune(cells["commune"], cells["departement"])
        if cells["commune"]
        else None,
        departement=places.departements.get(cells["departement"]),
        postcode=cells["postcode"],
        phone=cells["phone"],
        website=cells["website"],
        audiences=audiences,
        source_url=cells["source_url"],
        source_date=cells["source_date"],
        state_number=kind is Kind.NATIONAL_LINE and cells["phone"] in STATE_NUMBERS,
    )


def _tier(kind: Kind, audiences: list[str]) -> Tier:
    if kind is Kind.HOSPITAL or audiences == [Audience.PROFESSIONALS]:
        return Tier.PROFESSIONAL
    return Tier.PUBLIC


def _key(cells: dict[str, str]) -> str:
    told = (
        cells["kind"],
        cells["departement"],
        name_key(cells["name"]),
        name_key(cells["commune"]),
    )
    return sha256("\n".join(told).encode()).hexdigest()
