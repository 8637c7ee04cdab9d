"""
Read the directory from a CSV file: each cell that is refused says why, in French.

What a person confirmed is not undone by a file, and a file makes no service more visible.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune, Departement
from fanal.ground.territory.names import name_key
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
# As data·inclusion has it.
SHORTEST_NAME, LONGEST_NAME = 3, 150
NAME_LENGTH = f"Écrivez un nom de {SHORTEST_NAME} à {LONGEST_NAME} caractères."
# 03 20 00 00 00, 0800 804 001, 0 800 235 236, or a short number.
NUMBER = r"0\d( \d\d){4}|0 ?8\d\d( \d\d){3}|0 ?8\d\d( \d{3}){2}|\d{2,4}|116 \d{3}"
ADDRESS = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?")
NO_ADDRESS = "Écrivez une adresse qui commence par https:// ou http://."
# What a cell looks like when it is not empty, and what to write instead.
SHAPES = {
    "postcode": (
        re.compile(r"\d{5}"),
        "Un code postal a cinq chiffres ; un tableur a pu ôter le premier zéro.",
    ),
    "phone": (
        re.compile(NUMBER),
        "Écrivez le numéro comme « 03 20 00 00 00 », ou un numéro court.",
    ),
    "website": (ADDRESS, NO_ADDRESS),
    "source_url": (ADDRESS, NO_ADDRESS),
    "source_date": (
        re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
        "Écrivez 2026, 2026-11 ou 2026-11-28.",
    ),
}


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
        return file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise NotADirectory("Enregistrez le fichier en CSV UTF-8, puis recommencez.") from None


def read_directory(lines: Iterable[str]) -> Reading:
    """
    Read each line, refuse those that cannot be shown rightly.

    Raises:
        NotADirectory: a column is missing.
    """
    found = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (found.fieldnames or ())]
    if missing:
        raise NotADirectory(f"Il manque des colonnes : {', '.join(missing)}.")
    places, reading = Places(), Reading()
    seen: dict[str, int] = {}
    for written in found:
        line = found.line_num
        cells = {column: (written[column] or "").strip() for column in COLUMNS}
        refused = [Cell(line, column, message) for column, message in _faults(cells, places)]
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


class Places:
    """Départements and communes, read once for a file."""

    def __init__(self) -> None:
        self.departements = {one.code: one for one in Departement.objects.all()}
        self._communes: dict[str, dict[str, Commune]] = {}

    def commune(self, name: str, departement: str) -> Commune | None:
        if departement not in self._communes:
            # Today's communes last: they win over one of the same name that was absorbed.
            known = Commune.objects.filter(departement=departement).order_by("-status")
            ranked = sorted(known, key=lambda one: one.parent_id is None)
            self._communes[departement] = {one.sort_name: one for one in ranked}
        return self._communes[departement].get(name_key(name))


def _faults(cells: dict[str, str], places: Places) -> Iterator[tuple[str, str]]:
    if not SHORTEST_NAME <= len(cells["name"]) <= LONGEST_NAME:
        yield "name", NAME_LENGTH
    if cells["kind"] not in Kind.values:
        yield "kind", f"« {cells['kind']} » n’est pas un réseau connu : {', '.join(Kind.values)}."
    yield from _faults_of_place(cells, places)
    for column, (shape, message) in SHAPES.items():
        if cells[column] and not shape.fullmatch(cells[column]):
            yield column, message
    unknown = [one for one in cells["audience"].split("|") if one not in Audience.values]
    if unknown:
        known = ", ".join(Audience.values)
        yield "audience", f"« {unknown[0]} » n’est pas connu. Écrivez {known}, avec des « | »."


def _faults_of_place(cells: dict[str, str], places: Places) -> Iterator[tuple[str, str]]:
    code = cells["departement"]
    if code and code not in places.departements:
        yield "departement", f"« {code} » n’est pas un code de département."
    elif cells["commune"] and places.commune(cells["commune"], code) is None:
        yield "commune", f"« {cells['commune']} » n’est pas une commune de ce département."


def _row(cells: dict[str, str], places: Places) -> Row:
    kind = Kind(cells["kind"])
    audiences = cells["audience"].split("|")
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
