"""
The rules of statistical secrecy, by name and version, each with its date and its source.

A release names one, ``mineurs`` or ``mineurs-1``. Whoever reads the release can find the rule that
was followed, even when a later version has replaced it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("policies.toml")
PERIODS = ("day", "month", "quarter", "year")
TERRITORIES = ("commune", "epci", "departement", "region", "national")


class UnknownPolicy(ValueError):
    """No rule has this name on that day; the message is French and lists those that there are."""


@dataclass(frozen=True, slots=True)
class Policy:
    """
    One version of one rule; see ``policies.toml`` for what each field says.

    ``threshold``, ``rounding`` and ``width`` count people; shares are between 0 and 1; a 0 in
    ``share_at_most``, ``contributors``, ``rounding``, ``capture_threshold`` or ``same_at_most``
    means that the rule does not ask for it.
    """

    name: str
    version: int
    label: str
    valid_from: date
    source: str
    threshold: int
    zeros: Literal["shown", "hidden"]
    share_at_most: float
    contributors: int
    rounding: int
    width: int
    finest_period: str
    finest_territory: str
    capture_threshold: int
    same_at_most: float
    epsilon_total: float

    def __post_init__(self) -> None:
        if self.finest_period not in PERIODS or self.finest_territory not in TERRITORIES:
            raise ValueError(f"{self.full_name}: unknown period or territory")
        if self.threshold < 1 or self.width < 1 or self.zeros not in ("shown", "hidden"):
            raise ValueError(f"{self.full_name}: a rule that protects nobody")

    @property
    def full_name(self) -> str:
        return f"{self.name}-{self.version}"

    @property
    def hides_zeros(self) -> bool:
        return self.zeros == "hidden"

    def threshold_for(self, *, capture: bool, level: str) -> int:
        """The threshold of a table; lists crossed below the country may have one of their own."""
        if capture and level != "national" and self.capture_threshold:
            return self.capture_threshold
        return self.threshold

    def allows_territory(self, level: str) -> bool:
        return TERRITORIES.index(level) >= TERRITORIES.index(self.finest_territory)

    def allows_period(self, period: str) -> bool:
        return PERIODS.index(period) >= PERIODS.index(self.finest_period)


@cache
def policies() -> Mapping[str, Policy]:
    """All rules by full name, ``mineurs-1``."""
    read = {}
    for full_name, fields in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        name, _, version = full_name.rpartition("-")
        read[full_name] = Policy(name=name, version=int(version), **fields)
    return read


def policy(named: str, *, on: date) -> Policy:
    """
    The rule of this full name, or the last version of this name that holds on a day.

    Raises:
        UnknownPolicy: there is none.
    """
    known = policies()
    versions = [one for one in known.values() if named in (one.name, one.full_name)]
    holding = [one for one in versions if one.valid_from <= on]
    if holding:
        return max(holding, key=lambda one: one.version)
    if versions:
        since = min(one.valid_from for one in versions)
        raise UnknownPolicy(f"La règle « {named} » ne vaut que depuis le {since:%d/%m/%Y}.")
    names = ", ".join(sorted({one.name for one in known.values()}))
    raise UnknownPolicy(f"Aucune règle ne s'appelle « {named} ». Il y a : {names}.")
