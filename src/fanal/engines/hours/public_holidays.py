"""
Public holidays of each département, by the package ``holidays``.

The law: code du travail, L3133-1 (eleven days), L3134-13 (Alsace and Moselle), L3422-2 (the
abolition of slavery, overseas).
"""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays

# Authority or département code -> subdivision of the package. The rest of the country has the
# national days alone.
SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "6AE": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}

# Kept by custom, written in no law: an appeal lodged on the next day would be lodged too late.
# (Vendredi saint is the law in Alsace and Moselle: ordonnance of 16 August 1892.)
CUSTOMARY = {
    "971": {"Mi-Carême", "Vendredi saint", "Fête de Victor Schoelcher"},
    "972": {"Fête de Victor Schoelcher"},
    "MF": {"Fête de Victor Schoelcher"},
}


@cache
def _of_year(subdivision: str | None, year: int) -> dict[date, str]:
    found = holidays.country_holidays("FR", subdiv=subdivision, years=year, language="fr")
    custom = CUSTOMARY.get(subdivision or "", set())
    return {day: name for day, name in found.items() if name not in custom}


def holiday_name(*, day: date, territory: str) -> str | None:
    """Name of the public holiday, or None. ``territory``: an authority or département code."""
    return _of_year(SUBDIVISIONS.get(territory), day.year).get(day)
