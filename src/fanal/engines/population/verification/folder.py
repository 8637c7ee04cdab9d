"""A folder of tables, and ``reference_r.csv``: ``dataset,method,est,lo95,hi95,note``."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from fanal.engines.population.reading import read_table
from fanal.engines.population.refusals import UnreadableTable
from fanal.engines.population.verification.checks import CHECKS
from fanal.engines.population.verification.rows import NOT_COMPARABLE, Line, Row, Said, Three

REFERENCE = "reference_r.csv"


def verify_folder(folder: Path, *, told: Callable[[int], None] | None = None) -> list[Row]:
    """
    Raises:
        UnreadableTable: there is no reference, or it cannot be read.
    """
    rows = []
    for number, (dataset, method, line) in enumerate(_lines(folder / REFERENCE)):
        verdict, reason, ours = _verified(folder, dataset, method, line)
        rows.append(Row(dataset, method, verdict, reason, line.figures, ours))
        if told:
            told(number)
    return rows


def _lines(path: Path) -> Iterator[tuple[str, str, Line]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                figures = _number(row["est"]), _number(row["lo95"]), _number(row["hi95"])
                yield row["dataset"], row["method"], Line(figures, row.get("note") or "")
    except (OSError, UnicodeDecodeError, KeyError, csv.Error):
        raise UnreadableTable(
            f"{path} ne se lit pas : il y faut les colonnes dataset, method, est, lo95 et hi95."
        ) from None


def _number(text: str | None) -> float | None:
    with suppress(ValueError, TypeError):
        return float(text or "")
    return None


def _verified(folder: Path, dataset: str, method: str, line: Line) -> Said:
    nothing: Three = (None, None, None)
    check = next((made for pattern, made in CHECKS if re.fullmatch(pattern, method)), None)
    if check is None:
        return NOT_COMPARABLE, "cette méthode n'est pas de ce moteur", nothing
    path = folder / f"{dataset}.csv"
    if not path.exists():
        return NOT_COMPARABLE, f"il n'y a pas de tableau {path.name}", nothing
    try:
        table = read_table(path)
    except UnreadableTable as error:
        return NOT_COMPARABLE, str(error), nothing
    order = re.search(r"maxorder(\d)", method)
    made = partial(check, order=int(order[1])) if order else check
    return made(table, line)
