"""The folder of a release: written aside, then given its name at once."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.policies import Policy
from fanal.engines.disclosure.release.frames import Frame
from fanal.engines.disclosure.release.metadata import catalogue
from fanal.engines.disclosure.release.outcome import Outcome, Printed
from fanal.engines.disclosure.release.pages import dictionary, dictionary_page, readme
from fanal.engines.disclosure.release.record import structure
from fanal.engines.disclosure.release.refusals import NotReleased, Reason

ROWS = "lignes"
STRUCTURE, ATTACKS, CATALOGUE = "structure.json", "attacks.json", "metadata.jsonld"


@contextmanager
def write(
    made: Frame, rule: Policy, outcome: Outcome, out: Path, *, before: str
) -> Iterator[Callable[[], None]]:
    """
    Write the files; the folder takes its name when the function given is called.

    Args:
        before: the digest of the ledger's last line, printed in the release.

    Raises:
        NotReleased: there is no folder to write in.
    """
    if not out.parent.is_dir():
        raise NotReleased(Reason.UNREADABLE_SPEC, f"Le dossier {out.parent} n'existe pas.")
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        part.mkdir()
        _fill(part, made, rule, outcome, before)
        yield lambda: _name(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _name(part: Path, out: Path) -> None:
    if out.exists():
        raise NotReleased(Reason.ALREADY_RELEASED, f"{out} existe déjà : donnez un autre nom.")
    part.rename(out)


def _fill(folder: Path, made: Frame, rule: Policy, outcome: Outcome, before: str) -> None:
    for one in outcome.printed:
        titles, rows = table_rows(one, made)
        _table(folder / f"{one.table.name}.csv", titles, rows, made)
    if outcome.lines:
        rows = [list(row) for row in zip(*outcome.lines.values(), strict=True)]
        _table(folder / f"{ROWS}.csv", list(outcome.lines), rows, made)
    bounded = all(one.low is not None for one in outcome.printed)
    _json(
        folder / STRUCTURE,
        {
            "name": made.spec.name,
            "series": made.spec.series,
            "policy": rule.full_name,
            "method": str(made.spec.method),
            "date": made.spec.date.isoformat(),
            "tables": [
                {**structure(_published(made, one)), "crossed": list(one.axes), "bounded": bounded}
                for one in outcome.printed
            ],
        },
    )
    _json(folder / ATTACKS, {**outcome.verdict, "rule": rule.full_name, "ledger_before": before})
    _json(folder / CATALOGUE, catalogue(made.spec, sorted(p.name for p in folder.iterdir())))
    lines = dictionary(made, outcome)
    _csv(folder / "dictionnaire.csv", list(lines[0]), [list(one.values()) for one in lines])
    (folder / "dictionnaire.md").write_text(dictionary_page(made, lines), encoding="utf-8")
    (folder / "README.md").write_text(readme(made, rule, outcome), encoding="utf-8")


def table_rows(one: Printed, made: Frame) -> tuple[list[str], list[list[Any]]]:
    """The titles and the rows of a table, in the order of its codes."""
    import numpy as np

    columns = {dimension.name: name for name, dimension in _named(one, made)}
    codes = [one.table.codes(one.table.dimensions[axis]) for axis in one.axes]
    titles = [columns[one.table.dimensions[axis].name] for axis in one.axes]
    rows = []
    order = [*one.axes, *(a for a in range(one.values.ndim) if a not in one.axes)]
    values, hidden = np.transpose(one.values, order), np.transpose(one.hidden, order)
    bounded = one.margin is None
    told = (one.low, one.high) if bounded else (one.margin,)
    bounds = [np.transpose(b, order) for b in told if b is not None]
    for place in np.ndindex(*values.shape):
        labels = [names[p] for names, p in zip(codes, place, strict=False)]
        more = [int(b[place]) if np.isfinite(b[place]) else None for b in bounds]
        if hidden[place]:
            known = more if bounded and None not in more else [None] * len(bounds)
            rows.append([*labels, None, "masqué", *known])
        else:
            status = "publié" if bounded else "estimé"
            rows.append([*labels, int(values[place]), status, *more])
    last = ["au_moins", "au_plus"] if bounded else ["marge_95"]
    return [*titles, "effectif", "statut", *last], rows


def _named(one: Printed, made: Frame) -> Iterator[tuple[str, Any]]:
    number = next(n for n, table in enumerate(made.tables) if table.name == one.table.name)
    for name in made.asked[number].variables:
        column = made.spec.variables[name].column
        yield name, next(d for d in one.table.dimensions if d.name == column)


def _published(made: Frame, one: Printed) -> Published:
    import numpy as np

    blank = np.zeros(one.table.shape)
    return Published(made.spec.name, one.table, blank, blank, one.hidden, dict(made.roles))


def _table(path: Path, titles: list[str], rows: list[list[Any]], made: Frame) -> None:
    import duckdb

    _csv(path, titles, rows)
    numbers = {"effectif", "au_moins", "au_plus", "marge_95"}.difference(made.spec.variables)
    types = {title: "BIGINT" if title in numbers else "VARCHAR" for title in titles}
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        read = connection.read_csv(str(path), header=True, columns=types)
        read.write_parquet(str(path.with_suffix(".parquet")))


def _csv(path: Path, titles: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(titles)
        writer.writerows(rows)


def _json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
