"""
The downhill search of a model, where there are too many to try them all.

From several starts, each model met is followed by those of one term more or one term less, the
best first; the search ends when the best ones have all been followed, hence a few hollows on the
way do not hold it. Edwards and Havranek (1985, *A fast procedure for model search in
multidimensional contingency tables*, Biometrika 72, 339-351) for the neighbours; Fienberg and
Rinaldo (2012) for the models that have an estimate at all, asked only of those that are followed.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

import numpy as np

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import NO_MODEL, Stepwise
from fanal.engines.population.loglinear.existence import Status, plan
from fanal.engines.population.loglinear.held import held_lists
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.selection import ORDER, Criterion, criteria, fit_some
from fanal.engines.population.loglinear.wald import answer
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

PAIR = 2
WIDTH = 300
SEARCHED = "Recherche de proche en proche : un meilleur modèle peut exister, que rien n'a approché."


def downhill(
    table: CaptureTable,
    criterion: Criterion,
    *,
    order: int = ORDER,
    width: int = WIDTH,
    level: float = LEVEL,
) -> Answer:
    """
    The best hierarchical model that the search finds, with terms of at most ``order`` lists.

    Args:
        width: the search ends when so many of the best models have been followed.

    Returns:
        People, with the interval of ``wald.wald``: it does not repeat the search. ``details`` has
        the criterion, how many models were tried and how many were followed.
    """
    method = f"downhill_{criterion}"
    held = held_lists(table)
    if isinstance(held, Refused):
        return answer(method, table, held, level)
    search = _Search(held.table, criterion, min(order, held.table.t - 1))
    best = search.run(_starts(held.table, search.order), width)
    if best is None:
        return answer(method, table, Refused.because(Code.NO_ESTIMATE_EXISTS), level)
    found = answer(method, table, held.back(best), level)
    told = {
        "criterion": search.values[best],
        "considered": len(search.values),
        "followed": len(search.followed),
    }
    return replace(found, warnings=(*found.warnings, SEARCHED), details={**found.details, **told})


def first_models(
    table: CaptureTable, criterion: Criterion, number: int, *, order: int = ORDER
) -> list[Terms]:
    """The best models that the search meets, as many as ``number``, the best first."""
    search = _Search(table, criterion, min(order, table.t - 1))
    search.run(_starts(table, search.order), WIDTH)
    return sorted(search.kept, key=search.values.__getitem__)[:number]


def _starts(table: CaptureTable, order: int) -> Iterator[Terms]:
    """Independence, all pairs that share somebody, the stepwise model, and all terms that do."""
    yield models.main_effects(table.t)
    held = [pair for pair in models.pairs(table.t) if _held(table, pair)]
    if order >= PAIR:
        yield models.closed(held, table.t)
        stepwise = Stepwise(table)
        _, (number,) = stepwise.choose(table.array()[None])
        if number != NO_MODEL:
            yield stepwise.terms(int(number))
    if order > PAIR:
        yield models.closed(
            [term for term in models.of_order(table.t, order) if _held(table, term)], table.t
        )


def _held(table: CaptureTable, term: int) -> bool:
    return any(count for history, count in enumerate(table.counts) if history & term == term)


@dataclass(slots=True)
class _Search:
    """
    Models that were fitted, by their criterion; those ``ahead`` are still to be followed, and
    those ``kept`` were, and have an estimate.

    A ``doubtful`` one may have no estimate; that is asked when its turn comes.
    """

    table: CaptureTable
    criterion: Criterion
    order: int
    values: dict[Terms, float] = field(default_factory=dict)
    doubtful: set[Terms] = field(default_factory=set)
    ahead: list[tuple[float, list[int], Terms]] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)
    kept: list[Terms] = field(default_factory=list)

    def run(self, starts: Iterable[Terms], width: int) -> Terms | None:
        """The best model met that has an estimate."""
        for start in starts:
            self._fit([start, *self._near(start)])
        best: Terms | None = None
        while self.ahead:
            value, _, model = heappop(self.ahead)
            if len(self.followed) >= width and value > self.followed[width - 1]:
                break
            if not self._exists(model):
                continue
            if not self.followed or value < self.followed[0]:
                best = model
            insort(self.followed, value)
            self.kept.append(model)
            self._fit(self._near(model))
        return best

    def _fit(self, some: list[Terms]) -> None:
        new = tuple(model for model in some if model not in self.values)
        if not new:
            return
        fits = fit_some(self.table, new)
        may = replace(fits, exists=fits.exists | fits.doubtful)
        self.doubtful.update(new[row] for row in np.nonzero(fits.doubtful)[0])
        for model, value in zip(new, criteria(may, self.table, self.criterion), strict=True):
            self.values[model] = float(value)
            if np.isfinite(value):
                heappush(self.ahead, (float(value), sorted(model), model))

    def _exists(self, model: Terms) -> bool:
        if model not in self.doubtful:
            return True
        found = plan(model, self.table.array() > 0, self.table.impossible)
        return found.status is Status.EXISTS

    def _near(self, model: Terms) -> list[Terms]:
        """One term more, or one less; main effects stay."""
        more = [
            model | {term}
            for size in range(PAIR, self.order + 1)
            for term in models.of_order(self.table.t, size)
            if term not in model
            and all(part in model for part in models.inside(term) if part != term)
        ]
        less = [model - {term} for term in models.generators(model) if term.bit_count() >= PAIR]
        return more + less
