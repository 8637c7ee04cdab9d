"""A list's filters, kept under a name."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fanal.ground.agents.models import Agent, SavedFilter
from fanal.portal.desks.forms import SCREENS
from fanal.portal.desks.use_cases import MOST, NameMissing, TooMany, save_filter

pytestmark = pytest.mark.django_db

SAVE = "/filtres/enregistrer/"


@pytest.fixture
def desk(client: Client, nadia: Agent) -> Client:
    client.force_login(nadia)
    return client


def save(desk: Client, **said: str) -> HttpResponse:
    about = {"name": "Lille, en retard", "screen": "concerns:list", "query": "shown=late"} | said
    return desk.post(SAVE, about)


def kept(agent: Agent) -> list[tuple[str, str]]:
    return list(SavedFilter.objects.filter(agent=agent).values_list("name", "query"))


def test_a_filter_is_kept_and_the_list_shown_again(desk: Client, nadia: Agent) -> None:
    answer = save(desk)

    assert answer.headers["Location"] == reverse("concerns:list") + "?shown=late"
    assert kept(nadia) == [("Lille, en retard", "shown=late")]
    assert desk.get(answer.headers["Location"]).status_code == 200


def test_the_same_name_again_replaces_it(desk: Client, nadia: Agent) -> None:
    save(desk)
    save(desk, name="  Lille, en retard ", query="shown=new")

    assert kept(nadia) == [("Lille, en retard", "shown=new")]


def test_one_name_may_serve_two_lists(desk: Client, nadia: Agent) -> None:
    for screen, _ in SCREENS:
        save(desk, screen=screen)

    assert len(kept(nadia)) == len(SCREENS)


def test_a_filter_is_deleted(desk: Client, nadia: Agent) -> None:
    save(desk)
    mine = SavedFilter.objects.get()

    assert desk.get(f"/filtres/{mine.ref}/effacer/").status_code == 405
    assert desk.post(f"/filtres/{mine.ref}/effacer/").status_code == 302
    assert kept(nadia) == []


def test_another_agent_s_filter_is_a_404_and_stays(desk: Client, ines: Agent) -> None:
    theirs = save_filter(agent=ines, screen="concerns:list", name="à moi", query="")

    assert desk.post(f"/filtres/{theirs.ref}/effacer/").status_code == 404
    assert kept(ines) == [("à moi", "")]


def test_two_agents_may_use_one_name(desk: Client, nadia: Agent, ines: Agent) -> None:
    save_filter(agent=ines, screen="concerns:list", name="Lille, en retard", query="a=1")
    save(desk)

    assert kept(ines) == [("Lille, en retard", "a=1")]
    assert kept(nadia) == [("Lille, en retard", "shown=late")]


@pytest.mark.parametrize(
    "query",
    [
        "https://ailleurs.invalid/",
        "//ailleurs.invalid",
        "@ailleurs.invalid",
        "shown=late\r\nLocation: https://ailleurs.invalid/",
        "\\\\ailleurs.invalid",
        "#//ailleurs.invalid",
    ],
)
def test_after_saving_one_stays_on_our_site(desk: Client, query: str) -> None:
    answer = save(desk, query=query)

    assert answer.status_code == 302
    location = answer.headers["Location"]
    assert location.startswith(reverse("concerns:list") + "?")
    assert "\n" not in location
    assert "\r" not in location


@pytest.mark.parametrize("screen", ["desks:home", "https://ailleurs.invalid/", "", "concerns:show"])
def test_a_screen_without_filters_keeps_none(desk: Client, nadia: Agent, screen: str) -> None:
    answer = save(desk, screen=screen)

    assert answer.status_code == 200
    assert kept(nadia) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_asked_for(desk: Client, nadia: Agent, name: str) -> None:
    answer = save(desk, name=name)

    assert answer.status_code == 200
    assert answer.context["form"].errors["name"]
    assert kept(nadia) == []


def test_the_form_brings_the_filters_of_the_list_along(desk: Client) -> None:
    page = desk.get(SAVE, {"screen": "concerns:list", "query": "shown=late&commune=Lille"})

    assert 'value="shown=late&amp;commune=Lille"' in page.content.decode()


def test_filters_too_long_to_be_kept_are_refused_in_words(desk: Client, nadia: Agent) -> None:
    answer = save(desk, query="q=" + "x" * 600)

    assert answer.status_code == 200
    assert kept(nadia) == []
    assert "500" in answer.content.decode()


def test_twenty_filters_and_no_more(nadia: Agent) -> None:
    for number in range(MOST):
        save_filter(agent=nadia, screen="concerns:list", name=str(number), query="")

    with pytest.raises(TooMany):
        save_filter(agent=nadia, screen="concerns:list", name="de trop", query="")
    save_filter(agent=nadia, screen="concerns:list", name="0", query="shown=new")
    assert SavedFilter.objects.count() == MOST


def test_a_blank_name_is_refused_by_the_rule_too(nadia: Agent) -> None:
    with pytest.raises(NameMissing):
        save_filter(agent=nadia, screen="concerns:list", name=" ", query="")


def test_a_saved_filter_is_offered_on_its_list(desk: Client) -> None:
    save(desk)

    page = desk.get(reverse("concerns:list")).content.decode()

    assert "Lille, en retard" in page
