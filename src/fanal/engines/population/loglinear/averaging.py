"""
The average of all log-linear models, rather than one of them.

Buckland, Burnham and Augustin (1997, *Model selection: an integral part of inference*, Biometrics
53, 603-618): a model weighs ``exp(-criterion / 2)``, and the standard error of the average holds
both that of each model and how far it is from the others. Only models whose estimate exists are
averaged: one that has none may print any number, and enough of it to carry the average away.
"""

from __future__ import annotations

import numpy as np

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear.choosing import Floats
from fanal.engines.population.loglinear.profile import log_interval
from fanal.engines.population.loglinear.selection import ORDER, Criterion, Fits
from fanal.engines.population.loglinear.wald import ranked, standard_errors
from fanal.engines.population.refusals import Refused
from fanal.engines.population.tables import CaptureTable

FIRST_ONES = 10
# A model lighter than this, of all the weight, moves no figure that is printed.
NO_WEIGHT = 1e-12
LEFT_OUT = "{} modèles sur {} n'ont pas d'estimation dans ces données : ils ne pèsent rien."


def average(
    table: CaptureTable, criterion: Criterion, *, order: int = ORDER, level: float = LEVEL
) -> Answer:
    """
    Average over all hierarchical models with terms of at most ``order`` lists.

    Returns:
        People; the limits are those of a normal logarithm of the unseen (Burnham in Chao 1987) with
        the unconditional standard error. ``details["range_of_first"]`` is the least and the largest
        estimate of the ten best models, ``details["first"]`` their names, estimates and weights.
    """
    method = f"average_{criterion}"
    found = ranked(table, criterion, order=order)
    if isinstance(found, Refused):
        return Answer(method, level=level, refused=found, digest=table.digest)
    fits, values = found.fits, found.values
    weights = np.exp((values.min() - values) / 2)
    weights /= weights.sum()
    people = table.n + np.where(weights > 0, fits.unseen, 0.0)
    estimate = float(weights @ people)
    error = _error(found.held.table, fits, people - estimate, weights)
    lower, upper = log_interval(table.n, estimate, error, level=level)
    first = np.argsort(values, kind="stable")[: min(FIRST_ONES, int((weights > 0).sum()))]
    left_out = int((~fits.exists).sum())
    warnings = (LEFT_OUT.format(left_out, len(fits.models)),) if left_out else ()
    return Answer(
        method,
        estimate,
        lower,
        upper,
        level,
        warnings=warnings,
        digest=table.digest,
        details={
            "standard_error": error,
            "models": len(fits.models),
            "refused": left_out,
            "range_of_first": (float(people[first].min()), float(people[first].max())),
            "first": [
                (found.held.name(fits.models[row]), float(people[row]), float(weights[row]))
                for row in map(int, first)
            ],
        },
    )


def _error(table: CaptureTable, fits: Fits, away: Floats, weights: Floats) -> float:
    """Buckland's unconditional standard error; ``away``: of each model from the average."""
    heavy = np.nonzero(weights > NO_WEIGHT)[0].astype(np.int64)
    errors = standard_errors(table, fits.models, heavy)
    own = np.array([0.0 if error is None else error for error in errors])
    return float(weights[heavy] @ np.hypot(own, away[heavy]))
