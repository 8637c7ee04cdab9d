"""The screens of blocks, and the doors that they shut: the conversation and the letter."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import issue_code
from fanal.helpline.blocks import connections
from fanal.helpline.blocks.models import Block
from fanal.helpline.chats.models import Conversation
from fanal.helpline.letters.models import Letter
from past import past
from visitor import Visitor

pytestmark = pytest.mark.django_db
LIST, BEGIN = reverse("blocks:list"), reverse("blocks:begin")
HOUR = timedelta(hours=1)
WHY = {"reason": "Insultes répétées.", "length": "4"}


@pytest.fixture(autouse=True)
def memory(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process saw in other tests is not seen here. No second factor is asked for."""
    settings.FANAL_SERVICE = ""
    monkeypatch.setattr(connections.here, "_seen", {})


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def test_a_listener_blocks_a_number_and_a_coordinator_confirms_then_lifts(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    listener, coordinator = signed_in(maya), signed_in(anouk)
    assert "Aucun blocage" in listener.get(LIST).content.decode()
    wrong = listener.post(BEGIN, WHY | {"number": "chez lui"}).content.decode()
    assert "pas un numéro" in wrong
    listener.post(BEGIN, WHY | {"number": "01 99 00 00 00"})
    block = past(Block).get()
    page = listener.get(LIST).content.decode()
    assert "Insultes répétées." in page
    assert "Maya Inventée" in page
    assert "À confirmer" in page
    assert "Confirmer" not in page
    assert "Confirmer" in coordinator.get(LIST).content.decode()
    assert listener.post(reverse("blocks:confirm", args=[block.ref])).status_code == 403
    coordinator.post(reverse("blocks:confirm", args=[block.ref]))
    assert "Confirmé par Anouk Inventée" in listener.get(LIST).content.decode()
    coordinator.post(reverse("blocks:lift", args=[block.ref]))
    page = coordinator.get(LIST).content.decode()
    assert "Levé par Anouk Inventée" in page
    assert "Lever" not in page
    again = coordinator.post(reverse("blocks:lift", args=[block.ref]), follow=True)
    assert "a pris fin" in again.content.decode()


@pytest.mark.parametrize("act", ["confirm", "lift"])
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    helpline: Organisation, maya: Agent, elsewhere: Agent, act: str
) -> None:
    signed_in(maya).post(BEGIN, WHY | {"number": "01 99 00 00 00"})
    elsewhere.postings.update(role="coordinator")
    client = signed_in(elsewhere)
    for ref in (past(Block).get().ref, uuid4()):
        assert client.post(reverse(f"blocks:{act}", args=[ref])).status_code == 404
    assert past(Block).get().lifted_at is None


def test_another_trade_sees_no_block(helpline: Organisation, nadia: Agent) -> None:
    client = signed_in(nadia)
    for address in (LIST, BEGIN):
        assert client.get(address).status_code == 403


def test_what_no_screen_named_is_not_found(helpline: Organisation, maya: Agent) -> None:
    assert signed_in(maya).get(BEGIN, {"de": "faux"}).status_code == 404


def test_a_connection_is_blocked_from_the_desk_and_danger_passes(
    helpline: Organisation, maya: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = "Service inventé"
    begin, write = reverse("chats:begin"), reverse("letters:write")
    held, other = Visitor(REMOTE_ADDR="9.9.9.9"), Visitor(REMOTE_ADDR="9.9.9.8")
    held.post(begin, {})
    talk = past(Conversation).get()
    settings.FANAL_SERVICE = ""
    listener = signed_in(maya)
    listener.post(reverse("chats:take", args=[talk.ref]))
    desk = listener.get(reverse("chats:show", args=[talk.ref])).content.decode()
    address = re.search(r'href="(/ecoute/blocages/nouveau/\?de=[^"]+)">bloquer cette', desk)
    assert address
    assert "Une semaine" not in listener.get(address[1]).content.decode()
    listener.post(address[1], WHY)
    settings.FANAL_SERVICE = "Service inventé"

    assert "On ne peut pas écrire d’ici" in held.post(begin, {}).content.decode()
    assert "On ne peut pas écrire d’ici" in held.post(write, {"text": "a"}).content.decode()
    assert past(Conversation).count() == 1
    assert not past(Letter).exists()
    other.post(begin, {})
    other.post(write, {"text": "Bonjour."})
    held.post(begin, {"danger": "on"})
    held.post(write, {"text": "Vite.", "danger": "on", "seen": "1"})
    assert past(Conversation).count() == 3
    assert past(Letter).filter(in_danger=True).count() == 1
    # Nothing of where anybody connects from is written.
    rows = str([*past(Conversation).values(), *past(Letter).values(), *past(Block).values()])
    assert "9.9.9" not in rows


def test_a_code_is_blocked_from_the_desk_and_brings_nobody_back(
    helpline: Organisation, maya: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = "Service inventé"
    visitor, begin, back = Visitor(), reverse("chats:begin"), reverse("chats:come_back")
    visitor.post(begin, {})
    talk = past(Conversation).get()
    code = {"code": " ".join(issue_code(kind=Kind.CHAT, opens=talk.ref, now=now()).words)}
    assert "Ta conversation" in visitor.post(back, code).content.decode()
    settings.FANAL_SERVICE = ""
    listener = signed_in(maya)
    listener.post(reverse("chats:take", args=[talk.ref]))
    desk = listener.get(reverse("chats:show", args=[talk.ref])).content.decode()
    address = re.search(r'href="(/ecoute/blocages/nouveau/\?de=[^"]+)">Bloquer son code', desk)
    assert address
    listener.post(address[1], WHY)
    settings.FANAL_SERVICE = "Service inventé"

    held = visitor.post(back, code).content.decode()
    assert "Cette conversation ne peut pas être reprise" in held
    # The page says where the box is that nothing stops.
    assert "commence une nouvelle conversation en cochant" in held
    assert f'href="{begin}"' in held
    assert "Ta conversation" in visitor.post(begin, {"danger": "on"}).content.decode()
    past(Block).update(set_at=now() - 5 * HOUR, until=now() - HOUR)
    assert "Ta conversation" in visitor.post(back, code).content.decode()
