"""The faults that somebody could make without meaning it, and what must notice each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("faults.toml")
# With a fault in one of these, the database is made anew.
SHAPES_THE_DATABASE = (".sql", ".csv", ".json", "/migrations/", "/grants.py")


@dataclass(frozen=True, slots=True)
class Fault:
    """One change of one file, and the tests of which each must fail."""

    name: str
    family: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    @property
    def digest(self) -> str:
        return sha256(repr(self).encode()).hexdigest()[:16]

    @property
    def is_sql(self) -> bool:
        return self.file.endswith(".sql")

    @property
    def shapes_the_database(self) -> bool:
        return any(one in self.file for one in SHAPES_THE_DATABASE)

    def made_in(self, text: str) -> str:
        """
        Raises:
            ValueError: what is to be replaced is not there once and only once.
        """
        if (found := text.count(self.before)) != 1:
            raise ValueError(f"{self.name}: « before » is {found} times in {self.file}")
        return text.replace(self.before, self.after)


def read_faults() -> list[Fault]:
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))["fault"]
    return [Fault(**one | {"tests": tuple(one["tests"])}) for one in listed]
