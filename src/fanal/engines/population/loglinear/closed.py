"""
Log-linear models of a closed population, with their profile likelihood intervals.

Rivest and Baillargeon (2007, *Applications and extensions of Chao's moment estimator for the size
of a closed population*, Biometrics 63, 999-1006) and Baillargeon and Rivest (2007, *Rcapture*,
Journal of Statistical Software 19(5)) for the columns of heterogeneity; Chao (1987, Biometrics 43,
783-791) and Darroch, Fienberg, Glonek and Junker (1993, JASA 88, 1137-1148) for the two oldest of
them; Cormack (1992, Biometrics 48, 567-576) for the interval. The estimate is the top of the
multinomial likelihood, a little below that of independent Poisson counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import BEYOND_REASON, LEVEL, Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.existence import WHY, Status, plan
from fanal.engines.population.loglinear.held import held_lists
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.profile import Profile, profile
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
POISSON_BASE, GAMMA_SHIFT = 2.0, 3.5
NONE_UNSEEN = (
    "Selon ce modèle il manquerait moins d'une personne : le maximum est au bord, et cette réponse "
    "ne vaut pas une estimation."
)
LOWER_IS_N = "La borne basse est le nombre de personnes vues : les données n'excluent pas que "
LOWER_IS_N += "personne ne manque."
BEYOND = "Selon ce modèle il y aurait plus d'un million de fois les personnes vues."
NO_UPPER = "Les données ne donnent pas de borne haute."
LOWER_BOUND = (
    "Borne basse : quand les personnes diffèrent par leur visibilité, il y en a davantage."
)
EMPTY_PAIRS = "Sans aucune personne commune : "


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns that a model adds for how unlike people are; never negative when ``signed``."""

    values: tuple[Floats, ...] = ()
    signed: bool = False


def independence(table: CaptureTable, *, level: float = LEVEL) -> Answer:
    """Model Mt: each list has its own chance, and none changes another's."""
    return _answer("independence", table, level)


def all_pairs(table: CaptureTable, *, level: float = LEVEL) -> Answer:
    """All interactions of two lists; those of lists that share nobody are at minus infinity."""
    return _answer("all_pairs", table, level, terms=models.pairs(table.t))


def loglinear(table: CaptureTable, model: Terms, *, level: float = LEVEL) -> Answer:
    """Any hierarchical model; ``models.closed`` makes one."""
    return _answer("loglinear", table, level, terms=model)


def chao(table: CaptureTable, *, level: float = LEVEL, interactions: Iterable[int] = ()) -> Answer:
    """
    Model Mth of Chao: a lower bound, however unlike each other people are.

    One parameter, never negative, for each number of lists from three on.

    Args:
        interactions: terms of two lists or more that the model has too; the same in the next three.
    """
    seen_by = _times(table)
    columns = tuple(np.maximum(seen_by - times, 0) for times in range(2, table.t))
    unlike = _Columns(columns, signed=True)
    return _answer("chao", table, level, unlike, terms=interactions, says=(LOWER_BOUND,))


def darroch(
    table: CaptureTable, *, level: float = LEVEL, interactions: Iterable[int] = ()
) -> Answer:
    """Model Mth of Darroch: how easily people are seen has a normal law, on the logit scale."""
    unlike = _Columns((_times(table) ** 2 / 2,))
    return _answer("darroch", table, level, unlike, terms=interactions)


def poisson(
    table: CaptureTable,
    *,
    level: float = LEVEL,
    interactions: Iterable[int] = (),
    base: float = POISSON_BASE,
) -> Answer:
    """Model Mth Poisson, milder than Darroch's: ``base ** times - 1``."""
    unlike = _Columns((base ** _times(table) - 1,))
    return _answer("poisson", table, level, unlike, terms=interactions)


def gamma(
    table: CaptureTable,
    *,
    level: float = LEVEL,
    interactions: Iterable[int] = (),
    shift: float = GAMMA_SHIFT,
) -> Answer:
    """Model Mth Gamma, stronger than Darroch's: ``log(shift) - log(shift + times)``."""
    unlike = _Columns((np.log(shift / (shift + _times(table))),))
    return _answer("gamma", table, level, unlike, terms=interactions)


def _times(table: CaptureTable) -> Floats:
    """By how many lists each history was seen."""
    return np.array([history.bit_count() for history in range(1 << table.t)], dtype=np.float64)


def _answer(
    method: str,
    table: CaptureTable,
    level: float,
    columns: _Columns | None = None,
    *,
    terms: Iterable[int] = (),
    says: tuple[str, ...] = (),
) -> Answer:
    columns = columns or _Columns()
    held = held_lists(table)
    if isinstance(held, Refused):
        return Answer(method, level=level, refused=held, digest=table.digest)
    model = models.closed(held.forth(terms), held.table.t)
    found = _fit(held.table, level, columns, model)
    if isinstance(found, Refused):
        return Answer(method, level=level, refused=found, digest=table.digest)
    fitted, empty = found
    if fitted.estimate > BEYOND_REASON * table.n:
        refused = Refused.because(Code.NOT_IDENTIFIABLE, BEYOND)
        return Answer(method, level=level, refused=refused, digest=table.digest)
    return Answer(
        method,
        fitted.estimate,
        fitted.lower,
        fitted.upper,
        level,
        model=held.name(model),
        warnings=says + _warnings(fitted, empty, held.table),
        digest=table.digest,
        details=_details(fitted, columns),
    )


def _fit(
    table: CaptureTable, level: float, columns: _Columns, model: Terms
) -> tuple[Profile, tuple[int, ...]] | Refused:
    """The model's profile, and its terms at minus infinity; or why there is none."""
    counts = table.array().astype(np.float64)
    fitted = plan(model, counts > 0, table.impossible)
    if fitted.status is not Status.EXISTS:
        return Refused.because(WHY[fitted.status])
    rows = np.append(0, fitted.cells)
    mains = [np.ones(rows.size), *((rows & term == term).astype(float) for term in fitted.terms)]
    added = [values for column in columns.values if np.any(values := column[rows])]
    design = np.column_stack(mains + added)
    if np.linalg.matrix_rank(design[1:]) < design.shape[1]:
        return Refused.because(Code.NOT_IDENTIFIABLE)
    signed = len(mains) if columns.signed else None
    found = profile(design, counts[rows], first_signed=signed, level=level)
    return found if isinstance(found, Refused) else (found, fitted.empty)


def _warnings(fitted: Profile, empty: tuple[int, ...], table: CaptureTable) -> tuple[str, ...]:
    told = []
    if fitted.none_unseen:
        told.append(NONE_UNSEEN)
    elif fitted.lower_is_n:
        told.append(LOWER_IS_N)
    if fitted.upper is None:
        told.append(NO_UPPER)
    if empty:
        pairs = (
            " et ".join(name for number, name in enumerate(table.lists) if term >> number & 1)
            for term in empty
        )
        told.append(EMPTY_PAIRS + ", ".join(pairs) + ".")
    return tuple(told)


def _details(fitted: Profile, columns: _Columns) -> dict[str, Any]:
    details: dict[str, Any] = {
        "poisson_estimate": fitted.poisson,
        "poisson_standard_error": fitted.standard_error,
        "deviance": fitted.deviance,
        "parameters": int(fitted.free.sum()),
    }
    if columns.signed:
        details["set_to_zero"] = int((~fitted.free).sum())
    return details
