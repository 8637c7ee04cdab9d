"""
Which of all hierarchical models have an estimate, on the published tables.

MultipleSystemsEstimation 1.2.0 counts them too, and the counts are the same. They once were not: a
model with as many parameters as cells left fits every cell, its deviance is zero but for rounding,
and rounding below zero was read as a fit that had failed. That lost [124;134;234] in Rome, [13;23]
in the artificial table and eight models of New Orleans: the package was right.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fanal.engines.population import read_table
from fanal.engines.population.loglinear.existence import Status, plan
from fanal.engines.population.loglinear.models import Terms, closed, name
from fanal.engines.population.loglinear.selection import fit_all

TABLES = Path(__file__).parents[1].joinpath("tables")
COUNTED = {
    "artificial_3lists": (8, 4),
    "congenital_5lists": (6212, 6212),
    "hiv_rome_4lists": (113, 111),
    "korea_3lists": (8, 6),
    "kosovo1999_4lists": (113, 113),
    "lesbian_4lists": (113, 113),
    "netherlands2010_5lists": (6212, 6083),
    "neworleans_n185_5lists": (6212, 5925),
    "neworleans_n186_5lists": (6212, 5925),
    "uk2013_4lists": (113, 111),
    "uk2013_5lists": (6212, 6084),
    "westernus_5lists": (6212, 3354),
}
ROME = closed([0b1011, 0b1101, 0b1110], 4)
ARTIFICIAL = closed([0b101, 0b110], 3)


def rank(rows: list[list[Fraction]]) -> int:
    """Of a matrix of whole numbers, by elimination, without any rounding."""
    found = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            times = row[column] / pivot[column]
            row[:] = [value - times * above for value, above in zip(row, pivot, strict=True)]
        found += 1
    return found


@pytest.mark.parametrize("table", COUNTED)
def test_as_many_models_have_an_estimate_as_the_published_package_counts(table: str) -> None:
    fits = fit_all(read_table(TABLES / f"{table}.csv"))

    assert (len(fits.models), int(fits.exists.sum())) == COUNTED[table]


@pytest.mark.parametrize(
    ("table", "model", "written"),
    [
        ("hiv_rome_4lists", ROME, "[124;134;234]"),
        ("artificial_3lists", ARTIFICIAL, "[13;23]"),
    ],
)
def test_a_model_that_fits_every_cell_it_keeps_has_an_estimate_and_only_one(
    table: str, model: Terms, written: str
) -> None:
    """
    By whole numbers only: as many independent columns as cells, and nobody's cell is empty.

    The table itself is then a positive table with the margins of the data (Fienberg and Rinaldo
    2012), and one vector of parameters gives it.
    """
    counts = read_table(TABLES / f"{table}.csv").array()
    empty = [
        term for term in model if not any(counts[c] for c in range(counts.size) if c & term == term)
    ]
    cells = [c for c in range(1, counts.size) if not any(c & term == term for term in empty)]
    kept = sorted(model.difference(empty))
    design = [[Fraction(1), *(Fraction(c & term == term) for term in kept)] for c in cells]

    assert name(model, int(np.log2(counts.size))) == written
    assert all(counts[c] for c in cells)
    assert rank(design) == len(cells) == len(kept) + 1
    assert plan(model, counts > 0, frozenset()).status is Status.EXISTS


def test_the_eight_models_of_new_orleans_leave_as_many_parameters_as_cells() -> None:
    table = read_table(TABLES / "neworleans_n185_5lists.csv")
    fits = fit_all(table)
    support = table.array() > 0
    full = [
        model
        for model, exists, deviance in zip(fits.models, fits.exists, fits.deviance, strict=True)
        if exists and deviance < 1e-9
    ]

    assert len(full) >= 8
    for model in full:
        found = plan(model, support, frozenset())
        assert found.status is Status.EXISTS
        assert support[found.cells].all()
        assert found.cells.size == found.terms.size + 1


@pytest.mark.parametrize("table", ["artificial_3lists", "hiv_rome_4lists", "uk2013_4lists"])
def test_the_compiled_search_and_the_linear_programme_agree_model_by_model(table: str) -> None:
    read = read_table(TABLES / f"{table}.csv")
    fits = fit_all(read)

    asked = [plan(model, read.array() > 0, frozenset()).status for model in fits.models]

    assert [status is Status.EXISTS for status in asked] == fits.exists.tolist()
