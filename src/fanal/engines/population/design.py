"""
What a study would bring, before any data are asked for.

How many people each list would see, how many would be on two, how wide the interval would be, and
how often there would be no estimate at all: by drawing the study many times. The lists drawn do
not depend on one another, and all people are as easy to find: a true study does no better.

Sources: Darroch (1958, Biometrika 45, 343-359) for the variance when lists are independent; the
draws are estimated as ``selected.stepwise`` does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import LEVEL
from fanal.engines.population.loglinear.choosing import Stepwise
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import LISTS_AT_MOST, CaptureTable

Floats = npt.NDArray[np.float64]
SMALLEST, LARGEST = 10, 100_000_000
LISTS_AT_LEAST = 2
# Below so many people on two lists or more, an estimate should not be published.
THIN = 30
Z = 1.959964
# By default the sample has one person in fifty.
SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Study:
    """
    One design. Counts are expected, over the draws.

    ``lower`` and ``upper``: between them fall 95 % of the estimates; None where too many draws have
    no estimate. ``relative_error`` is the standard error over the population that the information
    of the lists leaves (Darroch).
    """

    name: str
    rates: tuple[float, ...]
    seen: float
    on_several: float
    lower: float | None
    upper: float | None
    relative_error: float | None
    chance_of_none: float
    chance_of_thin: float


@dataclass(frozen=True, slots=True)
class Design:
    """
    ``overlaps``: for each pair of lists, numbered from 1, the people expected on both.
    ``with_more``: the same study with one more list, and with a small sample drawn at random.
    """

    population: int
    replicates: int
    seed: int
    refused: Refused | None = None
    study: Study | None = None
    overlaps: tuple[tuple[str, float], ...] = ()
    with_more: tuple[Study, ...] = ()
    said: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def expect(
    population: int,
    rates: Sequence[float],
    *,
    another: float | None = None,
    sample: int | None = None,
    seed: int = 1,
    replicates: int = 1000,
) -> Design:
    """
    Args:
        population: how many people there are supposed to be.
        rates: for each list, the share of them that it sees, between 0 and 1.
        another: the rate of one more list; by default the middle one of ``rates``.
        sample: people of a random sample, found whatever the lists; by default one in fifty.
    """
    sample = max(1, population // SAMPLE) if sample is None else sample
    another = sorted(rates)[len(rates) // 2] if another is None and rates else another
    refused = _unread(population, [*rates, *([] if another is None else [another])], sample)
    if refused is None and not LISTS_AT_LEAST <= len(rates) < LISTS_AT_MOST:
        few = len(rates) < LISTS_AT_LEAST
        refused = Refused.because(Code.TOO_FEW_LISTS if few else Code.TOO_MANY_LISTS)
    if refused or another is None:
        return Design(population, replicates, seed, refused)
    rng = np.random.default_rng(seed)
    now = tuple(rates)
    study = _study("l'étude", population, now, rng, replicates)
    with_more = (
        _study("une liste de plus", population, (*now, another), rng, replicates),
        _study(
            "un échantillon au hasard", population, (*now, sample / population), rng, replicates
        ),
    )
    return Design(
        population,
        replicates,
        seed,
        study=study,
        overlaps=_overlaps(population, now),
        with_more=with_more,
        said=(_told(study), *(_told(one, study) for one in with_more)),
    )


def _unread(population: int, rates: Sequence[float], sample: int) -> Refused | None:
    if not SMALLEST <= population <= LARGEST:
        return Refused.because(
            Code.RATES_OUT_OF_RANGE,
            f"Population {population} : il faut de {SMALLEST} à {LARGEST} personnes.",
        )
    for rate in rates:
        if not 0 < rate < 1:
            return Refused.because(
                Code.RATES_OUT_OF_RANGE,
                f"Taux {rate:g} : une liste voit une part des personnes, entre 0 et 1, "
                "l'un et l'autre exclus.",
            )
    if not 0 < sample < population:
        return Refused.because(
            Code.RATES_OUT_OF_RANGE,
            f"Échantillon de {sample} : il faut de 1 personne à moins que la population.",
        )
    return None


def _study(
    name: str, population: int, rates: tuple[float, ...], rng: np.random.Generator, replicates: int
) -> Study:
    chances = _chances(rates)
    drawn = rng.multinomial(population, chances, size=replicates)
    drawn[:, 0] = 0
    names = tuple(str(number) for number in range(len(rates)))
    chooser = Stepwise(CaptureTable(names, (0, *[1] * (chances.size - 1))))
    unseen, _ = chooser.choose(drawn)
    seen = drawn.sum(axis=1)
    # A draw without an estimate might be of any size: it counts as larger than all others.
    totals = np.where(np.isfinite(unseen), seen + unseen, np.inf)
    ends = np.quantile(totals, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], method="higher")
    lower, upper = (float(end) if np.isfinite(end) else None for end in ends)
    several = drawn[:, [history.bit_count() > 1 for history in range(chances.size)]].sum(axis=1)
    return Study(
        name=name,
        rates=rates,
        seen=float(seen.mean()),
        on_several=float(several.mean()),
        lower=lower,
        upper=upper,
        relative_error=_relative_error(population, rates),
        chance_of_none=float((~np.isfinite(unseen)).mean()),
        chance_of_thin=float((several < THIN).mean()),
    )


def _chances(rates: Sequence[float]) -> Floats:
    """The chance of each history, ``2**t``."""
    chances = np.ones(1)
    for rate in rates:
        chances = np.concatenate([chances * (1 - rate), chances * rate])
    shares: Floats = chances / chances.sum()
    return shares


def _relative_error(population: int, rates: Sequence[float]) -> float | None:
    """Darroch's asymptotic standard error of the total, over the total."""
    unseen = math.prod(1 - rate for rate in rates)
    told = 1 / unseen + len(rates) - 1 - sum(1 / (1 - rate) for rate in rates)
    return 1 / math.sqrt(told * population) if told > 0 else None


def _overlaps(population: int, rates: Sequence[float]) -> tuple[tuple[str, float], ...]:
    return tuple(
        (f"{one + 1}-{other + 1}", population * rates[one] * rates[other])
        for one, other in combinations(range(len(rates)), 2)
    )


def _told(study: Study, bare: Study | None = None) -> str:
    start = study.name[0].upper() + study.name[1:]
    told = (
        f"{start} verrait {study.seen:.0f} personnes, dont {study.on_several:.0f} sur deux listes "
        "ou plus"
    )
    if study.lower is None or study.upper is None:
        return f"{told} ; trop peu pour une estimation."
    told += f" ; 95 % des estimations tomberaient entre {study.lower:.0f} et {study.upper:.0f}"
    if study.chance_of_none:
        share = f"{100 * study.chance_of_none:.1f}".replace(".", ",")
        told += f" ; {share} % n'existeraient pas"
    if bare and bare.lower is not None and bare.upper is not None:
        narrower = 1 - (study.upper - study.lower) / (bare.upper - bare.lower)
        told += f" ; l'intervalle serait de {100 * max(narrower, 0):.0f} % plus étroit"
    return f"{told}."
