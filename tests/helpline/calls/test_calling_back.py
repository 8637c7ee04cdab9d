"""A call is given back at its safe hour and at no other; then the number is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.retention.use_cases import apply_retention
from fanal.helpline.blocks.digests import UnreadableNumber
from fanal.helpline.calls.models import CallBack
from fanal.helpline.calls.queries import call_backs, read_call_back
from fanal.helpline.calls.terms import BackReason, BackState
from fanal.helpline.calls.use_cases import (
    AlreadyDone,
    HourPassed,
    NotNow,
    Wish,
    dial,
    finish_call_back,
    plan_call_back,
)
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NUMBER, CARE = "06 39 98 00 01", "Demander si elle est seule."


def planned(agent: Agent, number: str = NUMBER) -> CallBack:
    wish = Wish(number, NOON + 5 * HOUR, NOON + 6 * HOUR, BackReason.LATER, CARE)
    with acting_as(agent):
        return plan_call_back(agent=agent, wish=wish, now=NOON)


def test_the_number_is_sealed_then_gone(helpline: Organisation, maya: Agent, tom: Agent) -> None:
    back = planned(maya)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT number, care FROM calls_callback")
        kept = [bytes(one) for one in cursor.fetchone()]
    assert not any(word in one for one in kept for word in (b"39980001", b"seule"))
    with acting_as(tom):
        assert read_call_back(agent=tom, ref=back.ref).number == "0639980001"
        dial(agent=tom, ref=back.ref, now=NOON + 5 * HOUR)
        done = finish_call_back(agent=tom, ref=back.ref, reached=True, now=NOON + 5 * HOUR)
        with pytest.raises(AlreadyDone):
            dial(agent=tom, ref=back.ref, now=NOON + 5 * HOUR)
    assert done.state == BackState.REACHED
    with acting_as(tom):
        left = read_call_back(agent=tom, ref=back.ref)
        assert (left.number, left.care, left.tries) == ("", "", 1)
        assert not call_backs(helpline).exists()
    assert "39980001" not in str(list(past(Trace).values()))


@pytest.mark.parametrize("hours", [0, 4.99, 6, 30])
def test_at_no_other_hour_is_it_called(maya: Agent, hours: float) -> None:
    back = planned(maya)
    with acting_as(maya), pytest.raises(NotNow):
        dial(agent=maya, ref=back.ref, now=NOON + hours * HOUR)
    assert past(CallBack).get().tries == 0


def test_what_cannot_be_done_is_not_planned(maya: Agent) -> None:
    with pytest.raises(UnreadableNumber):
        planned(maya, "je ne sais pas")
    wish = Wish(NUMBER, NOON - 2 * HOUR, NOON - HOUR, BackReason.CUT)
    with acting_as(maya), pytest.raises(HourPassed):
        plan_call_back(agent=maya, wish=wish, now=NOON)


def test_a_stranger_finds_nobody_to_call(maya: Agent, elsewhere: Agent, nadia: Agent) -> None:
    back = planned(maya)
    for agent in (elsewhere, nadia):
        with acting_as(agent):
            assert not CallBack.objects.exists()
            for act in (
                lambda who: read_call_back(agent=who, ref=back.ref),
                lambda who: dial(agent=who, ref=back.ref, now=NOON + 5 * HOUR),
                lambda who: finish_call_back(agent=who, ref=back.ref, reached=True, now=NOON),
            ):
                with pytest.raises(NotVisible):
                    act(agent)


def test_thirty_days_after_its_hour_it_is_gone(maya: Agent) -> None:
    planned(maya)
    apply_retention(now=NOON + 29 * DAY)
    assert past(CallBack).exists()
    apply_retention(now=NOON + 33 * DAY)
    assert not past(CallBack).exists()
