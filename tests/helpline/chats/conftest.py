"""A helpline that is open, two who listen there, one who listens elsewhere. All invented."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.agents.models import Agent, Organisation
from visitor import Visitor


def _listener(name: str, organisation: Organisation, role: str = "listener") -> Agent:
    agent = AgentFactory(name=f"{name} Inventée", email=f"{name.lower()}@fanal.invalid")
    PostingFactory(agent=agent, organisation=organisation, role=role)
    return agent


@pytest.fixture(autouse=True)
def in_service(settings: Settings) -> None:
    """Somebody answers here, day and night: what the demonstration refuses has its own tests."""
    settings.FANAL_SERVICE = "Service inventé"
    settings.FANAL_CHAT_HOURS = "24/7"


@pytest.fixture
def client() -> Visitor:
    return Visitor()


@pytest.fixture
def helpline(db: None) -> Organisation:
    return OrganisationFactory(name="Écoute (invention)", slug="ecoute", kind="helpline")


@pytest.fixture
def maya(helpline: Organisation) -> Agent:
    return _listener("Maya", helpline)


@pytest.fixture
def tom(helpline: Organisation) -> Agent:
    return _listener("Tom", helpline)


@pytest.fixture
def anouk(helpline: Organisation) -> Agent:
    return _listener("Anouk", helpline, "coordinator")


@pytest.fixture
def elsewhere(helpline: Organisation) -> Agent:
    """Listens, for another helpline."""
    other = OrganisationFactory(name="Autre écoute (invention)", slug="autre", kind="helpline")
    return _listener("Zoé", other)
