"""Hours of particular days, over the usual ones; what limits those who come all at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now as this_moment
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, AgentSession, Organisation
from fanal.ground.errors import NotVisible
from fanal.helpline.chats import hours
from fanal.helpline.chats.models import ChatHours
from fanal.helpline.chats.use_cases import (
    Closed,
    TooManyCome,
    set_hours,
    take_conversation,
    tidy,
    withdraw_hours,
)
from fanal.helpline.chats.use_cases.visiting import Answers
from helpline.chats.talking import MINUTE, NOON, SECOND, opened, said, words
from past import past

pytestmark = pytest.mark.django_db
# Saturday 28 November 2026, 13 h in Paris.
TODAY, TOMORROW = date(2026, 11, 28), date(2026, 11, 29)
DAY = timedelta(days=1)


def decide(agent: Agent, day: date, opens: str, reason: str = "Exercice") -> ChatHours:
    with acting_as(agent):
        return set_hours(agent=agent, day=day, hours=opens, reason=reason, now=NOON)


def test_a_day_is_closed_for_a_reason_that_is_said(
    helpline: Organisation, anouk: Agent, settings: Settings
) -> None:
    settings.FANAL_CHAT_HOURS = "Mo-Su 10:00-20:00"
    decide(anouk, TODAY, "")
    assert not hours.is_open(NOON)
    assert hours.said(NOON) == "Fermé (Exercice). Ouvre demain à 10\u00a0h."
    with pytest.raises(Closed):
        opened(helpline)
    assert hours.is_open(NOON + DAY)


def test_a_day_opens_at_other_hours(
    helpline: Organisation, anouk: Agent, settings: Settings
) -> None:
    settings.FANAL_CHAT_HOURS = "Mo 10:00-12:00"
    decide(anouk, TODAY, "13:00-15:00,18:00-19:00")
    assert hours.said(NOON) == "Ouvert (Exercice), jusqu’à 15\u00a0h."
    opened(helpline)
    assert not hours.is_open(NOON + 2 * timedelta(hours=1))
    assert hours.said(NOON + DAY).endswith("Ouvre demain à 10\u00a0h.")


def test_day_and_night_has_its_exceptions_too(helpline: Organisation, anouk: Agent) -> None:
    decide(anouk, TOMORROW, "")
    # Said when it comes near, and not before.
    assert hours.said(NOON - 7 * DAY) == "Ouvert, jour et nuit."
    assert hours.is_open(NOON)
    assert hours.said(NOON) == "Ouvert, jusqu’à minuit."
    assert not hours.is_open(NOON + DAY)


def test_at_a_closing_of_that_day_those_who_wait_are_told_and_those_who_talk_go_on(
    helpline: Organisation, anouk: Agent, maya: Agent
) -> None:
    waiting, _ = opened(helpline)
    talking, ref = opened(helpline)
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
    decide(anouk, TODAY, "08:00-13:00")
    assert tidy(now=NOON + MINUTE) == 1
    assert "119" in words(waiting)[-1]
    said(talking, "Je suis encore là.")


def test_said_again_it_takes_the_place_of_what_was_and_withdrawn_the_usual_hours_hold(
    helpline: Organisation, anouk: Agent
) -> None:
    decide(anouk, TODAY, "")
    kept = decide(anouk, TODAY, "12:00-14:00")
    assert hours.is_open(NOON)
    assert past(ChatHours).count() == 1
    with acting_as(anouk):
        withdraw_hours(agent=anouk, ref=kept.ref, now=NOON)
    assert hours.said(NOON) == "Ouvert, jour et nuit."


def test_only_who_coordinates_here_decides(
    helpline: Organisation, anouk: Agent, maya: Agent, elsewhere: Agent, nadia: Agent
) -> None:
    kept = decide(anouk, TODAY, "")
    with acting_as(maya):
        assert ChatHours.objects.count() == 1
        assert ChatHours.objects.all().delete()[0] == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            set_hours(agent=maya, day=TOMORROW, hours="", reason="x", now=NOON)
    for stranger in (elsewhere, nadia):
        with acting_as(stranger):
            assert not ChatHours.objects.exists()
            with pytest.raises(NotVisible):
                withdraw_hours(agent=stranger, ref=kept.ref, now=NOON)


def test_the_screen_decides_says_what_is_missing_and_withdraws(
    helpline: Organisation, anouk: Agent, maya: Agent, elsewhere: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    address = reverse("chats:days")
    client, other = Client(), Client()
    client.force_login(anouk)
    other.force_login(maya)
    assert other.get(address).status_code == 403
    day = (this_moment() + 3 * DAY).date()
    for wrong in ("midi", "10:75-12:00", "10:00-10:00", "10:00-12:00 off"):
        page = client.post(address, {"day": day, "hours": wrong, "reason": "Noël"})
        assert page.status_code == 200, wrong
    assert not past(ChatHours).exists()
    client.post(address, {"day": day, "hours": "10:00-12:00", "reason": 'Noël "bis"; off'})
    kept = past(ChatHours).get()
    assert kept.reason == "Noël ’bis’; off"
    assert hours.is_open(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
    assert "Noël ’bis’; off" in client.get(address).content.decode()
    other.force_login(elsewhere)
    withdraw = [reverse("chats:withdraw_day", args=[one]) for one in (kept.ref, uuid4())]
    assert {other.post(one).status_code for one in withdraw} == {403}
    client.post(withdraw[0])
    assert client.post(withdraw[1]).status_code == 404
    assert not past(ChatHours).exists()


def test_a_flood_waits_a_minute_and_keeps_nobody_in_danger_out(
    helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fanal.helpline.chats.terms.MOST_COME_A_MINUTE", 3)
    for _ in range(3):
        opened(helpline)
    with pytest.raises(TooManyCome, match=r"réessaie dans une minute.*119"):
        opened(helpline, now=NOON + 59 * SECOND)
    opened(helpline, now=NOON + 30 * SECOND, answers=Answers(in_danger=True))
    opened(helpline, now=NOON + MINUTE)


def test_a_desk_that_is_read_again_each_minute_keeps_its_session(
    helpline: Organisation, maya: Agent, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue pane is: a listener in a long conversation is not signed out amid it."""
    settings.FANAL_SERVICE = ""
    client = Client()
    client.force_login(maya)
    client.get(reverse("chats:desk"))
    with_desk = past(AgentSession).get(agent=maya).expire_date
    later = this_moment().timestamp() + 20 * 60
    monkeypatch.setattr("fanal.ground.agents.sessions.time", lambda: later)
    answer = client.get(reverse("chats:queue"))
    assert past(AgentSession).get(agent=maya).seen_at.timestamp() == pytest.approx(later, abs=1)
    assert "sessionid" in answer.cookies
    assert with_desk
