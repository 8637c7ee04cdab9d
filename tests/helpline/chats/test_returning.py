"""To come back with five words: the same conversation, a new key, no word said before."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now as this_moment
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.codes import hashing
from fanal.ground.codes.hashing import Cost
from fanal.ground.codes.models import ReturnCode
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.words import UnreadableCode
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.keys import digest_of, new_key
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.queries import hear
from fanal.helpline.chats.terms import BACK, BACK_ASKED, BACK_OTHERS, State
from fanal.helpline.chats.use_cases import (
    NothingOpens,
    NotNow,
    TooManyTry,
    TooManyWait,
    TooSoon,
    answer,
    be_present,
    come_back,
    end_conversation,
    endanger,
    give_code,
    leave,
    take_conversation,
)
from helpline.chats.talking import MINUTE, NOON, SECOND, key, opened, said, words
from past import past
from visitor import Visitor, but_its_token

pytestmark = pytest.mark.django_db
BACK_PAGE, BEGIN, GO_ON, DEED = (
    reverse(f"chats:{name}") for name in ("come_back", "begin", "go_on", "deed")
)
LATER = NOON + 2 * MINUTE
FALSE = "abeille pate farine zebre zenith"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "COST", Cost(iterations=1, lanes=1, kibibytes=8))


def code_of(digest: bytes, *, now: datetime = NOON) -> tuple[str, str]:
    code = give_code(digest=digest, now=now)
    return " ".join(code.words), " ".join(code.duress)


def returned(typed: str, *, now: datetime = LATER) -> bytes:
    digest = key()
    come_back(typed=typed, digest=digest, now=now)
    return digest


def listened(maya: Agent, digest: bytes, ref: Any) -> None:
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)


def test_the_same_conversation_goes_on_under_a_new_key_without_an_earlier_word(
    helpline: Organisation, maya: Agent
) -> None:
    old, ref = opened(helpline)
    said(old, "Un secret.")
    listened(maya, old, ref)
    right, _ = code_of(old)

    new = returned(right)

    assert words(new) == [BACK]
    with acting_as(maya):
        answer(agent=maya, ref=ref, text="Je suis là.", key=uuid4(), now=LATER)
    said(new, "Me revoilà.", now=LATER)
    assert words(new) == [BACK, "Je suis là.", "Me revoilà."]
    with pytest.raises(NotVisible):
        hear(digest=old)
    with pytest.raises(NotVisible):
        said(old, "L’ancienne page.")
    talk = past(Conversation).get()
    assert (talk.ref, talk.state, talk.listener) == (ref, State.ACTIVE, maya)


def test_who_waits_keeps_their_place(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    returned(code_of(digest)[0])
    assert past(Conversation).get(ref=ref).opened_at == NOON


def test_the_former_page_that_closes_ends_nothing(helpline: Organisation) -> None:
    old, ref = opened(helpline)
    returned(code_of(old)[0])
    assert leave(digest=old, now=LATER) is None
    assert past(Conversation).get(ref=ref).state == State.WAITING


def test_ended_it_waits_again_and_its_listener_is_asked_first(
    helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    digest, ref = opened(helpline)
    listened(maya, digest, ref)
    right, _ = code_of(digest)
    leave(digest=digest, now=NOON + MINUTE)
    with acting_as(maya):
        be_present(agent=maya, now=LATER)

    new = returned(right)

    assert words(new) == [BACK_ASKED]
    talk = past(Conversation).get(ref=ref)
    assert (talk.state, talk.asked_for, talk.listener) == (State.WAITING, maya, None)
    assert talk.opened_at == LATER
    with acting_as(tom):
        assert take_conversation(agent=tom, ref=ref, now=LATER).asked_for is None


def test_when_the_listener_is_not_there_it_is_said(helpline: Organisation, maya: Agent) -> None:
    digest, ref = opened(helpline)
    listened(maya, digest, ref)
    with acting_as(maya):
        end_conversation(agent=maya, ref=ref, now=NOON)
    assert words(returned(code_of(digest)[0])) == [BACK_OTHERS]


def test_outside_hours_it_says_when_and_the_code_stays_good(
    helpline: Organisation, settings: Settings
) -> None:
    digest, _ = opened(helpline)
    right, _ = code_of(digest)
    leave(digest=digest, now=NOON)
    settings.FANAL_CHAT_HOURS = "Sa 15:00-19:00"
    with pytest.raises(NotNow, match="Ouvre aujourd’hui à 15"):
        returned(right)
    returned(right, now=NOON + timedelta(hours=3))


def test_who_talks_at_closing_may_change_pages(helpline: Organisation, settings: Settings) -> None:
    digest, _ = opened(helpline)
    right, _ = code_of(digest)
    settings.FANAL_CHAT_HOURS = "Mo 15:00-19:00"
    assert words(returned(right)) == [BACK]


def test_when_too_many_wait_it_is_said(
    helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, _ = opened(helpline)
    right, _ = code_of(digest)
    leave(digest=digest, now=NOON)
    opened(helpline)
    monkeypatch.setattr("fanal.helpline.chats.terms.MOST_WAITING", 1)
    with pytest.raises(TooManyWait):
        returned(right)


def test_a_month_after_its_end_it_opens_no_more(helpline: Organisation) -> None:
    digest, _ = opened(helpline)
    leave(digest=digest, now=NOON)
    right, _ = code_of(digest, now=NOON + timedelta(days=29))
    with pytest.raises(NothingOpens):
        returned(right, now=NOON + timedelta(days=30, minutes=1))


def test_unknown_over_and_forced_are_one_answer(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    right, duress = code_of(digest)
    asked = {}
    for name, typed, at in (
        ("unknown", FALSE, LATER),
        ("forced", duress, LATER),
        ("over", right, NOON + timedelta(days=31)),
    ):
        with CaptureQueriesContext(connection) as queries, pytest.raises(NothingOpens) as refusal:
            returned(typed, now=at)
        asked[name] = (refusal.value.message, [re.split(r'\(|"', one["sql"])[0] for one in queries])
    assert asked["unknown"] == asked["forced"] == asked["over"]
    assert forced_at(kind=Kind.CHAT, opens=ref) == LATER
    assert hear(digest=digest)


def test_too_many_tries_are_said_as_such(helpline: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT codes_open('x', '\\x00', %s) FROM generate_series(1, 60)", [NOON])
    with pytest.raises(TooManyTry, match="réessayer dans une minute"):
        returned(FALSE, now=NOON)


def test_what_is_no_code_is_said_without_looking(helpline: Organisation) -> None:
    with pytest.raises(UnreadableCode):
        returned("un deux")


def test_another_code_closes_the_former_and_waits_a_minute(helpline: Organisation) -> None:
    digest, _ = opened(helpline)
    first, _ = code_of(digest)
    with pytest.raises(TooSoon):
        code_of(digest, now=NOON + 59 * SECOND)
    second, _ = code_of(digest, now=NOON + MINUTE)
    with pytest.raises(NothingOpens):
        returned(first)
    returned(second)
    with pytest.raises(NotVisible):
        code_of(key())


def test_danger_is_said_anew_and_nothing_tells_that_it_was(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    endanger(digest=digest, now=NOON)
    new = returned(code_of(digest)[0])
    assert not hear(digest=new).in_danger
    endanger(digest=new, now=LATER)
    talk = past(Conversation).get(ref=ref)
    assert (talk.level, talk.in_danger, talk.reasons) == (0, True, ["danger_now"])


def test_the_key_of_another_takes_nothing(helpline: Organisation) -> None:
    mine, _ = opened(helpline)
    other, _ = opened(helpline)
    right, _ = code_of(mine)
    with pytest.raises(NothingOpens):
        come_back(typed=right, digest=other, now=LATER)
    assert hear(digest=other)


def test_traces_name_the_conversation_and_no_word(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    right, _ = code_of(digest)
    returned(right)
    traces = {one.deed: one for one in past(Trace)}
    assert {"chat.code", "chat.come_back"} <= set(traces)
    assert traces["chat.come_back"].subject_ref == ref
    assert right.split()[0] not in str([one.detail for one in traces.values()])


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def five(page: str) -> list[str]:
    return re.findall(r'class="talk-five"[^>]*>([^<]+)<', page)


def test_without_script_one_has_a_code_and_comes_back(
    client: Client, helpline: Organisation, maya: Agent
) -> None:
    room = client.post(BEGIN, {}).content.decode()
    mine = hidden(room, "key")
    client.post(
        GO_ON, {"key": mine, "say": "1", "text": "zygomatique", "sent": hidden(room, "sent")}
    )
    page = client.post(GO_ON, {"key": mine, "code": "1"}).content.decode()
    right, duress = five(page)
    assert "Si quelqu’un te force à donner ton code" in page
    assert right.split()[:4] == duress.split()[:4]
    # Shown once.
    assert right not in client.post(GO_ON, {"key": mine, "look": "1"}).content.decode()

    answer = client.post(BACK_PAGE, {"code": right.upper()})
    back = answer.content.decode()
    assert "zygomatique" not in back
    assert BACK in back
    assert right not in back
    assert (answer.cookies, answer["Referrer-Policy"]) == ({}, "no-referrer")
    assert hidden(back, "key") != mine
    assert "n’existe plus" in client.post(GO_ON, {"key": mine, "look": "1"}).content.decode()


def test_without_script_the_same_bytes_answer_what_is_unknown_and_forced(
    client: Client, helpline: Organisation
) -> None:
    room = client.post(BEGIN, {}).content.decode()
    page = client.post(GO_ON, {"key": hidden(room, "key"), "code": "1"}).content.decode()
    _, duress = five(page)
    answers = [client.post(BACK_PAGE, {"code": typed}) for typed in (FALSE, duress)]
    pages = [but_its_token(one.content.decode()) for one in answers]
    assert pages[0] == pages[1]
    assert answers[0].status_code == answers[1].status_code == 200
    # The second at which each was answered, and nothing else, may differ.
    told = [
        {name: said for name, said in one.headers.items() if name != "Expires"} for one in answers
    ]
    assert told[0] == told[1]
    assert "n’ouvre rien" in answers[0].content.decode()


def test_who_has_left_may_still_have_a_code_from_a_page_that_hears_nothing(
    client: Client, helpline: Organisation
) -> None:
    room = client.post(BEGIN, {}).content.decode()
    page = client.post(GO_ON, {"key": hidden(room, "key"), "leave": "1"}).content.decode()
    assert 'name="key"' not in page
    answer = client.post(GO_ON, {"left": hidden(page, "left")})
    assert "Clear-Site-Data" in answer
    right, _ = five(answer.content.decode())
    again = client.post(GO_ON, {"left": hidden(page, "left")}).content.decode()
    assert "Attends une minute" in again
    assert five(again) == []
    assert BACK_OTHERS in client.post(BACK_PAGE, {"code": right}).content.decode()
    assert past(Conversation).get().state == State.WAITING
    # It goes on elsewhere: the page that was left has no more to do with it.
    for false in ("x", hidden(page, "left") + "x", hidden(page, "left")):
        assert "n’existe plus" in client.post(GO_ON, {"left": false}).content.decode()


def test_with_script_one_has_a_code_and_comes_back(client: Visitor, helpline: Organisation) -> None:
    mine, other = new_key(), new_key()
    client.deed(DEED, act="open", key=mine)
    given = client.deed(DEED, act="code", key=mine).json()
    assert set(given) == {"words", "duress"}
    again = client.deed(DEED, act="code", key=mine)
    assert (again.status_code, "minute" in again.json()["said"]) == (409, True)
    forced = client.deed(DEED, act="back", key=new_key(), answers={"code": given["duress"]})
    unknown = client.deed(DEED, act="back", key=new_key(), answers={"code": FALSE})
    assert (forced.status_code, forced.content) == (unknown.status_code, unknown.content)
    assert (
        client.deed(DEED, act="back", key=other, answers={"code": given["words"]}).status_code
        == 200
    )
    assert words(digest_of(other) or b"") == [BACK]
    assert client.deed(DEED, act="back", key=new_key(), answers={}).status_code == 409


def test_who_listens_sees_who_came_back_and_a_code_that_was_forced(
    helpline: Organisation, maya: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    digest, ref = opened(helpline, now=this_moment() - MINUTE)
    listened(maya, digest, ref)
    right, duress = code_of(digest, now=this_moment())
    leave(digest=digest, now=this_moment())
    with pytest.raises(NothingOpens):
        returned(duress, now=this_moment())
    returned(right, now=this_moment())
    client = Client()
    client.force_login(maya)
    page = client.get(reverse("chats:show", args=[ref])).content.decode()
    assert "Vous avait parlé" in page
    assert "De retour avec son code" in page
    assert "sous la contrainte" in page
    assert past(ReturnCode).filter(opens=ref).count() == 1
