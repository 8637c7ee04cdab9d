"""
The engine that estimates hidden populations, on artificial worlds whose truth is known.

    python benchmarks/populations.py [territories|linkage|bounds|protected|design]...

Each line says what was asked, what was measured and the time taken, in seconds of processor. The
worlds are those of ``populations_worlds.py``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from populations_worlds import (
    FIVE,
    FOUR,
    MEANINGS,
    RARE,
    Floats,
    Wholes,
    after_the_first,
    counted,
    country,
    merge_some,
    table,
)
from scipy.special import gammaln

from fanal.engines.population import CaptureTable, design, protected
from fanal.engines.population.limits import bounds
from fanal.engines.population.links import linkage
from fanal.engines.population.loglinear.choosing import Stepwise
from fanal.engines.population.strata import territories


@contextmanager
def timed(label: str) -> Iterator[None]:
    start = time.process_time()
    yield
    print(f"{label}  ({time.process_time() - start:.1f} s)", flush=True)


# --- territories: 8,000 people over 101, five lists whose rates vary by territory (sd 0.5)


def log_errors(estimates: Floats, truth: Wholes) -> Floats:
    known = truth > 0
    return np.where(known, np.log(np.maximum(estimates, 0.5) / np.maximum(truth, 1)), 0.0)


def alone(tables: list[CaptureTable]) -> Floats:
    """Each territory's own stepwise estimate; NaN where there is none."""
    unseen, _ = Stepwise(tables[0]).choose(np.array([one.counts for one in tables]))
    return np.array([one.n for one in tables]) + unseen


def floor(truth: Wholes, tables: list[CaptureTable], draws: int = 10_000) -> Floats:
    """
    The estimates of who knows all but which territory is which: the sizes themselves, and the law
    of the rates. No method that treats territories alike does better on the whole.
    """
    rng = np.random.default_rng(0)
    rates = np.clip(FIVE * np.exp(rng.normal(0, 0.5, (draws, 5))), 0, 0.8)
    missed, odds = np.log1p(-rates).sum(axis=1), np.log(rates / (1 - rates))
    sizes, times = np.unique(np.maximum(truth, 1), return_counts=True)
    made = []
    for one in tables:
        on = np.array([one.overlap(j) for j in range(5)])
        left = np.where(sizes >= one.n, sizes - one.n, 0)
        ways = np.where(sizes >= one.n, gammaln(sizes + 1) - gammaln(left + 1), -np.inf)
        logs = ways + np.log(times) + left * missed[:, None] + (odds @ on + one.n * missed)[:, None]
        weights = np.exp(logs - logs.max()).sum(axis=0)
        made.append(np.exp(weights @ np.log(sizes) / weights.sum()))
    return np.array(made)


def rmse(errors: Floats) -> float:
    return float(np.sqrt((errors**2).mean()))


def measure_territories() -> None:
    rows = []
    for seed in range(2, 14):
        truth, tables = country(seed)
        start = time.process_time()
        found = territories.estimate({str(i): one for i, one in enumerate(tables)}, seed=seed)
        taken = time.process_time() - start
        if found.national.refused:
            print(f"  seed {seed}: {found.national.refused.message}")
            continue
        said = np.array([(one.estimate, one.lower, one.upper) for one in found.territories])
        errors, own = log_errors(said[:, 0], truth), alone(tables)
        large, held = truth >= 20, (said[:, 1] <= truth) & (truth <= said[:, 2])
        told = large & np.isfinite(own)
        national, best = found.national, floor(truth, tables)
        rows.append(
            (
                rmse(errors[large]),
                rmse(errors),
                rmse(log_errors(own[told], truth[told])),
                np.isnan(own).sum(),
                held.mean(),
                held[large].mean(),
                (national.lower or 0) <= 8000 <= (national.upper or 0),
                national.estimate or 0,
                taken,
                rmse(log_errors(best, truth)[large]),
                rmse(log_errors(best, truth)),
            )
        )
        gap = abs(said[:, 0].sum() - (national.estimate or 0))
        print(
            f"  seed {seed}: log-RMSE {rows[-1][0]:.3f} over {large.sum()} with N >= 20,"
            f" {rows[-1][1]:.3f} over 101; alone {rows[-1][2]:.3f}, {rows[-1][3]} undefined;"
            f" cover {held.mean():.3f}; country {national.estimate:.0f}"
            f" [{national.lower:.0f}, {national.upper:.0f}], gap {gap:.1e}; {taken:.1f} s",
            flush=True,
        )
    mean = np.array(rows, dtype=np.float64).mean(axis=0)
    print(
        f"territories, {len(rows)} worlds: log-RMSE {mean[0]:.3f} (N >= 20; bar 0.30),"
        f" {mean[1]:.3f} (all); floor of any such method {mean[9]:.3f} and {mean[10]:.3f};"
        f" alone {mean[2]:.3f} and {mean[3]:.0f} undefined, together none; 95 % intervals"
        f" cover {mean[4]:.3f} (all), {mean[5]:.3f} (N >= 20), the country {mean[6]:.2f};"
        f" {mean[8]:.1f} s (bar 120)"
    )


# --- linkage: 8,000 people, four lists; three meanings of a missed link


def bias(tables: Floats) -> float:
    unseen, _ = Stepwise(table(np.ones(16, dtype=np.int64))).choose(tables)
    return float(np.nanmedian(tables.sum(axis=1) + unseen) / 8000 - 1)


def measure_linkage() -> None:
    rng = np.random.default_rng(1)
    cases = [(meaning, rate, 0.0) for meaning in MEANINGS for rate in (0.02, 0.05, 0.1, 0.2)]
    cases += [("each record after the first", rate, 0.005) for rate in (0.0, 0.05, 0.1)]
    for meaning, missed, false in cases:
        rows = []
        for _ in range(200):
            seen = rng.random((8000, 4)) < FOUR
            counts = MEANINGS[meaning](seen[seen.any(axis=1)], missed, rng)
            rows.append(merge_some(counts, false, rng) if false else counts)
        tables = np.array(rows, dtype=np.float64)
        found = bias(linkage.corrected_table(tables, missed, false))
        print(
            f"linkage, {meaning}, missed {missed:.0%}, false {false:.1%}, {len(rows)} worlds:"
            f" uncorrected {bias(tables):+.1%}, corrected {found:+.1%} (bar 2 % at 5 and 10 %)",
            flush=True,
        )
    for checked in (None, 200):
        held = 0
        start = time.process_time()
        for seed in range(100):
            rate = 0.1 if checked is None else rng.binomial(checked, 0.1) / checked
            seen = rng.random((8000, 4)) < FOUR
            one = table(after_the_first(seen[seen.any(axis=1)], 0.1, rng))
            answer = linkage.corrected(
                one, missed_links=rate, checked=checked, seed=seed, replicates=400
            )
            held += (answer.lower or 0) <= 8000 <= (answer.upper or 0)
        print(
            f"linkage, missed 10 %, rate {'known' if checked is None else 'out of 200 read again'}:"
            f" the 95 % interval covers {held} of 100 ({time.process_time() - start:.1f} s)",
            flush=True,
        )


# --- bounds: 10,000 people, of whom a few are easily found


def measure_bounds() -> None:
    for share, low, high in ((0.15, 0.6, 3.3), (0.10, 0.5, 5.5)):
        rng = np.random.default_rng(2)
        rows = []
        start = time.process_time()
        for _ in range(200):
            easy = rng.random(10_000) < share
            seen = rng.random((10_000, 5)) < np.where(easy[:, None], high, low) * RARE
            found = bounds.region(table(counted(seen)), replicates=400)
            if found.dependence is None or found.contrast is None:
                continue
            middle = found.curve[len(found.curve) // 2]
            spans = (found, found.dependence, found.contrast, middle)
            rows.append([end for one in spans for end in (one.lower or 0, one.upper or 0)])
        ends = np.array(rows)
        cover = ((ends[:, ::2] <= 10_000) & (ends[:, 1::2] >= 10_000)).mean(axis=0)
        region, lists, people, model = (
            f"{np.median(ends[:, i]):.0f}-{np.median(ends[:, i + 1]):.0f}" for i in (0, 2, 4, 6)
        )
        print(
            f"bounds, {share:.0%} at {high} x and the others at {low} x: stepwise interval {model}"
            f" covers {cover[3]:.0%}; region {region} covers {cover[0]:.1%} of {len(rows)} (bar"
            f" 95 %); dependence 4 alone {lists} covers {cover[1]:.1%}, contrast 16 alone {people}"
            f" covers {cover[2]:.1%}  ({time.process_time() - start:.1f} s)",
            flush=True,
        )


# --- protected tables: cells of 1 to 10 only told to be so


def measure_protected() -> None:
    rng = np.random.default_rng(3)
    held, known, widening = 0, 0, []
    start = time.process_time()
    for seed in range(200):
        counts = counted(rng.random((4000, 4)) < FOUR)
        few = (counts >= 1) & (counts <= 10)
        low, high = np.where(few, 1, counts), np.where(few, 10, counts)
        middle, least, most = (tuple(map(int, c)) for c in ((low + high) // 2, low, high))
        one = CaptureTable(tuple("ABCD"), middle, least, most)
        found = protected.estimate(one, seed=seed, replicates=800)
        if found.refused:
            continue
        held += (found.lower or 0) <= 4000 <= (found.upper or 0)
        known += found.details["if_known"][0] <= 4000 <= found.details["if_known"][1]
        widening.append(found.details["widening"])
    print(
        f"protected, cells of 1 to 10: the 95 % interval covers {held} of {len(widening)} (cells"
        f" taken as known: {known}), wider by {np.median(widening) - 1:.0%}"
        f"  ({time.process_time() - start:.1f} s)"
    )


# --- design


def measure_design() -> None:
    for population, rates in ((8000, tuple(FOUR)), (8000, tuple(FIVE)), (200, (0.01, 0.02, 0.03))):
        with timed(f"design, {population} people, {len(rates)} lists, 1,000 draws"):
            for line in design.expect(population, tuple(map(float, rates))).said:
                print(f"  {line}")


MEASURED = {
    "territories": measure_territories,
    "linkage": measure_linkage,
    "bounds": measure_bounds,
    "protected": measure_protected,
    "design": measure_design,
}


def main() -> None:
    for name in sys.argv[1:] or MEASURED:
        MEASURED[name]()


if __name__ == "__main__":
    main()
