"""
Invented people seen by several services, whose truth is known: column ``cluster``.

Usage: python benchmarks/people.py RECORDS SEED OUT.csv.gz [--style A|B]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import people_familiar
import people_kept

COLUMNS = (
    "rec_id", "cluster", "source", "prenom", "nom", "alias", "date_naissance", "telephone",
    "commune",
)  # fmt: skip
WORLDS = {"A": people_familiar.world, "B": people_kept.world}
# Records are dealt out of a hand as large as this: one person's stand far from each other.
HAND = 200_000


def people(
    n_persons: int, seed: int, style: str = "A", *, records: int | None = None
) -> Iterator[tuple[str, ...]]:
    """
    The records of ``n_persons`` invented people, in the order of ``COLUMNS``.

    One seed and one style always give the same records. Nothing is kept but ``HAND`` records.

    Args:
        records: cut there; the last people are not seen.
    """
    # Text, since two styles must not draw alike.
    chance = random.Random(f"{style} {seed}")
    rows = islice(WORLDS[style](n_persons, chance), records)
    for place, row in enumerate(_dealt(rows, chance)):
        yield (f"r{place}", *row)


def _dealt(rows: Iterable[tuple[str, ...]], chance: random.Random) -> Iterator[tuple[str, ...]]:
    flow = iter(rows)
    hand = list(islice(flow, HAND))
    for row in flow:
        place = chance.randrange(HAND)
        yield hand[place]
        hand[place] = row
    chance.shuffle(hand)
    yield from hand


def write(records: Iterable[tuple[str, ...]], path: Path) -> None:
    # No time of day inside: one seed gives one file.
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=4, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(records)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--style", choices=sorted(WORLDS), default="A")
    asked = parser.parse_args()
    # Everybody has one record at least.
    rows = people(asked.records, asked.seed, asked.style, records=asked.records)
    write(rows, asked.out)


if __name__ == "__main__":
    main()
