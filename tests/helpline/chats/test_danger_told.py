"""Danger in any field: numbers are shown, nobody is kept out, the demonstration refuses."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.blocks import connections
from fanal.helpline.chats.asked import cleaned, tells_danger
from fanal.helpline.chats.keys import new_key
from fanal.helpline.chats.models import Conversation
from helpline.chats.test_page import BEGIN, DEED, GO_ON, hidden
from past import past
from visitor import Visitor

pytestmark = pytest.mark.django_db
CALL = 'class="danger-call"'
HELD = "Je ne peux pas sortir, ils ont fermé à clé."


@pytest.mark.parametrize(
    "answers",
    [
        {"departement": "9" * 40, "danger": "on"},
        {"topic": "inconnu", "minor": "peut-être", "danger": "on"},
        {"topic": ["x"], "minor": {"a": 1}, "departement": "\x00", "danger": True},
    ],
)
def test_whatever_is_in_the_questions_who_is_in_danger_comes_in(
    client: Visitor, helpline: Organisation, answers: dict[str, object]
) -> None:
    assert client.deed(DEED, act="open", key=new_key(), answers=answers).status_code == 200
    talk = past(Conversation).get()
    assert (talk.in_danger, talk.topic, talk.minor, talk.departement) == (True, "", None, "")


def test_a_page_without_script_takes_no_answer_for_none(
    client: Client, helpline: Organisation
) -> None:
    page = client.post(BEGIN, {"departement": "9" * 40, "topic": "inconnu"}).content.decode()
    assert "Ta conversation" in page
    assert past(Conversation).get().topic == ""


def test_a_word_that_tells_danger_shows_the_numbers_and_the_next_one_does_not(
    client: Client, helpline: Organisation
) -> None:
    page = client.post(BEGIN, {}).content.decode()
    for text, shown in (("Bonjour.", False), (HELD, True), ("Ça va mieux.", False)):
        sent = {"key": hidden(page, "key"), "sent": hidden(page, "sent"), "text": text, "say": "1"}
        page = client.post(GO_ON, sent).content.decode()
        assert (CALL in page) is shown, text
    assert not past(Conversation).get().in_danger


def test_the_demonstration_refuses_who_thinks_of_dying_towards_who_answers(
    client: Client, helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    page = client.post(BEGIN, {"topic": "suicide"}).content.decode()
    assert "personne ne lit" in page
    # In sight, beside those that a script would show.
    assert page.count(CALL) == client.get(BEGIN).content.decode().count(CALL) + 1
    assert not past(Conversation).exists()


def test_a_held_connection_never_stops_who_ticks_a_danger(
    client: Client, helpline: Organisation, maya: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = connections.Connections()
    monkeypatch.setattr("fanal.helpline.blocks.queries.held", lambda *_, **__: ["held"])
    monkeypatch.setattr(connections, "here", seen)
    assert "On ne peut pas écrire d’ici" in client.post(BEGIN, {}).content.decode()
    assert "Ta conversation" in client.post(BEGIN, {"topic": "suicide"}).content.decode()


def test_half_a_character_breaks_nothing() -> None:
    assert cleaned("a\ud800b\r\n\x00c") == "ab\nc"
    assert not tells_danger("\udfff")
    assert json.loads('"\\ud800"') == "\ud800"
