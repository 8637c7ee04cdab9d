"""
The linkage engine and its peers, on the same files of invented people.

Usage: python benchmarks/linkage.py [people] [febrl] [search] [million]

``FANAL_DATA`` may name a folder that holds ``personnes_fr.csv.gz``, the file that the peers'
published figures speak of; without it, files of the same world are drawn.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import people
from figures import Figure, show
from linkage_peers import (
    POSSIBLE,
    STRONG,
    Mark,
    Pair,
    Probabilities,
    cpu,
    ecm_febrl,
    febrl,
    links,
    mark,
    ordered,
    rows,
    same_cluster,
    splink_febrl,
    splink_people,
)
from reliability import plot

ENGINE = "linkage"
PLOT = Path(__file__).parent.parent / "docs/engines/measured/reliability.svg"
SECONDS = 10.0
BINS = 10
SIZE = 10_841


def figures(parts: list[str] | None = None) -> Iterator[Figure]:
    """Each part's figures, as they come."""
    with tempfile.TemporaryDirectory() as folder:
        for part in parts or ["people", "febrl", "search"]:
            yield from PARTS[part](Path(folder))


def of_people(folder: Path) -> Iterator[Figure]:
    """People of this world, of others kept apart: marks, processor, calibration."""
    curves = {}
    for name, path, held in files(folder):
        found, seconds, _ = deduped(path, folder)
        truth = same_cluster(path)
        possible, strong = mark(found, truth, POSSIBLE), mark(found, truth, STRONG)
        peer = str(splink_people(path))
        yield Figure(
            ENGINE, f"{name}, possible (0.5)", said(possible),
            "F1 0.80, P 0.88" if held else "",
            possible.f1 >= 0.80 and possible.precision >= 0.88 if held else None, peer,
        )  # fmt: skip
        yield Figure(
            ENGINE, f"{name}, strong (0.95)", said(strong),
            "P 0.98, F1 0.75" if held else "",
            strong.precision >= 0.98 and strong.f1 >= 0.75 if held else None,
        )  # fmt: skip
        yield Figure(
            ENGINE, f"{name}, whole command", f"{seconds:.1f} s CPU",
            f"{SECONDS:.0f} s CPU" if held else "", seconds <= SECONDS if held else None,
        )  # fmt: skip
        curves[name] = bins_of(found, truth)
        yield Figure(ENGINE, f"{name}, reliability", reliability(curves[name]))
    PLOT.write_text(plot(curves), encoding="utf-8")


def files(folder: Path) -> Iterator[tuple[str, Path, bool]]:
    """Name, file, and whether the bars are about it."""
    given = Path(os.environ.get("FANAL_DATA", "")) / "personnes_fr.csv.gz"
    if given.is_file():
        yield "personnes_fr", given, True
    for style, seed in (("A", 11), ("A", 12), ("B", 7)):
        path = folder / f"people_{style}_{seed}.csv.gz"
        write(path, SIZE, seed, style)
        kind = "familiar" if style == "A" else "kept apart"
        yield f"{kind} world, seed {seed}", path, style == "A"


def write(path: Path, records: int, seed: int, style: str) -> None:
    people.write(people.people(records, seed, style, records=records), path)


def of_febrl(folder: Path) -> Iterator[Figure]:
    """The benchmark that everybody runs: nothing must be broken there."""
    febrl(folder)
    for number, bar in ((3, 0.986), (4, 0.996)):
        truth = links(folder / f"febrl{number}_links.csv")
        names = ("febrl3",) if number == 3 else ("febrl4a", "febrl4b")
        found, seconds, _ = deduped(
            *(folder / f"{name}.csv" for name in names), folder, profile="febrl"
        )
        got = mark(found, truth, POSSIBLE)
        peer = f"{splink_febrl(folder, number)}; {ecm_febrl(folder, number)}"
        yield Figure(
            ENGINE, f"FEBRL{number}, no identity number", f"{said(got)}, {seconds:.1f} s CPU",
            f"F1 {bar}", got.f1 >= bar, peer,
        )  # fmt: skip


def of_search(folder: Path) -> Iterator[Figure]:
    """One person against three hundred: the search before a file is created."""
    from fanal.engines.linkage.evidence import Comparison
    from fanal.engines.linkage.model import load_model
    from fanal.engines.linkage.profiles.reading import read_profile
    from fanal.engines.linkage.scoring import nearest

    path, model = folder / "search.csv.gz", folder / "model.json"
    write(path, SIZE, 13, "A")
    deduped(path, folder, "--save-model", str(model))
    profile = read_profile("people-fr")
    comparison = Comparison(load_model(model, profile), profile)
    draw, known = random.Random(1), rows(path)
    taken, first = [], 0
    for _ in range(200):
        one = draw.choice(known)
        others = draw.sample(known, 300)
        same = [other for other in known if other["cluster"] == one["cluster"] and other != one]
        others += same[:1]
        begun = time.process_time()
        found = nearest(comparison, one, others)
        taken.append(1000 * (time.process_time() - begun))
        first += bool(same) and found[0].place == 300
    taken.sort()
    yield Figure(
        ENGINE, "one person against 300 others, never seen before",
        f"median {median(taken):.1f} ms CPU, 95 % under {taken[189]:.1f} ms; "
        f"the other record of the person comes first {first} times of 200 (some have none)",
        "5 ms", median(taken) < 5.0,
    )  # fmt: skip


def of_million(folder: Path) -> Iterator[Figure]:
    """A million records on this machine."""
    path = folder / "million.csv.gz"
    write(path, 1_000_000, 3, "A")
    found, seconds, memory = deduped(path, folder)
    truth = same_cluster(path)
    possible, strong = mark(found, truth, POSSIBLE), mark(found, truth, STRONG)
    cost = f"{seconds:.0f} s CPU, {memory / 1e6:.1f} GB at most"
    told = f"possible {said(possible)}; strong {said(strong)}; {cost}"
    yield Figure(ENGINE, "1,000,000 records", told)


PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "people": of_people,
    "febrl": of_febrl,
    "search": of_search,
    "million": of_million,
}


def deduped(*told: Path | str, profile: str = "people-fr") -> tuple[Probabilities, float, int]:
    """Pairs, processor seconds of the whole command, and its memory at most, in kB."""
    paths = [one for one in told if isinstance(one, Path)]
    *read, folder = paths
    out = folder / "pairs.csv"
    begun = cpu()
    verb = "dedupe" if len(read) == 1 else "link"
    subprocess.run(
        [
            Path(sys.executable).with_name("fanal"), "linkage", verb, *read,
            "--profile", profile, "--id", "rec_id", "--out", out, "--json",
            *(one for one in told if isinstance(one, str)),
        ],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    found = {ordered(row["id_a"], row["id_b"]): float(row["probability"]) for row in rows(out)}
    return found, cpu() - begun, memory


def said(one: Mark) -> str:
    return f"P {one.precision:.4f} R {one.recall:.4f} F1 {one.f1:.4f}"


def bins_of(found: Probabilities, truth: set[Pair]) -> list[tuple[float, float, int]]:
    """What was announced on average, what held, and how many pairs, by tenths."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for pair, probability in found.items():
        bins[min(int(probability * BINS), BINS - 1)].append((probability, pair in truth))
    return [
        (sum(told for told, _ in held) / len(held), sum(true for _, true in held) / len(held),
         len(held))
        for _, held in sorted(bins.items())
    ]  # fmt: skip


def reliability(bins: list[tuple[float, float, int]]) -> str:
    """The same in words, and how far apart they are on average."""
    whole = sum(number for _, _, number in bins)
    gap = sum(abs(announced - true) * number for announced, true, number in bins) / whole
    told = [f"{announced:.2f}→{true:.2f} ({number})" for announced, true, number in bins]
    return f"{', '.join(told)}; apart by {gap:.3f} on average"


if __name__ == "__main__":
    show(figures(sys.argv[1:] or None))
