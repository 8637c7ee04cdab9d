"""Thirty days after it was settled a question is gone, and its code; what is public stays."""

from __future__ import annotations

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.codes.models import ReturnCode
from fanal.ground.retention.use_cases import apply_retention
from fanal.prevent.exchange import queries, use_cases
from fanal.prevent.exchange.models import Question
from past import past
from prevent.exchange.asking import DAY, NOON, asked, published

pytestmark = pytest.mark.django_db


def test_it_goes_with_its_code_and_what_waits_or_is_public_stays(maya: Agent, tom: Agent) -> None:
    entry = published(maya, tom)
    waiting, _ = asked()
    aside, _ = asked()
    with acting_as(maya):
        use_cases.set_aside(agent=maya, ref=aside, now=NOON)

    apply_retention(now=NOON + 30 * DAY)
    assert past(Question).count() == 3

    apply_retention(now=NOON + 32 * DAY)
    assert list(past(Question).values_list("ref", flat=True)) == [waiting]
    assert list(past(ReturnCode).values_list("opens", flat=True)) == [waiting]
    assert queries.read_published(entry.ref) is not None
