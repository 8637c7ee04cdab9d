"""Whoever listens: takes, answers, gives back, ends; one listener a conversation."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.models import Conversation, Message
from fanal.helpline.chats.queries import in_their_order, open_conversations, read_conversation
from fanal.helpline.chats.terms import (
    GIVEN_BACK,
    LISTENER_BACK,
    LISTENER_GONE,
    LISTENER_LOST,
    MOST_AT_ONCE,
    TAKEN,
    VISITOR_GONE,
    VISITOR_LOST,
    State,
)
from fanal.helpline.chats.use_cases import (
    AlreadyEnded,
    AlreadyTaken,
    NotYours,
    TooManyAtOnce,
    answer,
    be_present,
    end_conversation,
    give_back,
    miss_listeners,
    raise_hand,
    take_conversation,
    tidy,
)
from fanal.helpline.chats.use_cases.visiting import Answers
from helpline.chats.talking import MINUTE, NOON, SECOND, opened, said, words
from past import past

pytestmark = pytest.mark.django_db


def take(agent: Agent, ref: UUID) -> Conversation:
    with acting_as(agent):
        return take_conversation(agent=agent, ref=ref, now=NOON)


def test_who_listens_takes_answers_and_ends(helpline: Organisation, maya: Agent) -> None:
    digest, ref = opened(helpline)
    said(digest, "Bonjour.")
    take(maya, ref)
    with acting_as(maya):
        answer(agent=maya, ref=ref, text="Je vous écoute.", key=uuid4(), now=NOON)
        end_conversation(agent=maya, ref=ref, now=NOON)

    assert words(digest)[:3] == ["Bonjour.", TAKEN, "Je vous écoute."]
    assert past(Conversation).get(ref=ref).state == State.ENDED
    deeds = {one.deed for one in past(Trace).filter(agent=maya)}
    assert deeds == {"chat.take", "chat.answer", "chat.end"}


def test_an_answer_sent_again_is_one_answer(helpline: Organisation, maya: Agent) -> None:
    _, ref = opened(helpline)
    take(maya, ref)
    sent = uuid4()
    with acting_as(maya):
        for _ in range(2):
            answer(agent=maya, ref=ref, text="Oui.", key=sent, now=NOON)
    assert past(Message).filter(text="Oui.").count() == 1


def test_taken_by_one_it_is_nobody_else_s(helpline: Organisation, maya: Agent, tom: Agent) -> None:
    _, ref = opened(helpline)
    take(maya, ref)
    with pytest.raises(AlreadyTaken):
        take(tom, ref)
    assert take(maya, ref).listener == maya
    with acting_as(tom), pytest.raises(NotYours):
        answer(agent=tom, ref=ref, text="Moi aussi.", key=uuid4(), now=NOON)


def test_a_stranger_finds_nothing(helpline: Organisation, elsewhere: Agent, nadia: Agent) -> None:
    digest, ref = opened(helpline)
    said(digest, "Bonjour.")
    acts: list[Callable[[Agent], object]] = [
        lambda agent: take_conversation(agent=agent, ref=ref, now=NOON),
        lambda agent: read_conversation(agent=agent, ref=ref),
        lambda agent: answer(agent=agent, ref=ref, text="?", key=uuid4(), now=NOON),
        lambda agent: end_conversation(agent=agent, ref=ref, now=NOON),
        lambda agent: give_back(agent=agent, ref=ref, now=NOON),
        lambda agent: raise_hand(agent=agent, ref=ref, now=NOON),
    ]
    for agent in (elsewhere, nadia):
        for act in acts:
            with acting_as(agent), pytest.raises(NotVisible):
                act(agent)
        with acting_as(agent):
            assert not Conversation.objects.exists()
            assert not Message.objects.exists()


def test_a_listener_posted_outside_a_helpline_sees_nothing(
    helpline: Organisation, nord: Organisation
) -> None:
    from factories import AgentFactory, PostingFactory

    agent = AgentFactory()
    PostingFactory(agent=agent, organisation=nord, role="listener")
    _, ref = opened(helpline)
    with pytest.raises(NotVisible):
        take(agent, ref)


def test_a_load_has_its_limit(helpline: Organisation, maya: Agent) -> None:
    refs = [opened(helpline)[1] for _ in range(MOST_AT_ONCE + 1)]
    for ref in refs[:-1]:
        take(maya, ref)
    with pytest.raises(TooManyAtOnce):
        take(maya, refs[-1])


def test_given_back_it_waits_again_at_its_hour(helpline: Organisation, maya: Agent) -> None:
    digest, ref = opened(helpline)
    _, later = opened(helpline, now=NOON + MINUTE)
    take(maya, ref)
    with acting_as(maya):
        give_back(agent=maya, ref=ref, now=NOON + 2 * MINUTE)
        places = in_their_order(list(open_conversations()), now=NOON + 3 * MINUTE)
    assert words(digest)[-1] == GIVEN_BACK
    assert [place.who.ref for place in places] == [ref, later]


def test_the_queue_says_its_reasons(helpline: Organisation, maya: Agent) -> None:
    _, usual = opened(helpline)
    _, urgent = opened(helpline, now=NOON + SECOND, answers=Answers(topic="threats", minor=True))
    with acting_as(maya):
        places = in_their_order(list(open_conversations()), now=NOON + MINUTE)
    assert [place.who.ref for place in places] == [urgent, usual]
    assert [one.said for one in places[0].reasons] == ["parle de violences ou de menaces", "mineur"]


def test_a_listener_who_is_gone_is_said_to_be_once_and_to_come_back(
    helpline: Organisation, maya: Agent
) -> None:
    digest, ref = opened(helpline)
    take(maya, ref)
    assert miss_listeners(now=NOON + LISTENER_GONE) == 0
    gone = NOON + LISTENER_GONE + SECOND
    assert miss_listeners(now=gone) == 1
    assert miss_listeners(now=gone + SECOND) == 0
    with acting_as(maya):
        be_present(agent=maya, now=gone + MINUTE)
        be_present(agent=maya, now=gone + MINUTE)
    assert words(digest) == [TAKEN, LISTENER_LOST, LISTENER_BACK]


def test_who_is_gone_holds_no_place(helpline: Organisation) -> None:
    digest, _ = opened(helpline)
    assert tidy(now=NOON + VISITOR_GONE) == 0
    assert tidy(now=NOON + VISITOR_GONE + SECOND) == 1
    assert words(digest) == [VISITOR_LOST]


def test_at_closing_those_who_wait_are_told_and_those_who_talk_go_on(
    helpline: Organisation, maya: Agent, settings: object
) -> None:
    waiting, _ = opened(helpline)
    talking, ref = opened(helpline)
    take(maya, ref)
    settings.FANAL_CHAT_HOURS = "Mo 15:00-19:00"  # type: ignore[attr-defined]
    assert tidy(now=NOON + MINUTE) == 1
    assert "119" in words(waiting)[-1]
    said(talking, "Je suis encore là.")


def test_ended_nothing_more_is_said(helpline: Organisation, maya: Agent) -> None:
    _, ref = opened(helpline)
    take(maya, ref)
    with acting_as(maya):
        end_conversation(agent=maya, ref=ref, now=NOON)
        with pytest.raises(AlreadyEnded):
            answer(agent=maya, ref=ref, text="?", key=uuid4(), now=NOON)


def test_a_hand_goes_up_and_down(helpline: Organisation, maya: Agent, anouk: Agent) -> None:
    _, ref = opened(helpline)
    take(maya, ref)
    with acting_as(maya):
        raise_hand(agent=maya, ref=ref, now=NOON)
    with acting_as(anouk):
        assert Conversation.objects.get(ref=ref).hand_raised_at == NOON
    with acting_as(maya):
        raise_hand(agent=maya, ref=ref, now=NOON)
    assert past(Conversation).get(ref=ref).hand_raised_at is None
