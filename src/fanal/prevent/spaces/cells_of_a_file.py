"""What is wrong with a cell of a CSV file, and what to write there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from fanal.ground.territory.models import Commune, Departement
from fanal.ground.territory.names import name_key
from fanal.ground.territory.queries import communes_of_postcode
from fanal.prevent.spaces.terms import Audience, Kind

# As data·inclusion has it.
SHORTEST_NAME, LONGEST_NAME = 3, 150
NAME_LENGTH = f"Écrivez un nom de {SHORTEST_NAME} à {LONGEST_NAME} caractères."
# 03 20 00 00 00, 0800 804 001, 0 800 235 236, or a short number.
NUMBER = r"0\d( \d\d){4}|0 ?8\d\d( \d\d){3}|0 ?8\d\d( \d{3}){2}|\d{2,4}|116 \d{3}"
ADDRESS = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?")
NO_ADDRESS = "Écrivez une adresse qui commence par https:// ou http://."
WRONG_POSTCODE = "Un code postal a cinq chiffres ; un tableur a pu ôter le premier zéro."
WRONG_NUMBER = "Écrivez le numéro comme « 03 20 00 00 00 », ou un numéro court."
WRONG_DATE = "Écrivez 2026, 2026-11 ou 2026-11-28."
UNSEEN = "Un caractère invisible s’y trouve : écrivez la case à nouveau, sur une seule ligne."
# What a cell looks like when it is not empty, and what to write instead.
SHAPES = {
    "postcode": (re.compile(r"\d{5}", re.ASCII), WRONG_POSTCODE),
    "phone": (re.compile(NUMBER, re.ASCII), WRONG_NUMBER),
    "website": (ADDRESS, NO_ADDRESS),
    "source_url": (ADDRESS, NO_ADDRESS),
    "source_date": (re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII), WRONG_DATE),
}
# Of columns of the database.
LONGEST = {"website": 300, "source_url": 500}
OVERSEAS = ("97", "98")
# Where a postcode begins with other figures than the code of the département.
BEGINS = {"2A": "20", "2B": "20", "977": "971", "978": "971"}


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


def audiences_of(cell: str) -> list[str]:
    """Each once, in the order in which they are said."""
    return list(dict.fromkeys(one.strip() for one in cell.split("|")))


def faults_of(cells: dict[str, str], places: Places) -> Iterator[tuple[str, str]]:
    """The column and what to write there; nothing when the line can be kept."""
    if unseen := [column for column, cell in cells.items() if not cell.isprintable()]:
        # A quote that was never closed swallows the lines that follow.
        yield from ((column, UNSEEN) for column in unseen)
        return
    if not SHORTEST_NAME <= len(cells["name"]) <= LONGEST_NAME:
        yield "name", NAME_LENGTH
    if cells["kind"] not in Kind.values:
        yield "kind", f"« {cells['kind']} » n’est pas un réseau connu : {', '.join(Kind.values)}."
    yield from _faults_of_place(cells, places)
    for column, (shape, message) in SHAPES.items():
        if cells[column] and not shape.fullmatch(cells[column]):
            yield column, message
        elif len(cells[column]) > LONGEST.get(column, len(cells[column])):
            yield column, f"{LONGEST[column]} caractères au plus."
    if SHAPES["source_date"][0].fullmatch(cells["source_date"]) and not _is_a_day(cells):
        yield "source_date", "Ce jour n’est pas au calendrier."
    unknown = [one for one in audiences_of(cells["audience"]) if one not in Audience.values]
    if unknown:
        known = ", ".join(Audience.values)
        yield "audience", f"« {unknown[0]} » n’est pas connu. Écrivez {known}, avec des « | »."


def _faults_of_place(cells: dict[str, str], places: Places) -> Iterator[tuple[str, str]]:
    code, postcode = cells["departement"], cells["postcode"]
    if not code:
        if cells["commune"]:
            yield "departement", "Dites le département : des communes ont le même nom."
    elif code not in places.departements:
        yield "departement", f"« {code} » n’est pas un code de département."
    elif cells["commune"] and places.commune(cells["commune"], code) is None:
        yield "commune", f"« {cells['commune']} » n’est pas une commune de ce département."
    elif SHAPES["postcode"][0].fullmatch(postcode) and not _is_of(postcode, code):
        yield "postcode", f"« {postcode} » n’est pas un code postal de ce département."


def _is_of(postcode: str, departement: str) -> bool:
    """By its first figures, as those of a company are; or because a commune has it."""
    begins = postcode[:3] if postcode.startswith(OVERSEAS) else postcode[:2]
    if begins == BEGINS.get(departement, departement):
        return True
    return any(one.departement_id == departement for one in communes_of_postcode(postcode))


def _is_a_day(cells: dict[str, str]) -> bool:
    whole = f"{cells['source_date']}-01-01"[: len("2026-11-28")]
    with suppress(ValueError):
        date.fromisoformat(whole)
        return True
    return False
