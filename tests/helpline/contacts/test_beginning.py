"""A record begins with what was said at the door of a call, a letter, a conversation; once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.errors import NotVisible
from fanal.helpline.calls.models import Call
from fanal.helpline.chats.use_cases import give_back, take_conversation
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.models import Contact
from fanal.helpline.contacts.terms import State
from fanal.helpline.letters.use_cases import take_letter
from ground.codes.conftest import quick
from helpline.chats.talking import opened
from helpline.contacts.writing import NOON, written
from helpline.letters.sending import SAID, sent
from past import past
from rows import as_owner

__all__ = ["quick"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def letter(helpline: Organisation, maya: Agent) -> UUID:
    ref = sent(helpline, writer="young", topic="unsafe", departement="59").ref
    with acting_as(maya):
        take_letter(agent=maya, ref=ref, now=NOON)
    return ref


@pytest.fixture
def call(helpline: Organisation, maya: Agent) -> UUID:
    with as_owner():
        row = Call.objects.create(
            organisation=helpline,
            arrived_at=NOON,
            answered_at=NOON + MINUTE,
            listener=maya,
        )
    ref: UUID = row.ref
    return ref


def begun(agent: Agent, **about: str) -> Contact:
    client = Client()
    client.force_login(agent)
    answer = client.post(reverse("contacts:new"), about)
    assert answer.status_code == 302
    with as_owner():
        return Contact.objects.get(ref=answer.headers["Location"].split("/")[2])


def test_a_letter_has_one_record_that_holds_no_word_of_it(maya: Agent, letter: UUID) -> None:
    for _ in range(2):
        contact = begun(maya, channel="form", about=str(letter))
    assert past(Contact).count() == 1
    assert (contact.channel, contact.conversation, contact.departement) == ("form", letter, "59")
    found = past(Contact).get().content
    assert found == {
        "caller_kind": "child",
        "departement": "59",
        "topic": "Je ne me sens pas en sécurité",
    }
    assert SAID not in str(found)


def test_a_call_has_one_record(maya: Agent, call: UUID) -> None:
    for _ in range(2):
        contact = begun(maya, about=str(call))
    assert past(Contact).count() == 1
    assert (contact.channel, contact.conversation) == ("call", call)


def test_a_stranger_begins_no_record_of_what_is_not_theirs(
    maya: Agent, tom: Agent, elsewhere: Agent, letter: UUID, call: UUID
) -> None:
    for somebody in (tom, elsewhere):
        client = Client()
        client.force_login(somebody)
        for about in ({"about": str(call)}, {"about": str(uuid4())}):
            assert client.post(reverse("contacts:new"), about).status_code == 404
    with acting_as(elsewhere), pytest.raises(NotVisible):
        use_cases.open_for_letter(agent=elsewhere, letter=letter, now=NOON)
    with acting_as(tom), pytest.raises(use_cases.NotYours):
        use_cases.open_for_letter(agent=tom, letter=letter, now=NOON)
    assert not past(Contact).exists()


def test_what_somebody_wrote_and_closed_is_not_written_twice(
    helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    _, talk = opened(helpline)
    with acting_as(maya):
        take_conversation(agent=maya, ref=talk, now=NOON)
        ref = use_cases.open_for_conversation(agent=maya, talk=talk, now=NOON).ref
        use_cases.save_contact(agent=maya, ref=ref, content=written(), now=NOON)
        use_cases.conclude_contact(agent=maya, ref=ref, outcome=State.ADVISED, now=NOON)
        use_cases.close_contact(agent=maya, ref=ref, now=NOON)
        give_back(agent=maya, ref=talk, now=NOON)
    with acting_as(tom):
        take_conversation(agent=tom, ref=talk, now=NOON)
        with pytest.raises(use_cases.AlreadyWritten):
            use_cases.open_for_conversation(agent=tom, talk=talk, now=NOON)
    client = Client()
    client.force_login(tom)
    answer = client.post(reverse("contacts:begin", args=[talk]), follow=True)
    assert "a déjà sa fiche" in answer.content.decode()
