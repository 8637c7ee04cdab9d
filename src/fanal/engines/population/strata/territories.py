"""
Every territory together: what one cannot tell alone, the others help to tell.

Of a hundred territories a third have nobody on two lists: alone they have no estimate, and those
with few such people have one of little worth. Here each list has its own rate in each territory,
drawn from a law that all territories teach: its mean, how it varies from one territory to the next,
and how far all lists of a territory see less together, or more. Sizes of territories have a law
learnt as well, a mixture of gamma laws that may be as skewed as the country is; and the
interactions of lists are the country's. So a territory leans on the others as far as it has little
to say itself: partial pooling. The answer is the posterior mean, so that territories add up to the
country exactly, and its interval the 95 % of the draws.

What it supposes: people of one territory are alike, and two lists depend on one another by as much
everywhere.

Sources: Gelman and Hill (2007, *Data Analysis Using Regression and Multilevel Models*) for partial
pooling; Fienberg, Johnson and Junker (1999, JRSS A 162, 383-405) for a hierarchical law of
captures; Sutherland, Schwarz and Rivest (2007, Biometrics 63, 910-916) for strata; Escobar and
West (1995, JASA 90, 577-588) for mixtures as a law to be learnt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.bayes.diagnostics import diagnose, quantile_errors
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.selection import THREE
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.strata.pooling import Draws, Length, Pool
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
METHOD = "territories"
AT_LEAST, AT_MOST = 2, 2000
# Fewer people on two lists in the whole country, and the answer is that of the prior.
OVERLAP_AT_LEAST = 10
# A territory whose data take less than half of the variance of what is known without them.
LEARNT = 0.5
SMALLEST_SAID = 0.5
FROM_OTHERS = "Personne n'y est sur deux listes : l'estimation s'appuie sur les autres territoires."
FROM_PRIOR = (
    "Presque rien n'y a été observé : l'intervalle est celui d'un territoire dont on ne sait rien."
)
NO_LEAGUE = (
    "Ces estimations ne se classent pas : les intervalles se recouvrent, et les petites s'appuient "
    "sur les autres."
)
TOO_LITTLE = "Trop peu de personnes sont sur deux listes, dans tout le pays"


@dataclass(frozen=True, slots=True)
class Territory:
    """
    ``contraction``: the share of the variance of the logarithm of the size that the data of this
    territory took away, 0 when they say nothing. ``prior_dominated``: less than half, or nobody
    seen at all.
    """

    name: str
    observed: int
    on_several: int
    estimate: float
    lower: float
    upper: float
    contraction: float
    prior_dominated: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Territories:
    """
    ``national`` is the sum: its estimate is exactly that of the territories, which stand in the
    order they came in, never in that of their size.
    """

    national: Answer
    territories: tuple[Territory, ...] = ()
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "national": self.national.as_json(),
            "territories": [asdict(one) for one in self.territories],
            "warnings": list(self.warnings),
        }


def estimate(
    strata: Mapping[str, CaptureTable],
    *,
    seed: int = 1,
    level: float = LEVEL,
    length: Length | None = None,
) -> Territories:
    """
    Args:
        strata: a table for each territory, or for each value of any other column; the same lists
            in the same order in all.
        length: of the chains; the default is four chains of 6,000 sweeps.

    Returns:
        The country and each territory; or a refusal in ``national``.
    """
    length = length or Length()
    tables, left_out = _kept(list(strata.values()))
    if refused := _unfit(tables):
        return Territories(Answer(METHOD, level=level, refused=refused, digest=_digest(strata)))
    pool = Pool(tables)
    pairs = pool.choose(seed)
    draws = pool.run(pairs, length, seed)
    national = _national(draws, tables, level, _digest(strata))
    if national.refused:
        # Once more, and longer: interactions are explored slowly.
        draws = pool.run(pairs, length.longer(), seed)
        national = _national(draws, tables, level, _digest(strata))
    if national.refused:
        return Territories(national)
    warnings = (NO_LEAGUE, *(f"Liste vide, laissée de côté : {name}." for name in left_out))
    return Territories(national, _each(list(strata), tables, draws, level, seed), warnings)


def _kept(tables: list[CaptureTable]) -> tuple[list[CaptureTable], list[str]]:
    """The tables without the lists that saw nobody anywhere, and the names of these."""
    if not tables:
        return [], []
    lists = tables[0].lists
    empty = [j for j in range(len(lists)) if not any(table.overlap(j) for table in tables)]
    for j in reversed(empty):
        tables = [table.without(j) for table in tables]
    return tables, [lists[j] for j in empty]


def _unfit(tables: list[CaptureTable]) -> Refused | None:
    if not AT_LEAST <= len(tables) <= AT_MOST:
        return Refused.because(Code.STRATA_OUT_OF_RANGE, f"Il y en a {len(tables)}.")
    several = sum(table.on_several() for table in tables)
    reasons = {
        Code.NOT_FOR_PROTECTED_CELLS: any(table.is_protected for table in tables),
        Code.NOT_FOR_IMPOSSIBLE_HISTORIES: any(table.impossible for table in tables),
        Code.TOO_FEW_LISTS: tables[0].t < THREE,
        Code.NO_OVERLAP: not several,
    }
    for code, applies in reasons.items():
        if applies:
            return Refused.because(code)
    if several < OVERLAP_AT_LEAST:
        return Refused.because(Code.PRIOR_DOMINATED, f"{TOO_LITTLE} : {several}.")
    return None


def _digest(strata: Mapping[str, CaptureTable]) -> str:
    """Of all tables and names; the same whatever their order."""
    from hashlib import sha256

    told = "\n".join(sorted(f"{name} {table.digest}" for name, table in strata.items()))
    return sha256(told.encode()).hexdigest()[:16]


def _national(draws: Draws, tables: list[CaptureTable], level: float, digest: str) -> Answer:
    totals = draws.people.sum(axis=2)
    found = diagnose(totals)
    details = {
        "rhat": found.rhat if np.isfinite(found.rhat) else None,
        "ess": found.ess,
        "spreads": [float(one) for one in draws.spreads.mean(axis=(0, 1))],
        "shared_spread": float(draws.common.mean()),
        "interactions": {
            "-".join(str(j + 1) for j in range(tables[0].t) if pair >> j & 1): float(effect)
            for pair, effect in zip(draws.pairs, draws.effects.mean(axis=(0, 1)), strict=True)
        },
    }
    if found.stuck:
        refused = Refused.because(Code.CHAIN_STUCK)
        return Answer(METHOD, level=level, refused=refused, digest=digest, details=details)
    tails = ((1 - level) / 2, (1 + level) / 2)
    lower, upper = np.quantile(totals, tails)
    return Answer(
        METHOD,
        # Summed as the territories are told, to the last digit.
        estimate=sum(map(float, draws.people.mean(axis=(0, 1)))),
        lower=float(lower),
        upper=float(upper),
        level=level,
        replicates=totals.size,
        monte_carlo_error=max(quantile_errors(totals, tails)),
        model=models.name(models.closed(draws.pairs, tables[0].t), tables[0].t),
        digest=digest,
        details=details,
    )


def _each(
    names: list[str], tables: list[CaptureTable], draws: Draws, level: float, seed: int
) -> tuple[Territory, ...]:
    people = draws.people.reshape(-1, len(names))
    lower, upper = np.quantile(people, [(1 - level) / 2, (1 + level) / 2], axis=0)
    before = draws.sizes_before(np.random.default_rng([seed, len(names)]))
    known = np.log(np.maximum(before, SMALLEST_SAID)).var()
    left = np.log(np.maximum(people, SMALLEST_SAID)).var(axis=0)
    estimates = people.mean(axis=0)
    made = []
    for i, (name, table) in enumerate(zip(names, tables, strict=True)):
        contraction = float(np.clip(1 - left[i] / known, 0, 1)) if known else 0.0
        dominated = table.n == 0 or contraction < LEARNT
        several = table.on_several()
        note = FROM_PRIOR if dominated else "" if several else FROM_OTHERS
        made.append(
            Territory(
                name,
                table.n,
                several,
                float(estimates[i]),
                float(lower[i]),
                float(upper[i]),
                contraction,
                dominated,
                note,
            )
        )
    return tuple(made)
