from __future__ import annotations

from types import SimpleNamespace

import pytest

from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.shell import navigation
from fanal.ground.shell.context import shell
from fanal.ground.shell.menu import links_for
from fanal.ground.shell.navigation import Entry, register

pytestmark = pytest.mark.urls("ground.shell.addresses")


def agent_with(role: str) -> Agent:
    agent = Agent(name="Nadia Inventée", email="nadia@fanal.invalid")
    # The day's postings, as the access room keeps them on the agent once read.
    agent._postings_today = [Posting(agent=agent, role=role)]
    return agent


@pytest.fixture(autouse=True)
def empty_menu(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})


def labels(role: str, path: str = "/") -> list[str]:
    return [link.label for link in links_for(agent_with(role), path=path)]


def test_a_link_shows_to_who_holds_the_right():
    register(Entry("Qualifier", "broken", right=Right.QUALIFY_CONCERNS))
    register(Entry("Accueil", "closed", rank=1))

    assert labels("crip") == ["Accueil", "Qualifier"]
    assert labels("author") == ["Accueil"]


def test_a_screen_that_is_not_served_has_no_link():
    register(Entry("Ailleurs", "nowhere:at-all"))

    assert labels("crip") == []


def test_the_longest_link_that_begins_the_path_is_the_current_one():
    register(Entry("Panne", "broken"))
    register(Entry("Détail de la panne", "broken_detail"))

    links = links_for(agent_with("crip"), path="/panne/detail/3/")

    assert [link.label for link in links if link.current] == ["Détail de la panne"]


def test_the_same_route_is_entered_once():
    register(Entry("Ancien", "broken"))
    register(Entry("Nouveau", "broken"))

    assert labels("crip") == ["Nouveau"]


def test_rooms_enter_their_links_by_rank():
    register(Entry("Second", "broken", rank=2))
    register(Entry("Premier", "closed", rank=1))

    assert [entry.label for entry in navigation.entries()] == ["Premier", "Second"]


def test_nobody_has_no_menu(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=False)

    assert shell(request)["shell"]["links"]() == []
    assert shell(request)["shell"]["unread"]() == 0
