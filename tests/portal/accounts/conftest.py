from __future__ import annotations

import pytest
from django.test import Client

from factories import AgentFactory, PostingFactory
from fanal.ground.agents.models import Agent, Organisation

PASSWORD = "une phrase assez longue"


@pytest.fixture
def service(settings: object) -> None:
    """A service in operation, and not the demonstration."""
    settings.FANAL_SERVICE = "Département inventé"  # type: ignore[attr-defined]


def with_password(agent: Agent) -> Agent:
    agent.set_password(PASSWORD)
    agent.save()
    return agent


def _administrator(name: str, organisation: Organisation) -> Agent:
    agent = AgentFactory(name=f"{name} Inventée", email=f"{name.lower()}@fanal.invalid")
    PostingFactory(agent=agent, organisation=organisation, role="administrator")
    return with_password(agent)


@pytest.fixture
def adele(nord: Organisation) -> Agent:
    """Administers the Nord."""
    return _administrator("Adele", nord)


@pytest.fixture
def bruno(nord: Organisation) -> Agent:
    """The other administrator of the Nord."""
    return _administrator("Bruno", nord)


@pytest.fixture
def stranger(bouches_du_rhone: Organisation) -> Agent:
    """Administers somewhere else."""
    return _administrator("Zoe", bouches_du_rhone)


@pytest.fixture
def at_desk(client: Client, adele: Agent) -> Client:
    client.force_login(adele)
    return client
