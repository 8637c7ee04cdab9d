"""What an estimate is worth: how it moves when a choice, a list, a person or the data change."""

from fanal.engines.population.analyses.cloud import Cloud, cloud
from fanal.engines.population.analyses.consistency import Found, Record, consistency, records
from fanal.engines.population.analyses.gathering import Analyses, gather
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
from fanal.engines.population.analyses.path import Stair, Step, Way, staircase, walk
from fanal.engines.population.analyses.trajectory import Stage, trajectory

__all__ = [
    "Analyses",
    "Cloud",
    "Found",
    "Merged",
    "Minimum",
    "Odds",
    "OnePerson",
    "Record",
    "Stage",
    "Stair",
    "Step",
    "Way",
    "Without",
    "cloud",
    "consistency",
    "gather",
    "leave_out",
    "merge",
    "minimum",
    "odds",
    "one_person",
    "records",
    "staircase",
    "trajectory",
    "walk",
]
