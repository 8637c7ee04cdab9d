"""The way from who may open a file to what stands in it."""

from __future__ import annotations

from fanal.detect.concerns.queries import visible_concerns
from fanal.ground.access.contents import Door
from fanal.ground.access.decisions import holds
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.people.queries import files_of


def doors(agent: Agent, case_file: CaseFile) -> list[Door]:
    if not holds(agent, Right.READ_CONCERNS):
        return []
    found = visible_concerns().filter(case_file__in=files_of(case_file))
    return [
        Door(f"Information {one.receipt}", one.get_absolute_url())
        for one in found.order_by("received_at", "pk")
    ]
