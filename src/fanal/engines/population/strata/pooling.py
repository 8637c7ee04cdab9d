"""Chains of the joint model of territories, and which pairs of lists the whole country ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.population.loglinear import models
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
# Gamma laws of sizes: half of the mean as standard error, each mean half as large again as the one
# before; and what each weighs before any territory is seen.
SHAPE, RATIO, MASS = 4.0, 1.5, 0.3
SMALLEST = 0.7
# Where the largest size lies: so many times the largest number of people seen.
ROOM, LARGEST_AT_LEAST = 50.0, 1000.0
ENTERS_UNDER, PAIRS_AT_MOST = 0.02, 4
# Of the chains that choose the pairs.
SHORT = 400
# And of those that did not end in so many sweeps.
LONGER = 3
STARTS = (0.2, 0.45)
# And: the spread of a list; what lists share, and the scale of sizes.
FIRST_SPREAD, FIRST_LEVEL = 0.5, (0.1, 1.0)


@dataclass(frozen=True, slots=True)
class Length:
    """How long the chains are: sweeps left out, draws kept, sweeps for each draw."""

    chains: int = 4
    burn: int = 1000
    kept: int = 1000
    thin: int = 5

    def longer(self) -> Length:
        return Length(self.chains, 2 * self.burn, self.kept, LONGER * self.thin)


@dataclass(frozen=True, slots=True)
class Draws:
    """
    Draws of the joint model, chain by chain.

    Args:
        people: ``(chains, kept, s)`` all the people of each territory.
        odds: ``(chains, kept, s, t)`` log odds of each list.
        spreads: ``(chains, kept, t)`` of the log odds over territories.
        effects: ``(chains, kept, p)`` log odds ratio of each pair.
        common: ``(chains, kept)`` what all lists of a territory share, standard deviation.
        scale, weights: ``(chains, kept)`` and ``(chains, kept, k)``, the law of the sizes.
    """

    people: Floats
    odds: Floats
    spreads: Floats
    effects: Floats
    common: Floats
    scale: Floats
    weights: Floats
    pairs: tuple[int, ...]
    sizes: Floats

    def sizes_before(self, generator: np.random.Generator) -> Floats:
        """Sizes of territories of which nothing is known, one for each draw."""
        weights = self.weights.reshape(-1, self.sizes.size)
        marks = generator.random((weights.shape[0], 1)) * weights.sum(axis=1, keepdims=True)
        of = (weights.cumsum(axis=1) < marks).sum(axis=1).clip(max=self.sizes.size - 1)
        drawn = generator.standard_gamma(SHAPE, size=of.size) / SHAPE
        people: Wholes = generator.poisson(drawn * self.sizes[of] * self.scale.ravel())
        return people.astype(np.float64)


class Pool:
    """The tables of the territories, as the chains read them."""

    def __init__(self, tables: Sequence[CaptureTable]) -> None:
        counts = np.array([table.counts for table in tables], dtype=np.float64)
        histories = np.arange(counts.shape[1])
        self.t = tables[0].t
        self.n = counts.sum(axis=1)
        self.on = np.column_stack(
            [counts[:, (histories >> j & 1) > 0].sum(axis=1) for j in range(self.t)]
        )
        self._together = {
            pair: float(counts[:, histories & pair == pair].sum()) for pair in models.pairs(self.t)
        }
        top = np.log(max(ROOM * self.n.max(), LARGEST_AT_LEAST))
        self._sizes = np.exp(np.arange(np.log(SMALLEST), top, np.log(RATIO)))

    def run(self, pairs: tuple[int, ...], length: Length, seed: int) -> Draws:
        s, t, p = self.n.size, self.t, len(pairs)
        kept = np.zeros((length.chains, length.kept, s * (t + 2)))
        hyper = np.zeros((length.chains, length.kept, 2 * t + p + 2 + self._sizes.size))
        for number in range(length.chains):
            generator = np.random.default_rng([seed, p, number])
            self._chain(generator, pairs, length, kept[number], hyper[number])
        seen, rates, odds = np.split(kept, [s, 2 * s], axis=2)
        generator = np.random.default_rng([seed, p, length.chains])
        expected = generator.standard_gamma(self.n + SHAPE, size=rates.shape) / rates
        people = self.n + generator.poisson(expected * (1 - seen))
        ends = np.cumsum([t, t, p, 1, 1])
        _, spreads, effects, common, scale, weights = np.split(hyper, ends, axis=2)
        return Draws(
            people,
            odds.reshape(*people.shape, t),
            spreads,
            effects,
            common[..., 0],
            scale[..., 0],
            np.exp(weights),
            pairs,
            self._sizes,
        )

    def _chain(
        self,
        generator: np.random.Generator,
        pairs: tuple[int, ...],
        length: Length,
        kept: Floats,
        hyper: Floats,
    ) -> None:
        from fanal.engines.population.kernels.pooling import chain

        tied = sorted({j for pair in pairs for j in range(self.t) if pair >> j & 1})
        free = [j for j in range(self.t) if j not in tied]
        places = [[tied.index(j) for j in tied if pair >> j & 1] for pair in pairs]
        ties = (
            np.array(free, dtype=np.int64),
            np.array(tied, dtype=np.int64),
            np.zeros(len(pairs)),
            np.array(places, dtype=np.int64).reshape(-1, 2),
        )
        together = np.array([self._together[pair] for pair in pairs], dtype=np.float64)
        # Each chain starts elsewhere: from a fifth to nearly a half of the people seen.
        shares = self.on.sum(axis=0) / self.n.sum() * generator.uniform(*STARTS)
        means = np.log(shares / (1 - shares))
        state = (
            np.tile(means, (self.n.size, 1)),
            means,
            np.full(self.t, FIRST_SPREAD),
            np.full(self._sizes.size, -np.log(self._sizes.size)),
        )
        chain(
            generator, self.n, self.on, together, ties, (SHAPE / self._sizes, SHAPE, MASS),
            length.burn, length.thin, state, np.array(FIRST_LEVEL),
            np.full((self.n.size, self.t + 1), FIRST_SPREAD), 1 / np.sqrt(together + 1), kept,
            hyper,
        )  # fmt: skip

    def choose(self, seed: int) -> tuple[int, ...]:
        """
        The pairs that the country ties, entered one at a time.

        As in the stepwise choice of one table (Chan, Silverman and Vincent 2021): the pair whose
        overlap in the whole country is the least expected enters. What is expected is drawn from
        the joint model (posterior predictive tail, Gelman, Meng and Stern 1996, Statistica Sinica
        6, 733-807).
        """
        pairs: tuple[int, ...] = ()
        length = Length(chains=1, burn=SHORT, kept=SHORT, thin=2)
        while len(pairs) < PAIRS_AT_MOST:
            tails = self._tails(self.run(pairs, length, seed))
            left = [pair for pair in tails if pair not in pairs]
            if not left:
                break
            first = min(left, key=lambda pair: tails[pair])
            if tails[first] >= ENTERS_UNDER:
                break
            pairs = (*pairs, first)
        return pairs

    def _tails(self, draws: Draws) -> dict[int, float]:
        from scipy.special import pdtr, pdtrc

        odds = draws.odds.reshape(-1, self.n.size, self.t)
        people = draws.people.reshape(-1, self.n.size)
        effects = draws.effects.reshape(people.shape[0], -1)
        expected = _expected(odds, people, effects, draws.pairs)
        tails = {}
        for pair, seen in self._together.items():
            above = pdtrc(seen - 1, expected[pair]) if seen else np.ones(1)
            tails[pair] = float(min(np.mean(above), np.mean(pdtr(seen, expected[pair]))))
        return tails


def _expected(
    odds: Floats, people: Floats, effects: Floats, pairs: tuple[int, ...]
) -> dict[int, Floats]:
    """For each pair, the people expected on both lists in the whole country, draw by draw."""
    t = odds.shape[2]
    total = np.zeros(people.shape)
    on = {pair: np.zeros(people.shape) for pair in models.pairs(t)}
    for history in range(1 << t):
        log = odds @ np.array([history >> j & 1 for j in range(t)], dtype=np.float64)
        for place, pair in enumerate(pairs):
            if history & pair == pair:
                log = log + effects[:, [place]]
        here = np.exp(log)
        total += here
        for pair in on:
            if history & pair == pair:
                on[pair] += here
    return {pair: (people * sums / total).sum(axis=1) for pair, sums in on.items()}
