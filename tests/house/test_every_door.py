"""Every address of the URL configuration, tried by somebody who has no business there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.config.demonstration import seed
from fanal.ground.access.middleware import is_open
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from rows import as_owner

pytestmark = pytest.mark.django_db

NOT_OURS = ("administration/",)


def addresses() -> Iterator[tuple[str, Any]]:
    """Each address, with its view; nothing is typed here."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                yield route, pattern.callback

    for route, view in walk(get_resolver().url_patterns, ""):
        if not route.startswith(NOT_OURS):
            yield route, view


def guarded() -> list[str]:
    return [route for route, view in addresses() if not is_open(view)]


def with_an_object() -> list[str]:
    return [route for route in guarded() if "<uuid:" in route]


def filled(route: str, refs: list[str]) -> Iterator[str]:
    """The route with every choice of references in the place of its parameters."""
    holes = re.findall(r"<uuid:\w+>", route)
    for chosen in product(refs, repeat=len(holes)):
        address = route
        for hole, ref in zip(holes, chosen, strict=True):
            address = address.replace(hole, ref, 1)
        yield "/" + re.sub(r"<step:\w+>", "danger", address)


def references() -> list[str]:
    """One reference of each kind of thing that the demonstration holds, the last one made."""
    found = []
    with as_owner():
        for model in apps.get_models():
            if model.__module__.startswith("fanal.") and any(
                field.name == "ref" for field in model._meta.get_fields()
            ):
                last = model.objects.order_by("-pk").values_list("ref", flat=True).first()
                found += [str(last)] if last else []
    return found


@pytest.fixture
def world(db: None) -> list[str]:
    """The demonstration, and the references of what it holds."""
    seed(now=datetime.now(tz=UTC))
    return references()


@pytest.fixture
def stranger(world: list[str]) -> Agent:
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
        for route, view in addresses()
        if not is_open(view) and not hasattr(view, "rights") and not hasattr(view, "right")
    ]
    assert silent == []


@pytest.mark.parametrize("route", guarded())
def test_nobody_enters_without_having_signed_in(client: Client, route: str) -> None:
    address = next(filled(route, ["00000000-0000-4000-8000-000000000000"]))

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/connexion/")


def test_a_stranger_meets_the_same_404_on_every_screen(world: list[str], stranger: Agent) -> None:
    client = Client()
    client.force_login(stranger)
    refs = world
    entered = []
    for route in with_an_object():
        # Two references of the same thing multiply: the first decides of the screen.
        tried = list(filled(route, refs))[: len(refs) ** 2]
        if route.count("<uuid:") > 1:
            tried = tried[:: max(1, len(tried) // 60)]
        for address in tried:
            for answer in (client.get(address), client.post(address)):
                if answer.status_code not in (404, 405):
                    entered.append((answer.status_code, route, address))
    assert entered == []


def test_the_same_doors_open_to_the_people_of_the_file(world: list[str]) -> None:
    """The test above would pass in an empty house: here each screen has somebody who enters."""
    refs = world
    clients = []
    for agent in Agent.objects.filter(is_demonstration=True):
        client = Client()
        client.force_login(agent)
        clients.append(client)
    shut = [
        route
        for route in with_an_object()
        if not any(
            client.get(address).status_code in (200, 302, 405)
            for client in clients
            for address in list(filled(route, refs))[:400]
        )
    ]
    assert shut == []
