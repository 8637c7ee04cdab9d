"""What a file holds, as the rooms above tell it: they enter their readers when they start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import FieldClass
from fanal.ground.agents.models import Agent


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a share tells."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Door:
    """A screen that stands in a file."""

    label: str
    href: str


# Lines of one class of data; called as whoever shares, who sees no more than their own walls let.
Reader = Callable[[CaseFile], list[Line]]
Namer = Callable[[CaseFile], str]
Doors = Callable[[Agent, CaseFile], list[Door]]
# Files of a child, by full name and day of birth, that an emergency opens to whoever is asking.
Finder = Callable[[str, str, date], list[UUID]]

_readers: dict[FieldClass, Reader] = {}
_doors: dict[str, Doors] = {}
_namers: list[Namer] = []
_finders: list[Finder] = []


def register_reader(field: FieldClass, reader: Reader) -> None:
    _readers[field] = reader


def register_doors(room: str, doors: Doors) -> None:
    _doors[room] = doors


def register_minors(*, namer: Namer, finder: Finder) -> None:
    """How a file is called on a screen, and how one that is closed is found in an emergency."""
    _namers[:], _finders[:] = [namer], [finder]


def is_read_from_the_file(field: FieldClass) -> bool:
    """Whether a share copies it from the file; else whoever shares writes it."""
    return field in _readers


def lines_of(case_file: CaseFile, field: FieldClass) -> list[Line]:
    return _readers[field](case_file) if field in _readers else []


def doors_of(agent: Agent, case_file: CaseFile) -> list[Door]:
    return [door for room in _doors for door in _doors[room](agent, case_file)]


def name_of(case_file: CaseFile) -> str:
    """Initials and age: enough for whoever works on it to know which file it is."""
    return _namers[0](case_file) if _namers else "Dossier"


def find_behind_glass(given_names: str, family_name: str, birth_date: date) -> list[UUID]:
    return _finders[0](given_names, family_name, birth_date) if _finders else []
