"""
Methods that choose a model, with an interval that repeats the choice in each draw.

An interval given the one model that was chosen is far too narrow (Kosovo: 9,101 to 12,003 given
the model, 6,947 to 18,010 with the choice repeated).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import (
    ENTERS_UNDER,
    NO_MODEL,
    Chooser,
    Floats,
    Ranked,
    Stepwise,
    Wholes,
)
from fanal.engines.population.loglinear.searching import WIDTH, first_models
from fanal.engines.population.loglinear.selection import (
    FIVE,
    ORDER,
    Criterion,
    beyond,
    criteria,
    fit_all,
    fit_some,
    unfit,
)
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import (
    AT_ONCE,
    DRAWS_TO_PUBLISH,
    Limits,
    Progress,
    acceleration,
    bca,
    draws,
    one_fewer,
)
from fanal.engines.population.tables import CaptureTable
from fanal.engines.population.wording import whole

DRAWS = DRAWS_TO_PUBLISH
SHARE_OF_ONE_MODEL = 0.5
SHARE_WITHOUT = 0.01
# Models that each draw of a criterion tries, by number of lists: the first on the table itself.
FIRST_MODELS = {3: 6, 4: 20, 5: 100}
BEYOND = 40


def stepwise(
    table: CaptureTable,
    *,
    replicates: int = DRAWS,
    seed: int = 1,
    level: float = LEVEL,
    enters_under: float = ENTERS_UNDER,
    progress: Progress | None = None,
) -> Answer:
    """
    Chan, Silverman and Vincent's stepwise method (2021, JASA 116, 1297-1306), with BCa limits.

    Args:
        replicates: number of draws; 0 for the estimate alone.
        enters_under: the Poisson tail under which a pair of lists enters the model.
        progress: called with the draws done and their number.
    """
    if refused := unfit(table):
        return Answer("stepwise", refused=refused, digest=table.digest)
    chooser = Stepwise(table, enters_under=enters_under)
    return _answer(
        "stepwise", table, chooser, {}, replicates, np.random.default_rng(seed), level, progress
    )


def best(
    table: CaptureTable,
    criterion: Criterion,
    *,
    order: int = ORDER,
    first: int | None = None,
    replicates: int = DRAWS,
    seed: int = 1,
    level: float = LEVEL,
    progress: Progress | None = None,
) -> Answer:
    """
    The hierarchical model with the lowest criterion, and BCa limits.

    Silverman, Chan and Vincent (2024): each draw tries the ``first`` models of the table itself
    (by default 6, 20, 100 or 40 for 3, 4, 5 or more lists); ``0`` is all of them. Beyond five lists
    the models are those that a downhill search meets.
    """
    told: dict[str, Any] = {}
    chooser = ranked(table, criterion, order=order, first=first, told=told)
    if isinstance(chooser, Refused):
        return Answer(
            str(criterion), level=level, refused=chooser, digest=table.digest, details=told
        )
    generator = np.random.default_rng(seed)
    return _answer(str(criterion), table, chooser, told, replicates, generator, level, progress)


def ranked(
    table: CaptureTable,
    criterion: Criterion,
    *,
    order: int = ORDER,
    first: int | None = None,
    told: dict[str, Any] | None = None,
) -> Ranked | Refused:
    """The chooser of ``best``; ``told`` receives how many models were tried."""
    if refused := unfit(table):
        return refused
    told = {} if told is None else told
    number = FIRST_MODELS.get(table.t, BEYOND) if first is None else first or None
    if table.t > FIVE:
        fits = fit_some(table, tuple(first_models(table, criterion, number or WIDTH, order=order)))
        told["searched"] = len(fits.models)
    else:
        fits = fit_all(table, order=order)
        told |= {"considered": len(fits.models), "without_estimate": int((~fits.exists).sum())}
    values = criteria(fits, table, criterion)
    by_value = np.argsort(values, kind="stable")
    tried = [int(row) for row in by_value if np.isfinite(values[row])][:number]
    if not tried:
        return Refused.because(Code.NO_ESTIMATE_EXISTS)
    told["tried_in_each_draw"] = len(tried)
    sizes = fits.parameters[tried].astype(np.float64)
    return Ranked(
        table,
        [fits.models[row] for row in tried],
        sizes=sizes,
        flat=beyond(table, criterion, sizes),
        by_people=criterion is Criterion.BIC,
    )


def accelerated(table: CaptureTable, chooser: Chooser) -> tuple[float, Floats]:
    """Efron's acceleration, and the estimates of the table without one person."""
    fewer, people = one_fewer(table)
    left = table.n - 1 + chooser.choose(fewer)[0]
    return acceleration(left, people), left


def estimates(
    table: CaptureTable,
    chooser: Chooser,
    number: int,
    generator: np.random.Generator,
    progress: Progress | None = None,
) -> tuple[Floats, Wholes]:
    """The estimates of ``number`` draws (NaN where there is none) and their models."""
    found, chosen = np.zeros(number), np.zeros(number, dtype=np.int64)
    for start in range(0, number, AT_ONCE):
        some = slice(start, min(start + AT_ONCE, number))
        unseen, chosen[some] = chooser.choose(draws(table, some.stop - some.start, generator))
        found[some] = table.n + unseen
        if progress:
            progress(some.stop, number)
    return found, chosen


def _answer(
    method: str,
    table: CaptureTable,
    chooser: Chooser,
    told: dict[str, Any],
    replicates: int,
    generator: np.random.Generator,
    level: float,
    progress: Progress | None,
) -> Answer:
    unseen, chosen = chooser.choose(table.array()[None])
    if chosen[0] == NO_MODEL:
        refused = Refused.because(Code.NO_ESTIMATE_EXISTS)
        return Answer(method, refused=refused, digest=table.digest, details=told)
    point = table.n + float(unseen[0])
    model = models.name(chooser.terms(int(chosen[0])), table.t)
    if not replicates:
        return Answer(method, point, model=model, digest=table.digest, details=told)
    moved, left = accelerated(table, chooser)
    found, drawn = estimates(table, chooser, replicates, generator, progress)
    limits = bca(point, found, moved, generator, level)
    told |= _told(table, chooser, limits, drawn, left)
    if not (np.isfinite(limits.lower) and np.isfinite(limits.upper)):
        without = f"{limits.infinite:.1%}".replace(".", ",").replace("%", " %")
        refused = Refused.because(
            Code.NO_ESTIMATE_EXISTS, f"Dans {without} des tirages, il n'y en a aucune."
        )
        return Answer(method, refused=refused, digest=table.digest, details=told)
    error = max(limits.lower_error, limits.upper_error)
    return Answer(
        method,
        point,
        limits.lower,
        limits.upper,
        level,
        replicates,
        error if np.isfinite(error) else None,
        model,
        warnings=tuple(_warnings(limits, told, replicates)),
        digest=table.digest,
        details=told,
    )


def _told(
    table: CaptureTable,
    chooser: Chooser,
    limits: Limits,
    drawn: Wholes,
    left: Floats,
) -> dict[str, Any]:
    numbers, times = np.unique(drawn[drawn != NO_MODEL], return_counts=True)
    common = [int(place) for place in np.argsort(-times, kind="stable")[:5]]
    finite = left[np.isfinite(left)]
    return {
        "acceleration": limits.acceleration,
        "bias": limits.bias,
        "lower_error": _whole(limits.lower_error),
        "upper_error": _whole(limits.upper_error),
        "draws_without_estimate": limits.infinite,
        "models_of_the_draws": [
            {
                "model": models.name(chooser.terms(int(numbers[place])), table.t),
                "share": float(times[place] / drawn.size),
            }
            for place in common
        ],
        "one_person_fewer": [float(finite.min()), float(finite.max())] if finite.size else None,
    }


def _whole(error: float) -> float | None:
    return error if np.isfinite(error) else None


def _warnings(limits: Limits, told: dict[str, Any], replicates: int) -> list[str]:
    said = []
    if replicates < DRAWS:
        said.append(
            f"{whole(replicates)} tirages : les bornes bougent d'un tirage à l'autre. Il en faut "
            "20 000 pour les publier."
        )
    first = told["models_of_the_draws"][0]["share"] if told["models_of_the_draws"] else 0.0
    if first < SHARE_OF_ONE_MODEL:
        said.append(
            f"Le modèle le plus fréquent ne sort que dans {first:.0%} des tirages : le choix du "
            "modèle est fragile.".replace("%", " %", 1)
        )
    if limits.infinite > SHARE_WITHOUT:
        said.append(
            f"{limits.infinite:.0%} des tirages n'ont aucune estimation ; ils comptent comme "
            "plus grands que tous les autres.".replace("%", " %", 1)
        )
    return said
