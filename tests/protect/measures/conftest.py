"""Léa is followed by Claire; what is decided for her comes in each test. All are invented."""

from __future__ import annotations

import pytest

from factories import NOON, HolderFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.people.models import Minor
from fanal.protect.measures.models import EmergencyShelter, Measure
from fanal.protect.measures.terms import MeasureType
from fanal.protect.situations.models import Situation
from fanal.protect.situations.use_cases import accept_situation
from protect.measures.acting import ask, in_force, shelter
from protect.situations.following import begin, posted


@pytest.fixture
def yanis(nord: Organisation) -> Agent:
    """Another référent of the same service, who does not follow Léa."""
    return posted(nord, "Yanis", "referent")


@pytest.fixture
def followed(ines: Agent, claire: Agent, lea: Minor) -> Situation:
    HolderFactory(case_file=lea.case_file)
    situation = begin(ines, claire, lea)
    with acting_as(claire):
        return accept_situation(agent=claire, ref=situation.ref, now=NOON)


@pytest.fixture
def placement(claire: Agent, followed: Situation) -> Measure:
    """A placement asked for, nothing ordered yet."""
    return ask(claire, followed, MeasureType.PLACEMENT_ASE)


@pytest.fixture
def aemo(claire: Agent, followed: Situation) -> Measure:
    """An AEMO in force until 9 March 2027."""
    return in_force(claire, followed, MeasureType.AEMO)


@pytest.fixture
def sheltered(omar: Agent, lea: Minor) -> EmergencyShelter:
    HolderFactory(case_file=lea.case_file)
    return shelter(omar, lea.case_file.ref)
