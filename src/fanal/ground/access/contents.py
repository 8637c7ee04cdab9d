"""What a file holds, as the rooms above tell it: they enter their readers when they start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.registry import tag_of
from fanal.ground.privacy.terms import Tag


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a file holds, and the field that it tells of, « app.Model.field »."""

    label: str
    text: str
    field: str

    @property
    def tag(self) -> Tag:
        model, _, name = self.field.rpartition(".")
        return tag_of(model, name)


@dataclass(frozen=True, slots=True)
class Door:
    """A screen that stands in a file."""

    label: str
    href: str


# Lines of every class; called as whoever shares, who sees no more than their own walls let.
Reader = Callable[[CaseFile], list[Line]]
Namer = Callable[[CaseFile], str]
Doors = Callable[[Agent, CaseFile], list[Door]]
# Files of a child, by full name and day of birth, that an emergency opens to whoever is asking.
Finder = Callable[[str, str, date], list[UUID]]

_readers: dict[str, Reader] = {}
_doors: dict[str, Doors] = {}
_namers: list[Namer] = []
_finders: list[Finder] = []


def register_reader(room: str, reader: Reader) -> None:
    _readers[room] = reader


def register_doors(room: str, doors: Doors) -> None:
    _doors[room] = doors


def register_minors(*, namer: Namer, finder: Finder) -> None:
    """How a file is called on a screen, and how one that is closed is found in an emergency."""
    _namers[:], _finders[:] = [namer], [finder]


def lines_of(case_file: CaseFile, tag: Tag) -> list[Line]:
    """What the file holds of one class: the tag of each line's field decides, and not its room."""
    return [line for room in _readers for line in _readers[room](case_file) if line.tag == tag]


def doors_of(agent: Agent, case_file: CaseFile) -> list[Door]:
    return [door for room in _doors for door in _doors[room](agent, case_file)]


def name_of(case_file: CaseFile) -> str:
    """Initials and age: enough for whoever works on it to know which file it is."""
    return _namers[0](case_file) if _namers else "Dossier"


def find_behind_glass(given_names: str, family_name: str, birth_date: date) -> list[UUID]:
    return _finders[0](given_names, family_name, birth_date) if _finders else []
