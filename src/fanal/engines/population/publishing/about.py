"""
What no table says and a reader must know: who is counted, by which lists, linked how.

Read from a TOML file that people fill in; nothing of it is computed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanal.engines.population.refusals import UnreadableTable

POPULATION = ("definition", "period", "territory", "unit", "closed")
A_LIST = ("name", "holder", "entry", "dates", "referrals")
LINKAGE = ("method", "key", "missed_links", "false_links", "measured")
DISCLOSURE = ("state", "checked_by", "checked_on")
PUBLIC, SECURE = "public", "secure"


@dataclass(frozen=True, slots=True)
class About:
    """
    Sections of the file, each with all its words, or ``None``.

    ``wanting`` says, by section, the words that are not there.
    """

    population: Mapping[str, str] | None = None
    lists: tuple[Mapping[str, str], ...] = ()
    linkage: Mapping[str, Any] | None = None
    disclosure: Mapping[str, str] | None = None
    wanting: Mapping[str, tuple[str, ...]] | None = None

    @property
    def is_public(self) -> bool:
        """Whether the counts are published already, so that a report may show them."""
        return self.disclosure is not None and self.disclosure["state"] == PUBLIC


def read_about(path: Path, lists: tuple[str, ...]) -> About:
    """
    Args:
        lists: those of the table; the file must speak of each.

    Raises:
        UnreadableTable: in French.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableTable(f"Le fichier {path} ne se lit pas : {error}.") from None
    wanting: dict[str, tuple[str, ...]] = {}
    population = _section(told, "population", POPULATION, wanting)
    linkage = _section(told, "linkage", LINKAGE, wanting)
    disclosure = _section(told, "disclosure", DISCLOSURE, wanting)
    if disclosure and disclosure["state"] not in (PUBLIC, SECURE):
        raise UnreadableTable(f"{path}, [disclosure] : « state » est « public » ou « secure ».")
    return About(population, _lists(told, lists, wanting), linkage, disclosure, wanting)


def _section(
    told: Mapping[str, Any],
    name: str,
    words: tuple[str, ...],
    wanting: dict[str, tuple[str, ...]],
) -> Mapping[str, Any] | None:
    found = told.get(name)
    if not isinstance(found, dict):
        wanting[name] = words
        return None
    missing = tuple(word for word in words if found.get(word) in (None, ""))
    if missing:
        wanting[name] = missing
        return None
    return found


def _lists(
    told: Mapping[str, Any], names: tuple[str, ...], wanting: dict[str, tuple[str, ...]]
) -> tuple[Mapping[str, str], ...]:
    entries = [entry for entry in told.get("lists", []) if isinstance(entry, dict)]
    whole = {entry["name"]: entry for entry in entries if all(entry.get(word) for word in A_LIST)}
    missing = tuple(name for name in names if name not in whole)
    if missing:
        wanting["lists"] = missing
        return ()
    return tuple(whole[name] for name in names)
