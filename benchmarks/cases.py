"""
An artificial table of cases for the measures of the disclosure engine; nobody in it is real.

Départements of very unequal size, ages, sexes, forms of exploitation, who noticed, years; some
columns depend on others a little. The same number and the same seed make the same table.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt

DEPARTEMENTS = [
    *(f"{number:02d}" for number in range(1, 96) if number != 20),
    *("2A", "2B", "971", "972", "973", "974", "976"),
]
FORMS = [
    *("proxenetisme_cites", "hotel_location", "lover_boy"),
    *("ligne_autonome", "reseau_etranger", "echange_survie"),
]
SOURCES = [
    *("ASE", "police_gendarmerie", "parquet_juge", "association"),
    *("education_nationale", "sante", "119"),
]
Column = npt.NDArray[np.str_]


def cases(number: int, seed: int) -> dict[str, Column]:
    """Columns of text, one value for each case."""
    rng = np.random.default_rng(seed)
    weights = rng.pareto(1.3, len(DEPARTEMENTS)) + 0.15
    dep = rng.choice(DEPARTEMENTS, number, p=weights / weights.sum())
    age = rng.choice(["<13", "13-14", "15", "16", "17"], number, p=[0.03, 0.17, 0.22, 0.28, 0.30])
    sex = rng.choice(["F", "G", "autre"], number, p=[0.91, 0.08, 0.01])
    form = rng.choice(FORMS, number, p=[0.33, 0.24, 0.16, 0.15, 0.05, 0.07])
    source = rng.choice(SOURCES, number, p=[0.28, 0.21, 0.14, 0.17, 0.09, 0.06, 0.05])
    year = rng.choice([2021, 2022, 2023, 2024], number, p=[0.2, 0.24, 0.27, 0.29]).astype(str)
    return {"dep": dep, "age": age, "sexe": sex, "exploitation": form, "source": source,
            "annee": year, "id": np.arange(number).astype(str)}  # fmt: skip


def write(path: Path, number: int, seed: int) -> None:
    columns = cases(number, seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
