"""Findings to be written as a report: published tables, their answers and their analyses."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from fanal.engines.population import CaptureTable, Criterion, best, read_table, stepwise
from fanal.engines.population.analyses import gather
from fanal.engines.population.bayes.decomposable import decomposable
from fanal.engines.population.limits.bounds import region
from fanal.engines.population.loglinear import closed
from fanal.engines.population.loglinear.weighing import weighed
from fanal.engines.population.reporting import Findings, Item, basis

TABLES = Path(__file__).parents[1] / "tables"
DRAWS = 60


def published(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


def items(*, missing: frozenset[int] = frozenset()) -> tuple[Item, ...]:
    return tuple(
        (number, f"Point {number} : ce qu'il faut", number not in missing, f"Texte {number}.")
        for number in range(1, 18)
    )


@cache
def findings(name: str) -> Findings:
    return of_table(published(name), title=f"Essai, {name}")


def of_table(
    table: CaptureTable, *, title: str = "Essai", public: bool = True, draws: int = DRAWS
) -> Findings:
    """The whole of a report, computed as it is to be."""
    of = basis(table, public=public)
    answers = (
        weighed(of),
        closed.independence(of),
        closed.chao(of),
        stepwise(of, replicates=draws),
        best(of, Criterion.BIC, replicates=draws, first=5),
        decomposable(of),
    )
    return Findings(
        table,
        answers,
        gather(of, replicates=draws),
        region(of, asked=(7000, 10_000), answer=answers[3]),
        items(missing=frozenset({3, 16})),
        title=title,
        version="1.2.3",
        seed=1,
        command="fanal population report essai.csv",
        public=public,
    )


def protected(name: str) -> Findings:
    """Counts hidden, estimates of the exact table: what stays where the table is."""
    return replace(findings(name), public=False)
