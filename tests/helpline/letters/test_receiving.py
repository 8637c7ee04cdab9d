"""A letter is kept before anything else, sealed, with nothing of who wrote it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.codes.models import ReturnCode
from fanal.ground.notifications.models import Notification
from fanal.ground.privacy.sealing.envelope import is_sealed
from fanal.ground.privacy.sealing.keepers import UnknownKeeper
from fanal.ground.privacy.sealing.keys import KeysAbsent
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.terms import SENT_AGAIN, Source, State, Way, Writer
from fanal.helpline.letters.use_cases import (
    NobodyReads,
    NotOpen,
    TooManyLetters,
    Written,
    receive_letter,
)
from helpline.letters.sending import HOUR, MINUTE, NOON, SAID, SECOND, sent
from past import past

pytestmark = pytest.mark.django_db
RECEIVING = "fanal.helpline.letters.use_cases.receiving"


def test_a_letter_keeps_what_was_written_and_nothing_of_who_wrote(helpline: Organisation) -> None:
    received = sent(helpline)

    row = past(Letter).values().get(ref=received.ref)
    assert {name for name, value in row.items() if value not in (None, "", [], False, b"")} == {
        *("id", "ref", "sent", "organisation_id", "source", "state", "level", "rules", "way"),
        *("received_at", "due_at", "limit_at", "last", "contact", "safe_when"),
    }
    # Nothing was said of how to call: nothing is there.
    assert (row["contact"].stored, row["safe_when"].stored) == (b"", b"")
    assert past(LetterText).get().text == SAID


def test_what_was_written_is_sealed_at_rest(helpline: Organisation) -> None:
    sent(helpline, way=Way.PHONE, contact="01 99 00 00 00", safe_when="Le midi.")
    letter, text = past(Letter).values().get(), past(LetterText).values().get()
    for value in (letter["contact"], letter["safe_when"], text["text"]):
        assert is_sealed(value.stored)
        assert b"midi" not in value.stored
    assert past(Letter).get().contact == "01 99 00 00 00"


def test_four_hours_are_promised_and_a_day_at_the_most(helpline: Organisation) -> None:
    sent(helpline)
    letter = past(Letter).get()
    assert (letter.due_at, letter.limit_at) == (NOON + 4 * HOUR, NOON + 24 * HOUR)


def test_the_letter_is_there_whatever_becomes_of_its_code(
    helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uuid4()

    def broken(**_: object) -> None:
        assert past(LetterText).get().text == SAID
        raise RuntimeError

    with monkeypatch.context() as while_broken:
        while_broken.setattr(f"{RECEIVING}.issue_code", broken)
        with pytest.raises(RuntimeError):
            sent(helpline, key=key)
    assert past(Letter).count() == 1
    # Sent again from the same page, it is that letter, and it has its code.
    assert sent(helpline, key=key, now=NOON + SECOND).code is not None
    assert past(Letter).count() == 1


def test_sent_twice_it_is_one_letter_and_one_code(helpline: Organisation) -> None:
    key = uuid4()
    first = sent(helpline, key=key)
    again = sent(helpline, key=key, now=NOON + MINUTE)
    late = sent(helpline, key=key, now=NOON + SENT_AGAIN)
    assert first.ref == again.ref == late.ref
    assert again.code is not None
    assert late.code is None
    assert past(LetterText).count() == past(ReturnCode).count() == 1


@pytest.fixture
def lavish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "MOST_A_MINUTE", 1_000)


@given(presses=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1200)), max_size=6))
@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_often_it_is_sent_no_letter_is_lost_nor_doubled(
    helpline: Organisation, lavish: None, presses: list[tuple[int, int]]
) -> None:
    keys = [uuid4() for _ in range(3)]
    before = past(Letter).count()
    for which, after in presses:
        received = sent(helpline, key=keys[which], now=NOON + after * SECOND)
        assert past(LetterText).filter(letter__ref=received.ref).count() == 1
    assert past(Letter).count() - before == len({which for which, _ in presses})


def test_topic_words_and_danger_give_the_class_with_its_reasons(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    sent(helpline, text="Il me frappe.")
    sent(helpline, topic="unsafe")
    sent(helpline, in_danger=True, writer=Writer.YOUNG)
    found = {tuple(one.reasons): one.level for one in past(Letter)}
    assert found == {
        ("violence",): Level.URGENT,
        ("afraid",): Level.SOON,
        ("danger_now",): Level.DANGER,
    }


def test_a_letter_that_speaks_of_danger_is_told_at_once(
    helpline: Organisation, maya: Agent, anouk: Agent, elsewhere: Agent
) -> None:
    sent(helpline)
    assert not past(Notification).exists()
    sent(helpline, in_danger=True)
    told = past(Notification).values_list("agent", "urgent", "text")
    assert set(told) == {(one.pk, True, terms.NEEDS_YOU) for one in (maya, anouk)}


def test_the_demonstration_takes_nobody_in_danger(
    helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    with pytest.raises(NobodyReads, match=r"17.*112.*119"):
        sent(helpline, in_danger=True)
    assert sent(helpline).code is not None


@pytest.mark.usefixtures("db")
def test_where_there_is_no_helpline_nothing_is_taken() -> None:
    with pytest.raises(NotOpen, match="119"):
        receive_letter(written=Written("Bonjour."), helpline=None, sent=uuid4(), now=NOON)


@pytest.mark.parametrize("fault", [KeysAbsent, UnknownKeeper])
def test_without_a_key_to_seal_with_nothing_is_kept_in_clear(
    helpline: Organisation, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def absent() -> None:
        raise fault

    monkeypatch.setattr("fanal.ground.privacy.sealing.fields.sealing_key", absent)
    with pytest.raises(NotOpen):
        sent(helpline)
    assert not past(Letter).exists()


def test_a_flood_is_bounded_and_leaves_room_for_who_is_in_danger(
    helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_A_MINUTE", 3)
    for _ in range(3):
        sent(helpline)
    with pytest.raises(TooManyLetters, match="dans une minute"):
        sent(helpline)
    for _ in range(3):
        sent(helpline, in_danger=True)
    with pytest.raises(TooManyLetters):
        sent(helpline, in_danger=True)
    sent(helpline, now=NOON + MINUTE + SECOND)
    assert past(Letter).count() == 7


def test_another_room_may_send_one_in_with_its_own_way_back(helpline: Organisation) -> None:
    received = receive_letter(
        written=Written("Une inquiétude."),
        helpline=helpline,
        sent=uuid4(),
        now=NOON,
        source=Source.WORRY,
        with_code=False,
    )
    assert received.code is None
    assert past(Letter).get().source == Source.WORRY
    assert not past(ReturnCode).exists()


def test_what_cannot_be_kept_is_cut_or_cleaned(helpline: Organisation) -> None:
    sent(helpline, text="a\x00b\r\n" + "c" * 9_000)
    text = past(LetterText).get().text
    assert text.startswith("ab\nc")
    assert len(text) == terms.LONGEST_LETTER


def test_it_is_traced_without_a_word(helpline: Organisation) -> None:
    received = sent(helpline)
    (trace,) = past(Trace).filter(deed="letter.receive")
    assert (trace.agent, trace.subject_ref) == (None, received.ref)
    assert trace.detail == {"level": 3, "source": "web"}


def test_without_who_asks_the_database_shows_no_letter_and_takes_none(
    helpline: Organisation,
) -> None:
    received = sent(helpline)
    assert not Letter.objects.exists()
    assert not LetterText.objects.exists()
    letter = past(Letter).get(ref=received.ref)
    for side in ("writer", "listener"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO letters_lettertext (ref, letter_id, number, side, way, text, key, at)"
                " VALUES (gen_random_uuid(), %s, 9, %s, 'code', '', gen_random_uuid(), now())",
                [letter.pk, side],
            )
    assert past(Letter).get().state == State.WAITING
