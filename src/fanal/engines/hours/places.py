"""Where a service stands: its clock, its public holidays, its school calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from fanal.engines.hours.public_holidays import holiday_name
from fanal.engines.hours.refusals import UnknownTerritory
from fanal.engines.hours.school import break_name, school_break

PARIS = "Europe/Paris"
# Corsica has two codes where 20 was one; the last ones are those of authorities.
MAINLAND = frozenset({f"{number:02}" for number in range(1, 96)} - {"20"}) | {
    *("2A", "2B", "20R", "6AE", "69D", "69M", "75C", ""),
}
OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
# As one says « heure de … » to somebody whose clock shows another hour.
SAID = {
    PARIS: "heure de Paris",
    "America/Guadeloupe": "heure de Guadeloupe",
    "America/Martinique": "heure de Martinique",
    "America/Cayenne": "heure de Guyane",
    "Indian/Reunion": "heure de La Réunion",
    "America/Miquelon": "heure de Saint-Pierre-et-Miquelon",
    "Indian/Mayotte": "heure de Mayotte",
    "America/St_Barthelemy": "heure de Saint-Barthélemy",
    "America/Marigot": "heure de Saint-Martin",
    "Pacific/Wallis": "heure de Wallis-et-Futuna",
    "Pacific/Tahiti": "heure de Tahiti",
    "Pacific/Noumea": "heure de Nouvelle-Calédonie",
}


@dataclass(frozen=True, slots=True)
class Place:
    """``territory``: a département or authority code; empty for a national service."""

    territory: str
    zone: ZoneInfo

    def holiday(self, day: date) -> str | None:
        """Name of the public holiday, or None."""
        return holiday_name(day=day, territory=self.territory)

    def school_break(self, day: date) -> bool | None:
        """Whether pupils are on holiday; None: not published here."""
        return school_break(day=day, departement=self.territory)

    def break_name(self, day: date) -> str | None:
        return break_name(day=day, departement=self.territory)


@cache
def place_of(territory: str) -> Place:
    """
    A département (« 67 », « 2A », « 974 »), a collectivity, or « » for the whole country.

    Raises:
        UnknownTerritory: no such code.
    """
    if territory in MAINLAND:
        return Place(territory, ZoneInfo(PARIS))
    if territory in OVERSEAS:
        return Place(territory, ZoneInfo(OVERSEAS[territory]))
    raise UnknownTerritory(territory)
