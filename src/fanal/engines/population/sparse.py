"""
Counts that are too small for any method, and an overlap that is too small for its interval.

Robson and Regier (1964, *Sample size in Petersen mark-recapture experiments*, Transactions of the
American Fisheries Society 93, 215-226), as Seber gives it (1982, *The estimation of animal
abundance*, 2nd edition, 3.1): with seven people or more on both of two lists, one may be 95 % sure
that the bias of the estimate is negligible; with fewer it may not be. No pair of lists reaching
seven is said with each answer.

Cochran (1954, *Some methods for strengthening the common chi-squared tests*, Biometrics 10,
417-451): large-sample theory wants counts of about five. Where no cell of the table reaches five
either, no likelihood, criterion or profile limit of this engine means what its name says: there is
no answer. Chan, Silverman and Vincent (2021) estimate from overlaps of one to three people, but
beside cells of tens: such a table is answered, and warned.
"""

from __future__ import annotations

from itertools import combinations

from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

ON_BOTH, IN_A_CELL = 7, 5
SMALL_OVERLAP = (
    f"Aucune paire de listes n'a {ON_BOTH} personnes en commun : l'estimation peut être biaisée de "
    "plus que son intervalle (Robson et Regier 1964)."
)


def counts_too_small(table: CaptureTable) -> Refused | None:
    """Of a protected table, what its cells hold for sure. No overlap has its own refusal."""
    if table.on_several() == 0 or not has_small_overlap(table):
        return None
    if max(table.low[1:]) >= IN_A_CELL:
        return None
    return Refused.because(Code.COUNTS_TOO_SMALL)


def has_small_overlap(table: CaptureTable) -> bool:
    return _largest_pair(table) < ON_BOTH


def _largest_pair(table: CaptureTable) -> int:
    return max(
        (
            sum(count for history, count in enumerate(table.low) if history & pair == pair)
            for pair in (1 << one | 1 << other for one, other in combinations(range(table.t), 2))
        ),
        default=0,
    )
