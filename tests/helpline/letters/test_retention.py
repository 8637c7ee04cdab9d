"""Thirty days after its answer a letter is gone, and its code opens nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.codes.models import ReturnCode
from fanal.ground.retention.use_cases import apply_retention
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.use_cases import add_word, open_answer
from helpline.letters.sending import MINUTE, NOON, answered, sent, typed
from past import past

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_thirty_days_after_its_answer_it_is_gone_with_its_code(
    helpline: Organisation, maya: Agent
) -> None:
    done, waiting, again = (sent(helpline) for _ in range(3))
    answered(maya, done)
    answered(maya, again)
    found = open_answer(typed=typed(again), now=NOON + MINUTE)
    add_word(token=found.token, text="Encore.", key=uuid4(), now=NOON + MINUTE)

    apply_retention(now=NOON + 30 * DAY)
    assert past(Letter).count() == 3

    apply_retention(now=NOON + 32 * DAY)
    # What still waits for an answer is late, and never lost.
    assert set(past(Letter).values_list("ref", flat=True)) == {waiting.ref, again.ref}
    assert past(LetterText).filter(letter__ref=done.ref).count() == 0
    assert past(ReturnCode).filter(opens=done.ref).count() == 0
    assert past(ReturnCode).count() == 2
