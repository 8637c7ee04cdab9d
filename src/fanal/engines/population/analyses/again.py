"""The same question asked of a changed table: with two lists Chapman's, with more the stepwise."""

from __future__ import annotations

from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear.selected import stepwise
from fanal.engines.population.moments.chapman import chapman
from fanal.engines.population.tables import CaptureTable

TWO = 2


def again(table: CaptureTable, *, replicates: int, seed: int) -> Answer:
    """
    Args:
        replicates: draws of the interval; 0 for the estimate alone.
    """
    if table.t == TWO:
        return chapman(table)
    return stepwise(table, replicates=replicates, seed=seed)
