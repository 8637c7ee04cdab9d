"""The desk of letters: their order and reasons, what is late, what one may do, and strangers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.codes.use_cases import redeem_code
from fanal.helpline.contacts.models import Contact
from fanal.helpline.contacts.terms import Channel
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.terms import State, Way
from helpline.letters.sending import HOUR, SAID, sent
from past import past

pytestmark = pytest.mark.django_db
ACTS = ("show", "take", "answer", "give_back", "close")
DESK = reverse("letters:desk")


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def address(act: str, ref: UUID) -> str:
    return reverse(f"letters:{act}", args=[ref])


def test_the_list_is_in_order_and_the_bar_says_what_is_late(
    helpline: Organisation, maya: Agent
) -> None:
    client = signed_in(maya)
    assert "Aucune lettre n’attend" in client.get(DESK).content.decode()
    moment = now()
    sent(helpline, topic="other", now=moment - 5 * HOUR)
    sent(helpline, topic="health", now=moment - 25 * HOUR)
    sent(helpline, topic="threats", now=moment)
    page = client.get(DESK).content.decode()
    places = [
        page.index(f">{topic}</a>")
        for topic in ("On me menace ou on me force", "Ma santé", "Autre chose")
    ]
    assert places == sorted(places)
    assert "1 au-delà d’un jour ; 1 au-delà de quatre heures" in page


def test_one_takes_answers_and_closes(helpline: Organisation, maya: Agent) -> None:
    ref = sent(helpline, way=Way.PHONE, contact="01 99 00 00 00", topic="threats").ref
    client = signed_in(maya)
    page = client.get(address("show", ref)).content.decode()
    assert "Prendre cette lettre" in page
    assert "01 99 00 00 00" in page
    assert "ne pas appeler sans l’avoir demandé" in page
    assert "parle de violences ou de menaces" in page
    client.post(address("take", ref))
    sending = {"text": "Nous sommes là.", "way": "code", "sent": str(uuid4())}
    wrong = client.post(address("answer", ref), sending | {"text": ""}).content.decode()
    assert "Écrivez la réponse" in wrong
    for _ in range(2):
        assert client.post(address("answer", ref), sending).status_code == 302
    assert past(LetterText).filter(side="listener").count() == 1
    assert client.get(address("answer", ref)).status_code == 302
    page = client.get(address("show", ref)).content.decode()
    assert f'action="{reverse("contacts:new")}"' in page
    client.post(reverse("contacts:new"), {"channel": "form"})
    assert past(Contact).get().channel == Channel.FORM
    assert "Répondues" in client.get(address("show", ref)).content.decode()
    client.post(address("close", ref))
    assert past(Letter).get().state == State.CLOSED


def test_what_somebody_else_holds_is_read_and_not_answered(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    ref = sent(helpline).ref
    signed_in(maya).post(address("take", ref))
    client = signed_in(anouk)
    assert "Tenue par Maya" in client.get(address("show", ref)).content.decode()
    sending = {"text": "Moi aussi.", "way": "code", "sent": str(uuid4())}
    page = client.post(address("answer", ref), sending).content.decode()
    assert "tenue par quelqu’un d’autre" in page
    answer = client.post(address("give_back", ref), follow=True).content.decode()
    assert "tenue par quelqu’un d’autre" in answer
    signed_in(maya).post(address("give_back", ref))
    assert past(Letter).get().state == State.WAITING


def test_a_code_given_under_duress_is_told_to_who_answers(
    helpline: Organisation, maya: Agent
) -> None:
    received = sent(helpline, now=now())
    assert received.code is not None
    client = signed_in(maya)
    assert "contrainte" not in client.get(address("show", received.ref)).content.decode()
    redeem_code(typed=" ".join(received.code.duress), now=now() + timedelta(minutes=1))
    assert "contrainte" in client.get(address("show", received.ref)).content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    helpline: Organisation, elsewhere: Agent, act: str
) -> None:
    ref = sent(helpline).ref
    client = signed_in(elsewhere)
    for method in ("get", "post"):
        answers = [
            getattr(client, method)(
                address(act, one), {"text": "x", "way": "code", "sent": str(uuid4())}
            )
            for one in (ref, uuid4())
        ]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in (404, 405)
    assert past(Letter).get().state == State.WAITING


def test_another_trade_reads_no_letter(helpline: Organisation, nadia: Agent) -> None:
    ref = sent(helpline).ref
    client = signed_in(nadia)
    assert client.get(DESK).status_code == 403
    assert client.get(address("show", ref)).status_code == 403


def test_each_reading_leaves_a_trace_and_no_word(helpline: Organisation, maya: Agent) -> None:
    ref = sent(helpline).ref
    client = signed_in(maya)
    client.get(DESK)
    client.get(address("show", ref))
    traces = list(past(Trace).filter(agent=maya))
    assert {one.deed for one in traces} >= {"letter.list", "letter.read"}
    assert SAID not in str([one.detail for one in traces])
