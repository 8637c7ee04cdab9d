"""How each method of the reference is redone, and within what it must agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from fanal.engines.population.answers import Answer
from fanal.engines.population.bayes.decomposable import decomposable
from fanal.engines.population.bayes.latent import latent
from fanal.engines.population.loglinear import closed
from fanal.engines.population.loglinear.averaging import average
from fanal.engines.population.loglinear.choosing import Chooser, Stepwise
from fanal.engines.population.loglinear.selected import (
    accelerated,
    best,
    estimates,
    ranked,
    stepwise,
)
from fanal.engines.population.loglinear.selection import Criterion
from fanal.engines.population.loglinear.wald import best_with_interval
from fanal.engines.population.moments import coverage
from fanal.engines.population.refusals import Refused
from fanal.engines.population.resampling import DRAWS_TO_PUBLISH, limits_of_fewer
from fanal.engines.population.tables import CaptureTable
from fanal.engines.population.verification.rows import (
    AGREED,
    NOT_COMPARABLE,
    OUTSIDE,
    Check,
    Line,
    Said,
    Three,
)

# Printed to the hundredth; by CARE-1 to the tenth.
HUNDREDTH, TENTH = 0.0101, 0.0601
# R draws 1,000 tables; its chains are believed under this.
DRAWS_OF_R, SETTLED = 1000, 1.01
# Standard errors that two runs may be apart.
APART = 4.0


def _three(answer: Answer) -> Three:
    return answer.estimate, answer.lower, answer.upper


def _refused(answer: Answer) -> Said | None:
    if answer.refused is None:
        return None
    reason = f"refusé ici : {answer.refused.code} ; R imprime un nombre"
    return NOT_COMPARABLE, reason, (None, None, None)


def _compared(ours: Three, line: Line, *tolerances: float) -> Said:
    """The figures that R printed, each within its tolerance; those without one are left out."""
    names = ("estimation", "borne basse", "borne haute")
    for name, own, other, tolerance in zip(names, ours, line.figures, tolerances, strict=False):
        if other is None:
            continue
        if own is None or abs(own - other) > tolerance:
            return OUTSIDE, f"{name} : {own} ici, {other} dans R", ours
    return AGREED, f"à {max(tolerances):.2f} près", ours


def _same(method: Callable[[CaptureTable], Answer], tolerance: float = HUNDREDTH) -> Check:
    def check(table: CaptureTable, line: Line) -> Said:
        answer = method(table)
        return _refused(answer) or _compared(_three(answer), line, *[tolerance] * 3)

    return check


def _profiled(method: Callable[[CaptureTable], Answer]) -> Check:
    """
    Models with profile limits, where R's own search leaves two marks.

    It looks for the upper limit no further than three times its Poisson estimate, and prints that
    number when the limit is beyond; and where the likelihood is flat it stops within a millionth
    of the top.
    """

    def check(table: CaptureTable, line: Line) -> Said:
        answer = method(table)
        if refused := _refused(answer):
            return refused
        estimate, low, high = line.figures
        cap = 3 * answer.details["poisson_estimate"]
        stopped = high is not None and answer.upper is not None and abs(high - cap) < TENTH
        known = Line((estimate, low, None if stopped else high), line.note)
        tolerance = max(HUNDREDTH, (estimate or 0.0) / 1e6)
        verdict, reason, ours = _compared(_three(answer), known, *[tolerance] * 3)
        if stopped and verdict == AGREED:
            reason += " ; la borne haute de R est le plafond de sa recherche"
        return verdict, reason, ours

    return check


def _best(criterion: Criterion) -> Callable[..., Said]:
    def check(table: CaptureTable, line: Line, *, order: int) -> Said:
        answer = best_with_interval(table, criterion, order=order)
        if _without_estimate(line):
            return (
                NOT_COMPARABLE,
                f"le modèle de R n'a pas d'estimation ; ici {answer.model}",
                (_three(answer)),
            )
        return _refused(answer) or _compared(_three(answer), line, *[HUNDREDTH] * 3)

    return check


def _average(table: CaptureTable, line: Line, *, order: int) -> Said:
    answer = average(table, Criterion.BIC, order=order)
    if refused := _refused(answer):
        return refused
    low, high = answer.details["range_of_first"]
    ours = (answer.estimate, low, high)
    if _without_estimate(line):
        return NOT_COMPARABLE, "R compte des modèles sans estimation, ce moteur non", ours
    return _compared(ours, line, *[HUNDREDTH] * 3)


def _without_estimate(line: Line) -> bool:
    """Whether R prints what a fit that runs away prints: a billion people and more."""
    return any(abs(figure) > 1e9 for figure in line.figures if figure is not None)  # noqa: PLR2004


def _drawn(criterion: Criterion | None) -> Check:
    """Limits out of 1,000 draws: R's are among those that our 20,000 draws give 1,000 at a time."""

    def check(table: CaptureTable, line: Line) -> Said:
        chooser: Chooser | Refused = (
            Stepwise(table) if criterion is None else ranked(table, criterion)
        )
        answer = (
            stepwise(table, replicates=0)
            if criterion is None
            else best(table, criterion, replicates=0)
        )
        if answer.estimate is None or isinstance(chooser, Refused):
            return _refused(answer) or (OUTSIDE, "", _three(answer))
        verdict, reason, ours = _compared(_three(answer), line, HUNDREDTH)
        if verdict != AGREED:
            return verdict, reason, ours
        generator = np.random.default_rng(1)
        found, _ = estimates(table, chooser, DRAWS_TO_PUBLISH, generator)
        moved, _ = accelerated(table, chooser)
        others = limits_of_fewer(answer.estimate, found, moved, DRAWS_OF_R, generator)
        return _among(answer.estimate, others, line)

    return check


def _among(estimate: float, others: np.ndarray[Any, np.dtype[np.float64]], line: Line) -> Said:
    ours = (estimate, float(np.median(others[:, 0])), float(np.median(others[:, 1])))
    for place, name in enumerate(("borne basse", "borne haute")):
        figure = line.figures[place + 1]
        if figure is None:
            continue
        low, high = float(others[:, place].min()), float(others[:, place].max())
        margin = (high - low) / 4
        if not low - margin <= figure <= high + margin:
            return OUTSIDE, f"{name} : {figure} dans R, de {low:.1f} à {high:.1f} ici", ours
    return AGREED, "dans l'erreur de tirage des deux", ours


def _coverage(estimator: coverage.Estimator) -> Check:
    """CARE-1 draws 200 tables for its standard error, hence limits known to a twentieth."""

    def check(table: CaptureTable, line: Line) -> Said:
        answer = coverage.coverage(table, estimator)
        if refused := _refused(answer):
            return refused
        verdict, reason, ours = _compared(_three(answer), line, TENTH)
        if verdict != AGREED or answer.lower is None or answer.upper is None:
            return verdict, reason, ours
        drawn = APART / 20 * (answer.upper - answer.lower) / 2
        return _compared(ours, line, TENTH, drawn, drawn)

    return check


def _chains(table: CaptureTable, line: Line) -> Said:
    answer = latent(table)
    if refused := _refused(answer):
        return refused
    rhat = re.search(r"Rhat ([\d.]+)", line.note)
    medians = [float(one) for one in re.findall(r"\d+", line.note.partition("medians")[2])]
    if rhat and float(rhat[1]) > SETTLED:
        reason = f"les chaînes de R ne sont pas d'accord (R-hat {rhat[1]})"
        return NOT_COMPARABLE, reason, _three(answer)
    theirs = float(np.std(medians)) if medians else 0.0
    errors = [
        np.hypot(answer.details["median_error"], theirs),
        np.sqrt(2) * answer.details["lower_error"],
        np.sqrt(2) * answer.details["upper_error"],
    ]
    return _compared(_three(answer), line, *(APART * float(error) for error in errors))


CHECKS: list[tuple[str, Callable[..., Said]]] = [
    (r"MSE120_step_point", _same(partial(stepwise, replicates=0))),
    (r"MSE120_bic_point", _same(partial(best, criterion=Criterion.BIC, replicates=0))),
    (r"(MSE120|SparseMSE201)_step_p02_BCa1000", _drawn(None)),
    (r"MSE120_bic_BCa1000_ntopdefault", _drawn(Criterion.BIC)),
    (r"rcapture_Mt_profileCI", _profiled(closed.independence)),
    (r"rcapture_Mth_Chao", _profiled(closed.chao)),
    (r"rcapture_Mth_Darroch", _profiled(closed.darroch)),
    (r"rcapture_Mth_Poisson", _profiled(closed.poisson)),
    (r"rcapture_Mth_Gamma", _profiled(closed.gamma)),
    (r"rcapture_all_2way", _profiled(closed.all_pairs)),
    (r"rcapture_MS_bestAIC_maxorder\d", _best(Criterion.AIC)),
    (r"rcapture_MS_bestBIC_maxorder\d", _best(Criterion.BIC)),
    (r"rcapture_MS_BICavg_maxorder\d", _average),
    (r"dga_bma", _same(decomposable)),
    (r"LCMCR_.*", _chains),
    (r"CARE1_Indep", _coverage(coverage.Estimator.INDEPENDENT)),
    (r"CARE1_LSC", _coverage(coverage.Estimator.LOW)),
    (r"CARE1_HSC", _coverage(coverage.Estimator.HIGH)),
]
