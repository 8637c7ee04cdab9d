"""
The way the stepwise choice goes, whatever the threshold, and what it would have answered elsewhere.

Chan, Silverman and Vincent (2021, JASA 116, 1297-1306). The pair that comes next does not depend
on the threshold: it only says where to stop. So one walk, down to the loosest threshold, holds the
answers of all the tighter ones, exactly. Where two pairs tie, both ways are walked: on the Dutch
table of five lists the one that entered first has decided between 48,013 and 121,522.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import ENTERS_UNDER, cells_of
from fanal.engines.population.loglinear.existence import Status, plan
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.selected import stepwise
from fanal.engines.population.loglinear.selection import unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.tables import CaptureTable

LOOSEST = 0.1
# Sums of the same numbers in another order differ by about so much.
ROUNDING = 1e-9
BRANCHES = 16
SMALLEST = 1e-300

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """
    A pair enters: ``seen`` people are on both its lists where the model before expected so many.

    ``log_tail`` is the natural logarithm of the Poisson tail; ``estimate``, of all the people,
    is that of the model with the pair; ``tied``, the pairs that had as good a reason to enter.
    """

    pair: Pair
    log_tail: float
    expected: float
    seen: int
    estimate: float
    tied: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """``start`` is the estimate without any pair; ``others`` are the ways that ties open."""

    start: float
    steps: tuple[Step, ...]
    others: tuple[Way, ...] = ()

    def before(self, threshold: float) -> tuple[Step, ...]:
        """The steps that a threshold lets in."""
        limit = math.log(threshold) if threshold > 0 else -math.inf
        for place, step in enumerate(self.steps):
            if not step.log_tail < limit:
                return self.steps[:place]
        return self.steps

    def at(self, threshold: float) -> float:
        """The estimate with this threshold."""
        steps = self.before(threshold)
        return steps[-1].estimate if steps else self.start

    def all_at(self, threshold: float) -> tuple[float, ...]:
        """The different estimates that ties leave open at a threshold, this way's first."""
        found = [self.at(threshold)]
        for other in self.others:
            value = other.at(threshold)
            if not any(math.isclose(value, known, rel_tol=ROUNDING) for known in found):
                found.append(value)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Stair:
    """Thresholds over ``above`` up to ``upto`` that give one estimate; its interval at ``at``."""

    above: float
    upto: float
    at: float
    pairs: tuple[Pair, ...]
    answer: Answer


def walk(table: CaptureTable, *, upto: float = LOOSEST) -> Way | Refused:
    """Every step of the stepwise choice with a tail under ``upto``."""
    if refused := unfit(table):
        return refused
    walker = _Walker(table, math.log(upto))
    start = walker.unseen(())
    if start is None:
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    steps = walker.steps(())
    ways = {frozenset(step.pair for step in steps): steps}
    waiting = list(_turnings((), steps))
    while waiting and len(ways) < BRANCHES:
        begun, pair = waiting.pop(0)
        entered = walker.enter(begun, pair)
        way = (*begun, entered, *walker.steps((*begun, entered)))
        known = frozenset(step.pair for step in way)
        if known not in ways:
            ways[known] = way
            waiting += _turnings((*begun, entered), way)
    first, *others = ways.values()
    return Way(table.n + start, first, tuple(Way(table.n + start, other) for other in others))


def staircase(
    table: CaptureTable,
    path: Way,
    *,
    replicates: int,
    seed: int,
    upto: float = LOOSEST,
    progress: Progress | None = None,
) -> tuple[Stair, ...]:
    """
    The estimate against the threshold, from 0 to ``upto``, each stair with its bootstrap interval.

    The interval of the stair that holds the usual threshold is taken there.
    """
    ends = [*_ends(path, upto), upto]
    stairs = []
    for number, (above, end) in enumerate(zip([0.0, *ends], ends, strict=False), start=1):
        at = ENTERS_UNDER if above < ENTERS_UNDER <= end else _inside(above, end)
        answer = stepwise(table, replicates=replicates, seed=seed, enters_under=at)
        pairs = tuple(step.pair for step in path.before(at))
        stairs.append(Stair(above, end, at, pairs, answer))
        if progress:
            progress(number, len(ends))
    return tuple(stairs)


def _inside(above: float, end: float) -> float:
    # Not at an end: the logarithm of an exponential may fall on its other side.
    return math.sqrt(above * end) if above else end / 2


def _ends(path: Way, upto: float) -> Iterator[float]:
    """The thresholds at which the estimate changes; those that a number cannot hold left out."""
    highest = SMALLEST
    for step in path.steps:
        threshold = math.exp(step.log_tail)
        if highest < threshold < upto:
            highest = threshold
            yield threshold


def _turnings(
    begun: tuple[Step, ...], way: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], Pair]]:
    """The other pairs that could have entered, each after the steps before it."""
    for place, step in enumerate(way):
        if place >= len(begun):
            for pair in step.tied:
                yield way[:place], pair


class _Walker:
    def __init__(self, table: CaptureTable, log_upto: float) -> None:
        self._table = table
        self._log_upto = log_upto
        self._counts = table.array().astype(np.float64)
        self._cells = cells_of(table)
        self._bits = {
            _pair(table, bits): bits
            for bits in sorted(models.pairs(table.t), key=lambda bits: _pair(table, bits))
        }
        self._fits: dict[Terms, tuple[float, np.ndarray] | None] = {}

    def unseen(self, pairs: tuple[Pair, ...]) -> float | None:
        found = self._fit(pairs)
        return None if found is None else found[0]

    def steps(self, begun: tuple[Step, ...]) -> tuple[Step, ...]:
        """What enters after these steps."""
        found: list[Step] = []
        while step := self._next((*begun, *found)):
            found.append(step)
        return tuple(found)

    def enter(self, begun: tuple[Step, ...], pair: Pair) -> Step:
        """The step by which a pair, known to have a model, enters."""
        tail, expected, seen = self._reason(begun, pair)
        unseen = self.unseen((*(step.pair for step in begun), pair)) or 0.0
        return Step(pair, tail, expected, seen, self._table.n + unseen)

    def _next(self, begun: tuple[Step, ...]) -> Step | None:
        entered = [step.pair for step in begun]
        tails = {pair: self._reason(begun, pair)[0] for pair in self._bits if pair not in entered}
        ranked = sorted(tails, key=lambda pair: tails[pair])
        for pair in ranked:
            if not tails[pair] < self._log_upto:
                return None
            if self.unseen((*entered, pair)) is None:
                continue
            tied = tuple(
                other
                for other in ranked
                if other != pair
                and math.isclose(tails[other], tails[pair], rel_tol=ROUNDING)
                and self.unseen((*entered, other)) is not None
            )
            step = self.enter(begun, pair)
            return Step(pair, step.log_tail, step.expected, step.seen, step.estimate, tied)
        return None

    def _reason(self, begun: tuple[Step, ...], pair: Pair) -> tuple[float, float, int]:
        """The tail, what is expected, and what was seen."""
        from fanal.engines.population.kernels.newton import log_tail
        from fanal.engines.population.kernels.stepping import held

        found = self._fit(tuple(step.pair for step in begun))
        assert found is not None  # noqa: S101
        bits = self._bits[pair]
        seen = float(held(self._counts, self._cells, bits))
        expected = float(held(found[1], self._cells, bits))
        return float(log_tail(seen, expected)), expected, int(seen)

    def _fit(self, pairs: tuple[Pair, ...]) -> tuple[float, np.ndarray] | None:
        terms = models.main_effects(self._table.t).union(self._bits[pair] for pair in pairs)
        if terms not in self._fits:
            self._fits[terms] = self._fitted(terms)
        return self._fits[terms]

    def _fitted(self, terms: Terms) -> tuple[float, np.ndarray] | None:
        from fanal.engines.population.kernels.newton import DOUBTFUL, FITTED, fit

        fitted, beta = np.empty(self._counts.size), np.empty(len(terms) + 1)
        rows = np.array(sorted(terms), dtype=np.int64)
        deviance, _, state = fit(self._counts, self._cells, rows, fitted, beta)
        if state == DOUBTFUL and deviance >= 0:
            found = plan(terms, self._counts > 0, self._table.impossible)
            state = FITTED if found.status is Status.EXISTS else state
        return (math.exp(beta[0]), fitted) if state == FITTED else None


def _pair(table: CaptureTable, bits: int) -> Pair:
    first, second = sorted(name for place, name in enumerate(table.lists) if bits >> place & 1)
    return first, second
