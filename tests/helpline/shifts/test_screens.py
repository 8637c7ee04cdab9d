"""Planning, ma semaine, présence, temps de reprise: without script."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.shifts.models import Debrief, HardContact, Presence, Shift
from fanal.helpline.shifts.use_cases import ask_debrief, begin
from helpline.shifts.week import MONDAY, NOON, put, turn
from past import past

pytestmark = pytest.mark.django_db
WEEK = "2026-W48"


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def filled(who: Agent, **other: object) -> dict[str, object]:
    return {
        "semaine": WEEK,
        "who": str(who.ref),
        "post": "chat",
        "days": [MONDAY.isoformat(), MONDAY.replace(day=25).isoformat()],
        "begins": "15:00",
        "ends": "19:00",
        "reach": "",
    } | other


def test_a_turn_is_put_on_several_days_and_shown(maya: Agent, anouk: Agent) -> None:
    client = signed_in(anouk)
    page = client.post(reverse("shifts:week"), filled(maya), follow=True).content.decode()
    assert "Le planning est enregistré." in page
    assert page.count("Maya Inventée</span>") == 2
    assert "15:00–19:00" in page
    page = client.post(reverse("shifts:week"), filled(maya)).content.decode()
    assert "a déjà un tour lundi 23 novembre" in page
    assert len(past(Shift)) == 2


def test_what_is_missing_is_said(maya: Agent, anouk: Agent) -> None:
    page = signed_in(anouk).post(reverse("shifts:week"), {"semaine": WEEK}).content.decode()
    assert "à revoir" in page


def test_a_turn_is_changed_removed_and_the_last_deed_undone(
    maya: Agent, tom: Agent, anouk: Agent
) -> None:
    # What is undone is the last by the hour of the page.
    (one,) = put(anouk, turn(maya, 0, 15, 19), now=timezone.now())
    client = signed_in(anouk)
    address = reverse("shifts:change", args=[one.ref])
    assert "15:00" in client.get(address).content.decode()
    sent = filled(tom, day="24/11/2026", ends="18:00")
    assert client.post(address, sent).status_code == 302
    assert past(Shift).get().agent == tom
    client.post(reverse("shifts:remove", args=[one.ref]))
    assert not past(Shift).exists()
    page = client.post(reverse("shifts:undo"), {"semaine": WEEK}, follow=True).content.decode()
    assert "Le dernier changement est annulé." in page
    assert past(Shift).get().agent == tom


def test_a_week_is_copied_in_one_gesture(maya: Agent, anouk: Agent) -> None:
    put(anouk, turn(maya, 0, 15, 19))
    client = signed_in(anouk)
    sent = {"semaine": "2026-W49"}
    page = client.post(reverse("shifts:copy"), sent, follow=True).content.decode()
    assert "1 tour copié." in page
    assert len(past(Shift)) == 2


@pytest.mark.parametrize("week", ["", "2026-W99", "n’importe quoi", "0000-W01"])
def test_a_week_that_is_none_is_this_one(anouk: Agent, week: str) -> None:
    page = signed_in(anouk).get(reverse("shifts:week"), {"semaine": week})
    assert page.status_code == 200


def test_one_s_own_week_and_presence_by_three_gestures(maya: Agent, anouk: Agent) -> None:
    put(anouk, turn(maya, 0, 15, 19))
    client = signed_in(maya)
    page = client.get(reverse("shifts:mine"), {"semaine": WEEK}).content.decode()
    assert "15:00–19:00, tchat" in page
    assert "Hors poste" in page
    for state, said in (("on", "en poste"), ("pause", "en pause"), ("off", "plus en poste")):
        page = client.post(reverse("shifts:presence"), {"state": state}, follow=True)
        assert said in page.content.decode()
    assert [one.state for one in past(Presence).order_by("pk")] == ["on", "pause"]


def test_it_was_hard_and_let_us_talk_in_one_gesture_each(maya: Agent, anouk: Agent) -> None:
    client = signed_in(maya)
    page = client.post(reverse("shifts:hard"), follow=True).content.decode()
    assert "pas été en poste" in page
    client.post(reverse("shifts:presence"), {"state": "on"})
    client.post(reverse("shifts:hard"), {"channel": "call"})
    client.post(reverse("shifts:ask"))
    assert past(HardContact).get().channel == "call"
    page = signed_in(anouk).get(reverse("shifts:debriefs")).content.decode()
    assert "Maya Inventée" in page


def test_a_coordinator_says_when_and_that_it_was_done(maya: Agent, anouk: Agent) -> None:
    with acting_as(maya):
        begin(agent=maya, now=NOON)
        asked = ask_debrief(agent=maya, now=NOON)
    client = signed_in(anouk)
    address = reverse("shifts:slot", args=[asked.ref])
    assert client.get(address).status_code == 200
    client.post(address, {"day": "25/11/2026", "hour": "14:30"})
    assert f"{past(Debrief).get().slot_at:%d %H:%M}" == "25 13:30"
    client.post(reverse("shifts:done", args=[asked.ref]))
    assert past(Debrief).get().done_at is not None


def test_only_our_own_addresses_are_gone_back_to(maya: Agent) -> None:
    client = signed_in(maya)
    sent = {"state": "on", "next": "https://ailleurs.invalid/"}
    assert client.post(reverse("shifts:presence"), sent)["Location"] == reverse("shifts:mine")
    sent = {"state": "pause", "next": "/ecoute/"}
    assert client.post(reverse("shifts:presence"), sent)["Location"] == "/ecoute/"


@pytest.mark.parametrize("act", ["change", "remove", "slot", "done"])
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    helpline: Organisation, maya: Agent, anouk: Agent, elsewhere: Agent, act: str
) -> None:
    from factories import PostingFactory

    (one,) = put(anouk, turn(maya, 0, 15, 19))
    with acting_as(maya):
        begin(agent=maya, now=NOON)
        asked = ask_debrief(agent=maya, now=NOON)
    PostingFactory(
        agent=elsewhere, organisation=elsewhere.postings.get().organisation, role="coordinator"
    )
    ref = one.ref if act in ("change", "remove") else asked.ref
    client = signed_in(elsewhere)
    for tried in (ref, uuid4()):
        assert client.post(reverse(f"shifts:{act}", args=[tried])).status_code == 404
    assert len(past(Shift)) == 1


def test_the_roster_is_written_by_who_coordinates_alone(maya: Agent, nadia: Agent) -> None:
    for agent in (maya, nadia):
        client = signed_in(agent)
        for name in ("week", "debriefs"):
            assert client.get(reverse(f"shifts:{name}")).status_code == 403
        for name in ("copy", "undo"):
            assert client.post(reverse(f"shifts:{name}")).status_code == 403
    assert signed_in(nadia).get(reverse("shifts:mine")).status_code == 403


def test_who_listens_for_no_helpline_has_no_week(nord: Organisation) -> None:
    from factories import AgentFactory, PostingFactory

    agent = AgentFactory()
    PostingFactory(agent=agent, organisation=nord, role="coordinator")
    client = signed_in(agent)
    for name in ("week", "mine", "debriefs"):
        assert client.get(reverse(f"shifts:{name}")).status_code == 404


def test_said_twice_of_one_conversation_it_weighs_once(maya: Agent) -> None:
    client = signed_in(maya)
    client.post(reverse("shifts:presence"), {"state": "on"})
    contact = str(uuid4())
    page = client.get(reverse("shifts:presence"), {"next": f"/ecoute/{contact}/"}).content.decode()
    assert f'name="contact" value="{contact}"' in page
    for _ in range(2):
        client.post(reverse("shifts:hard"), {"channel": "chat", "contact": contact})
    client.post(reverse("shifts:hard"), {"channel": "chat", "contact": "rien"})
    assert [str(one.contact) for one in past(HardContact).order_by("pk")] == [contact, "None"]
