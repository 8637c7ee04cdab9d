"""Profiles: those of the house by their name, another by its file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any

from fanal.engines.linkage.refusals import UnknownProfile

HOUSE = ("people-fr", "febrl")
# Parts of a key that are no column: either name, both in any order, and what a date holds.
NAME, NAMES, DATE, DAY, YEAR = "name", "names", "date", "date.day", "date.year"


class Kind(StrEnum):
    """How a column is read and compared. Part of the published format."""

    GIVEN = "given"
    FAMILY = "family"
    DATE = "date"
    TEXT = "text"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``label``: its French name, for whoever reads why two records are one person."""

    column: str
    kind: Kind
    label: str


@dataclass(frozen=True, slots=True)
class Profile:
    """
    One given name, one family name, at most one date, and any number of texts and codes.

    A person has one text and may have several codes (a phone changes). ``keys``: two records that
    share all parts of one are compared; ``learning``: those of them that weights are learnt on.
    """

    name: str
    fields: tuple[Field, ...]
    keys: tuple[tuple[str, ...], ...]
    learning: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.column for field in self.fields)

    def of(self, *kinds: Kind) -> tuple[int, ...]:
        """The places of the fields of these kinds."""
        return tuple(place for place, field in enumerate(self.fields) if field.kind in kinds)


def read_profile(name: str) -> Profile:
    """
    A profile of the house (``people-fr``, ``febrl``), or that of a TOML file.

    Raises:
        UnknownProfile: in French.
    """
    if name in HOUSE:
        return _read(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"), name)
    path = Path(name)
    if path.suffix != ".toml" or not path.is_file():
        raise UnknownProfile(
            f"Il n'y a pas de profil « {name} » : {', '.join(HOUSE)}, ou un fichier .toml."
        )
    try:
        return _read(path.read_text("utf-8"), name)
    except (OSError, UnicodeDecodeError):
        raise UnknownProfile(f"{name} ne se lit pas.") from None


def _read(text: str, name: str) -> Profile:
    try:
        told: dict[str, Any] = tomllib.loads(text)
        profile = Profile(
            str(told["name"]),
            tuple(
                Field(field["column"], Kind(field["kind"]), field["label"])
                for field in told["field"]
            ),
            _keys(told["keys"]["all"]),
            _keys(told["keys"]["learning"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UnknownProfile(f"{name} n'est pas un profil : {error}.") from None
    _check(profile)
    return profile


def _keys(told: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, parts)) for parts in told)


def _check(profile: Profile) -> None:
    for kind, most in ((Kind.GIVEN, 1), (Kind.FAMILY, 1), (Kind.DATE, 1)):
        least = int(kind is not Kind.DATE)
        if not least <= len(profile.of(kind)) <= most:
            raise UnknownProfile(
                f"Le profil {profile.name} doit avoir {least or 'au plus une'} colonne « {kind} »."
            )
    known = {*profile.columns, NAME, NAMES}
    if profile.of(Kind.DATE):
        known |= {DATE, DAY, YEAR}
    for parts in (*profile.keys, *profile.learning):
        if strange := set(parts) - known:
            raise UnknownProfile(f"Le profil {profile.name} : clé inconnue, {min(strange)}.")
    if not set(profile.learning) <= set(profile.keys):
        raise UnknownProfile(f"Le profil {profile.name} : on n'apprend que sur ses propres clés.")
