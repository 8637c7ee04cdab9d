"""
What Spark answers, beside what one process does: the same, or this fails.

Usage: python benchmarks/spark.py [small] [linkage] [clustering]

``FANAL_DATA`` may name a folder that holds ``personnes_fr.csv.gz`` and
``annonces_neutres_20k.csv.gz``.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import people
from clustering_scores import written
from clustering_worlds import every_voice
from figures import Figure, show

ENGINE = "Spark"
PLACES = ("local", "spark")
OF = {"dedupe": "linkage", "link": "linkage", "run": "clustering"}


def figures(parts: list[str] | None = None) -> Iterator[Figure]:
    """Each part's figures, as they come."""
    with tempfile.TemporaryDirectory() as folder:
        for part in parts or PARTS:
            yield from PARTS[part](Path(folder))


def small(folder: Path) -> Iterator[Figure]:
    """Three hundred records, and their two halves linked."""
    rows = list(people.people(300, 5, records=300))
    whole, first, second = (folder / f"{name}.csv.gz" for name in ("whole", "first", "second"))
    for path, held in ((whole, rows), (first, rows[:150]), (second, rows[150:])):
        people.write(iter(held), path)
    yield same("300 records", folder, "dedupe", whole)
    yield same("150 records and 150 others", folder, "link", first, second)


def linkage(folder: Path) -> Iterator[Figure]:
    given = Path(os.environ.get("FANAL_DATA", "")) / "personnes_fr.csv.gz"
    if given.is_file():
        yield same("personnes_fr, 10,841 records", folder, "dedupe", given)
    yield same("20,000 records", folder, "dedupe", drawn(folder, 20_000, seed=7))


def clustering(folder: Path) -> Iterator[Figure]:
    given = Path(os.environ.get("FANAL_DATA", "")) / "annonces_neutres_20k.csv.gz"
    if given.is_file():
        yield same("annonces_neutres, 20,000 posts", folder, "run", given)
    posts = written(every_voice(7, 20_000), folder / "posts.csv")
    yield same("20,000 posts", folder, "run", posts)


PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "small": small,
    "linkage": linkage,
    "clustering": clustering,
}


def drawn(folder: Path, records: int, seed: int) -> Path:
    path = folder / f"people_{records}_{seed}.csv.gz"
    people.write(people.people(records, seed, records=records), path)
    return path


def same(what: str, folder: Path, verb: str, *files: Path) -> Figure:
    """One command, in one process and on Spark: what is written must be the same, byte by byte."""
    told, taken = [], []
    for place in PLACES:
        out = folder / f"{place}.csv"
        taken.append(run(OF[verb], verb, *files, "--out", out, "--engine", place))
        told.append(out.read_bytes())
    rows = told[0].count(b"\n") - 1
    holds = told[0] == told[1]
    said = f"{rows} rows, {'the same' if holds else 'NOT the same'}; {', '.join(taken)}"
    return Figure(ENGINE, what, said, "the same", holds)


def run(*words: str | Path) -> str:
    """Run the command, and say what it took; what it refuses, it says itself."""
    begun, before = time.monotonic(), cpu()
    subprocess.run(
        [Path(sys.executable).with_name("fanal"), *words], check=True, stdout=subprocess.DEVNULL
    )
    return f"{words[-1]} {time.monotonic() - begun:.0f} s, {cpu() - before:.0f} s CPU"


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    told = []
    for figure in figures(sys.argv[1:] or None):
        show([figure])
        told.append(figure)
    sys.exit(not all(figure.holds for figure in told))


if __name__ == "__main__":
    main()
