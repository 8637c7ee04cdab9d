"""Whoever writes: begins, says, is heard once, leaves; with a key and nothing else."""

from __future__ import annotations

from operator import itemgetter
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.keys import digest_of, new_key
from fanal.helpline.chats.models import Conversation, Message
from fanal.helpline.chats.queries import hear, helpline_here
from fanal.helpline.chats.terms import MOST_A_MINUTE, State
from fanal.helpline.chats.use_cases import (
    Closed,
    NobodyReads,
    Over,
    TooMany,
    TooManyWait,
    endanger,
    leave,
    open_conversation,
)
from fanal.helpline.chats.use_cases.visiting import Answers
from helpline.chats.talking import MINUTE, NOON, SECOND, key, opened, said, words
from past import past

pytestmark = pytest.mark.django_db


def test_a_conversation_keeps_what_was_said_and_nothing_else(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    said(digest, "Bonjour.")

    row = past(Conversation).values().get(ref=ref)
    assert bytes(row.pop("key_digest")) == digest
    assert {name for name, value in row.items() if value not in (None, "", [], False)} == {
        *("id", "ref", "organisation_id", "state", "opened_at", "level", "rules", "last"),
        "visitor_seen_at",
    }
    assert past(Message).values_list("side", "text", "number").get() == ("visitor", "Bonjour.", 1)


def test_asked_twice_with_one_key_it_is_one_conversation(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    again = open_conversation(digest=digest, helpline=helpline, answers=Answers(), now=NOON)
    assert again == ref
    assert past(Conversation).count() == 1


def test_a_message_sent_again_is_one_message(helpline: Organisation) -> None:
    digest, _ = opened(helpline)
    sent = uuid4()
    first = said(digest, "Une fois.", key=sent)
    said(digest, "Après.")

    assert said(digest, "Une fois.", key=sent) == first
    assert words(digest) == ["Une fois.", "Après."]


def test_one_hears_what_comes_after_a_number(helpline: Organisation) -> None:
    digest, _ = opened(helpline)
    for text in ("un", "deux", "trois"):
        said(digest, text)
    heard = hear(digest=digest, after=1)
    assert [(one["number"], one["text"]) for one in heard.messages] == [(2, "deux"), (3, "trois")]


def test_another_key_hears_nothing_and_says_nothing(helpline: Organisation) -> None:
    opened(helpline)
    with pytest.raises(NotVisible):
        hear(digest=key())
    with pytest.raises(NotVisible):
        said(key(), "Qui est là ?")
    assert not past(Message).exists()


def test_without_who_asks_the_database_shows_no_row_and_takes_none(helpline: Organisation) -> None:
    digest, _ = opened(helpline)
    said(digest, "Bonjour.")
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()
    talk = past(Conversation).get()
    for values in ("'listener', 'Faux.'", "'visitor', 'Faux.'"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO chats_message (conversation_id, side, text, number, key, at)"  # noqa: S608
                f" VALUES (%s, {values}, 9, gen_random_uuid(), now())",
                [talk.pk],
            )


def test_words_said_while_waiting_only_raise_the_class(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    said(digest, "j’ai peur")
    said(digest, "il me frappe")
    said(digest, "rien")
    talk = past(Conversation).get(ref=ref)
    assert talk.level == Level.URGENT
    assert talk.reasons == ["afraid", "violence"]


def test_in_danger_is_the_first_class_with_its_reason(helpline: Organisation) -> None:
    _, ref = opened(helpline, answers=Answers(in_danger=True, minor=True))
    talk = past(Conversation).get(ref=ref)
    assert (talk.level, talk.in_danger) == (Level.DANGER, True)
    assert talk.reasons == ["danger_now", "minor"]


def test_in_danger_may_be_said_later_and_once(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    endanger(digest=digest, now=NOON)
    endanger(digest=digest, now=NOON + SECOND)
    talk = past(Conversation).get(ref=ref)
    assert (talk.level, talk.in_danger, talk.reasons) == (0, True, ["danger_now"])
    assert len(words(digest)) == 1


def test_the_demonstration_refuses_danger_towards_who_answers(
    helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    with pytest.raises(NobodyReads, match=r"17.*112.*119"):
        opened(helpline, answers=Answers(in_danger=True))
    digest, _ = opened(helpline)
    with pytest.raises(NobodyReads):
        endanger(digest=digest, now=NOON)


def test_closed_nobody_begins(helpline: Organisation, settings: Settings) -> None:
    digest, _ = opened(helpline)
    settings.FANAL_CHAT_HOURS = "Mo 15:00-19:00"
    with pytest.raises(Closed) as refusal:
        opened(helpline)
    # Whose page was open before: when it opens, and who answers meanwhile.
    said_to_them = refusal.value.message.replace("\xa0", " ")
    assert said_to_them.startswith("Fermé. Ouvre lundi à 15 h. Le 119 répond jour et nuit")
    # Those who talk go on.
    said(digest, "Je suis là.")


@pytest.mark.usefixtures("db")
def test_where_there_is_no_helpline_nobody_begins() -> None:
    assert helpline_here() is None
    with pytest.raises(Closed):
        open_conversation(digest=key(), helpline=None, answers=Answers(), now=NOON)


def test_too_many_wait_and_it_is_said(
    helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fanal.helpline.chats.terms.MOST_WAITING", 2)
    opened(helpline)
    opened(helpline)
    with pytest.raises(TooManyWait, match="119"):
        opened(helpline)


def test_a_flood_in_one_conversation_waits_a_minute(helpline: Organisation) -> None:
    digest, _ = opened(helpline)
    for number in range(MOST_A_MINUTE):
        said(digest, str(number))
    with pytest.raises(TooMany):
        said(digest, "encore")
    said(digest, "encore", now=NOON + MINUTE + SECOND)


def test_who_leaves_has_left_and_says_nothing_more(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    assert leave(digest=digest, now=NOON)
    assert not leave(digest=digest, now=NOON)
    assert hear(digest=digest).state == State.ENDED
    with pytest.raises(Over):
        said(digest, "encore")
    assert past(Conversation).get(ref=ref).ended_by == "visitor"


def test_to_come_and_to_leave_are_traced_without_a_word(helpline: Organisation) -> None:
    answers = Answers(departement="59", minor=True, topic="outside")
    digest, ref = opened(helpline, answers=answers)
    said(digest, "Bonjour.")
    leave(digest=digest, now=NOON)
    kept = [(one.deed, one.subject_ref, one.agent, one.detail) for one in past(Trace)]
    assert sorted(kept, key=itemgetter(0)) == [
        ("chat.leave", ref, None, {}),
        ("chat.open", ref, None, {"danger": False}),
    ]


def test_a_key_has_one_writing() -> None:
    written = new_key()
    assert digest_of(written) is not None
    for other in ("", "a", written[:-1], f"{written}=", f"{written}A", "é" * 43, "A" * 42 + "B"):
        assert digest_of(other) is None, other
