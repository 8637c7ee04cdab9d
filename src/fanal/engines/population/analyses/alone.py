"""
The interval that takes the chosen model for granted, to be held beside the one that does not.

It is printed in grey and never alone: on the Kosovo table it is 9,101 to 12,003, when the choice
repeated in each draw gives 6,947 to 18,010 (Silverman, Chan and Vincent 2024).
"""

from __future__ import annotations

import numpy as np

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.choosing import NO_MODEL, Ranked, Stepwise
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.selected import estimates
from fanal.engines.population.loglinear.selection import unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

GIVEN = "L'intervalle tient ce modèle pour acquis : il ne dit rien du choix entre les modèles."


def chosen_alone(table: CaptureTable, *, replicates: int, seed: int) -> Answer:
    """The model of the stepwise choice on the table itself, kept in every draw."""
    if refused := unfit(table):
        return Answer("stepwise_alone", refused=refused, digest=table.digest)
    stepwise = Stepwise(table)
    _, numbers = stepwise.choose(table.array()[None])
    if numbers[0] == NO_MODEL:
        refused = Refused.because(Code.NO_ESTIMATE_EXISTS)
        return Answer("stepwise_alone", refused=refused, digest=table.digest)
    terms = stepwise.terms(int(numbers[0]))
    return alone("stepwise_alone", table, terms, replicates=replicates, seed=seed)


def alone(method: str, table: CaptureTable, terms: Terms, *, replicates: int, seed: int) -> Answer:
    """
    One model, with the percentile limits of draws that all keep it.

    A draw without an estimate counts as larger than all others.
    """
    chooser = Ranked(table, [terms], sizes=np.ones(1), flat=np.zeros(1), by_people=True)
    unseen, numbers = chooser.choose(table.array()[None])
    if numbers[0] == NO_MODEL:
        refused = Refused.because(Code.NO_ESTIMATE_EXISTS)
        return Answer(method, refused=refused, digest=table.digest)
    found, _ = estimates(table, chooser, replicates, np.random.default_rng(seed))
    placed = np.sort(np.where(np.isfinite(found), found, np.inf))
    place = int((1 - LEVEL) / 2 * (placed.size - 1) + 0.5)
    lower, upper = float(placed[place]), float(placed[-1 - place])
    return Answer(
        method,
        table.n + float(unseen[0]),
        lower if np.isfinite(lower) else None,
        upper if np.isfinite(upper) else None,
        replicates=replicates,
        model=models.name(terms, table.t),
        warnings=(GIVEN,),
        digest=table.digest,
    )
