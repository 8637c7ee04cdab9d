"""
Between which numbers a population lies, when what no table can show is bounded and not denied.

Every log-linear model supposes that the lists together hide nothing of those whom nobody saw: that
the interaction of all lists is nil. No table can tell. So the region below has two limits, which
are chosen, said, and moved at will:

- *dependence*: among the people whom no other list saw, the odds ratio between two lists is at
  most so many times (or 1 over so many) what the model says. As it holds the unseen cell, that
  ratio multiplies the number unseen, and nothing else (Gerritse, van der Heijden and Bakker 2015,
  Journal of Official Statistics 31, 357-379; Zhang and Small 2020, Journal of the Royal
  Statistical Society A 183, for several lists);
- *contrast*: there are two groups of people, and the odds of being on a list are at most so many
  times higher in one (``mixtures``); below, Chao's bound, which holds for any number of groups.

The region printed is the union of both, their sampling intervals included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fanal.engines.population.answers import Answer
from fanal.engines.population.limits.mixtures import CONTRASTS, Mixtures, mixtures
from fanal.engines.population.loglinear.closed import chao
from fanal.engines.population.loglinear.selected import stepwise
from fanal.engines.population.loglinear.selection import unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

DEPENDENCE, CONTRAST = 4.0, 16.0
MOST = float(CONTRASTS[-1])
POINTS = 33


@dataclass(frozen=True, slots=True)
class Point:
    """What one limit allows: ``at`` is a dependence, or the largest contrast."""

    at: float
    lower: float
    upper: float
    estimate: float | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """
    What has to be supposed for a given number of people.

    ``dependence``: the limit (1 or more) from which the number is in the region of dependence, its
    sampling interval included; ``at_estimate``: the dependence that makes it the estimate itself;
    ``contrast``: the limit from which it is in the region of contrast. None: no limit does.
    """

    population: int
    dependence: float | None
    at_estimate: float | None
    contrast: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Region:
    """
    ``lower`` and ``upper`` count all the people, seen and unseen; ``at_least`` is Chao's bound.
    ``curve`` has a point for each dependence, ``contrasts`` one for each contrast.
    """

    observed: int
    digest: str
    refused: Refused | None = None
    lower: float | None = None
    upper: float | None = None
    dependence: Point | None = None
    contrast: Point | None = None
    at_least: float | None = None
    curve: tuple[Point, ...] = ()
    contrasts: tuple[Point, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    assumptions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        told["table"] = told.pop("digest")
        return told


@dataclass(frozen=True, slots=True)
class _Unseen:
    """The people unseen, by the model, with its limits."""

    estimate: float
    lower: float
    upper: float


def region(
    table: CaptureTable,
    *,
    dependence: float = DEPENDENCE,
    contrast: float = CONTRAST,
    asked: Iterable[int] = (),
    answer: Answer | None = None,
    seed: int = 1,
    replicates: int = 1000,
) -> Region:
    """
    Args:
        dependence: the limit of the odds ratio between lists, 1 or more; as far the other way.
        contrast: the limit of the odds ratio between people, from 1 to 64.
        asked: numbers of people; for each, what has to be supposed for it to be true.
        answer: the estimate whose dependence is bounded, with its interval; the stepwise one, of
            ``replicates`` draws, when none is given.
    """
    refused = unfit(table) or _bad(dependence, np.inf) or _bad(contrast, MOST)
    if refused:
        return Region(table.n, table.digest, refused)
    answer = answer or stepwise(table, seed=seed, replicates=replicates)
    unseen = _unseen(answer, table.n)
    mixed = mixtures(table)
    if unseen is None or mixed is None:
        refused = answer.refused or Refused.because(Code.NO_ESTIMATE_EXISTS)
        return Region(table.n, table.digest, refused)
    n = table.n
    bound = chao(table)
    least = float(n) if bound.lower is None else bound.lower
    among_lists = Point(dependence, n + unseen.lower / dependence, n + unseen.upper * dependence)
    among_people = _people(n, least, mixed, contrast)
    return Region(
        observed=n,
        digest=table.digest,
        lower=min(among_lists.lower, among_people.lower),
        upper=max(among_lists.upper, among_people.upper),
        dependence=among_lists,
        contrast=among_people,
        at_least=bound.estimate,
        curve=_curve(n, unseen, dependence),
        contrasts=tuple(_people(n, least, mixed, float(one)) for one in CONTRASTS),
        thresholds=tuple(_threshold(n, unseen, mixed, least, one) for one in asked),
        assumptions=_assumptions(dependence, contrast),
    )


def _bad(limit: float, most: float) -> Refused | None:
    if 1 <= limit <= most and np.isfinite(limit):
        return None
    upto = f" à {most:g}" if np.isfinite(most) else " ou plus"
    return Refused.because(Code.RATES_OUT_OF_RANGE, f"{limit:g} : il faut un rapport de 1{upto}.")


def _unseen(answer: Answer, n: int) -> _Unseen | None:
    if answer.estimate is None or answer.lower is None or answer.upper is None:
        return None
    return _Unseen(answer.estimate - n, max(answer.lower - n, 0.0), answer.upper - n)


def _people(n: int, least: float, mixed: Mixtures, contrast: float) -> Point:
    logs = np.log(CONTRASTS)
    upper = float(np.exp(np.interp(np.log(contrast), logs, np.log(mixed.upper))))
    return Point(contrast, min(least, n + upper), n + upper)


def _curve(n: int, unseen: _Unseen, dependence: float) -> tuple[Point, ...]:
    ratios = np.ones(1) if dependence == 1 else np.geomspace(1 / dependence, dependence, POINTS)
    return tuple(
        Point(
            at=ratio,
            lower=n + unseen.lower * ratio,
            upper=n + unseen.upper * ratio,
            estimate=n + unseen.estimate * ratio,
        )
        for ratio in map(float, ratios)
    )


def _threshold(
    n: int, unseen: _Unseen, mixed: Mixtures, least: float, population: int
) -> Threshold:
    hidden = population - n
    people = _grouped(population)
    if hidden < 0:
        said = f"{people} est impossible : {_grouped(n)} personnes ont été vues."
        return Threshold(population, None, None, None, said)
    needed: float | None = 1.0
    if hidden > unseen.upper:
        needed = hidden / unseen.upper if unseen.upper else None
    elif hidden < unseen.lower:
        needed = unseen.lower / hidden if hidden else None
    at_estimate = hidden / unseen.estimate if unseen.estimate else None
    contrast = None if population < least else _contrast(mixed, hidden)
    said = _said(people, needed, at_estimate, contrast)
    return Threshold(population, needed, at_estimate, contrast, said)


def _contrast(mixed: Mixtures, hidden: int) -> float | None:
    """The smallest limit whose region reaches this number of unseen people."""
    reached = np.nonzero(mixed.upper >= hidden)[0]
    if not reached.size:
        return None
    first = int(reached[0])
    if first == 0:
        return 1.0
    between = np.log(mixed.upper[first - 1 : first + 1])
    logs = np.log(CONTRASTS[first - 1 : first + 1])
    return float(np.exp(np.interp(np.log(hidden), between, logs)))


def _said(
    people: str, needed: float | None, at_estimate: float | None, contrast: float | None
) -> str:
    if needed == 1:
        return f"{people} est dans l'intervalle des listes sans autre dépendance que celles vues."
    if needed is None:
        lists = "aucune dépendance entre listes n'y mène"
    else:
        way = "multiplie" if at_estimate and at_estimate > 1 else "divise"
        lists = (
            "il faut que, parmi les personnes qu'aucune autre liste ne voit, être sur une liste "
            f"{way} par {_decimal(needed)} au moins la cote d'être sur une autre"
        )
    if contrast is None:
        groups = "aucun contraste entre deux groupes n'y mène"
    else:
        groups = (
            "il faut deux groupes dont l'un a, sur chaque liste, une cote d'être vu "
            f"{_decimal(contrast)} fois plus forte"
        )
    return f"{people} sort de l'intervalle du modèle : {lists} ; ou bien {groups}."


def _assumptions(dependence: float, contrast: float) -> tuple[str, ...]:
    return (
        f"Entre listes : parmi les personnes qu'aucune autre liste ne voit, être sur une liste "
        f"multiplie ou divise par {_decimal(dependence)} au plus, par rapport au modèle, la cote "
        "d'être sur une autre. Aucune donnée ne peut le vérifier.",
        f"Entre personnes : il y a deux groupes, et la cote d'être vu par une liste est au plus "
        f"{_decimal(contrast)} fois plus forte dans l'un que dans l'autre. Au-delà, des personnes "
        "qu'aucune liste ne voit presque jamais peuvent être plus nombreuses encore.",
        "Par le bas : la borne de Chao vaut quels que soient les groupes, sauf si les listes "
        "s'évitent, ce que couvre la première limite.",
    )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _decimal(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
