"""The cast of the tests. All of them are invented.

``nadia`` may; ``paul`` does the same work for another authority; ``lea`` is the child.
"""

from __future__ import annotations

import pytest

from factories import AgentFactory, MinorFactory, OrganisationFactory, PostingFactory
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.people.models import Minor


def _agent(name: str, organisation: Organisation, role: str) -> Agent:
    agent = AgentFactory(name=f"{name} Inventé", email=f"{name.lower()}@fanal.invalid")
    PostingFactory(agent=agent, organisation=organisation, role=role)
    return agent


@pytest.fixture
def nord(db: None) -> Organisation:
    return OrganisationFactory(
        name="Département du Nord (invention)", slug="nord", kind="child_welfare", authority_id="59"
    )


@pytest.fixture
def bouches_du_rhone(db: None) -> Organisation:
    return OrganisationFactory(
        name="Département des Bouches-du-Rhône (invention)",
        slug="bouches-du-rhone",
        kind="child_welfare",
        authority_id="13",
    )


@pytest.fixture
def school(db: None) -> Organisation:
    return OrganisationFactory(name="Collège des Tilleuls (inventé)", slug="tilleuls")


@pytest.fixture
def parquet(db: None) -> Organisation:
    return OrganisationFactory(
        name="Parquet de Lille (invention)",
        slug="parquet-lille",
        kind="prosecution",
        court_id="tj59350",
    )


@pytest.fixture
def nadia(nord: Organisation) -> Agent:
    return _agent("Nadia", nord, "crip")


@pytest.fixture
def paul(bouches_du_rhone: Organisation) -> Agent:
    """A stranger who holds every role, elsewhere."""
    agent = _agent("Paul", bouches_du_rhone, "crip")
    for role in ("supervisor", "evaluator", "referent", "on_call"):
        PostingFactory(agent=agent, organisation=bouches_du_rhone, role=role)
    return agent


@pytest.fixture
def ines(nord: Organisation) -> Agent:
    return _agent("Inès", nord, "supervisor")


@pytest.fixture
def karim(nord: Organisation) -> Agent:
    return _agent("Karim", nord, "evaluator")


@pytest.fixture
def claire(nord: Organisation) -> Agent:
    return _agent("Claire", nord, "referent")


@pytest.fixture
def omar(nord: Organisation) -> Agent:
    return _agent("Omar", nord, "on_call")


@pytest.fixture
def sofia(school: Organisation) -> Agent:
    return _agent("Sofia", school, "author")


@pytest.fixture
def julien(parquet: Organisation) -> Agent:
    return _agent("Julien", parquet, "parquet")


@pytest.fixture
def lea(nord: Organisation) -> Minor:
    return MinorFactory()
