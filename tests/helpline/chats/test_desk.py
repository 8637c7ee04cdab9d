"""The desk of whoever listens: who waits and why, one conversation, what may be done with it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import issue_code, redeem_code
from fanal.helpline.chats.models import Conversation, Message
from fanal.helpline.chats.terms import MOST_AT_ONCE, State
from fanal.helpline.chats.use_cases.visiting import Answers
from helpline.chats.talking import MINUTE, NOON, SECOND, opened, said
from past import past

pytestmark = pytest.mark.django_db
ACTS = (
    *("show", "take", "answer", "end", "give_back", "raise_hand", "move"),
    *("ask_relay", "accept_relay", "decline_relay", "withdraw_relay"),
    "propose",
)


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def address(act: str, ref: UUID) -> str:
    return reverse(f"chats:{act}", args=[ref])


def test_the_queue_shows_who_is_next_and_why(helpline: Organisation, maya: Agent) -> None:
    first = timezone.now() - MINUTE
    opened(helpline, now=first)
    opened(helpline, now=first + SECOND, answers=Answers(topic="threats", minor=True))
    page = signed_in(maya).get(reverse("chats:desk")).content.decode()
    assert page.index("1. On me menace ou on me force") < page.index("2. Sans sujet")
    assert "parle de violences ou de menaces ; mineur" in page


def test_one_takes_answers_and_ends(helpline: Organisation, maya: Agent) -> None:
    digest, ref = opened(helpline)
    said(digest, "Bonjour.")
    client = signed_in(maya)
    assert "Prendre cette conversation" in client.get(address("show", ref)).content.decode()
    client.post(address("take", ref))
    sent = {"text": "Je vous écoute.", "sent": str(uuid4())}
    for _ in range(2):
        assert client.post(address("answer", ref), sent).status_code == 302
    assert client.post(address("answer", ref), sent | {"short": "1"}).status_code == 204
    assert past(Message).filter(text="Je vous écoute.").count() == 1
    page = client.get(address("show", ref)).content.decode()
    assert "Bonjour." in page
    assert "Je vous écoute." in page
    client.post(address("end", ref))
    assert past(Conversation).get().state == State.ENDED


def test_what_somebody_else_holds_is_read_and_not_answered(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    _, ref = opened(helpline)
    signed_in(maya).post(address("take", ref))
    client = signed_in(anouk)
    assert "Tenue par Maya" in client.get(address("show", ref)).content.decode()
    page = client.post(address("answer", ref), {"text": "Moi aussi."}).content.decode()
    assert "tenue par quelqu’un d’autre" in page
    assert not past(Message).filter(text="Moi aussi.").exists()


def test_a_hand_is_seen_by_who_coordinates(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    _, ref = opened(helpline)
    client = signed_in(maya)
    client.post(address("take", ref))
    client.post(address("raise_hand", ref))
    page = signed_in(anouk).get(reverse("chats:desk")).content.decode()
    assert "Appellent un coordinateur" in page
    client.post(address("give_back", ref))
    assert past(Conversation).get().state == State.WAITING


def test_past_the_load_it_is_said(helpline: Organisation, maya: Agent) -> None:
    client = signed_in(maya)
    refs = [opened(helpline)[1] for _ in range(MOST_AT_ONCE + 1)]
    for ref in refs:
        answer = client.post(address("take", ref), follow=True)
    assert f"Vous tenez déjà {MOST_AT_ONCE} conversations" in answer.content.decode()


def test_a_code_given_under_duress_is_told_to_who_listens(
    helpline: Organisation, maya: Agent
) -> None:
    _, ref = opened(helpline)
    code = issue_code(kind=Kind.CHAT, opens=ref, now=NOON)
    client = signed_in(maya)
    assert "contrainte" not in client.get(address("show", ref)).content.decode()
    redeem_code(typed=" ".join(code.duress), now=NOON + MINUTE)
    assert "contrainte" in client.get(address("show", ref)).content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    helpline: Organisation, elsewhere: Agent, act: str
) -> None:
    _, ref = opened(helpline)
    client = signed_in(elsewhere)
    for method in ("get", "post"):
        answers = [getattr(client, method)(address(act, one)) for one in (ref, uuid4())]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in (404, 405)
    assert past(Conversation).get().state == State.WAITING


def test_another_trade_does_not_listen(helpline: Organisation, nadia: Agent) -> None:
    _, ref = opened(helpline)
    client = signed_in(nadia)
    assert client.get(reverse("chats:desk")).status_code == 403
    assert client.get(address("show", ref)).status_code == 403


def test_each_reading_leaves_a_trace_and_no_word(helpline: Organisation, maya: Agent) -> None:
    digest, ref = opened(helpline)
    said(digest, "Un secret.")
    client = signed_in(maya)
    client.get(reverse("chats:desk"))
    client.get(address("show", ref))
    traces = list(past(Trace).filter(agent=maya))
    assert {one.deed for one in traces} >= {"chat.queue", "chat.read"}
    assert "secret" not in str([one.detail for one in traces])
