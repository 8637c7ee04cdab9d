"""The desk: what waits in its order, one question, its answer, its text; and strangers."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.codes.use_cases import redeem_code
from fanal.ground.notifications.models import Notification
from fanal.prevent.exchange import terms
from fanal.prevent.exchange.models import PublicAnswer, Question
from fanal.prevent.exchange.terms import EntryState, State
from past import past
from prevent.exchange.asking import HOUR, NOON, SAID, answered, asked, proposed

pytestmark = pytest.mark.django_db
DESK = reverse("exchange:desk")
OF_A_QUESTION = ("show", "answer", "set_aside", "danger", "propose")
OF_A_TEXT = ("text", "rewrite", "publish", "withdraw")
TEXT = {"title": "Mal dormir", "question": "La nuit.", "answer": "On peut en parler."}


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def address(act: str, ref: UUID) -> str:
    return reverse(f"exchange:{act}", args=[ref])


def test_from_the_question_to_what_everybody_reads(
    client: Client, helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    ref, _ = asked("Mon amie Lila ne dort plus.")
    desk = signed_in(maya)
    assert address("show", ref) in desk.get(DESK).content.decode()
    assert "Mon amie Lila" in desk.get(address("show", ref)).content.decode()
    wrong = desk.post(address("answer", ref), {"text": ""})
    assert wrong.status_code == 200
    desk.post(address("answer", ref), {"text": "Nous sommes là."})
    again = desk.post(address("answer", ref), {"text": "Encore."}).content.decode()
    assert "déjà traité" in again
    assert "« Lila »" in desk.get(address("show", ref)).content.decode()
    assert desk.post(address("propose", ref), {}).status_code == 200
    desk.post(address("propose", ref), TEXT | {"question": "Lila ne dort plus."})
    text = past(PublicAnswer).get().ref
    assert "« Lila »" in desk.get(address("text", text)).content.decode()
    desk.post(address("rewrite", text), TEXT)
    mine = desk.post(address("publish", text), {"read": "on"}).content.decode()
    assert "Quelqu’un d’autre" in mine
    other = signed_in(tom)
    assert "Il faut relire" in other.post(address("publish", text), {}).content.decode()
    other.post(address("publish", text), {"read": "on"})
    public = client.get(address("entry", text))
    assert "On peut en parler." in public.content.decode()
    other.post(address("withdraw", text))
    assert client.get(address("entry", text)).status_code == 404
    assert past(PublicAnswer).get().state == EntryState.WITHDRAWN


def test_what_may_be_a_danger_comes_first(helpline: Organisation, maya: Agent) -> None:
    usual, _ = asked("Une question de cours.", now=NOON - HOUR)
    urgent, _ = asked("Je veux mourir.")
    page = signed_in(maya).get(DESK).content.decode()
    assert page.index(str(urgent)) < page.index(str(usual))


def test_what_is_set_aside_has_no_answer(helpline: Organisation, maya: Agent) -> None:
    ref, _ = asked()
    client = signed_in(maya)
    client.post(address("set_aside", ref))
    assert past(Question).get().state == State.SET_ASIDE
    assert "déjà traité" in client.post(address("set_aside", ref), follow=True).content.decode()


def test_a_code_given_under_duress_is_told(helpline: Organisation, maya: Agent) -> None:
    ref, code = asked()
    redeem_code(typed=" ".join(code.duress), now=NOON + HOUR)
    assert "contrainte" in signed_in(maya).get(address("show", ref)).content.decode()


@pytest.mark.parametrize("act", OF_A_QUESTION + OF_A_TEXT)
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    helpline: Organisation, maya: Agent, elsewhere: Agent, act: str
) -> None:
    ref, _ = asked()
    answered(maya, ref)
    text = proposed(maya, ref).ref
    client = signed_in(elsewhere)
    given = TEXT | {"text": "x", "read": "on"}
    for method in ("get", "post"):
        answers = [
            getattr(client, method)(address(act, one), given)
            for one in (ref if act in OF_A_QUESTION else text, uuid4())
        ]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in (404, 405)
    assert past(Question).get().state == State.ANSWERED
    assert past(PublicAnswer).get().state == EntryState.DRAFT


def test_another_trade_moderates_nothing(helpline: Organisation, nadia: Agent) -> None:
    ref, _ = asked()
    client = signed_in(nadia)
    assert client.get(DESK).status_code == 403
    assert client.get(address("show", ref)).status_code == 403


def test_each_reading_leaves_a_trace_and_no_word(helpline: Organisation, maya: Agent) -> None:
    ref, _ = asked()
    client = signed_in(maya)
    client.get(DESK)
    client.get(address("show", ref))
    traces = list(past(Trace).filter(agent=maya))
    assert {one.deed for one in traces} >= {"question.list", "question.read"}
    assert SAID not in str([one.detail for one in traces])


def test_who_moderates_is_told_once_of_what_waits_and_each_time_of_what_may_be_a_danger(
    helpline: Organisation, maya: Agent, nadia: Agent
) -> None:
    def told() -> list[tuple[str, bool]]:
        return [(one.text, one.urgent) for one in past(Notification).filter(agent=maya)]

    waits, danger = (terms.A_QUESTION_WAITS, False), (terms.MAY_BE_A_DANGER, True)
    asked()
    assert told() == [waits]
    asked()
    assert told() == [waits]
    for _ in range(2):
        asked("Je veux mourir.")
    assert sorted(told()) == sorted([waits, danger, danger])
    assert not past(Notification).filter(agent=nadia).exists()
