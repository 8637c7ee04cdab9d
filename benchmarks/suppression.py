"""
Hidden cells: what is lost, what a reader recovers, and how long it takes; Tau-Argus beside it.

    python benchmarks/suppression.py [--alone]

The table of 2,400 cells: département × 4 ages × 6 forms of exploitation of 206,000 artificial
cases, and its margins; threshold 11. The peer is pytauargus (OPT), under two safety margins: the
smallest loses least and protects least. Both patterns are audited by the same programme, twice:
for a reader who thinks that a hidden cell can be empty, and for one who knows that it is not.
``--alone`` leaves the peer out.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass

import cases
import numpy as np

from fanal.engines.disclosure.audit import audit, knowledge
from fanal.engines.disclosure.counting import count
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.linking import Flags, Integers, Linked, link
from fanal.engines.disclosure.primary import Zeros, below
from fanal.engines.disclosure.refusals import Refused
from fanal.engines.disclosure.rounding import round_together
from fanal.engines.disclosure.suppression import Suppression, suppress

THRESHOLD = 11
PEOPLE = 206_000
VARIABLES = ("dep", "age", "exploitation")
SECONDS_AT_MOST, LOSS_AT_MOST, WIDTH = 5.0, 1.05, 5
MARGINS = (10, 50)


def main() -> None:
    columns = cases.cases(PEOPLE, 1)
    columns["age"] = np.where(np.isin(columns["age"], ["<13", "13-14"]), "< 15", columns["age"])
    print(f"{PEOPLE} artificial cases, threshold {THRESHOLD}, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    lost = [ours(columns, zeros) for zeros in (Zeros.MAY_HIDE, Zeros.SHOWN)]
    linked_tables(columns)
    if "--alone" not in sys.argv:
        for margin in MARGINS:
            theirs = peer(columns, margin)
            told = ", ".join(
                f"{name} {ours_lost / theirs:.3f}"
                for name, ours_lost in zip(
                    ("zeros may be hidden", "zeros always printed"), lost, strict=True
                )
            )
            print(f"    our loss over theirs: {told} (at most {LOSS_AT_MOST})\n")


def ours(columns: dict[str, cases.Column], zeros: Zeros) -> int:
    with timed() as spent:
        linked, counts = counted(columns, [VARIABLES])
        primary = below(linked, counts, THRESHOLD, zeros=zeros)
        found = suppress(linked, counts, primary, zeros=zeros)
    assert isinstance(found, Suppression)
    print(f"Fanal, {zeros.name}: counted, suppressed and audited in {spent.cpu:.2f} s CPU, "
          f"{spent.wall:.2f} s wall (at most {SECONDS_AT_MOST})")  # fmt: skip
    print(f"    {found.rounds} rounds, cheapest pattern: {'proved' if found.optimal else 'no'}")
    judged(linked, counts, found.hidden)
    with timed() as spent:
        rounded = round_together(linked, counts)
    told = rounded.message if isinstance(rounded, Refused) else "adds up"
    print(f"    controlled rounding to 5: {told}, {spent.cpu:.2f} s CPU\n")
    return found.lost


def linked_tables(columns: dict[str, cases.Column]) -> None:
    """Six tables that share margins, ages in two groupings."""
    names = ["dep", "age", "exploitation", "sexe", "source"]
    pairs = [("dep", name) for name in names[1:]] + [("age", "exploitation"), ("age", "sexe")]
    with timed() as spent:
        linked, counts = counted(columns, pairs)
        found = suppress(linked, counts, below(linked, counts, THRESHOLD))
    assert isinstance(found, Suppression)
    print(f"Fanal, {len(pairs)} linked tables of {linked.size} cells: {spent.cpu:.2f} s CPU, "
          f"{spent.wall:.2f} s wall; cheapest: {'proved' if found.optimal else 'no'}, "
          f"cost {found.cost:.0f}, at least {found.bound:.0f}")  # fmt: skip
    judged(linked, counts, found.hidden)
    print()


def counted(
    columns: dict[str, cases.Column], tables: list[tuple[str, ...]]
) -> tuple[Linked, Integers]:
    known = {name: Dimension.flat(name, sorted(set(columns[name]))) for name in columns}
    known["age"] = known["age"].also("15 et plus", ["15", "16", "17"])
    if len(tables) == 1:
        known["age"] = Dimension.flat("age", known["age"].atoms)
    linked = link([Table(" × ".join(names), tuple(known[n] for n in names)) for names in tables])
    return linked, count(linked, columns)


def judged(linked: Linked, counts: Integers, hidden: Flags) -> None:
    """The same audit for everybody's pattern."""
    small = hidden & (counts < THRESHOLD) & (counts > 0)
    others = hidden & ~small
    print(f"    hidden: {small.sum()} cells by the rule ({counts[small].sum()} people), "
          f"{others.sum()} beside ({counts[others].sum()} people)")  # fmt: skip
    for floor, reader in ((0, "can be empty"), (1, "is never empty")):
        asked = hidden & (counts >= floor)
        known = knowledge(linked, counts, asked, floor=floor)
        found = audit(linked, known, counts=counts, watched=asked)
        assert not isinstance(found, Refused)
        print(f"    audit, a hidden cell {reader}: {found.recovered.size} recovered exactly, "
              f"{found.narrow.size} narrower than {WIDTH}, "
              f"median width {found.median_width:.0f}")  # fmt: skip


def peer(columns: dict[str, cases.Column], margin: int) -> int:
    """Tau-Argus on the same rows; its native engine writes and reads files of its own."""
    from pytauargus import protect

    rows = {name: columns[name].tolist() for name in VARIABLES}
    # It leaves journals where it stands.
    with tempfile.TemporaryDirectory() as folder, chdir(folder), timed() as spent:
        answer = protect(
            {**rows, "people": [1.0] * PEOPLE},
            list(VARIABLES),
            response="people",
            safety_rules=f"FREQ({THRESHOLD},{margin})",
            suppress="OPT(1,5)",
            workdir=folder,
        )
        table = answer.tables[0].rows
    linked, counts = counted(columns, [VARIABLES])
    hidden = np.zeros(linked.size, dtype=bool)
    for row in table:
        codes = {name: str(row[name]).strip() for name in VARIABLES}
        cell = linked.index({name: code for name, code in codes.items() if code != "Total"})
        assert counts[cell] == round(float(str(row["people"])))
        hidden[cell] = row["status"] in ("U", "M")
    print(f"pytauargus, FREQ({THRESHOLD},{margin}), OPT: {spent.cpu:.2f} s CPU, "
          f"{spent.wall:.2f} s wall, no audit")  # fmt: skip
    judged(linked, counts, hidden)
    return int(counts[hidden & (counts >= THRESHOLD)].sum())


@dataclass
class Spent:
    cpu: float = 0.0
    wall: float = 0.0


@contextmanager
def timed() -> Iterator[Spent]:
    spent, cpu, wall = Spent(), time.process_time(), time.monotonic()
    yield spent
    spent.cpu, spent.wall = time.process_time() - cpu, time.monotonic() - wall


if __name__ == "__main__":
    main()
