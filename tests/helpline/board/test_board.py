"""The live board: what is there is shown, to who coordinates and nobody else."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.board.drawing import drawn
from fanal.helpline.board.queries import budget, live, outlook
from fanal.helpline.board.terms import NO_ENGINE, NO_ROSTER, TOO_LITTLE, Channel
from fanal.helpline.calls.lines import NullLine
from fanal.helpline.calls.use_cases import answer_call, open_line
from fanal.helpline.chats.use_cases import leave, raise_hand, take_conversation
from fanal.helpline.chats.use_cases.visiting import Answers
from fanal.helpline.shifts.terms import Channel as Weighed
from fanal.helpline.shifts.terms import Post
from fanal.helpline.shifts.use_cases import Turn, ask_debrief, begin, note_hard, put_shifts
from fanal.helpline.shifts.weeks import HERE
from helpline.chats.talking import opened

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def on(by: Agent, who: Agent, post: Post, *, at: datetime, hours: int = 4) -> None:
    turn = Turn(who, post, at, at + hours * HOUR)
    with acting_as(by):
        put_shifts(agent=by, turns=[turn], now=at)


def rung(phone: NullLine, helpline: Organisation, *, at: datetime, weeks: int = 4) -> None:
    """An arrival every quarter around this hour, in each of the weeks before."""
    for week in range(1, weeks + 1):
        for quarter in range(-2, 18):
            phone.ring(helpline, now=at - week * 7 * DAY + quarter * 15 * MINUTE)


def test_who_is_there_what_they_hold_and_who_waits(
    phone: NullLine, helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent
) -> None:
    _, taken = opened(helpline, now=NOON - HOUR)
    _, danger = opened(helpline, now=NOON, answers=Answers(in_danger=True))
    opened(helpline, now=NOON - 5 * MINUTE)
    ringing, led = (phone.ring(helpline, now=NOON) for _ in range(2))
    on(anouk, anouk, Post.FORM, at=NOON)
    with acting_as(maya):
        take_conversation(agent=maya, ref=taken, now=NOON)
        raise_hand(agent=maya, ref=taken, now=NOON)
        note_hard(agent=maya, channel=Weighed.CHAT, now=NOON)
        ask_debrief(agent=maya, now=NOON)
    with acting_as(tom):
        open_line(agent=tom, now=NOON)
        answer_call(agent=tom, ref=led, now=NOON)
    with acting_as(anouk):
        found = live(helpline, now=NOON + MINUTE)
    people = [(p.standing.agent, p.chats, p.on_the_phone, p.standing.hard) for p in found.people]
    assert people == [(maya, 1, False, 1), (tom, 0, True, 0)]
    assert next(place.who.ref for place in found.waiting) == danger
    assert [one.ref for one in found.phone.waiting] == [ringing]
    assert [one.ref for one in found.hands] == [taken]
    assert [one.presence.agent for one in found.debriefs] == [maya]
    assert [one.agent for one in found.absent] == [anouk]


@pytest.mark.usefixtures("without_a_second_factor")
def test_the_page_and_its_fragments_say_it(
    phone: NullLine, helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    moment = now()
    opened(helpline, now=moment - 3 * MINUTE, answers=Answers(topic="threats", minor=True))
    phone.ring(helpline, now=moment - MINUTE)
    with acting_as(maya):
        begin(agent=maya, now=moment - HOUR)
    client = signed_in(anouk)
    for name in ("live", "now"):
        page = client.get(reverse(f"board:{name}")).content.decode()
        assert "Maya Inventée" in page
        assert "parle de violences ou de menaces" in page
        assert "1 appel sonne" in page
    assert "Trop peu de données" in client.get(reverse("board:forecast")).content.decode()


@pytest.mark.usefixtures("without_a_second_factor")
def test_another_helpline_s_board_is_empty(
    phone: NullLine, helpline: Organisation, maya: Agent, elsewhere: Agent
) -> None:
    from factories import PostingFactory

    theirs = elsewhere.postings.get().organisation
    PostingFactory(agent=elsewhere, organisation=theirs, role="coordinator")
    moment = now()
    opened(helpline, now=moment)
    phone.ring(helpline, now=moment)
    with acting_as(maya):
        begin(agent=maya, now=moment)
    page = signed_in(elsewhere).get(reverse("board:live")).content.decode()
    assert "Maya" not in page
    assert "Personne n’est en poste." in page
    assert "appel sonne" not in page


@pytest.mark.usefixtures("without_a_second_factor")
def test_the_board_is_for_who_coordinates_alone(maya: Agent, nadia: Agent) -> None:
    for agent in (maya, nadia):
        for name in ("live", "now", "forecast"):
            assert signed_in(agent).get(reverse(f"board:{name}")).status_code == 403


def test_of_too_little_it_says_so(helpline: Organisation, maya: Agent, anouk: Agent) -> None:
    on(anouk, maya, Post.CALL, at=NOON)
    with acting_as(anouk):
        assert outlook(helpline, Channel.CALL, now=NOON).why_not == TOO_LITTLE
        assert budget(now=NOON, helpline=helpline).people is None


def test_without_a_roster_it_says_so(phone: NullLine, helpline: Organisation, anouk: Agent) -> None:
    rung(phone, helpline, at=NOON)
    with acting_as(anouk):
        assert outlook(helpline, Channel.CALL, now=NOON).why_not == NO_ROSTER


def test_the_next_hours_are_said_in_ranges_and_drawn(
    phone: NullLine, helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent
) -> None:
    rung(phone, helpline, at=NOON)
    on(anouk, maya, Post.CALL, at=NOON, hours=3)
    on(anouk, tom, Post.CALL, at=NOON, hours=2)
    with acting_as(anouk):
        found = outlook(helpline, Channel.CALL, now=NOON)
    assert found.why_not == ""
    assert [one.places for one in found.quarters] == [2] * 8 + [1] * 4 + [0] * 4
    assert found.quarters[0].at == NOON.astimezone(HERE)
    assert all(one.expected == 1.0 for one in found.quarters)
    for one in found.quarters[:12]:
        assert one.said
        assert one.low is None or one.high is None or one.low <= one.high
    assert found.quarters[-1].said == "Fermé, ou personne au planning."
    assert found.says.startswith("À 13:00 : ")
    assert found.drawing is not None
    assert [bar.kind for bar in found.drawing.bars].count("shut") == 4
    for bar in found.drawing.bars:
        assert 0 <= bar.y <= found.drawing.base
        assert bar.height > 0


def test_one_more_listener_never_makes_the_wait_longer(
    phone: NullLine, helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent
) -> None:
    rung(phone, helpline, at=NOON)
    on(anouk, maya, Post.CALL, at=NOON)
    with acting_as(anouk):
        alone = outlook(helpline, Channel.CALL, now=NOON).quarters
    on(anouk, tom, Post.CALL, at=NOON)
    with acting_as(anouk):
        two = outlook(helpline, Channel.CALL, now=NOON).quarters
    assert all(b.leaves <= a.leaves for a, b in zip(alone, two, strict=True))


def test_a_campaign_is_told_how_many_it_may_bring(
    helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent
) -> None:
    for week in range(1, 5):
        for number in range(6):
            at = NOON - week * 7 * DAY + number * 30 * MINUTE
            leave(digest=opened(helpline, now=at)[0], now=at + 10 * MINUTE)
    with acting_as(anouk):
        assert budget(now=NOON, helpline=helpline).people == 0
    on(anouk, maya, Post.CHAT, at=NOON)
    with acting_as(anouk):
        one = budget(now=NOON, helpline=helpline)
    on(anouk, tom, Post.CHAT, at=NOON)
    with acting_as(anouk):
        two = budget(now=NOON, helpline=helpline)
    assert one.people is not None
    assert two.people is not None
    assert 0 <= one.people < two.people
    assert one.until == NOON.astimezone(HERE) + 4 * HOUR


def test_who_may_not_see_the_line_is_told_that_nobody_knows(
    phone: NullLine, helpline: Organisation, nadia: Agent
) -> None:
    rung(phone, helpline, at=NOON)
    with acting_as(nadia):
        assert budget(now=NOON, helpline=helpline).people is None


def test_without_the_engine_the_board_still_stands(
    phone: NullLine,
    helpline: Organisation,
    maya: Agent,
    anouk: Agent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rung(phone, helpline, at=NOON)
    on(anouk, maya, Post.CALL, at=NOON)

    monkeypatch.setitem(sys.modules, "numpy", None)

    with acting_as(anouk):
        assert outlook(helpline, Channel.CALL, now=NOON).why_not == NO_ENGINE


def test_a_drawing_of_nothing_is_empty() -> None:
    assert drawn([]).bars == []
