"""Who keeps the directory, and whose organisation is not of the right kind. All invented."""

from __future__ import annotations

import pytest

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.agents.models import Agent


def _keeper(name: str, kind: str) -> Agent:
    agent = AgentFactory(name=f"{name} Inventée", email=f"{name.lower()}@fanal.invalid")
    PostingFactory(
        agent=agent,
        organisation=OrganisationFactory(name=f"Annuaire de {name} (invention)", kind=kind),
        role="directory",
    )
    return agent


@pytest.fixture
def lou(db: None) -> Agent:
    return _keeper("Lou", "association")


@pytest.fixture
def misplaced(db: None) -> Agent:
    """Holds the role where nobody may hold it."""
    return _keeper("Misha", "school")
