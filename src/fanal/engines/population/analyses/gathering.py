"""All the analyses of one table, in the time of a coffee: forty seconds with five lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fanal.engines.population.analyses.alone import chosen_alone
from fanal.engines.population.analyses.cloud import Cloud, cloud
from fanal.engines.population.analyses.consistency import Found, consistency, methods
from fanal.engines.population.analyses.minimum import Minimum, minimum
from fanal.engines.population.analyses.odds import Odds, odds
from fanal.engines.population.analyses.omission import (
    Merged,
    OnePerson,
    Without,
    leave_out,
    merge,
    one_person,
)
from fanal.engines.population.analyses.path import Stair, Way, staircase, walk
from fanal.engines.population.analyses.trajectory import Stage, trajectory
from fanal.engines.population.answers import Answer
from fanal.engines.population.refusals import Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.tables import CaptureTable

REPLICATES = 1000
# Told with the progress of each analysis; French, as whoever waits reads it.
NAMES = (
    "seuil d'entrée",
    "listes retirées",
    "listes réunies",
    "cohérence interne",
    "trajectoire",
    "tous les modèles",
)
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Analyses:
    """
    What the analyses found; an analysis that cannot be made is its refusal, or empty.

    ``alone`` is the stepwise model with the interval that takes it for granted.
    """

    alone: Answer
    path: Way | Refused
    stairs: tuple[Stair, ...]
    without: tuple[Without, ...]
    merged: tuple[Merged, ...]
    one_person: OnePerson | Refused
    consistency: tuple[Found, ...]
    trajectory: tuple[Stage, ...] | Refused
    cloud: Cloud | Refused
    odds: tuple[Odds, ...]
    minimum: Minimum
    replicates: int
    seed: int


def gather(
    table: CaptureTable,
    *,
    seed: int = 1,
    replicates: int = REPLICATES,
    progress: Told | None = None,
) -> Analyses:
    """
    Args:
        replicates: draws of each interval; the estimates that are published ask for many more.
        progress: called with the name of the analysis, what is done and what there is to do.
    """

    def tell(number: int) -> Progress | None:
        if progress is None:
            return None
        return lambda done, of: progress(NAMES[number], done, of)

    path = walk(table)
    stairs: tuple[Stair, ...] = ()
    if isinstance(path, Way):
        stairs = staircase(table, path, replicates=replicates, seed=seed, progress=tell(0))
    return Analyses(
        alone=chosen_alone(table, replicates=replicates, seed=seed),
        path=path,
        stairs=stairs,
        without=leave_out(table, replicates=replicates, seed=seed, progress=tell(1)),
        merged=merge(table, replicates=replicates, seed=seed, progress=tell(2)),
        one_person=one_person(table),
        consistency=consistency(
            table, methods(table, replicates=replicates, seed=seed), progress=tell(3)
        ),
        trajectory=trajectory(table, draws=replicates, seed=seed, progress=tell(4)),
        cloud=cloud(table, replicates=replicates, seed=seed, progress=tell(5)),
        odds=odds(table),
        minimum=minimum(table),
        replicates=replicates,
        seed=seed,
    )
