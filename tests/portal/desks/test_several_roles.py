"""Somebody who holds several roles, in several organisations, has the desk of each."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.timezone import now

from config.demonstration.world import member, world
from factories import PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from fanal.portal.desks import views
from fanal.portal.desks.terms import SECTIONS
from portal.desks.pages import ids_said_twice, main_of
from portal.desks.test_home import DESKS, counters, desk

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def also(agent: Agent, name: str) -> Agent:
    """The role of somebody else as well, in their organisation."""
    other = member(name).postings.select_related("organisation").first()
    PostingFactory(agent=agent, organisation=other.organisation, role=other.role)
    return agent


def everybody() -> Agent:
    """One person for all the roles that there are, each where it is held."""
    agent = member("Inès")
    for name in DESKS:
        if name != "Inès":
            also(agent, name)
    return Agent.objects.get(pk=agent.pk)


def test_a_supervisor_who_coordinates_reads_two_counts_to_sign() -> None:
    alone = [counters(desk(member(name))) for name in ("Inès", "Anouk")]

    page = desk(also(member("Inès"), "Anouk"))

    assert counters(page) == alone[0] | alone[1]
    assert counters(page)["à signer"] > 0
    assert "Décisions qui attendent votre signature" in page


def test_the_desk_of_any_two_roles_is_the_two_sections() -> None:
    """All that a section shows, it read itself: whoever it stands beside."""
    agent = everybody()
    with acting_as(agent):
        moment = now()
        read = {role: views._read(name, agent, moment) for role, name in SECTIONS}

        def shown(*sections: views.Section) -> str:
            context = {"now": moment, "sections": sections, "request": asked}
            return main_of(render_to_string("portal/desks/home.html", context))

        asked = HttpRequest()
        asked.user = agent  # type: ignore[assignment]
        alone = {role: _bodies(shown(one))[0] for role, one in read.items()}
        for first, second in combinations(read, 2):
            bodies = _bodies(shown(read[first], read[second]))
            assert bodies == [alone[first], alone[second]], (first, second)


def test_one_person_with_every_role_has_every_section_and_each_id_once() -> None:
    client = Client()
    client.force_login(everybody())

    page = client.get("/bureau/").content.decode()

    shown = re.findall(r'id="desk-([a-z-]+)"', page)
    assert shown == [name.replace("_", "-") for _, name in SECTIONS]
    assert {role for role, _ in SECTIONS} == set(Role)
    assert ids_said_twice(page) == []


def _bodies(page: str) -> list[str]:
    found = page.split('<section aria-labelledby="desk-')[1:]
    return [one.rsplit("</section>", 1)[0] for one in found]
