"""A report in French, on one page, of what the lists say and of what they cannot say."""

from fanal.engines.population.reporting.findings import Findings, Item, Strata
from fanal.engines.population.reporting.page import render
from fanal.engines.population.reporting.protection import basis, protect
from fanal.engines.population.reporting.telling import for_dossier

__all__ = ["Findings", "Item", "Strata", "basis", "for_dossier", "protect", "render"]
