"""
How many people the lists together have not seen: multiple systems estimation.

A pure engine: a capture table goes in, an estimate or a refusal comes out. ``numba`` compiles its
loops at first use.
"""

from fanal.engines.population.refusals import Code, Refused, UnreadableTable
from fanal.engines.population.selection import Criterion, Estimate, best, stepwise
from fanal.engines.population.tables import CaptureTable, from_counts, read_strata, read_table

__all__ = [
    "CaptureTable",
    "Code",
    "Criterion",
    "Estimate",
    "Refused",
    "UnreadableTable",
    "best",
    "from_counts",
    "read_strata",
    "read_table",
    "stepwise",
]
