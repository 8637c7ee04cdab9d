"""The SQL files of every room, and what each defines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps

FANAL = Path(__file__).resolve().parents[2]
# A policy calls functions and a trigger executes one: all rooms' functions come first.
NATURES = ("functions", "views", "policies", "triggers")

_DEFINITION = re.compile(
    r"^CREATE (?:OR REPLACE )?(?:CONSTRAINT )?(FUNCTION|VIEW|POLICY|TRIGGER) (\w+)(.*?)(?:\$\$|;)",
    re.MULTILINE | re.DOTALL,
)
_TABLE = re.compile(r"\bON (\w+)")


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """A function, view, policy or trigger; ``table`` is that of the last two."""

    kind: str
    name: str
    table: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" + (f" on {self.table}" if self.table else "")


@dataclass(frozen=True, slots=True)
class SqlFile:
    """``sql/<nature>.sql``, or ``sql/<nature>/<subject>.sql`` where a room has many."""

    path: str
    nature: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def definitions(self) -> Iterator[Definition]:
        for kind, name, rest in _DEFINITION.findall(self.text):
            on = _TABLE.search(rest) if kind in ("POLICY", "TRIGGER") else None
            yield Definition(kind.lower(), name, on[1] if on else "")


def sql_files() -> list[SqlFile]:
    """
    Every file, in the order in which they are applied.

    Raises:
        ValueError: a file is of no known nature.
    """
    found = [
        file
        for config in apps.get_app_configs()
        if config.name.startswith("fanal.")
        for file in _of_room(Path(config.path) / "sql")
    ]
    return sorted(found, key=lambda file: NATURES.index(file.nature))


def _of_room(folder: Path) -> Iterator[SqlFile]:
    for path in sorted(folder.rglob("*.sql")):
        nature = path.relative_to(folder).parts[0].removesuffix(".sql")
        if nature not in NATURES:
            raise ValueError(f"{path}: name it {', '.join(NATURES)}, or put it in such a folder")
        yield SqlFile(path.relative_to(FANAL).as_posix(), nature, path.read_text(encoding="utf-8"))
