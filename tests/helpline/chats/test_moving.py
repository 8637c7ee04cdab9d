"""Whoever listens moves somebody who waits, and says why; the rules that protect still hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now as this_moment
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.models import Conversation, Move
from fanal.helpline.chats.queries import hear, in_their_order, open_conversations, standing_of
from fanal.helpline.chats.terms import MoveWhy
from fanal.helpline.chats.use_cases import (
    CannotMove,
    NotWaiting,
    Wanted,
    move_waiting,
    take_conversation,
)
from fanal.helpline.chats.use_cases.visiting import Answers
from helpline.chats.talking import MINUTE, NOON, opened
from past import past

pytestmark = pytest.mark.django_db
LATER = NOON + 5 * MINUTE


def move(
    agent: Agent,
    ref: UUID,
    other: UUID,
    *,
    before: bool = True,
    why: MoveWhy = MoveWhy.GRAVER,
    words: str = "",
    now: datetime = LATER,
) -> Move:
    with acting_as(agent):
        wanted = Wanted(other, before, why, words)
        return move_waiting(agent=agent, ref=ref, wanted=wanted, now=now)


def order(agent: Agent, *, now: datetime = LATER) -> list[UUID]:
    with acting_as(agent):
        return [place.who.ref for place in in_their_order(list(open_conversations()), now=now)]


@pytest.fixture
def three(helpline: Organisation) -> list[tuple[bytes, UUID]]:
    return [opened(helpline, now=NOON + place * MINUTE) for place in range(3)]


def test_one_is_put_before_another_and_the_queue_says_who_and_why(
    three: list[tuple[bytes, UUID]], maya: Agent, tom: Agent
) -> None:
    (_, first), (_, second), (_, third) = three
    move(maya, third, first, why=MoveWhy.SOON_GONE, words="batterie")
    assert order(tom) == [third, first, second]
    with acting_as(tom):
        places = in_their_order(list(open_conversations()), now=LATER)
    assert [one.said for one in places[0].reasons] == [
        "déplacé : ne pourra plus écrire longtemps (batterie), par Maya Inventée"
    ]


def test_who_waits_is_told_their_new_place(three: list[tuple[bytes, UUID]], maya: Agent) -> None:
    (first, first_ref), _, (third, third_ref) = three
    move(maya, third_ref, first_ref)
    said = [standing_of(hear(digest=one), now=LATER) for one in (third, first)]
    assert said[0].startswith("Tu es la prochaine personne.")
    assert said[1].startswith("Il y a une personne avant toi.")


def test_a_move_holds_when_the_other_is_answered(
    three: list[tuple[bytes, UUID]], maya: Agent
) -> None:
    (_, first), (_, second), (_, third) = three
    move(maya, third, second)
    with acting_as(maya):
        take_conversation(agent=maya, ref=second, now=LATER)
    assert order(maya)[:2] == [first, third]


def test_moves_are_replayed_in_their_order(three: list[tuple[bytes, UUID]], maya: Agent) -> None:
    (_, first), (_, second), (_, third) = three
    move(maya, third, first)
    move(maya, second, third)
    move(maya, second, first, before=False, why=MoveWhy.CALMER)
    assert order(maya) == [third, first, second]
    assert past(Move).count() == 3


def test_nobody_passes_those_in_danger_nor_who_waited_longest(
    helpline: Organisation, maya: Agent
) -> None:
    _, danger = opened(helpline, answers=Answers(in_danger=True))
    _, long = opened(helpline, now=NOON)
    moment = NOON + timedelta(minutes=50)
    _, new = opened(helpline, now=moment)
    for one, other in ((new, danger), (new, long), (danger, new), (long, new)):
        with pytest.raises(CannotMove):
            move(maya, one, other, now=moment)
    assert order(maya, now=moment) == [danger, long, new]


def test_a_move_said_before_the_longest_wait_holds_no_more_after_it(
    helpline: Organisation, maya: Agent
) -> None:
    _, first = opened(helpline)
    _, second = opened(helpline, now=NOON + 10 * MINUTE)
    move(maya, second, first, now=NOON + 11 * MINUTE)
    assert order(maya, now=NOON + 12 * MINUTE) == [second, first]
    assert order(maya, now=NOON + 46 * MINUTE) == [first, second]


def test_who_was_answered_is_moved_no_more(three: list[tuple[bytes, UUID]], maya: Agent) -> None:
    (_, first), (_, second), _ = three
    with acting_as(maya):
        take_conversation(agent=maya, ref=first, now=LATER)
    for one, other in ((first, second), (second, first), (second, second)):
        with pytest.raises(NotWaiting):
            move(maya, one, other)


def test_a_stranger_moves_nobody(
    three: list[tuple[bytes, UUID]], elsewhere: Agent, maya: Agent
) -> None:
    (_, first), (_, second), _ = three
    with pytest.raises(NotVisible):
        move(elsewhere, second, first)
    move(maya, second, first)
    with acting_as(elsewhere):
        assert not Move.objects.exists()


def test_a_move_is_kept_as_it_was_decided(
    three: list[tuple[bytes, UUID]], maya: Agent, tom: Agent
) -> None:
    (_, first), (_, second), _ = three
    kept = move(maya, second, first)
    with acting_as(tom):
        assert Move.objects.update(why=MoveWhy.CUT) == 0
        assert Move.objects.filter(pk=kept.pk).delete()[0] == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            # In somebody else's name.
            Move.objects.create(
                conversation=kept.conversation,
                other=kept.other,
                before=True,
                why="cut",
                by=maya,
                at=LATER,
            )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM chats_move")
        assert cursor.fetchone() == (0,)


def test_another_reason_is_written(three: list[tuple[bytes, UUID]], maya: Agent) -> None:
    (_, first), (_, second), _ = three
    with pytest.raises(IntegrityError), transaction.atomic():
        move(maya, second, first, why=MoveWhy.OTHER)
    assert move(maya, second, first, why=MoveWhy.OTHER, words="elle prend son train").said == (
        "elle prend son train, par Maya Inventée"
    )


def test_the_trace_names_the_reason_and_no_word(
    three: list[tuple[bytes, UUID]], maya: Agent
) -> None:
    (_, first), (_, second), _ = three
    move(maya, second, first, words="mot écrit")
    trace = past(Trace).get(deed="chat.move")
    assert (trace.subject_ref, trace.detail["why"]) == (second, "graver")
    assert "mot" not in str(trace.detail)


def test_the_desk_moves_and_says_what_is_missing(
    helpline: Organisation, maya: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    moment = this_moment()
    _, first = opened(helpline, now=moment - 3 * MINUTE)
    _, second = opened(helpline, now=moment - 2 * MINUTE)
    client = Client()
    client.force_login(maya)
    address = reverse("chats:move", args=[second])
    page = client.get(reverse("chats:show", args=[second])).content.decode()
    assert "avant la personne 1" in page
    sent = {"where": f"before {first}", "why": "other"}
    assert "Écrivez le motif" in client.post(address, sent).content.decode()
    assert client.post(address, {"where": f"before {uuid4()}", "why": "cut"}).status_code == 200
    assert client.post(address, sent | {"words": "au gymnase"}).status_code == 302
    page = client.get(reverse("chats:queue")).content.decode()
    assert "déplacé : au gymnase, par Maya Inventée" in page
    assert past(Conversation).count() == 2
    assert client.get(address).status_code == 302
