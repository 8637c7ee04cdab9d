"""
How many there are, when two records of one person were not always recognised as such.

A missed link makes two people of one, and hides an overlap; a false link does the reverse. Each
moves an estimate by more than its interval tells: with one link in ten missed, by a tenth.

What the rates mean, exactly:

- *missed link*: of the records of a person, one on each list that saw her, one is the reference
  (any of them, with the same chance); each other record fails to be linked with it with
  probability ``m``, apart from the others, and then stands as a person of its own;
- *false link*: each person so told apart is taken, with probability ``f``, for another one, drawn
  among those who are on none of her lists (two records of one list are never the same person), and
  the two become one.

The expected table is then the true one through a matrix of misclassified histories, and the true
table is estimated by maximum likelihood through it.

Sources: Ding and Fienberg (1994, Survey Methodology 20, 149-158) for two lists and missed links;
Di Consiglio and Tuoto (2015, Journal of Official Statistics 31, 415-429) for false links, and
(2018, JOS 34, 889-908) for more lists; de Wolf, van der Laan and Zult (2019, JOS 35, 577-597);
Zult, de Wolf, Bakker and van der Heijden (2021, JOS 37, 699-718).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import Answer
from fanal.engines.population.links.misreading import Rates, misread
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import NO_MODEL, Stepwise
from fanal.engines.population.loglinear.selection import unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import bca
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
METHOD = "linkage"
# Beyond, hardly a link is right, and no correction is worth its number.
MISSED_AT_MOST, FALSE_AT_MOST = 0.5, 0.1
TURNS, FALSE_TURNS, AT_REST, TINY = 400, 30, 1e-3, 1e-300
# So many times the rates are drawn, when they are uncertain.
READINGS = 50
# Of a true cell: fewer people than this are nobody.
NOBODY = 0.01
MIXED = ((0.0, 0.0), (0.02, 0.0), (0.05, 0.0), (0.1, 0.0), (0.0, 0.005), (0.05, 0.005))


@lru_cache(maxsize=32)
def misclassification(t: int, missed_links: float) -> Floats:
    """
    Args:
        t: number of lists.
        missed_links: ``m`` above, in [0, 0.5].

    Returns:
        ``(2**t, 2**t)``: for each true history, by column, how many people are expected with each
        observed one. A column sums to one or more: who is taken for several counts several times.
    """
    matrix = np.zeros((1 << t, 1 << t))
    for history in range(1, 1 << t):
        lists = [1 << number for number in range(t) if history >> number & 1]
        others = len(lists) - 1
        for lost in range(others + 1):
            chance = missed_links**lost * (1 - missed_links) ** (others - lost)
            # Whatever is lost, the reference is one of those left.
            for alone in combinations(lists, lost):
                each = chance * (len(lists) - lost) / len(lists)
                matrix[history & ~sum(alone), history] += each
                for one in alone:
                    matrix[one, history] += each
    return matrix


def corrected_table(
    table: CaptureTable | Floats, missed_links: float, false_links: float = 0.0
) -> Floats:
    """
    The table that perfect links would have given, as expected.

    Args:
        table: what was linked; or counts, ``(2**t,)`` or ``(rows, 2**t)``.
        missed_links, false_links: the rates defined above.

    Returns:
        Expected true counts by history, of the shape of the counts; no cell is negative.
    """
    counts = table.array() if isinstance(table, CaptureTable) else table
    observed = np.atleast_2d(np.asarray(counts, dtype=np.float64)).copy()
    observed[:, 0] = 0.0
    found = _unsplit(_unmerged(observed, false_links), missed_links)
    return found if np.ndim(counts) > 1 else found[0]


def merged(told: Floats, false_links: float) -> Floats:
    """
    What false links make of tables, as expected: ``(rows, 2**t)`` to the same.

    Each history gives its people up to those histories with which it shares no list.
    """
    if not false_links:
        return told
    histories = np.arange(told.shape[1])
    apart = ((histories[:, None] & histories) == 0) & (histories[:, None] > 0) & (histories > 0)
    partners = told @ apart
    with np.errstate(divide="ignore", invalid="ignore"):
        leaving = np.where(partners > 0, false_links * told / partners, 0.0)
    made = told.copy()
    for one in histories[1:]:
        others = histories[apart[one]]
        pairs = leaving[:, [one]] * told[:, others]
        made[:, one] -= pairs.sum(axis=1)
        made[:, others] -= pairs
        made[:, one | others] += pairs
    return made


def _unmerged(observed: Floats, false_links: float) -> Floats:
    """The tables that ``merged`` makes into these; by fixed point, as few links are false."""
    told = observed
    for _ in range(FALSE_TURNS if false_links else 0):
        next_told = np.maximum(told + observed - merged(told, false_links), 0.0)
        moved = np.abs(next_told - told).max()
        told = next_told
        if moved < AT_REST:
            break
    return told


def _unsplit(told: Floats, missed_links: float) -> Floats:
    """
    Maximum likelihood of the true tables given those with lost links.

    The matrix solved, where no cell comes out negative; else by EM (Richardson-Lucy), whose cells
    never are. A history that was seen of nobody is given to nobody.
    """
    t = told.shape[1].bit_length() - 1
    matrix = misclassification(t, missed_links)[1:, 1:]
    solved = np.linalg.solve(matrix, told[:, 1:].T).T
    below = solved.min(axis=1) < 0
    if below.any():
        seen = told[below, 1:].any(axis=0)
        wanted, through = told[below, 1:][:, seen], matrix[np.ix_(seen, seen)]
        start = np.maximum(solved[below][:, seen], NOBODY)
        solved[below] = 0.0
        # Where nobody was seen, nobody is expected either: what a cell would leave there counts.
        whole = matrix[:, seen].sum(axis=0)
        begun = np.where(wanted > 0, start, 0.0)
        solved[np.ix_(below, seen)] = _by_em(begun, wanted, through, whole)
    return np.hstack([np.zeros((len(told), 1)), np.maximum(solved, 0.0)])


def _by_em(true: Floats, wanted: Floats, matrix: Floats, whole: Floats) -> Floats:
    """
    Args:
        true, wanted: where it begins, and what was seen, ``(rows, cells)``.
        matrix, whole: what each cell gives to each of these, and to all, ``(cells, cells)`` and
            ``(cells,)``.
    """
    for _ in range(TURNS):
        expected = np.maximum(true @ matrix.T, TINY)
        next_true = true * ((wanted / expected) @ matrix) / whole
        moved = np.abs(next_true - true).max()
        true = next_true
        if moved < AT_REST:
            break
    return np.where(true < NOBODY, 0.0, true)


def unread(rates: Iterable[float], most: Sequence[float]) -> Refused | None:
    for rate, limit in zip(rates, most, strict=True):
        if not 0 <= rate <= limit:
            return Refused.because(
                Code.RATES_OUT_OF_RANGE, f"{rate:g} : il faut un nombre de 0 à {limit:g}."
            )
    return None


def corrected(
    table: CaptureTable,
    *,
    missed_links: float,
    false_links: float = 0.0,
    checked: int | None = None,
    seed: int = 1,
    replicates: int = 1000,
) -> Answer:
    """
    The stepwise estimate of the table as perfect links would have given it.

    Args:
        missed_links, false_links: the rates defined above.
        checked: how many links were read again to measure the rates, if it is known. The rates
            are then drawn anew for each replicate, as uncertain as so many readings leave them.
        replicates: each draws people from the corrected table, loses and makes links, corrects
            again and chooses a model again. 0 gives no interval.
    """
    refused = unfit(table) or unread((missed_links, false_links), (MISSED_AT_MOST, FALSE_AT_MOST))
    if refused:
        return Answer(METHOD, refused=refused, digest=table.digest)
    true = corrected_table(table, missed_links, false_links)
    chooser = Stepwise(table)
    unseen, (model, _) = chooser.choose(np.array([true, table.array()]))
    if model == NO_MODEL:
        return _none(table, "")
    details = {
        "missed_links": missed_links,
        "false_links": false_links,
        "checked": checked,
        "seen_as_linked": table.n,
        "seen_corrected": float(true.sum()),
        "uncorrected": float(table.n + unseen[1]) if np.isfinite(unseen[1]) else None,
    }
    point = Answer(
        METHOD,
        estimate=float(true.sum() + unseen[0]),
        model=models.name(chooser.terms(int(model)), table.t),
        digest=table.digest,
        details=details,
    )
    if not replicates:
        return point
    rates = Rates(missed_links, false_links, checked)
    return _with_limits(point, table, true, rates, chooser, replicates, seed)


def _none(table: CaptureTable, detail: str) -> Answer:
    refused = Refused.because(Code.NO_ESTIMATE_EXISTS, detail)
    return Answer(METHOD, refused=refused, digest=table.digest)


def _with_limits(
    point: Answer,
    table: CaptureTable,
    true: Floats,
    rates: Rates,
    chooser: Stepwise,
    replicates: int,
    seed: int,
) -> Answer:
    """Limits of the draws, their bias corrected: BCa with no acceleration."""
    rng = np.random.default_rng(seed)
    drawn = _drawn(true, rates, chooser, rng, replicates)
    found = bca(point.estimate or 0.0, drawn, 0.0, rng)
    without = int((~np.isfinite(drawn)).sum())
    said = f"{without} tirages sur {replicates} n'ont pas d'estimation."
    if not (np.isfinite(found.lower) and np.isfinite(found.upper)):
        return _none(table, said)
    error = max(found.lower_error, found.upper_error)
    return replace(
        point,
        lower=found.lower,
        upper=found.upper,
        replicates=replicates,
        monte_carlo_error=error if np.isfinite(error) else None,
        warnings=(said,) if without else (),
    )


def _drawn(
    true: Floats, rates: Rates, chooser: Stepwise, rng: np.random.Generator, replicates: int
) -> Floats:
    """Totals of as many replicates; NaN where there is no estimate."""
    groups = min(READINGS, replicates) if rates.checked else 1
    totals: list[Floats] = []
    for rows in np.array_split(np.arange(replicates), groups):
        now = rates.drawn(rng)
        # What the world does has one pair of rates; what is undone has another, drawn around it.
        tables = np.array([misread(true, rates, rng) for _ in rows], dtype=np.float64)
        undone = corrected_table(tables, now.missed, now.false)
        unseen, _ = chooser.choose(undone)
        totals.append(undone.sum(axis=1) + unseen)
    return np.concatenate(totals)


def sensitivity(
    table: CaptureTable, *, rates: Iterable[tuple[float, float]] = MIXED
) -> tuple[Answer, ...]:
    """The estimate under each pair (missed, false) of rates, without intervals."""
    return tuple(
        corrected(table, missed_links=missed, false_links=false, replicates=0)
        for missed, false in rates
    )
