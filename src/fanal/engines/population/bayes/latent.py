"""
The latent-class model: people differ, in a way that no list tells, and so do their chances.

Manrique-Vallier (2016, Biometrics 72, 1246-1254). Chains that disagree are refused, with what each
of them says: a posterior with several summits has been published as if it had one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.bayes.diagnostics import Diagnosis, diagnose, quantile_errors
from fanal.engines.population.loglinear.selection import unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]

CHAINS, CLASSES, DRAWS = 4, 10, 10_000
# A chain that has not settled is begun again, this much longer.
LONGER = 8
SHAPE = RATE = 0.25
SLOW = (
    "Les chaînes n'ont été d'accord qu'après un long parcours : un autre sommet, qu'aucune n'a "
    "visité, n'est pas exclu. Essayez une autre graine."
)


def latent(
    table: CaptureTable,
    *,
    classes: int = CLASSES,
    kept: int = DRAWS,
    seed: int = 1,
    level: float = LEVEL,
    progress: Progress | None = None,
) -> Answer:
    """
    The posterior median of the number of people, and its central interval.

    Args:
        classes: the most classes that there may be.
        kept: draws of each of the 4 chains; as many are left out before, and eight times as many of
            both when the chains do not agree.
        progress: called with the chains done and their number.

    Returns:
        Refused as ``CHAIN_STUCK`` when R-hat is above 1.01 or the draws are worth fewer than 400.
    """
    if refused := unfit(table):
        return Answer("latent", refused=refused, digest=table.digest)
    if table.impossible:
        refused = Refused.because(Code.NOT_FOR_IMPOSSIBLE_HISTORIES)
        return Answer("latent", refused=refused, digest=table.digest)
    people, used = run(table, classes, kept, seed, progress)
    found = diagnose(people)
    slow = found.stuck
    if slow:
        people, used = run(table, classes, kept * LONGER, seed, progress)
        found = diagnose(people)
    told: dict[str, Any] = {
        "rhat": found.rhat if np.isfinite(found.rhat) else None,
        "ess": found.ess,
        "chain_medians": list(found.medians),
        "classes_used": float(np.median(used)),
        "draws": int(people.size),
    }
    if found.stuck:
        refused = Refused.because(Code.CHAIN_STUCK, _said(found))
        return Answer("latent", refused=refused, digest=table.digest, details=told)
    tails = (0.5, (1 - level) / 2, (1 + level) / 2)
    median, lower, upper = (float(value) for value in np.quantile(people, tails))
    errors = quantile_errors(people, tails)
    told |= dict(zip(("median_error", "lower_error", "upper_error"), errors, strict=True))
    return Answer(
        "latent",
        median,
        lower,
        upper,
        level,
        int(people.size),
        max(errors[1:]),
        f"{told['classes_used']:.0f} classe(s)",
        warnings=(SLOW,) if slow else (),
        digest=table.digest,
        details=told,
    )


def run(
    table: CaptureTable, classes: int, kept: int, seed: int, progress: Progress | None = None
) -> tuple[Floats, Floats]:
    """``(chains, kept)`` numbers of people, and of the classes that hold one in 100."""
    from fanal.engines.population.kernels.gibbs import chain

    counts = table.array()
    held = np.nonzero(counts)[0]
    people, used = np.empty((CHAINS, kept)), np.empty((CHAINS, kept))
    for number, generator in enumerate(np.random.default_rng(seed).spawn(CHAINS)):
        rates = _start(table, classes, generator)
        unseen, used[number] = chain(
            generator, held, counts[held], rates, classes, SHAPE, RATE, kept, kept, 1
        )
        people[number] = table.n + unseen
        if progress:
            progress(number + 1, CHAINS)
    return people, used


def _start(table: CaptureTable, classes: int, generator: np.random.Generator) -> Floats:
    """Rates of the lists for some number of people, far apart from one chain to the next."""
    people = table.n * np.exp(generator.uniform(0.3, 2.5))
    seen = np.array([table.overlap(number) for number in range(table.t)])
    apart = np.exp(generator.normal(0, 0.7, (table.t, classes)))
    rates: Floats = np.clip(seen[:, None] / people * apart, 1e-6, 0.9)
    return rates


def _said(found: Diagnosis) -> str:
    each = ", ".join(f"{median:,.0f}".replace(",", " ") for median in found.medians)
    return f"Les chaînes disent {each}."
