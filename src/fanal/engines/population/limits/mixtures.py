"""
Two groups of people, one easier to find than the other: how many there may be.

Log-linear models know lists that depend on one another, and not people who differ. When a few are
found easily and the others hardly ever, the overlaps are those of the few, and every such model
answers too low, with an interval that says nothing of it. How the two groups share the people
whom nobody saw cannot be read off a table (Link 2003, Biometrics 59, 1123-1130; Holzmann, Munk and
Zucchini 2006, Biometrics 62, 934-936): a limit has to be given. Here it is the contrast: by how
much the odds of being on a list may differ between the two.

In the log-linear form of Darroch, Fienberg, Glonek and Junker (1993, JASA 88, 1137-1148) a mixture
is an offset: of the people whom nobody saw a share ``p`` is easy, with odds ``c`` times higher on
each list, and a history of ``k`` lists is expected ``1 - p + p c**k`` times as often as without.
Over a grid of (p, c) each fit is one Poisson regression; the region is that of the profile
likelihood of the number of people unseen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import ENTERS_UNDER, cells_of
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
# Quantile of chi-squared with one degree of freedom, at 95 %.
DROP = 3.841459
# Fourth roots of 2, up to 64; shares of the unseen, from hardly any to nearly all.
CONTRASTS = 2.0 ** (np.arange(25) / 4)
SHARES = np.geomspace(1e-4, 0.9, 28)
STEPS, LONGEST, AT_REST, RIDGE = 60, 2.0, 1e-8, 1e-10


@dataclass(frozen=True, slots=True)
class Fitted:
    """Poisson regressions with offsets, one a row; ``error`` is that of the constant."""

    beta: Floats
    error: Floats
    deviance: Floats
    expected: Floats


@dataclass(frozen=True, slots=True)
class Mixtures:
    """
    For each of ``CONTRASTS`` taken as the limit, the unseen people that the data allow.

    ``pairs``: the pairs of lists whose overlap the mixture alone does not explain.
    """

    lower: Floats
    upper: Floats
    pairs: tuple[int, ...]


def mixtures(table: CaptureTable) -> Mixtures | None:
    """The regions of a table, or None when no mixture can be fitted to it."""
    counts = table.array().astype(np.float64)
    share, contrast = (one.ravel() for one in np.meshgrid(SHARES, CONTRASTS, indexing="ij"))
    chosen: tuple[int, ...] = ()
    last: Mixtures | None = None
    while True:
        terms_of = models.main_effects(table.t).union(chosen)
        cells, terms = _kept(counts, cells_of(table), terms_of)
        k = np.array([int(cell).bit_count() for cell in cells])
        offsets = np.log1p(share[:, None] * (contrast[:, None] ** k - 1))
        found = _fit(counts[cells], _design(cells, terms), offsets)
        if found is None:
            return last
        last = _regions(found, contrast, chosen)
        best = found.expected[int(np.argmin(found.deviance))]
        further = _least_expected(counts, cells, best, chosen, table.t)
        if further is None:
            return last
        chosen = (*chosen, further)


def _regions(found: Fitted, contrast: Floats, chosen: tuple[int, ...]) -> Mixtures:
    lower, upper = [], []
    for limit in CONTRASTS:
        within = contrast <= limit * (1 + 1e-9)
        slack = found.deviance[within].min() + DROP - found.deviance[within]
        room = found.error[within] * np.sqrt(np.maximum(slack, 0.0))
        log = found.beta[within, 0]
        lower.append(np.exp((log - room)[slack >= 0].min()))
        upper.append(np.exp((log + room)[slack >= 0].max()))
    return Mixtures(np.array(lower), np.array(upper), chosen)


def _least_expected(
    counts: Floats, cells: Wholes, expected: Floats, chosen: tuple[int, ...], t: int
) -> int | None:
    """The pair that enters next: as in ``kernels.stepping``, beside a mixture."""
    from fanal.engines.population.kernels.newton import log_tail

    tails = {}
    for pair in models.pairs(t):
        on = cells & pair == pair
        if pair not in chosen and on.any():
            tails[pair] = log_tail(counts[cells][on].sum(), expected[on].sum())
    first = min(tails, key=lambda pair: tails[pair], default=None)
    return first if first is not None and tails[first] < np.log(ENTERS_UNDER) else None


def _kept(counts: Floats, cells: Wholes, terms: models.Terms) -> tuple[Wholes, list[int]]:
    """Terms that nobody holds go to minus infinity, and their cells are left out with them."""
    kept = []
    for term in sorted(terms):
        on = cells & term == term
        if counts[cells][on].sum() > 0:
            kept.append(term)
        else:
            cells = cells[~on]
    return cells, kept


def _design(cells: Wholes, terms: list[int]) -> Floats:
    columns = [np.ones(cells.size), *((cells & term == term) for term in terms)]
    return np.column_stack(columns).astype(np.float64)


def _fit(counts: Floats, design: Floats, offsets: Floats) -> Fitted | None:
    """
    Poisson regressions of the same counts, by Newton's method.

    Args:
        counts: ``(cells,)``.
        design: ``(cells, terms)``, the constant first.
        offsets: ``(rows, cells)``.
    """
    rows, size = offsets.shape[0], design.shape[1]
    ridge = RIDGE * np.eye(size)

    def information(weight: Floats) -> Floats:
        made: Floats = (weight @ squares).reshape(rows, size, size) + ridge
        return made

    squares = (design[:, :, None] * design[:, None, :]).reshape(-1, size * size)
    try:
        weight = np.broadcast_to(counts + 0.1, offsets.shape)
        pull = (weight * (np.log(weight) - offsets)) @ design
        beta = np.linalg.solve(information(weight), pull[..., None])[..., 0]
        for _ in range(STEPS):
            expected = np.exp(np.clip(beta @ design.T + offsets, -60, 40))
            step = np.linalg.solve(
                information(expected), ((counts - expected) @ design)[..., None]
            )[..., 0]
            beta += np.clip(step, -LONGEST, LONGEST)
            if np.abs(step).max() < AT_REST:
                break
        else:
            return None
        error = np.sqrt(np.linalg.inv(information(expected))[:, 0, 0])
    except np.linalg.LinAlgError:
        return None
    log = np.log(np.maximum(counts, 1) / expected)
    deviance = 2 * (expected - counts + np.where(counts > 0, counts * log, 0.0)).sum(axis=1)
    return Fitted(beta.astype(np.float64), error, deviance, expected)
