"""A database of its own, where what is done is committed: for those who act at the same time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import connections

from config.demonstration.world import answering
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.config.postgres.trials import TrialServer
from fanal.ground.agents.models import Agent, Organisation


@contextmanager
def committed(server: TrialServer, *, template: str, blocker: object) -> Iterator[str]:
    """Inside, both aliases speak to that database; its name is yielded."""
    name = f"chats_{os.getpid()}"
    with blocker.unblock():  # type: ignore[attr-defined]
        server.create_database(name, template=template)
        try:
            with answering(name):
                yield name
                connections.close_all()
        finally:
            # A vacuum of the server itself may hold it.
            with suppress(psycopg.errors.InsufficientPrivilege):
                server.drop_database(name)


def staffed() -> tuple[Organisation, Agent, Agent]:
    """A helpline and two who listen there, committed."""
    helpline = OrganisationFactory(name="Écoute (invention)", slug="ecoute", kind="helpline")
    agents = [
        AgentFactory(name=f"{name} Inventée", email=f"{name.lower()}@fanal.invalid")
        for name in ("Maya", "Tom")
    ]
    for agent in agents:
        PostingFactory(agent=agent, organisation=helpline, role="listener")
    return helpline, agents[0], agents[1]
