"""How the tests open a situation, and post people. All of them are invented."""

from __future__ import annotations

from datetime import date, datetime

from factories import NOON, AgentFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.people.models import Minor
from fanal.protect.situations.models import Situation
from fanal.protect.situations.terms import Ground
from fanal.protect.situations.use_cases import open_situation


def posted(organisation: Organisation, name: str, role: str, until: date | None = None) -> Agent:
    agent = AgentFactory(name=f"{name} Inventé", email=f"{name.lower()}@fanal.invalid")
    PostingFactory(agent=agent, organisation=organisation, role=role, until=until)
    return agent


def begin(supervisor: Agent, referent: Agent, minor: Minor, *, now: datetime = NOON) -> Situation:
    with acting_as(supervisor):
        return open_situation(
            agent=supervisor,
            case_file_ref=minor.case_file.ref,
            ground=Ground.REASONED_ACT,
            reason="Danger constaté par le service (invention).",
            referent=referent,
            now=now,
        )


def sees(agent: Agent, situation: Situation) -> bool:
    """Whether the database shows a situation to an agent, at this moment."""
    with acting_as(agent):
        return Situation.objects.filter(pk=situation.pk).exists()
