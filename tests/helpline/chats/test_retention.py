"""Thirty days after its end, a conversation is gone, and its code opens nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Organisation
from fanal.ground.codes.models import ReturnCode
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import issue_code
from fanal.ground.retention.use_cases import apply_retention
from fanal.helpline.chats.models import Conversation, Message
from fanal.helpline.chats.terms import BACK_OTHERS, State
from fanal.helpline.chats.use_cases import come_back, forget_words, leave
from helpline.chats.talking import NOON, key, opened, said, words
from past import past

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_thirty_days_after_its_end_it_is_gone_with_its_code(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    said(digest, "Bonjour.")
    issue_code(kind=Kind.CHAT, opens=ref, now=NOON)
    running, _ = opened(helpline)
    said(running, "Je suis là.")
    leave(digest=digest, now=NOON)

    apply_retention(now=NOON + 30 * DAY)
    assert past(Message).filter(text="Bonjour.").exists()

    apply_retention(now=NOON + 32 * DAY)
    assert not past(Conversation).filter(ref=ref).exists()
    assert not past(Message).filter(text="Bonjour.").exists()
    assert not past(ReturnCode).exists()
    assert past(Message).get().text == "Je suis là."


@pytest.mark.parametrize("ended", [time(0, 1), time(12), time(23, 59)])
def test_it_stays_thirty_whole_days_by_the_calendar_here(
    helpline: Organisation, ended: time
) -> None:
    # Over the night in which clocks change.
    at = datetime.combine(date(2027, 3, 10), ended, tzinfo=PARIS)
    digest, ref = opened(helpline, now=at)
    leave(digest=digest, now=at)
    last = datetime(2027, 4, 9, 23, 59, tzinfo=PARIS)
    apply_retention(now=last)
    assert past(Conversation).filter(ref=ref).exists()
    apply_retention(now=last + timedelta(minutes=1))
    assert not past(Conversation).filter(ref=ref).exists()


def test_to_come_back_keeps_no_word_longer(helpline: Organisation) -> None:
    digest, ref = opened(helpline)
    said(digest, "Il y a un mois.")
    code = issue_code(kind=Kind.CHAT, opens=ref, now=NOON)
    leave(digest=digest, now=NOON)
    other = key()
    come_back(typed=" ".join(code.words), digest=other, now=NOON + 29 * DAY)
    said(other, "Je suis revenue.", now=NOON + 29 * DAY)

    assert forget_words(now=NOON + 30 * DAY) == 0
    # What was said, and that the page was left.
    assert forget_words(now=NOON + 31 * DAY) == 2
    assert past(Conversation).get(ref=ref).state == State.WAITING
    assert words(other) == [BACK_OTHERS, "Je suis revenue."]
    assert past(Message).filter(conversation__ref=ref).count() == 2
