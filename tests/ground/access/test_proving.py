"""Who takes case data out, or breaks the glass, has proved lately who they are."""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate

from doors import View, addresses, holes, methods, put
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.middleware import is_open
from fanal.ground.access.use_cases.glass import break_glass
from fanal.ground.agents.models import Agent
from fanal.ground.agents.sessions import OPENED
from fanal.ground.agents.terms import Role
from fanal.ground.privacy.dated import in_force
from fanal.ground.privacy.exports import export_csv

pytestmark = pytest.mark.django_db

# What a file that is kept outside is called, on its way out.
FILES = ("application/pdf", "application/zip", "application/json", "text/csv", "attachment; ")
# Its author's own receipt: a number and a date, neither facts nor the minor's name.
TELLS_OF_NOBODY = {"mes-envois/<uuid:ref>/accuse.pdf"}


def reached(view: View) -> set[Any]:
    """The functions of ours that a view calls, at any number of steps, and the texts in them."""
    known: set[Any] = set()
    waiting: list[Any] = [inspect.unwrap(view)]
    while waiting:
        one = waiting.pop()
        ours = inspect.isfunction(one) and one.__module__.startswith("fanal.")
        if not ours or one in known:
            continue
        known.add(one)
        for code in _codes(one.__code__):
            known.update(text for text in code.co_consts if isinstance(text, str))
            waiting += [inspect.unwrap(one.__globals__.get(name)) for name in code.co_names]
    return known


def _codes(code: Any) -> Iterator[Any]:
    yield code
    for inner in code.co_consts:
        if inspect.iscode(inner):
            yield from _codes(inner)


def takes_out(view: View) -> bool:
    found = reached(view)
    files = (one for one in found if isinstance(one, str) and one.startswith(FILES))
    return export_csv in found or any(files)


def breaks_glass(view: View) -> bool:
    return inspect.unwrap(break_glass) in reached(view)


def guarded() -> list[tuple[str, View]]:
    ours = [(route, view) for route, view in addresses() if view.__module__.startswith("fanal.")]
    return [(route, view) for route, view in ours if not is_open(view)]


def proved_first() -> list[str]:
    """Addresses of the URL configuration that send a file of case data, or break the glass."""
    return sorted(
        route
        for route, view in guarded()
        if route not in TELLS_OF_NOBODY and (takes_out(view) or breaks_glass(view))
    )


@pytest.fixture
def everybody(db: None) -> Agent:
    """Somebody who holds every role: what stops them is not a missing right."""
    agent = AgentFactory()
    here = OrganisationFactory(kind="child_welfare", authority_id="59")
    for role in Role:
        PostingFactory(agent=agent, organisation=here, role=role)
    return agent


def signed_in(agent: Agent, *, minutes_ago: float) -> Client:
    client = Client()
    client.force_login(agent)
    session = client.session
    session[OPENED] = int(time.time() - minutes_ago * 60)
    session.save()
    return client


def asks_for_proof(client: Client, route: str, method: str) -> bool:
    address = put(route, [str(uuid4())] * len(holes(route)))
    answer = client.generic(method, address)
    return answer.status_code == 302 and answer["Location"].startswith("/compte/confirmer/")


def test_each_right_of_the_table_of_exports_has_its_door() -> None:
    """Else a door was missed, and the next test would prove nothing of it."""
    carried = {
        str(right)
        for _, view in guarded()
        if takes_out(view)
        for right in getattr(view, "rights", ())
    }
    assert {line["right"] for line in in_force("exports", on=localdate())} <= carried
    assert [route for route, view in guarded() if breaks_glass(view)] == ["dossiers/acces-urgent/"]


def test_an_address_that_says_it_sends_a_file_is_seen_to_send_one() -> None:
    named = {
        route
        for route, _ in guarded()
        if route.endswith((".csv", ".pdf", ".json", ".zip")) or "export" in route
    }
    assert len(named) > 10
    assert named - TELLS_OF_NOBODY - set(proved_first()) == set()


@pytest.mark.parametrize("route", proved_first())
def test_an_old_session_proves_again_before_a_file_leaves(everybody: Agent, route: str) -> None:
    view = dict(guarded())[route]
    for method in methods(view) or ("GET", "POST"):
        assert asks_for_proof(signed_in(everybody, minutes_ago=6), route, method)
        assert not asks_for_proof(signed_in(everybody, minutes_ago=1), route, method)
