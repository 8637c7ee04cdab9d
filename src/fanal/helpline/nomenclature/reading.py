"""The lists and their pairs, read from files that never change once they were used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fanal.helpline.nomenclature.terms import BrokenWords, Family, Pairs, Scheme, Word, Words

DATA = Path(__file__).parent / "data"
VERSION = re.compile(r"\d{4}-\d{1,2}")
# What a record is written with from now on.
CURRENT = MappingProxyType({Scheme.SNATED: "2026-1", Scheme.CHI: "2026-1"})
CURRENT_PAIRS = "2026-1"


@cache
def read_words(scheme: Scheme, version: str, folder: Path = DATA) -> Words:
    """
    Raises:
        BrokenWords: there is no such version, a family has no group, a code stands twice.
    """
    document = _document(folder, scheme, version)
    groups: dict[str, str] = document["groups"]
    families = tuple(
        Family(
            table["group"],
            table["code"],
            table["label"],
            tuple(Word(f"{table['code']}.{name}", label) for name, label in table["words"].items()),
        )
        for table in document["family"]
    )
    if strange := {family.group for family in families} - set(groups):
        raise BrokenWords(f"{scheme}: no group {', '.join(sorted(strange))}")
    found = Words(scheme, version, MappingProxyType(groups), families)
    if len(set(found.codes)) != len(found.codes):
        raise BrokenWords(f"{scheme}: a code stands twice")
    return found


@cache
def read_pairs(version: str, folder: Path = DATA) -> Pairs:
    """
    Raises:
        BrokenWords: there is no such version, a word has no pair, a pair no word.
    """
    document = _document(folder, "mapping", version)
    lists = {scheme: read_words(scheme, document[scheme], folder) for scheme in Scheme}
    pairs: dict[Scheme, Mapping[str, str]] = {}
    for scheme in Scheme:
        table: dict[str, str] = document[f"to_{scheme.other}"]
        _check(f"to_{scheme.other}", set(table), set(lists[scheme].codes))
        if strange := set(table.values()) - set(lists[scheme.other].codes):
            raise BrokenWords(f"to_{scheme.other}: no word {', '.join(sorted(strange))}")
        pairs[scheme] = MappingProxyType(table)
    return Pairs(version, MappingProxyType(pairs))


def _check(name: str, found: set[str], wanted: set[str]) -> None:
    if missing := wanted - found:
        raise BrokenWords(f"{name}: no pair for {', '.join(sorted(missing))}")
    if strange := found - wanted:
        raise BrokenWords(f"{name}: no word {', '.join(sorted(strange))}")


def _document(folder: Path, name: str, version: str) -> dict[str, Any]:
    path = folder / f"{name}-{version}.toml"
    if not VERSION.fullmatch(version) or not path.is_file():
        raise BrokenWords(f"{name}: no version {version}")
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    if document.get("version") != version or document.get("scheme", name) != name:
        raise BrokenWords(f"{path.name} says that it is another")
    return document
