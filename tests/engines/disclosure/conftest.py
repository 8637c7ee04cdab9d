"""People nobody has met, in a file, and requests to publish tables of them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fanal.engines.disclosure.release.building import Built, build

TERRITORIES = ("A", "B", "C", "D", "E", "F")
VARIABLES = """
[variables.territoire]
column = "dep"
role = "territory"
level = "departement"
[variables.region]
column = "dep"
role = "territory"
level = "region"
hierarchy = "regions.csv"
parents_only = true
[variables.age]
role = "person"
values = ["12", "14", "16"]
groups = { "14 et plus" = ["14", "16"] }
[variables.forme]
values = ["un", "deux", "trois"]
[variables.annee]
role = "time"
values = ["2023", "2024"]
"""


@dataclass
class Desk:
    """Where a statistician works: the data, the requests, the ledger, what went out."""

    folder: Path
    data: Path
    said: list[str] = field(default_factory=list)

    def request(
        self,
        name: str,
        *tables: str,
        method: str = "suppress",
        policy: str = "casd-hospitalier",
        more: str = "",
        variables: str = VARIABLES,
    ) -> Path:
        path = self.folder / f"{name}.toml"
        path.write_text(
            f'name = "{name}"\ntitle = "Essai"\nseries = "essai"\npolicy = "{policy}"\n'
            f'method = "{method}"\ndate = 2026-03-31\ncontact = "a@exemple.invalid"\n'
            f"{more}\n{variables}\n" + "\n".join(tables),
            encoding="utf-8",
        )
        return path

    def build(self, name: str, *tables: str, data: Path | None = None, **asked: Any) -> Built:
        return build(
            self.request(name, *tables, **asked),
            data or self.data,
            self.out(name),
            self.ledger,
            progress=self.said.append,
        )

    def out(self, name: str) -> Path:
        return self.folder / f"out-{name}"

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger"

    def files(self) -> list[str]:
        """Everything there is but requests, data, the lock and the secret."""
        return sorted(
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.suffix not in (".toml", ".csv")
            and path.name not in ("lock", "secret")
            and path.is_file()
        )


def table(name: str, *variables: str, filters: str = "") -> str:
    named = ", ".join(f'"{one}"' for one in variables)
    return f'[[tables]]\nname = "{name}"\nvariables = [{named}]\nfilters = {{ {filters} }}\n'


def write_people(path: Path, number: int = 600, *, seed: int = 1) -> None:
    rng = np.random.default_rng(seed)
    columns = {
        "id": np.arange(number).astype(str),
        "dep": rng.choice(TERRITORIES, number, p=[0.4, 0.25, 0.15, 0.1, 0.06, 0.04]),
        "age": rng.choice(["12", "14", "16"], number, p=[0.1, 0.4, 0.5]),
        "forme": rng.choice(["un", "deux", "trois"], number, p=[0.6, 0.3, 0.1]),
        "annee": rng.choice(["2023", "2024"], number, p=[0.6, 0.4]),
        "structure": rng.choice(["s1", "s2", "s3"], number),
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    write_people(tmp_path / "people.csv")
    (tmp_path / "regions.csv").write_text(
        "code,parent\nA,Nord\nB,Nord\nC,Sud\nD,Sud\nE,Sud\nF,Est\n", encoding="utf-8"
    )
    return Desk(tmp_path, tmp_path / "people.csv")


@pytest.fixture
def crossed() -> Callable[..., str]:
    return table
