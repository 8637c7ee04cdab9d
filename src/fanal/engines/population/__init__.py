"""
How many people the lists together have not seen: multiple systems estimation.

A pure engine: a capture table goes in, an estimate or a refusal comes out. ``numba`` compiles its
loops at first use.
"""

from fanal.engines.population.answers import Answer
from fanal.engines.population.bayes.decomposable import decomposable
from fanal.engines.population.bayes.latent import latent
from fanal.engines.population.limits.bounds import region
from fanal.engines.population.links.linkage import corrected
from fanal.engines.population.loglinear.selected import best, stepwise
from fanal.engines.population.loglinear.selection import Criterion
from fanal.engines.population.loglinear.weighing import weighed
from fanal.engines.population.methods import ask, ask_strata
from fanal.engines.population.reading import read_strata, read_table
from fanal.engines.population.refusals import Code, Refused, UnreadableTable
from fanal.engines.population.tables import CaptureTable, from_counts

__all__ = [
    "Answer",
    "CaptureTable",
    "Code",
    "Criterion",
    "Refused",
    "UnreadableTable",
    "ask",
    "ask_strata",
    "best",
    "corrected",
    "decomposable",
    "from_counts",
    "latent",
    "read_strata",
    "read_table",
    "region",
    "stepwise",
    "weighed",
]
