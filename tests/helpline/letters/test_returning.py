"""Who comes back with the code sees the answer, never a word of their own, and may add one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import issue_code
from fanal.ground.codes.words import UnreadableCode
from fanal.ground.errors import NotVisible
from fanal.helpline.blocks.digests import of_code
from fanal.helpline.blocks.terms import Handle
from fanal.helpline.blocks.use_cases import Blocked, set_block
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.queries import forced
from fanal.helpline.letters.terms import State
from fanal.helpline.letters.use_cases import (
    NobodyReads,
    Received,
    Returned,
    TooManyWords,
    add_word,
    close_letter,
    open_answer,
)
from fanal.helpline.letters.use_cases.returning import USE
from helpline.letters.sending import HOUR, MINUTE, NOON, SAID, answered, sent, typed
from past import past

pytestmark = pytest.mark.django_db


def back(received: Received) -> Returned:
    return open_answer(typed=typed(received), now=NOON + HOUR)


def added(token: str, text: str = "Merci.", *, in_danger: bool = False) -> None:
    add_word(token=token, text=text, key=uuid4(), now=NOON + HOUR, in_danger=in_danger)


def test_before_the_answer_one_sees_when_it_is_promised(helpline: Organisation) -> None:
    found = back(sent(helpline))
    assert found.answers == ()
    assert found.waits
    assert found.due_at == NOON + 4 * HOUR


def test_one_sees_the_answer_and_never_ones_own_words(helpline: Organisation, maya: Agent) -> None:
    received = sent(helpline)
    answered(maya, received, "Nous sommes là.")
    found = back(received)
    assert [one.text for one in found.answers] == ["Nous sommes là."]
    assert not found.waits


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=6, max_size=60)
    .map(str.strip)
    .filter(lambda text: len(text) > 5),
    min_size=1,
    max_size=4,
)


@given(mine=WORDS, theirs=WORDS)
@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_was_written_the_code_shows_the_answers_alone(
    helpline: Organisation, maya: Agent, mine: list[str], theirs: list[str]
) -> None:
    received = sent(helpline, text=f"moi {mine[0]}")
    for text in theirs:
        answered(maya, received, f"réponse {text}")
        found = back(received)
        for word in mine[1:2]:
            added(found.token, f"moi {word}")
        if len(mine) == 1:
            added(found.token, "moi encore")
    shown = [one.text for one in back(received).answers]
    assert len(shown) == len(theirs)
    assert all(text.startswith("réponse ") for text in shown)


def test_a_wrong_an_old_and_a_forced_code_meet_one_refusal(
    helpline: Organisation, maya: Agent
) -> None:
    received = sent(helpline)
    assert received.code is not None
    old = issue_code(kind=Kind.FORM, opens=uuid4(), now=NOON - timedelta(days=31))
    elsewhere = issue_code(kind=Kind.CHAT, opens=uuid4(), now=NOON)
    erased = issue_code(kind=Kind.FORM, opens=uuid4(), now=NOON)
    with acting_as(maya):
        letter = Letter.objects.get(ref=received.ref)
        assert forced(letter) is None
    refused = []
    for words in (received.code.duress, old.words, elsewhere.words, erased.words):
        with pytest.raises(NotVisible) as refusal:
            open_answer(typed=" ".join(words), now=NOON + MINUTE)
        refused.append((type(refusal.value), refusal.value.message))
    assert len(set(refused)) == 1
    with acting_as(maya):
        assert forced(letter) == NOON + MINUTE
    with pytest.raises(UnreadableCode):
        open_answer(typed="abeille", now=NOON)


def test_a_word_puts_an_answered_letter_back_with_a_new_promise(
    helpline: Organisation, maya: Agent
) -> None:
    received = sent(helpline)
    answered(maya, received)
    with acting_as(maya):
        close_letter(agent=maya, ref=received.ref, now=NOON)
    added(back(received).token, "J’ai encore peur.")
    letter = past(Letter).get()
    assert (letter.state, letter.listener, letter.last) == (State.WAITING, None, 3)
    assert letter.due_at == NOON + 5 * HOUR
    assert letter.reasons == ["afraid"]


def test_a_word_does_not_move_the_promise_of_a_letter_that_waits(helpline: Organisation) -> None:
    received = sent(helpline)
    token = back(received).token
    key = uuid4()
    for _ in range(2):
        add_word(token=token, text="Une fois.", key=key, now=NOON + HOUR)
    assert past(Letter).get().due_at == NOON + 4 * HOUR
    assert past(LetterText).filter(number=2).count() == 1
    assert past(Letter).get().last == 2


def test_words_are_bounded_but_not_for_who_is_in_danger(helpline: Organisation) -> None:
    token = back(sent(helpline)).token
    for _ in range(terms.MOST_WORDS_AN_HOUR):
        added(token)
    with pytest.raises(TooManyWords):
        added(token)
    added(token, in_danger=True)
    letter = past(Letter).get()
    assert (letter.in_danger, letter.level) == (True, 0)


def test_a_held_code_adds_nothing_reads_all_and_never_stops_danger(
    helpline: Organisation, maya: Agent
) -> None:
    received = sent(helpline)
    answered(maya, received)
    with acting_as(maya):
        set_block(
            agent=maya,
            handle=Handle.CODE,
            digest=of_code(Kind.FORM, received.ref),
            reason="Insultes répétées.",
            length=2 * HOUR,
            now=NOON,
        )
    found = back(received)
    assert len(found.answers) == 1
    with pytest.raises(Blocked):
        added(found.token)
    # Written is said: a box is not always seen.
    added(found.token, "Ils ont fermé à clé.")
    assert not past(Letter).get().in_danger
    added(found.token, "Il est là.", in_danger=True)
    assert past(Letter).get().in_danger
    add_word(token=found.token, text="Après.", key=uuid4(), now=NOON + 2 * HOUR)
    assert past(LetterText).filter(side="writer").count() == 4


def test_the_page_of_an_answer_opens_for_an_hour_and_for_nothing_else(
    helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = back(sent(helpline)).token
    for wrong in ("", "faux", token[:-1], signing.dumps(str(uuid4()), salt="autre")):
        with pytest.raises(NotVisible):
            added(wrong)
    with pytest.raises(NotVisible):
        added(signing.dumps(str(uuid4()), salt=USE))
    monkeypatch.setattr(terms, "STAYS_OPEN", timedelta(seconds=-1))
    with pytest.raises(NotVisible):
        added(token)
    assert past(LetterText).count() == 1


def test_in_danger_the_demonstration_refuses(helpline: Organisation, settings: Settings) -> None:
    token = back(sent(helpline)).token
    settings.FANAL_SERVICE = ""
    with pytest.raises(NobodyReads):
        added(token, in_danger=True)
    assert SAID not in token
