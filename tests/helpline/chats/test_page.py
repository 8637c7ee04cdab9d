"""The page of whoever writes, without script: no cookie, no word in an address, said plainly."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.shell.visitors import FIELD, form_token, is_token
from fanal.helpline.chats.keys import new_key
from fanal.helpline.chats.models import Conversation, Message
from fanal.helpline.chats.use_cases import take_conversation
from fanal.helpline.chats.views.pages import TOO_OLD, USED
from helpline.chats.talking import NOON
from past import past
from visitor import Visitor

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
BEGIN, GO_ON, DEED = (reverse(f"chats:{name}") for name in ("begin", "go_on", "deed"))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def room(client: Client, helpline: Organisation) -> str:
    return client.post(BEGIN, {}).content.decode()


def test_whoever_answers_nothing_waits_and_writes(client: Client, room: str) -> None:
    assert "Tu es la prochaine personne." in room
    sent = {"key": hidden(room, "key"), "sent": hidden(room, "sent"), "text": "Bonjour."}
    page = client.post(GO_ON, sent | {"say": "1"}).content.decode()
    client.post(GO_ON, sent | {"say": "1"})
    assert "Bonjour." in page
    assert past(Message).count() == 1
    assert hidden(page, "sent") != sent["sent"]


def test_a_page_that_is_sent_twice_is_one_conversation_and_shows_no_word(
    client: Client, helpline: Organisation
) -> None:
    page = {FIELD: form_token()}
    rooms = [client.post(BEGIN, page).content.decode() for _ in range(2)]
    keys = {hidden(one, "key") for one in rooms}
    assert len(keys) == past(Conversation).count() == 1
    [key] = keys
    client.post(GO_ON, {"key": key, "text": "Un mot.", "say": "1"})
    used = client.post(BEGIN, page).content.decode()
    assert USED in used
    assert "Un mot." not in used
    assert past(Conversation).count() == 1
    # A danger that is ticked after all is heard; and heard again once something was said.
    danger = client.post(BEGIN, page | {"danger": "on"}).content.decode()
    client.post(GO_ON, {"key": hidden(danger, "key"), "text": "Vite.", "say": "1"})
    again = client.post(BEGIN, page | {"danger": "on"}).content.decode()
    assert "Vite." not in again
    assert past(Conversation).filter(in_danger=True).count() == 2
    other = client.post(BEGIN, {FIELD: hidden(used, FIELD)}).content.decode()
    assert hidden(other, "key") not in keys


def test_what_a_listener_says_is_seen_when_one_looks(
    client: Client, room: str, maya: Agent
) -> None:
    ref = past(Conversation).get().ref
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
    page = client.post(GO_ON, {"key": hidden(room, "key"), "look": "1"}).content.decode()
    assert "Quelqu’un est là" in page


def test_no_cookie_is_set_and_no_browser_keeps_the_page(client: Client, room: str) -> None:
    answers = [
        client.get(BEGIN),
        client.post(BEGIN, {}),
        client.post(GO_ON, {"key": hidden(room, "key"), "look": "1"}),
        client.post(GO_ON, {"key": hidden(room, "key"), "leave": "1"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
    assert "Clear-Site-Data" in answers[-1]


def test_the_address_and_the_title_name_no_subject(client: Client, room: str) -> None:
    assert BEGIN == "/parler/"
    for page in (room, client.get(BEGIN).content.decode()):
        assert re.search("<title>(.*)</title>", page)[1] == "Fanal"  # type: ignore[index]


def test_it_says_what_it_cannot_know_and_what_may_stay(client: Client, room: str) -> None:
    page = client.get(BEGIN).content.decode()
    assert "nous ne pouvons pas savoir où tu es" in page
    assert "peut rester dans ce navigateur jusqu’à ce que tu le fermes" in page
    assert "Nous ne pouvons pas savoir où tu es." in room


def test_closed_it_says_when_it_opens_and_who_answers(
    client: Client, helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_CHAT_HOURS = "2020 Jan 01 10:00-11:00"
    page = client.get(BEGIN).content.decode()
    assert "Fermé" in page
    assert 'href="tel:119"' in page
    assert "<form" not in page
    answer = client.post(BEGIN, {})
    assert answer.status_code == 200
    assert not past(Conversation).exists()


def test_without_a_helpline_nobody_is_made_to_wait(client: Client) -> None:
    page = client.get(BEGIN).content.decode()
    assert "Personne ne répond ici" in page
    assert "<form" not in page


def test_in_danger_the_numbers_stay_in_sight(client: Client, helpline: Organisation) -> None:
    page = client.post(BEGIN, {"danger": "on"}).content.decode()
    assert 'href="tel:17"' in page
    assert past(Conversation).get().in_danger
    page = client.post(GO_ON, {"key": hidden(page, "key"), "look": "1"}).content.decode()
    assert 'href="sms:114"' in page


def test_the_demonstration_says_that_nobody_reads_and_refuses_danger(
    client: Client, helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    assert "personne ne lit" in client.get(BEGIN).content.decode()
    page = client.post(BEGIN, {"danger": "on"}).content.decode()
    for number in ("17", "112", "119"):
        assert f'href="tel:{number}"' in page
    assert not past(Conversation).exists()
    room = client.post(BEGIN, {}).content.decode()
    page = client.post(GO_ON, {"key": hidden(room, "key"), "danger": "1"}).content.decode()
    assert 'href="tel:17"' in page
    assert not past(Conversation).get().in_danger


def test_answers_are_kept_and_what_is_no_answer_is_none(
    client: Client, helpline: Organisation
) -> None:
    client.post(BEGIN, {"departement": "2a", "minor": "yes", "topic": "health"})
    talk = past(Conversation).get()
    assert (talk.departement, talk.minor, talk.topic) == ("2A", True, "health")
    client.post(BEGIN, {"departement": "chez moi"})
    assert past(Conversation).order_by("-pk").first().departement == ""


def test_a_key_of_nothing_begins_again(client: Client, helpline: Organisation) -> None:
    for key in ("", "faux", new_key()):
        for act in ("look", "say", "danger", "leave"):
            answer = client.post(GO_ON, {"key": key, act: "1", "text": "Bonjour."})
            assert answer.status_code == 200
    assert not past(Message).exists()


def test_another_site_sends_nothing_here(client: Client, room: str) -> None:
    key = hidden(room, "key")
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ailleurs.invalid"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ):
        sent: dict[str, Any] = {"key": key, "say": "1", "text": "Faux."}
        assert client.post(GO_ON, sent, headers=headers).status_code == 403
        assert client.post(BEGIN, {}, headers=headers).status_code == 403
    assert not past(Message).exists()
    # Ours hides whence one comes: an older browser says no more than that.
    assert client.post(BEGIN, {}, headers={"Origin": "null"}).status_code == 200


def test_with_script_one_opens_calls_for_help_and_leaves(
    client: Visitor, helpline: Organisation
) -> None:
    key = new_key()
    for _ in range(2):
        answer = client.deed(DEED, act="open", key=key, answers={"topic": "health", "minor": "no"})
        assert (answer.status_code, answer.cookies) == (200, {})
    talk = past(Conversation).get()
    assert (talk.topic, talk.minor) == ("health", False)
    assert client.deed(DEED, act="danger", key=key).status_code == 200
    left = client.deed(DEED, act="leave", key=key)
    assert (left.status_code, left["Clear-Site-Data"]) == (200, '"cache", "storage"')
    assert past(Conversation).get().state == "ended"


def test_ten_megabytes_are_refused(client: Client, room: str) -> None:
    for address in (BEGIN, GO_ON, reverse("chats:come_back")):
        sent = {"key": hidden(room, "key"), "say": "1", "text": "a" * 10_000_000}
        assert client.post(address, urlencode(sent), content_type=FORM).status_code == 400
    assert client.post(DEED, "a" * 10_000_000, content_type=FORM).status_code == 400
    assert not past(Message).exists()


def test_what_is_no_deed_is_refused(client: Visitor, helpline: Organisation) -> None:
    for body in (b"", b"{", b"[]", b"12", b'{"act":"open"}', b'{"key":"a","act":"open"}'):
        answer = client.post(DEED, body, content_type="application/json")
        assert answer.status_code == 400
    assert client.deed(DEED, act="autre", key=new_key()).status_code == 400
    assert client.deed(DEED, act=["open"], key=new_key()).status_code == 400
    assert client.deed(DEED, act="danger", key=new_key()).status_code == 409


def test_a_page_that_is_too_old_opens_nothing_and_is_new_again(
    client: Visitor, helpline: Organisation
) -> None:
    for form in ({FIELD: ""}, {FIELD: form_token() + "x"}):
        page = client.post(BEGIN, form | {"topic": "health"}).content.decode()
        assert TOO_OLD in page
        assert "Ta conversation" not in page
        answer = client.deed(DEED, act="open", key=new_key(), answers=form)
        assert (answer.status_code, answer.json()["said"]) == (409, TOO_OLD)
        assert is_token(answer.json()["token"])
    assert not past(Conversation).exists()
    assert "Ta conversation" in client.post(BEGIN, {FIELD: hidden(page, FIELD)}).content.decode()


def test_a_page_that_is_too_old_stops_nobody_in_danger(
    client: Visitor, helpline: Organisation
) -> None:
    old = {FIELD: "", "danger": "on"}
    assert "Ta conversation" in client.post(BEGIN, old).content.decode()
    assert client.deed(DEED, act="open", key=new_key(), answers=old).status_code == 200
    assert past(Conversation).filter(in_danger=True).count() == 2
