"""What a report is made from, gathered by whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanal.engines.population.analyses import Analyses
from fanal.engines.population.answers import Answer
from fanal.engines.population.limits.bounds import Region
from fanal.engines.population.reporting.protection import basis, protect
from fanal.engines.population.tables import CaptureTable

# Number, title, whether it is there, and what it says.
Item = tuple[int, str, bool, str]


@dataclass(frozen=True, slots=True)
class Strata:
    """
    One answer for each part of the population, and what they make together.

    ``whole`` is the answer of all at once; ``together`` the sum of the parts with its interval,
    where a joint model gives one. All of them of tables that ``basis`` gave.
    """

    parts: tuple[tuple[str, Answer], ...]
    whole: Answer
    together: Answer | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """
    Args:
        answers: of all methods; the one named ``stepwise`` is the one that the analyses move.
        items: of the checklist, in their order.
        answers, analyses, region: of ``basis(table, public=public)``. Of the exact table they give
            its small cells back, and the report says that it may not be published.
        command: what reproduces the figures, in one line.
        public: whether the counts are published already. If not, no count of 1 to 10 is shown,
            nor anything that would give it back.
        given_one_model: further methods whose interval takes one model for granted.
    """

    table: CaptureTable
    answers: Sequence[Answer]
    analyses: Analyses
    region: Region | None
    items: Sequence[Item]
    title: str
    version: str
    seed: int
    command: str
    public: bool = False
    strata: Strata | None = None
    given_one_model: frozenset[str] = frozenset()

    @property
    def gives_cells_back(self) -> bool:
        """Whether estimates come from another table than those that hide small cells."""
        shown = protect(self.table)
        if self.public or not shown.is_protected:
            return False
        hiding = {"", shown.digest, basis(self.table, public=False).digest}
        used = [one.digest for one in (*self.answers, self.analyses.alone)]
        return not hiding.issuperset(used)

    def answer(self, method: str) -> Answer | None:
        return next((one for one in self.answers if one.method == method), None)
