"""
Every address of the URL configuration, tried by somebody who has no business there.

That the same doors open to the people of a file is shown in a real browser: ``tests/browser``
fails when nobody reaches a screen. That nobody enters without having signed in, by any method, is
in ``tests/walls/test_rights.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from doors import View, addresses, methods, put
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.middleware import is_open
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from walls.classifying import Door, doors, refs_of, things, unclassified
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

# How many things of the right kind are tried at each door, the newest of each state first.
TRIED = 2
NOTHING = "00000000-0000-4000-8000-000000000000"


def guarded() -> list[tuple[str, View]]:
    return [(route, view) for route, view in addresses() if not is_open(view)]


@pytest.fixture
def stranger() -> Agent:
    """Somebody who holds every role there is, in places that have nothing to do with the world."""
    agent = AgentFactory()
    places = {
        "authority": OrganisationFactory(kind="child_welfare", authority_id="974"),
        "court": OrganisationFactory(kind="prosecution", court_id="tj75056"),
        "school": OrganisationFactory(kind="school"),
    }
    for role in Role:
        place = {Role.PARQUET: "court", Role.AUTHOR: "school"}.get(role, "authority")
        PostingFactory(agent=agent, organisation=places[place], role=role)
    return agent


def test_every_address_says_who_it_is_for() -> None:
    silent = [
        route
        for route, view in guarded()
        if not hasattr(view, "rights") and not hasattr(view, "right")
    ]
    assert silent == []


def test_every_address_says_what_it_is_about() -> None:
    """What an address is about fills it in every proof; a new one says so in one line."""
    assert unclassified() == []


def room(door: Door) -> str:
    return ".".join(door.name.split(".")[:2])


ROOMS = sorted({room(door) for door in doors() if door.about})


def addresses_of(door: Door) -> Iterator[str]:
    """The address with things that are really there, each hole filled with its own kind."""
    tried = [refs_of(row, door.about) for row in things(door.about[-1])[:TRIED]]
    # A kind of which the demonstration holds none yet: a reference of nothing.
    for refs in tried or [(NOTHING,) * len(door.about)]:
        yield put(door.route, refs)


@pytest.mark.parametrize("of", ROOMS)
def test_a_stranger_meets_the_same_404_on_every_screen(stranger: Agent, of: str) -> None:
    client = Client()
    client.force_login(stranger)
    entered = []
    for door in doors():
        if not door.about or room(door) != of:
            continue
        for address in addresses_of(door):
            for method in methods(door.view) or ("GET", "POST"):
                answer = client.generic(method, address)
                if answer.status_code != 404:
                    entered.append((answer.status_code, method, address))
    assert entered == []
