"""
Questions without a label, and what they lead to: words as data, one file an edition.

Who reviewed an edition is not in its file: a service says it, of the very words that it shows
(``editions``). Words that nobody has reviewed are shown as such in the demonstration, and not at
all in operation.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
FRENCH = "courant"
# In the order in which a page proposes them. Each is one word of an address.
EDITIONS = (FRENCH, "en", "es", "pt", "ro", "ar", "facile")
WHO = ("moi", "parent", "ami", "metier")
DOORS = ("call", "chat", "letter", "place", "online", "missing")
DIRECTIONS = ("ltr", "rtl")


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
class Safety:
    """What the exit does and cannot hide, in few words."""

    title: str
    does_title: str
    does: tuple[str, ...]
    hides_not_title: str
    hides_not: tuple[str, ...]
    better_title: str
    better: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """« Open. Closes {day} at {hour}. »; in French the helpline's own sentences are said."""

    always: str
    open: str
    closed: str
    opens: str
    today: str
    tomorrow: str
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """``label``: the name of the language in itself. ``digest``: of all its words."""

    name: str
    lang: str
    dir: str
    label: str
    words: dict[str, str]
    doors: dict[str, Door]
    people: dict[str, Who]
    safety: Safety
    hours: Hours | None
    digest: str


@lru_cache(maxsize=16)
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
            dir=found["dir"],
            label=found["label"],
            words=found["words"],
            doors={name: Door(**found["doors"][name]) for name in DOORS},
            people={one["name"]: _who(one) for one in found["who"]},
            safety=Safety(**_frozen(found["safety"])),
            hours=Hours(**_frozen(found["hours"])) if "hours" in found else None,
            digest=digest_of(found),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name} : {error} manque, ou est de trop.") from error
    if tuple(guide.people) != WHO:
        raise ValueError(f"{path.name} : il faut {', '.join(WHO)}.")
    if guide.dir not in DIRECTIONS:
        raise ValueError(f"{path.name} : « dir » est {' ou '.join(DIRECTIONS)}.")
    return guide


def digest_of(words: dict[str, Any]) -> str:
    """
    Of every word of an edition; comments and the look of the file are not words.

    >>> digest_of({"a": "1", "b": "2"}) == digest_of({"b": "2", "a": "1"})
    True
    >>> digest_of({"a": "1"}) == digest_of({"a": "1."})
    False
    """
    written = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def _who(table: dict[str, Any]) -> Who:
    questions = tuple(_question(one) for one in table["question"])
    rest = {key: value for key, value in table.items() if key != "question"}
    return Who(**rest, questions=questions)


def _question(table: dict[str, Any]) -> Question:
    answers = tuple(Answer(**one) for one in table["answers"])
    if unknown := {one.door for one in answers} - {"", *DOORS}:
        raise ValueError(f"Question {table['key']} : porte inconnue, {unknown}.")
    return Question(table["key"], table["ask"], answers)


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
