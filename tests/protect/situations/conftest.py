"""People who follow minors, and a situation to begin with. All of them are invented."""

from __future__ import annotations

import pytest

from factories import NOON, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.people.models import Minor
from fanal.protect.situations.models import HandOver, Situation
from fanal.protect.situations.use_cases import accept_situation, hand_over
from protect.situations.following import begin, posted


@pytest.fixture
def yanis(nord: Organisation) -> Agent:
    """Another référent of the same service."""
    return posted(nord, "Yanis", "referent")


@pytest.fixture
def hugo(nord: Organisation) -> Agent:
    """A second supervisor: who closes is not who proposed."""
    return posted(nord, "Hugo", "supervisor")


@pytest.fixture
def zoe(bouches_du_rhone: Organisation) -> Agent:
    """The same work as Claire's, for another authority: she finds nothing here."""
    return posted(bouches_du_rhone, "Zoé", "referent")


@pytest.fixture
def opened(ines: Agent, claire: Agent, lea: Minor) -> Situation:
    """Léa's situation, given to Claire, not taken up yet."""
    return begin(ines, claire, lea)


@pytest.fixture
def followed(claire: Agent, opened: Situation) -> Situation:
    with acting_as(claire):
        return accept_situation(agent=claire, ref=opened.ref, now=NOON)


@pytest.fixture
def gesture(ines: Agent, claire: Agent, yanis: Agent) -> HandOver:
    """A list that has changed hands."""
    begin(ines, claire, MinorFactory())
    with acting_as(ines):
        return hand_over(
            agent=ines,
            authority=Situation.objects.latest("pk").authority,
            giver=claire,
            taker=yanis,
            reason="Départ",
            now=NOON,
        )
