"""
Two lists: Chapman's estimator.

Chapman (1951, *Some properties of the hypergeometric distribution with applications to zoological
sample censuses*, University of California Publications in Statistics 1, 131-160) for the estimate;
Seber (1970, Biometrics 26, 13-22) for its variance; Burnham in Chao (1987) for the interval.
"""

from __future__ import annotations

import math

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear.profile import log_interval
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

METHOD = "chapman"
TWO = 2
INDEPENDENT = (
    "Deux listes seulement : rien ne permet de vérifier qu'elles sont indépendantes. Si l'une "
    "adresse des personnes à l'autre, l'estimation est trop basse."
)
INSIDE = (
    "Une liste est contenue dans l'autre : l'intervalle est réduit au nombre de personnes vues."
)
OTHERS = "Les autres listes ne sont pas lues : seules comptent les personnes de ces deux listes."


def chapman(
    table: CaptureTable, *, lists: tuple[int, int] = (0, 1), level: float = LEVEL
) -> Answer:
    """
    How many people there are, by the overlap of two lists.

    Args:
        lists: the two that are compared, numbered from 0. Those who are on neither are not read,
            hence ``details["seen"]`` may be less than ``table.n``.

    Returns:
        People; ``lower`` is never under the number seen. Refused when nobody is on both lists.

    Assumes a closed population, no mistaken link, and that being on one list does not change the
    chance of being on the other.
    """
    if refused := _unfit(table, lists):
        return Answer(METHOD, level=level, refused=refused, digest=table.digest)
    first, second = (table.overlap(number) for number in lists)
    both = table.overlap(*lists)
    seen = first + second - both
    missed = (first - both) * (second - both)
    estimate = seen + missed / (both + 1)
    variance = (first + 1) * (second + 1) * missed / ((both + 1) ** 2 * (both + 2))
    lower, upper = log_interval(seen, estimate, math.sqrt(variance), level=level)
    warnings = [INDEPENDENT]
    warnings += [INSIDE] * (missed == 0) + [OTHERS] * (table.t > TWO)
    return Answer(
        METHOD,
        estimate,
        lower,
        upper,
        level,
        model="[1;2]",
        warnings=tuple(warnings),
        digest=table.digest,
        details={
            "lists": [table.lists[number] for number in lists],
            "seen": seen,
            "both": both,
            "standard_error": math.sqrt(variance),
        },
    )


def _unfit(table: CaptureTable, lists: tuple[int, int]) -> Refused | None:
    if table.is_protected:
        return Refused.because(Code.NOT_FOR_PROTECTED_CELLS)
    if table.t < TWO:
        return Refused.because(Code.TOO_FEW_LISTS)
    if len({number for number in lists if 0 <= number < table.t}) != TWO:
        raise ValueError(f"{lists} are not two of {table.t} lists")
    mask = sum(1 << number for number in lists)
    if any(history & mask for history in table.impossible):
        return Refused.because(
            Code.NOT_IDENTIFIABLE, "Une combinaison de ces deux listes est impossible."
        )
    if table.overlap(*lists) == 0:
        return Refused.because(Code.NO_OVERLAP)
    return None
