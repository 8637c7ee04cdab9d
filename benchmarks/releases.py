"""
Releases that betray nobody: ten of them in a row, attacked together; and the same, unprotected.

    python benchmarks/releases.py, or make bench-observatory

The history crosses département with form, age, sex and source, counts up to last year and to this
one, all ages and 15 and over, and régions. Three times: unprotected but for cells of 1 to 10 that
are left blank, in the tables and in their margins; by a rule of 11 with exact figures; by the rule
for minors, rounded. Then private counts: their speed, and their audit from outside; and artificial
rows: how far from the counts, and whether they copy anybody.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from pathlib import Path

import cases
import numpy as np

from fanal.engines.disclosure.attacks.battery import Verdict, attack
from fanal.engines.disclosure.attacks.neighbours import audit
from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.attacks.subtracting import Attack
from fanal.engines.disclosure.audit import Audit, Knowledge
from fanal.engines.disclosure.audit import audit as audit_cells
from fanal.engines.disclosure.linking import link
from fanal.engines.disclosure.policies import policy
from fanal.engines.disclosure.private import Mechanism
from fanal.engines.disclosure.release.building import build
from fanal.engines.disclosure.release.counts import count
from fanal.engines.disclosure.release.frames import frame
from fanal.engines.disclosure.release.reading import attack_folders, read_release
from fanal.engines.disclosure.release.rows import read_rows
from fanal.engines.disclosure.release.spec import read_spec
from fanal.engines.disclosure.synthetic.checks import check_copies
from fanal.engines.disclosure.synthetic.drawing import Marginal, blur, distance, draw

PEOPLE = (8_000, 206_000)
RULES = ("casd-hospitalier", "mineurs")
REQUEST = """
name = "{name}"
title = "Mesure : {name}"
series = "cas"
policy = "{policy}"
method = "suppress"
date = 2026-03-31
contact = "mesures@exemple.invalid"
contributor = false
[variables.departement]
column = "dep"
role = "territory"
level = "departement"
[variables.region]
column = "dep"
role = "territory"
level = "region"
hierarchy = "regions.csv"
parents_only = true
[variables.age]
role = "person"
groups = {{ "15 et plus" = ["15", "16", "17"] }}
[variables.sexe]
role = "person"
[variables.exploitation]
[variables.source]
[variables.annee]
role = "time"
groups = {{ "jusqu'en 2023" = ["2021", "2022", "2023"] }}
[[tables]]
name = "{name}"
variables = [{variables}]
filters = {{ {filters} }}
"""
BEFORE = '"annee" = "jusqu\'en 2023"'
OLDER = '"age" = "15 et plus"'
HISTORY = {
    "forme": ("departement exploitation", ""),
    "age": ("departement age", ""),
    "sexe": ("departement sexe", ""),
    "source": ("departement source", ""),
    "cumul-avant": ("departement", BEFORE),
    "cumul": ("departement", ""),
    "forme-avant": ("departement exploitation", BEFORE),
    "quinze-et-plus": ("departement", OLDER),
    "forme-quinze": ("departement exploitation", OLDER),
    "region-forme": ("region exploitation", ""),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for people in PEOPLE:
            _releases(folder / str(people), people)
    _private()
    _artificial()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MB")


def _releases(folder: Path, people: int) -> None:
    folder.mkdir()
    data = folder / "cases.csv"
    cases.write(data, people, 1)
    with (folder / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [[dep, f"R{place // 8:02d}"] for place, dep in enumerate(cases.DEPARTEMENTS)]
        csv.writer(file).writerows([["code", "parent"], *rows])
    print(f"\n{people:,} cases, {len(HISTORY)} releases")
    print(f"{'':32}{'shown':>7}{'hidden':>7}{'exact':>7}{'<5':>6}  differences found")
    _specs(folder, RULES[0])
    start = time.process_time()
    _report("unprotected", _raw(folder, data, RULES[0]), start)
    for rule in RULES:
        _specs(folder, rule)
        start = time.process_time()
        for name in HISTORY:
            build(
                folder / f"{name}.toml", data, folder / f"{rule}-{name}", folder / f"ledger-{rule}",
                progress=lambda _: None,
            )  # fmt: skip
        made = time.process_time()
        _, verdict = attack_folders([folder / f"{rule}-{name}" for name in HISTORY])
        assert verdict is not None
        _report(f"{rule}, protected", verdict, made)
        print(f"{'':32}all ten built in {made - start:.1f} s of CPU")
        _second_opinion([folder / f"{rule}-{name}" for name in HISTORY])


def _second_opinion(folders: list[Path]) -> None:
    """The engine's other attacker, whose programmes share nothing with those of the battery."""
    tables = [one for folder in folders for one in read_release(folder).tables]
    linked = link([one.table for one in tables])
    low, high = np.zeros(linked.size), np.full(linked.size, np.inf)
    hidden = np.ones(linked.size, dtype=bool)
    for one, cells in zip(tables, linked.shown, strict=True):
        np.maximum.at(low, cells, one.low.ravel())
        np.minimum.at(high, cells, one.high.ravel())
        np.logical_and.at(hidden, cells, one.hidden.ravel())
    start = time.process_time()
    found = audit_cells(linked, Knowledge(low, high), watched=hidden & linked.is_shown)
    assert isinstance(found, Audit)
    print(
        f"{'':32}second attacker: {len(found.cells)} hidden, {len(found.recovered)} exact, "
        f"{len(found.narrow)} under 5, median width {found.median_width:.0f} "
        f"({time.process_time() - start:.1f} s of CPU)"
    )


def _specs(folder: Path, rule: str) -> None:
    for name, (variables, filters) in HISTORY.items():
        named = ", ".join(f'"{one}"' for one in variables.split())
        text = REQUEST.format(name=name, policy=rule, variables=named, filters=filters)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def _raw(folder: Path, data: Path, rule: str) -> Verdict:
    """The same tables, their cells of 1 to 10 left blank, margins included, and nothing more."""
    tables, shares = [], {}
    for name in HISTORY:
        spec = read_spec(folder / f"{name}.toml")
        made = frame(spec, read_rows(data, spec.columns))
        counts = count(made.tables[0], made.rows)
        hidden = (counts > 0) & (counts <= 10)
        tables.append(Published.exact(name, made.tables[0], counts, hidden, dict(made.roles)))
        shares[name] = counts.squeeze()
    for outer, inner in (("cumul", "cumul-avant"), ("cumul", "quinze-et-plus"),
                         ("forme", "forme-avant"), ("forme", "forme-quinze")):  # fmt: skip
        both = (shares[outer] > 10) & (shares[inner] > 10)
        small = np.isin(shares[outer] - shares[inner], range(1, 11)) & both
        print(f"{'':32}{outer} less {inner}: {100 * small.sum() / both.sum():.0f} % of pairs")
    return attack(tables, policy(rule, on=spec.date), rng=np.random.default_rng(0))


def _report(name: str, verdict: Verdict, start: float) -> None:
    found = verdict.found
    differences = sum(
        found[one]
        for one in (Attack.DIFFERENCING, Attack.COMPLEMENT, Attack.CUMULATIVE, Attack.GEOGRAPHIC)
    )
    shown = verdict.tried[Attack.DIFFERENCING]
    detail = ", ".join(f"{key} {n}" for key, n in found.items() if n and key != Attack.INTERVAL)
    print(
        f"{name:32}{shown:7}{verdict.hidden:7}{verdict.exact:7}{verdict.narrow:6}  {differences}"
        f"  {detail}  (attacked in {time.process_time() - start:.1f} s of CPU)"
    )


def _private() -> None:
    print("\nPrivate counts")
    start = time.process_time()
    mechanism = Mechanism(1.0)
    print(f"import of OpenDP and the measurement: {time.process_time() - start:.3f} s of CPU")
    for size in (99, 594, 9_090):
        counts = np.random.default_rng(0).poisson(3, size).astype(np.int64)
        took = []
        for _ in range(7):
            start = time.process_time()
            noisy = mechanism(counts)
            took.append(time.process_time() - start)
        error = np.abs(noisy - counts).mean()
        print(f"{size:6} cells: {1000 * min(took):6.1f} ms of CPU, mean error {error:.2f}")
    # Each run is one release of the whole table; 40,000 of each table, 80,000 in all.
    table = np.array([12, 3, 0, 7], dtype=np.int64)
    neighbour = table - np.array([0, 1, 0, 0])
    for epsilon in (0.5, 1.0, 2.0):
        start = time.process_time()
        found = audit(Mechanism(epsilon), table, neighbour, runs=40_000)
        took = time.process_time() - start
        verdict = "kept" if found.at_least <= epsilon else "BROKEN"
        print(f"epsilon {epsilon}: at least {found.at_least:.3f}, {verdict} ({took:.1f} s of CPU)")


VARIABLES = ("age", "exploitation", "source", "sexe")
CROSSED = (("age", "exploitation"), ("exploitation", "source"), ("age", "sexe"))


def _artificial() -> None:
    print("\nArtificial rows, the whole country, epsilon 2, no combination under 11 rows")
    rng = np.random.default_rng(1)
    for people in PEOPLE:
        held = _coded(people)
        start = time.process_time()
        made = draw([_counts(held, one) for one in CROSSED], epsilon=2.0, rng=rng)
        assert made is not None
        rows = blur(made.columns, least=11)
        took = time.process_time() - start
        far = [f"{distance(rows, _counts(held, one)):.3f}" for one in CROSSED]
        half = rng.random(people) < 0.5
        used, unused = ({n: c[h] for n, c in held.items()} for h in (half, ~half))
        other = draw([_counts(used, one) for one in CROSSED], epsilon=2.0, rng=rng)
        assert other is not None
        copies = check_copies(blur(other.columns, least=11), used, unused, rng=rng)
        print(
            f"{people:8,} people: {len(rows['age']):,} rows in {took:.1f} s of CPU, distances "
            f"{', '.join(far)}, alone and copied {copies.copied_used:.3f} of the half used and "
            f"{copies.copied_unused:.3f} of the other, {'held' if copies.sound else 'BROKEN'}"
        )
    _canary(rng)


def _canary(rng: np.random.Generator) -> None:
    """A child alone in a combination, in 200 releases with and 200 without."""
    counts = _counts(_coded(2_000), ("age", "sexe", "source")).counts
    place = np.unravel_index(int(np.argmin(counts)), counts.shape)
    seen = []
    for alone in (0, 1):
        counts[place] = alone
        came = 0
        for _ in range(200):
            made = draw([Marginal(("a", "b", "c"), counts.copy())], epsilon=2.0, rng=rng)
            assert made is not None
            rows = blur(made.columns, least=11)
            came += bool(np.all([rows[n] == c for n, c in zip("abc", place, strict=True)], 0).any())
        seen.append(came)
    print(f"a combination of one child comes out in {seen[1]} of 200 releases, {seen[0]} without")


def _coded(people: int) -> dict[str, np.ndarray]:
    columns = cases.cases(people, 1)
    return {name: np.unique(columns[name], return_inverse=True)[1] for name in VARIABLES}


def _counts(held: dict[str, np.ndarray], names: tuple[str, ...]) -> Marginal:
    sizes = {"age": 5, "exploitation": 6, "source": 7, "sexe": 3}
    counts = np.zeros([sizes[name] for name in names], dtype=np.int64)
    np.add.at(counts, tuple(held[name] for name in names), 1)
    return Marginal(names, counts)


if __name__ == "__main__":
    sys.exit(main())
