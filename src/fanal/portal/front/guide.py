"""
Questions without a label, and what they lead to: words as data, one file an edition.

Names are those of the people who reviewed them. Words that nobody has reviewed are shown as such
in the demonstration, and not at all in operation.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
EDITIONS = ("courant", "facile", "en")
WHO = ("moi", "parent", "ami", "metier")
DOORS = ("call", "chat", "letter", "place", "online", "missing")


@dataclass(frozen=True, slots=True)
class Answer:
    """``door``: of ``DOORS``. ``need``: of the directory. ``say``: words to say, or none."""

    name: str
    label: str
    door: str = ""
    need: str = ""
    say: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    ask: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever asks, for whom. ``audience``: of the directory."""

    name: str
    label: str
    title: str
    lead: str
    audience: str
    where: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Door:
    title: str
    text: str
    next: str


@dataclass(frozen=True, slots=True)
class Guide:
    name: str
    lang: str
    label: str
    reviewed_by: str
    reviewed_on: date | None
    words: dict[str, str]
    doors: dict[str, Door]
    people: dict[str, Who]

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewed_by) and self.reviewed_on is not None


@lru_cache(maxsize=8)
def read_guide(edition: str, folder: Path = DATA) -> Guide:
    """
    Raises:
        ValueError: in French, with the file and what is amiss.
    """
    path = folder / f"guide_{edition}.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        guide = Guide(
            name=edition,
            lang=found["lang"],
            label=found["label"],
            reviewed_by=found["reviewed_by"].strip(),
            reviewed_on=_day(found["reviewed_on"]),
            words=found["words"],
            doors={name: Door(**found["doors"][name]) for name in DOORS},
            people={one["name"]: _who(one) for one in found["who"]},
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name} : {error} manque, ou est de trop.") from error
    if tuple(guide.people) != WHO:
        raise ValueError(f"{path.name} : il faut {', '.join(WHO)}.")
    return guide


def _day(written: str | date) -> date | None:
    if isinstance(written, date):
        return written
    return date.fromisoformat(written) if written else None


def _who(table: dict[str, Any]) -> Who:
    questions = tuple(_question(one) for one in table["question"])
    rest = {key: value for key, value in table.items() if key != "question"}
    return Who(**rest, questions=questions)


def _question(table: dict[str, Any]) -> Question:
    answers = tuple(Answer(**one) for one in table["answers"])
    if unknown := {one.door for one in answers} - {"", *DOORS}:
        raise ValueError(f"Question {table['key']} : porte inconnue, {unknown}.")
    return Question(table["key"], table["ask"], answers)
