"""Two at the same instant: one listener a conversation, and numbers without a hole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.urls import reverse

from deadlines import deadline
from factories import AgentFactory, PostingFactory
from fanal.config.postgres.trials import TrialServer
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import Refusal
from fanal.ground.shell.visitors import form_token
from fanal.helpline.chats.models import Conversation, Message
from fanal.helpline.chats.terms import Agreed
from fanal.helpline.chats.use_cases import (
    AlreadyTaken,
    NotAsked,
    NotYours,
    Relay,
    accept_transfer,
    answer,
    ask_transfer,
    end_conversation,
    say,
    take_conversation,
)
from helpline.chats.house import committed, staffed
from helpline.chats.talking import NOON, opened, words
from past import past
from rows import as_owner
from visitor import Visitor

Staff = tuple[Organisation, Agent, Agent]


@pytest.fixture(scope="module")
def staff(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[Staff]:
    with committed(trial_server, template=template_database, blocker=django_db_blocker):
        yield staffed()


def take(agent: Agent, ref: UUID) -> Conversation:
    with acting_as(agent):
        return take_conversation(agent=agent, ref=ref, now=NOON)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each in a thread and a connection of its own, started together."""
    gate, answers = Barrier(len(acts)), [None for _ in acts]

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait(timeout=deadline(10))
        try:
            answers[place] = act()  # type: ignore[call-overload]
        except Refusal as refusal:
            answers[place] = type(refusal)  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=deadline(30))
    return answers  # type: ignore[return-value]


def test_two_listeners_who_take_at_once_are_one(staff: Staff) -> None:
    helpline, maya, tom = staff
    for _ in range(5):
        _, ref = opened(helpline)
        answers = at_once(lambda ref=ref: take(maya, ref), lambda ref=ref: take(tom, ref))  # type: ignore[misc]
        assert answers.count(AlreadyTaken) == 1, answers
        holder = past(Conversation).get(ref=ref).listener
        with acting_as(holder):
            end_conversation(agent=holder, ref=ref, now=NOON)


def test_two_colleagues_who_accept_at_once_are_one(staff: Staff) -> None:
    helpline, maya, tom = staff
    with as_owner():
        zoe = AgentFactory(name="Zoé Inventée", email="zoe@fanal.invalid")
        PostingFactory(agent=zoe, organisation=helpline, role="listener")
    for _ in range(5):
        _, ref = opened(helpline)
        take(maya, ref)
        with acting_as(maya):
            relay = Relay(None, "Résumé.", Agreed.YES)
            ask_transfer(agent=maya, ref=ref, relay=relay, now=NOON)

        def accept(agent: Agent, ref: UUID = ref) -> object:
            with acting_as(agent):
                return accept_transfer(agent=agent, ref=ref, now=NOON)

        def speak(ref: UUID = ref) -> object:
            with acting_as(maya):
                return answer(agent=maya, ref=ref, text="Encore.", key=uuid4(), now=NOON)

        answers = at_once(lambda: accept(tom), lambda: accept(zoe), speak)
        assert answers[:2].count(NotAsked) == 1, answers
        # The first spoke while she had it, or not at all.
        assert answers[2] is NotYours or isinstance(answers[2], int)
        holder = past(Conversation).get(ref=ref).listener
        assert holder in (tom, zoe)
        with acting_as(holder):
            end_conversation(agent=holder, ref=ref, now=NOON)


def test_both_write_at_once_and_numbers_have_no_hole(staff: Staff) -> None:
    helpline, maya, _ = staff
    digest, ref = opened(helpline)
    take(maya, ref)

    def visitor() -> None:
        for number in range(15):
            say(digest=digest, text=f"v{number}", key=uuid4(), now=NOON)

    def listener() -> None:
        for number in range(15):
            with acting_as(maya):
                answer(agent=maya, ref=ref, text=f"l{number}", key=uuid4(), now=NOON)

    at_once(visitor, listener)
    mine_alone = past(Message).filter(conversation__ref=ref)
    numbers = list(mine_alone.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 32))
    mine = [word for word in words(digest) if word.startswith("v")]
    assert mine == [f"v{number}" for number in range(15)]


def test_two_taps_on_one_page_open_one_conversation(staff: Staff) -> None:
    for _ in range(3):
        before, traces = past(Conversation).count(), openings()
        page = {"jeton": form_token(), "topic": "health"}

        def tap(page: dict[str, str] = page) -> object:
            return Visitor().post(reverse("chats:begin"), page).content.decode()

        answers = at_once(tap, tap)
        assert all('name="key"' in str(answer) for answer in answers), answers
        assert past(Conversation).count() == before + 1
        assert openings() == traces + 1


def openings() -> int:
    return past(Trace).filter(deed="chat.open").count()
