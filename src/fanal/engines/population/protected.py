"""
How many there are, out of a table some of whose counts are only known to lie between bounds.

A secure release says ``1..10`` where few people are: each such cell is a count that was not
observed. The stepwise model is fitted by EM, in which a protected cell is what its model expects
within its bounds (Dempster, Laird and Rubin 1977, JRSS B 39, 1-38); for the interval, cells are
drawn within their bounds, several times, with parameters that are drawn as well (Rubin 1987;
Little and Rubin 2019, *Statistical Analysis with Missing Data*, ch. 10), each table so completed
has its bootstrap, and all are combined (``combining``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import Answer
from fanal.engines.population.links.combining import Combined, rubin
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import NO_MODEL, Stepwise, cells_of
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.selection import THREE
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
METHOD = "protected"
IMPUTED = 40
TURNS, CHOICES, AT_REST = 500, 10, 1e-6
# A protected cell as wide as this says nothing; only its likeliest part is gone through.
WIDEST = 20_000
REFUSED_AT_MOST = 0.05


def estimate(table: CaptureTable, *, seed: int = 1, replicates: int = 2000) -> Answer:
    """
    Args:
        table: counts with bounds; one without protected cells will do.
        replicates: bootstrap tables in all, over 40 tables completed at random.

    Returns:
        An answer whose details say by how much the bounds widen the interval (``widening``: its
        width on the scale of logarithms, over what it would be with each cell known and equal to
        what is expected of it).
    """
    if table.t < THREE:
        return _refused(table, Code.TOO_FEW_LISTS)
    completing = _Completing(table)
    found = completing.expected()
    if found is None:
        overlap = any(table.high[cell] for cell in cells_of(table) if int(cell).bit_count() > 1)
        return _refused(table, Code.NO_ESTIMATE_EXISTS if overlap else Code.NO_OVERLAP)
    counts, terms, unseen = found
    total = float(counts.sum()) + unseen
    rng = np.random.default_rng(seed)
    within = max(replicates // IMPUTED, 2)
    drawn = completing.imputed(counts, terms, rng)
    spreads = [completing.spread(one, rng, within) for one in drawn]
    known = completing.spread(counts, rng, replicates)
    kept = [one for one in spreads if one is not None]
    if known is None or len(kept) < (1 - REFUSED_AT_MOST) * IMPUTED:
        return _refused(table, Code.NO_ESTIMATE_EXISTS)
    combined = rubin([log for log, _ in kept], [variance for _, variance in kept])
    return _answer(table, models.name(terms, table.t), total, combined, math.sqrt(known[1]))


def completed(table: CaptureTable) -> CaptureTable | None:
    """
    The table with each protected cell at what the stepwise model expects within its bounds, in
    whole people; None when no model has an estimate. It depends on the bounds alone.
    """
    if table.t < THREE:
        return None
    found = _Completing(table).expected()
    if found is None:
        return None
    counts = tuple(int(count) for count in np.rint(found[0]))
    return replace(table, counts=counts, low=counts, high=counts)


def _refused(table: CaptureTable, code: Code) -> Answer:
    return Answer(METHOD, refused=Refused.because(code), digest=table.digest)


def _answer(table: CaptureTable, model: str, total: float, found: Combined, known: float) -> Answer:
    widening = (found.upper - found.lower) / (2 * 1.959964 * known) if known else 1.0
    widening = max(widening, 1.0) if table.is_protected else 1.0
    protected = sum(low < high for low, high in zip(table.low, table.high, strict=True))
    more = f"{100 * (widening - 1):.0f} %"
    return Answer(
        METHOD,
        estimate=total,
        lower=max(math.exp(found.lower), float(sum(table.low))),
        upper=math.exp(found.upper),
        replicates=IMPUTED,
        model=model,
        warnings=(f"Les {protected} cases protégées élargissent l'intervalle de {more}.",)
        if protected
        else (),
        digest=table.digest,
        details={
            "widening": widening,
            "protected_cells": protected,
            "imputations": IMPUTED,
            "degrees_of_freedom": found.degrees if math.isfinite(found.degrees) else None,
            "missing_information": found.missing_information,
            "if_known": [total * math.exp(sign * 1.959964 * known) for sign in (-1, 1)],
        },
    )


class _Completing:
    """Completed tables, expected or drawn, of one protected table."""

    def __init__(self, table: CaptureTable) -> None:
        self._t = table.t
        self._cells = cells_of(table)
        self._low = np.array(table.low, dtype=np.int64)
        self._high = np.array(table.high, dtype=np.int64)
        self._hidden = [int(cell) for cell in self._cells if table.low[cell] < table.high[cell]]
        self._chooser = Stepwise(table)

    def expected(self) -> tuple[Floats, Terms, float] | None:
        """
        The table as the model expects it, the model, and the people whom nobody saw.

        The model is chosen again on the table that it completed, until it is chosen twice.
        """
        counts = (self._low + self._high) / 2
        chosen: Terms | None = None
        for _ in range(CHOICES):
            terms, _ = self._chosen(counts)
            if terms is None or terms == chosen:
                break
            chosen = terms
            counts = self._em(counts, terms)
        terms, unseen = self._chosen(counts)
        return None if terms is None else (counts, terms, unseen)

    def _chosen(self, counts: Floats) -> tuple[Terms | None, float]:
        (unseen,), (number,) = self._chooser.choose(counts[None])
        terms = None if number == NO_MODEL else self._chooser.terms(int(number))
        return terms, float(unseen)

    def _em(self, counts: Floats, terms: Terms) -> Floats:
        for _ in range(TURNS):
            filled = self._filled(counts, self._fitted(counts, terms), _mean)
            if np.abs(filled - counts).max() < AT_REST:
                return filled
            counts = filled
        return counts

    def imputed(self, counts: Floats, terms: Terms, rng: np.random.Generator) -> list[Floats]:
        """Tables drawn within their bounds, each under parameters of its own."""

        def draw(weights: Floats) -> float:
            return float(rng.choice(weights.size, p=weights))

        made = []
        for _ in range(IMPUTED):
            first = self._filled(counts, self._fitted(counts, terms), draw)
            again = rng.multinomial(round(first.sum()), first / first.sum()).astype(np.float64)
            chosen, _ = self._chosen(again)
            fitted = self._fitted(again, chosen or terms)
            # A cell that the resampled table emptied is still held to its bounds.
            made.append(self._filled(counts, fitted, draw))
        return made

    def spread(
        self, counts: Floats, rng: np.random.Generator, replicates: int
    ) -> tuple[float, float] | None:
        """Logarithm of the stepwise estimate, and its variance by bootstrap."""
        n = round(counts.sum())
        tables = rng.multinomial(n, counts / counts.sum(), size=replicates).astype(np.float64)
        unseen, _ = self._chooser.choose(np.vstack([counts[None], tables]))
        totals = np.append(counts.sum(), tables.sum(axis=1)) + unseen
        logs = np.log(totals[np.isfinite(totals)])
        if not np.isfinite(totals[0]) or logs.size < (1 - REFUSED_AT_MOST) * totals.size:
            return None
        return float(logs[0]), float(np.var(logs[1:], ddof=1))

    def _fitted(self, counts: Floats, terms: Terms) -> Floats:
        from fanal.engines.population.kernels.newton import fit

        fitted, beta = np.zeros(counts.size), np.zeros(len(terms) + 1)
        fit(counts, self._cells, np.array(sorted(terms), dtype=np.int64), fitted, beta)
        return fitted

    def _filled(self, counts: Floats, fitted: Floats, choose: Callable[[Floats], float]) -> Floats:
        filled = counts.copy()
        for cell in self._hidden:
            low, high = int(self._low[cell]), int(self._high[cell])
            low, weights = _within(float(fitted[cell]), low, high)
            filled[cell] = low + choose(weights)
        return filled


def _mean(weights: Floats) -> float:
    return float(weights @ np.arange(weights.size))


def _within(expected: float, low: int, high: int) -> tuple[int, Floats]:
    """A Poisson law within bounds: the first count gone through, and the chance of each."""
    from scipy.special import gammaln

    if high - low > WIDEST:
        middle = min(max(int(expected), low), high)
        low, high = max(low, middle - WIDEST // 2), min(high, middle + WIDEST // 2)
    counts = np.arange(low, high + 1)
    logs = counts * math.log(max(expected, 1e-12)) - gammaln(counts + 1)
    weights = np.exp(logs - logs.max())
    return low, weights / weights.sum()
