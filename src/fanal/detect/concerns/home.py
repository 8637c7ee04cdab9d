"""People of the home as an author types them: one per line, in up to three parts."""

from __future__ import annotations

import re

from fanal.ground.errors import Refusal

PARTS = 3
_AGE = re.compile(
    r"\D*?(?P<number>\d{1,2})\s*(?:(?P<unit>ans?|mois|semaines?|jours?)\b.*|environ)?",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = 12


class UnreadableAge(Refusal):
    message = "Écrivez l'âge de chacun en années."


def rows_of(text: object) -> list[list[str]]:
    """Each line cut in three at most: what follows the second mark belongs to the last part."""
    return [
        [part.strip() for part in line.split(";" if ";" in line else ",", PARTS - 1)]
        for line in str(text or "").splitlines()
        if line.strip()
    ]


def other_minor_of(parts: list[str]) -> tuple[str, str, str]:
    """Name, age and tie, those that are missing empty."""
    name, age, tie = (*parts, "", "")[:PARTS]
    return name, age, tie


def age_of(text: str) -> int | None:
    """
    « 9 ans », « environ 9 », « 18 mois » in whole years; None when nothing is said.

    Raises:
        UnreadableAge: something is said that is no age.
    """
    if not text.strip():
        return None
    found = _AGE.fullmatch(text.strip())
    if found is None:
        raise UnreadableAge
    number, unit = int(found["number"]), (found["unit"] or "ans").lower()
    if unit.startswith("an"):
        return number
    return number // _MONTHS if unit == "mois" else 0


def unreadable_ages(text: object) -> list[str]:
    """What to mend among the other minors of the home, in French."""
    faults = []
    for parts in rows_of(text):
        name, age, _ = other_minor_of(parts)
        try:
            age_of(age)
        except UnreadableAge:
            faults.append(
                f"« {age[:40]} » n'est pas lu comme un âge : écrivez par exemple "
                f"« {name[:60]} ; 9 ans ; frère », ou « {name[:60]} ; ; frère » sans âge connu."
            )
    return faults
