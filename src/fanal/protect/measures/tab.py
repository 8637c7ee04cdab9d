"""The tab « Mesures » of a situation, and what its head says that runs today."""

from __future__ import annotations

from fanal.ground.people.queries import files_of
from fanal.protect.measures.queries import in_force_lines, measures_of
from fanal.protect.situations import tabs
from fanal.protect.situations.models import Situation

ROUTE = "measures:of_situation"


def register() -> None:
    tabs.register(
        tabs.Tab(label="Mesures", route=ROUTE, rank=10, count=_count, in_force=in_force_lines)
    )


def _count(situation: Situation) -> int:
    return measures_of(files_of(situation.case_file)).living().count()
