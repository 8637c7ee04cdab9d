"""Two clicks at the same instant: one sending, one record a conversation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from factories import AgentFactory, PostingFactory
from fanal.config.postgres.trials import TrialServer
from fanal.detect.concerns.models import Submission
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.chats.use_cases import take_conversation
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.models import Contact
from helpline.chats.house import committed, staffed
from helpline.chats.talking import opened
from helpline.chats.test_at_once import at_once
from helpline.contacts.writing import NOON, digest, kept, prepared, written
from past import past

Staff = tuple[Organisation, Agent, Agent]


@pytest.fixture(scope="module")
def staff(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[Staff]:
    with committed(trial_server, template=template_database, blocker=django_db_blocker):
        helpline, maya, _ = staffed()
        anouk = AgentFactory(name="Anouk Inventée", email="anouk@fanal.invalid")
        PostingFactory(agent=anouk, organisation=helpline, role="coordinator")
        yield helpline, maya, anouk


def sent(contact: Contact) -> int:
    found: int = past(Submission).filter(external_ref=str(contact.ref)).count()
    return found


def test_a_double_click_sends_once(staff: Staff) -> None:
    _, maya, _ = staff
    contact = kept(maya, written(immediate_danger="yes"))
    click = lambda: prepared(maya, contact).ref  # noqa: E731
    first, second = at_once(click, click)
    assert first == second
    assert sent(contact) == 1


def test_two_who_sign_at_once_send_once(staff: Staff) -> None:
    helpline, maya, anouk = staff
    other = AgentFactory(name="Iris Inventée")
    PostingFactory(agent=other, organisation=helpline, role="coordinator")
    contact = kept(maya)
    waiting = prepared(maya, contact)
    read = digest(anouk, waiting)

    def sign(agent: Agent) -> object:
        with acting_as(agent):
            return use_cases.sign_concern(agent=agent, ref=waiting.ref, digest=read, now=NOON).ref

    assert at_once(lambda: sign(anouk), lambda: sign(other)) == [waiting.ref] * 2
    assert sent(contact) == 1


def test_a_conversation_has_one_record(staff: Staff) -> None:
    helpline, maya, _ = staff
    _, talk = opened(helpline)
    with acting_as(maya):
        take_conversation(agent=maya, ref=talk, now=NOON)

    def begin() -> object:
        with acting_as(maya):
            return use_cases.open_for_conversation(agent=maya, talk=talk, now=NOON).ref

    first, second = at_once(begin, begin)
    assert first == second
    assert past(Contact).filter(conversation=talk).count() == 1
