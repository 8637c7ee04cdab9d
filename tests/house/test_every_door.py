"""
Every address of the URL configuration, tried by somebody who has no business there.

That the same doors open to the people of a file is shown in a real browser: ``tests/browser``
fails when nobody reaches a screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from doors import View, addresses, filled, holes, methods, our_models, put, rows_by_state
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.config.demonstration import seed
from fanal.ground.access.middleware import is_open
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from rows import as_owner

pytestmark = pytest.mark.django_db

# How many things of each kind are tried at each door, the newest first.
TRIED = 1
References = dict[str, list[str]]


def guarded() -> list[tuple[str, View]]:
    return [(route, view) for route, view in addresses() if not is_open(view)]


def references() -> References:
    """References of what the demonstration holds, by room."""
    found: References = {}
    with as_owner():
        for model in our_models():
            if "ref" in {field.name for field in model._meta.get_fields()}:
                rows = rows_by_state(model, using="default")[:TRIED]
                found.setdefault(model._meta.app_label, []).extend(str(row.ref) for row in rows)
    return found


@pytest.fixture
def world(db: None) -> References:
    seed(now=datetime.now(tz=UTC))
    return references()


@pytest.fixture
def stranger(world: References) -> Agent:
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


def test_nobody_enters_without_having_signed_in(client: Client) -> None:
    entered = []
    for route, _ in guarded():
        address = next(filled(route, ["00000000-0000-4000-8000-000000000000"]))
        answer = client.get(address)
        if answer.status_code != 302 or not answer["Location"].startswith("/connexion/"):
            entered.append((answer.status_code, address))
    assert entered == []


def doors_to_a_thing(world: References) -> Iterator[tuple[str, View]]:
    """Addresses of things that are really there; each hole after the first takes the same thing."""
    everything = [ref for refs in world.values() for ref in refs]
    for route, view in guarded():
        kinds = holes(route)
        if "uuid" not in kinds:
            continue
        own = [ref for room in world if f".{room}." in view.__module__ for ref in world[room]]
        for ref in own or everything:
            yield put(route, [ref] * len(kinds)), view


def test_a_stranger_meets_the_same_404_on_every_screen(world: References, stranger: Agent) -> None:
    client = Client()
    client.force_login(stranger)
    entered = []
    for address, view in doors_to_a_thing(world):
        for method in methods(view) or ("GET", "POST"):
            answer = client.generic(method, address)
            if answer.status_code != 404:
                entered.append((answer.status_code, method, address))
    assert entered == []
