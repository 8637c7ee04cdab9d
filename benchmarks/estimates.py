"""
Estimates of the published tables: agreement with R, speed, and how often the intervals are right.

R's packages are not run here: their figures are those printed beside each table, with the CPU
seconds that they took on two cores of a Xeon. What runs beside ours is statsmodels' GLM.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fanal.engines.population import Answer, CaptureTable, Criterion, best, read_table, stepwise
from fanal.engines.population.bayes.decomposable import decomposable
from fanal.engines.population.bayes.latent import latent
from fanal.engines.population.kernels.newton import fit
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import Stepwise, cells_of
from fanal.engines.population.loglinear.weighing import weighed
from fanal.engines.population.verification import AGREED, verify_folder

PROJECT = Path(__file__).resolve().parent.parent
TABLES = PROJECT / "tests" / "engines" / "population" / "tables"
COLD = (
    "import time; start = time.process_time(); from pathlib import Path\n"
    "from fanal.engines import population as p\n"
    "imported = time.process_time() - start\n"
    "p.stepwise(p.read_table(Path({path!r})), replicates=1000)\n"
    "print(imported, time.process_time() - start)"
)
DRAWS, TRIALS, LEVEL = 1000, 1000, 0.95
FITS = 1000


def main() -> None:
    agreement()
    speed()
    calibration()


def table(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


def seconds(act: Callable[[], object], times: int = 3) -> float:
    """CPU seconds of the quickest of a few runs, after one that is not counted."""
    act()
    taken = []
    for _ in range(times):
        start = time.process_time()
        act()
        taken.append(time.process_time() - start)
    return min(taken)


def agreement() -> None:
    print("\n### Agreement with the figures that R prints\n")
    start = time.process_time()
    rows = verify_folder(TABLES)
    taken = time.process_time() - start
    counted = Counter(row.verdict for row in rows)
    print(f"{len(rows)} rows in {taken:.0f} CPU s: {dict(counted)}\n")
    for row in rows:
        if row.verdict != AGREED:
            print(f"- {row.dataset}, {row.method}: {row.verdict}. {row.reason}")


def speed() -> None:
    print("\n### Speed, CPU seconds of one thread\n")
    imported, first = cold()
    print(f"Import {imported:.2f} (bar 1); a first estimate, with what it compiles, {first:.1f}.\n")
    print("| what | here | bar | R | times R |\n|---|---|---|---|---|")
    uk, nl, orleans, west = map(
        table,
        ("uk2013_5lists", "netherlands2010_6lists", "neworleans_n185_8lists", "westernus_5lists"),
    )
    line("stepwise + BCa 1,000, UK 5 lists", lambda: stepwise(uk, replicates=DRAWS), 0.5, 43.8)
    line("the same, NL 6 lists", lambda: stepwise(nl, replicates=DRAWS), 2, 135)
    line("the same, NO 8 lists", lambda: stepwise(orleans, replicates=DRAWS), 5, 526)
    line("stepwise + BCa 20,000, UK 5 lists", lambda: stepwise(uk), 6, None)
    line("BIC, 6,212 models, UK 5", lambda: best(uk, Criterion.BIC, replicates=0), 0.25, 10.2)
    line("the same + BCa 1,000", lambda: best(uk, Criterion.BIC, replicates=DRAWS), 4, 97.6)
    line("decomposable graphs, UK 5 lists", lambda: decomposable(uk), 0.05, 0.02)
    line("latent classes, 4 x 10,000, West 5 lists", lambda: latent(west), 6, 3.8)
    line("average of 1,024 models, UK 5 lists", lambda: weighed(uk), None, None)
    one_fit(uk)


def line(what: str, act: Callable[[], object], bar: float | None, theirs: float | None) -> None:
    taken = seconds(act)
    ratio = f"{theirs / taken:.1f}" if theirs else ""
    print(f"| {what} | {taken:.3f} | {bar or ''} | {theirs or ''} | {ratio} |", flush=True)


def cold() -> tuple[float, float]:
    """Import, and import with a first estimate that compiles everything that it needs."""
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            [sys.executable, "-c", COLD.format(path=str(TABLES / "uk2013_5lists.csv"))],
            env={**os.environ, "NUMBA_CACHE_DIR": folder},
            capture_output=True,
            text=True,
            check=True,
        )
    imported, first = map(float, told.stdout.split())
    return imported, first


def one_fit(uk: CaptureTable) -> None:
    """One model of ten pairs: ours, and statsmodels' GLM in the same run."""
    import statsmodels.api as sm

    counts, cells = uk.array().astype(float), cells_of(uk)
    terms = np.array(sorted(models.closed(models.pairs(5), 5)))
    fitted, beta = np.empty(32), np.empty(terms.size + 1)
    joined = [(cells & term == term).astype(float) for term in terms]
    design = np.column_stack([np.ones(31), *joined])
    family = sm.families.Poisson()

    def ours() -> None:
        for _ in range(FITS):
            fit(counts, cells, terms, fitted, beta)

    def theirs() -> None:
        for _ in range(FITS // 20):
            sm.GLM(counts[1:], design, family=family).fit()

    here, there = seconds(ours) / FITS, seconds(theirs) / (FITS // 20)
    print(
        f"\nOne fit of 16 terms: {here * 1e6:.0f} µs here, {there * 1e6:.0f} µs in statsmodels, "
        f"ratio {there / here:.0f}."
    )


def calibration() -> None:
    """How often a 95 % interval holds the truth, of tables drawn from a known one."""
    print(f"\n### Calibration: share of {TRIALS} intervals at 95 % that hold the truth\n")
    print("| drawn from | people | average | step by step + BCa |\n|---|---|---|---|")
    for name in ("uk2013_5lists", "kosovo1999_4lists", "lesbian_4lists"):
        known = table(name)
        chooser = Stepwise(known)
        chosen = chooser.terms(int(chooser.choose(known.array()[None])[1][0]))
        for what, terms in (
            ("its stepwise model", chosen),
            ("independent lists", models.main_effects(known.t)),
        ):
            expected = population(known, terms)
            average, bca = coverage(known, expected)
            people = round(float(expected.sum()))
            print(f"| {name}, {what} | {people} | {average:.1%} | {bca:.1%} |", flush=True)


def coverage(known: CaptureTable, expected: npt.NDArray[np.float64]) -> tuple[float, float]:
    truth = round(float(expected.sum()))
    generator = np.random.default_rng(1)
    average = bca = 0
    for trial in range(TRIALS):
        drawn = generator.multinomial(truth, expected / expected.sum())
        drawn[0] = 0
        one = CaptureTable(known.lists, tuple(map(int, drawn)))
        average += holds(weighed(one, level=LEVEL), truth)
        bca += holds(stepwise(one, replicates=DRAWS, seed=trial, level=LEVEL), truth)
    return average / TRIALS, bca / TRIALS


def holds(answer: Answer, truth: int) -> bool:
    return (
        answer.lower is not None
        and answer.upper is not None
        and answer.lower <= truth <= answer.upper
    )


def population(known: CaptureTable, terms: frozenset[int]) -> npt.NDArray[np.float64]:
    """Expected counts of a model, with those whom nobody saw."""
    counts = known.array().astype(float)
    fitted, beta = np.empty(counts.size), np.empty(len(terms) + 1)
    fit(counts, cells_of(known), np.array(sorted(terms)), fitted, beta)
    fitted[0] = np.exp(beta[0])
    return fitted


if __name__ == "__main__":
    main()
