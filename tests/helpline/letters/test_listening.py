"""Who listens takes, answers, gives back, closes; and what is promised is watched."""

from __future__ import annotations

from uuid import uuid4

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.queries import lateness, open_letters
from fanal.helpline.letters.terms import State, Way
from fanal.helpline.letters.use_cases import (
    AlreadyAnswered,
    AlreadyTaken,
    NothingSaid,
    NotYours,
    add_word,
    answer_letter,
    close_letter,
    give_back,
    open_answer,
    take_letter,
    tell_late,
)
from helpline.letters.sending import HOUR, MINUTE, NOON, answered, sent, typed
from past import past

pytestmark = pytest.mark.django_db


def test_letters_come_by_class_then_by_promise(helpline: Organisation, maya: Agent) -> None:
    third = sent(helpline)
    fourth = sent(helpline, now=NOON + MINUTE)
    second = sent(helpline, topic="threats", now=NOON + HOUR)
    first = sent(helpline, in_danger=True, now=NOON + 2 * HOUR)
    with acting_as(maya):
        found = [one.ref for one in open_letters()]
    assert found == [one.ref for one in (first, second, third, fourth)]


def test_what_is_late_is_told_from_what_is_too_late(helpline: Organisation, maya: Agent) -> None:
    old, recent = sent(helpline, now=NOON - 24 * HOUR), sent(helpline, now=NOON - 4 * HOUR)
    sent(helpline, now=NOON - 4 * HOUR + MINUTE)
    with acting_as(maya):
        found = lateness(open_letters(), now=NOON)
    assert [one.ref for one in found.late] == [recent.ref]
    assert [one.ref for one in found.too_late] == [old.ref]
    assert found
    assert not lateness([], now=NOON)


def test_one_takes_and_one_answers(helpline: Organisation, maya: Agent, tom: Agent) -> None:
    ref = sent(helpline).ref
    with acting_as(tom):
        with pytest.raises(NotYours):
            answer_letter(agent=tom, ref=ref, text="Moi.", key=uuid4(), now=NOON)
        take_letter(agent=tom, ref=ref, now=NOON)
        assert take_letter(agent=tom, ref=ref, now=NOON + MINUTE).taken_at == NOON
    with acting_as(maya):
        with pytest.raises(AlreadyTaken):
            take_letter(agent=maya, ref=ref, now=NOON)
        for act in (give_back, close_letter):
            with pytest.raises(NotYours):
                act(agent=maya, ref=ref, now=NOON)
    key = uuid4()
    with acting_as(tom):
        for _ in range(2):
            answer_letter(agent=tom, ref=ref, text="Bonjour.", key=key, now=NOON)
        with pytest.raises(AlreadyAnswered):
            take_letter(agent=tom, ref=ref, now=NOON)
    assert past(LetterText).filter(side="listener").count() == 1
    assert past(Letter).get().state == State.ANSWERED


def test_given_back_it_waits_at_its_place(helpline: Organisation, maya: Agent) -> None:
    ref = sent(helpline).ref
    with acting_as(maya):
        take_letter(agent=maya, ref=ref, now=NOON)
        give_back(agent=maya, ref=ref, now=NOON)
    letter = past(Letter).get()
    assert (letter.state, letter.listener, letter.due_at) == (State.WAITING, None, NOON + 4 * HOUR)


def test_an_answer_by_telephone_says_that_and_no_more(helpline: Organisation, maya: Agent) -> None:
    received = sent(helpline, way=Way.PHONE, contact="01 99 00 00 00")
    with acting_as(maya):
        take_letter(agent=maya, ref=received.ref, now=NOON)
        with pytest.raises(NothingSaid):
            answer_letter(agent=maya, ref=received.ref, text=" ", key=uuid4(), now=NOON)
        answer_letter(agent=maya, ref=received.ref, text="", key=uuid4(), way=Way.PHONE, now=NOON)
    (found,) = open_answer(typed=typed(received), now=NOON).answers
    assert found.text == "La réponse a été donnée au téléphone."


def test_one_closes_what_is_answered_or_what_one_holds(
    helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    one, other = sent(helpline), sent(helpline)
    answered(maya, one)
    with acting_as(tom):
        for _ in range(2):
            close_letter(agent=tom, ref=one.ref, now=NOON)
        take_letter(agent=tom, ref=other.ref, now=NOON)
        close_letter(agent=tom, ref=other.ref, now=NOON)
    assert {letter.state for letter in past(Letter)} == {State.CLOSED}
    assert past(Trace).filter(deed="letter.close").count() == 2


def test_another_helpline_sees_nothing(helpline: Organisation, elsewhere: Agent) -> None:
    ref = sent(helpline).ref
    with acting_as(elsewhere):
        assert not open_letters().exists()
        for act in (take_letter, give_back, close_letter):
            with pytest.raises(NotVisible):
                act(agent=elsewhere, ref=ref, now=NOON)


def told() -> set[tuple[str, str]]:
    return {(one.agent.name.split()[0], one.text) for one in past(Notification).select_related()}


def test_past_four_hours_coordinators_are_told_once_past_a_day_everybody(
    helpline: Organisation, maya: Agent, anouk: Agent, elsewhere: Agent
) -> None:
    sent(helpline)
    assert tell_late(now=NOON + 4 * HOUR - MINUTE) == 0
    assert [tell_late(now=NOON + 4 * HOUR + minute * MINUTE) for minute in (0, 1)] == [1, 0]
    assert told() == {("Anouk", terms.LATE)}
    assert [tell_late(now=NOON + 24 * HOUR + minute * MINUTE) for minute in (0, 1)] == [1, 0]
    assert told() == {
        ("Anouk", terms.LATE),
        ("Anouk", terms.TOO_LATE),
        ("Maya", terms.TOO_LATE),
    }


def test_an_answered_letter_is_late_no_more_until_a_word_is_added(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    received = sent(helpline)
    answered(maya, received)
    assert tell_late(now=NOON + 48 * HOUR) == 0
    found = open_answer(typed=typed(received), now=NOON + HOUR)
    add_word(token=found.token, text="Encore.", key=uuid4(), now=NOON + 50 * HOUR)
    assert tell_late(now=NOON + 53 * HOUR) == 0
    assert tell_late(now=NOON + 54 * HOUR) == 1


def test_what_watches_promises_reads_no_word(helpline: Organisation) -> None:
    from fanal.ground.access.terms import Purpose

    sent(helpline)
    with acting_as(None, purpose=Purpose.LETTERS):
        assert Letter.objects.count() == 1
        assert not LetterText.objects.exists()
