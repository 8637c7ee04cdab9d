"""The form of a record: a file that names its sections, its fields, their help and their order."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fanal.ground.errors import Refusal

FORMS = Path(__file__).parent / "data"
CURRENT = 1
KINDS = ("text", "lines", "age", "group", "choice", "yes_no", "commune", "departement", "words")
LINE, TEXT = 200, 2_000


class UnknownForm(Refusal):
    message = "Cette version du formulaire n’existe pas ici."


@dataclass(frozen=True, slots=True)
class FieldWritten:
    """One question, as the file writes it. ``needed``: an information préoccupante asks for it."""

    key: str
    label: str
    kind: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    rows: int = 0
    longest: int = 0
    needed: bool = False
    # The list of words that it is ticked from.
    words: str = ""


@dataclass(frozen=True, slots=True)
class SectionWritten:
    key: str
    title: str
    fields: tuple[FieldWritten, ...]
    help: str = ""
    # As many times as there are children.
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class FormWritten:
    version: int
    sections: tuple[SectionWritten, ...]

    def fields(self) -> Iterator[tuple[SectionWritten, FieldWritten]]:
        for section in self.sections:
            for field in section.fields:
                yield section, field

    def label_of(self, key: str) -> str:
        return next((field.label for _, field in self.fields() if field.key == key), key)


@cache
def read_form(version: int = CURRENT) -> FormWritten:
    """
    Raises:
        UnknownForm: there is no such version.
    """
    path = FORMS / f"form_{version}.toml"
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnknownForm from None
    return FormWritten(written["version"], tuple(map(_section, written["section"])))


def _section(written: dict[str, Any]) -> SectionWritten:
    return SectionWritten(
        key=written["key"],
        title=written["title"],
        fields=tuple(map(_field, written["field"])),
        help=written.get("help", ""),
        repeated=written.get("repeated", False),
    )


def _field(written: dict[str, Any]) -> FieldWritten:
    kind = written["kind"]
    if kind not in KINDS:
        raise UnknownForm(f"Champ « {written['key']} » : nature « {kind} » inconnue.")
    choices = tuple((value, label) for value, label in written.get("choices", ()))
    longest = TEXT if kind == "lines" else LINE
    return FieldWritten(**{"longest": longest, **written, "choices": choices})
