"""The way from who may open a file to what stands in it."""

from __future__ import annotations

from django.urls import reverse

from fanal.ground.access.contents import Door
from fanal.ground.access.decisions import holds
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.people.queries import files_of
from fanal.protect.situations.queries import visible_situations


def doors(agent: Agent, case_file: CaseFile) -> list[Door]:
    if not (holds(agent, Right.FOLLOW_SITUATIONS) or holds(agent, Right.MANAGE_SITUATIONS)):
        return []
    found = visible_situations().of_case_files(files_of(case_file)).order_by("opened_at", "pk")
    return [
        Door(f"Situation {one.number}", reverse("situations:show", args=[one.ref])) for one in found
    ]
