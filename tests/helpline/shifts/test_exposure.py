"""What weighs is noted, a pause follows, and nobody in danger is kept waiting by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.retention.use_cases import apply_retention
from fanal.helpline.chats.terms import Agreed
from fanal.helpline.chats.use_cases import (
    Relay,
    accept_transfer,
    ask_transfer,
    end_conversation,
    endanger,
    take_conversation,
)
from fanal.helpline.chats.use_cases.visiting import Answers
from fanal.helpline.shifts.models import Debrief, HardContact, Presence
from fanal.helpline.shifts.queries import (
    OnPause,
    PauseDue,
    debriefs_to_give,
    may_take,
    my_debrief,
    my_standing,
    who_is_there,
)
from fanal.helpline.shifts.rules import rules
from fanal.helpline.shifts.terms import Channel, State
from fanal.helpline.shifts.use_cases import (
    NotAtWork,
    ask_debrief,
    begin,
    close_debrief,
    give_slot,
    leave,
    note_hard,
    pause,
    take_up,
)
from helpline.chats.talking import opened
from helpline.shifts.week import DAY, MINUTE, NOON
from past import past

pytestmark = pytest.mark.django_db
RULES = rules()
DEEDS = ("on", "pause", "off", "hard", "take", "danger", "")
WEIGHTS = (3, 2, 1, 2, 3, 1, 9)


def take(agent: Agent, helpline: Organisation, now: datetime, *, danger: bool = False) -> None:
    with acting_as(agent):
        take_up(
            agent=agent,
            helpline=helpline,
            contact=uuid4(),
            channel=Channel.CHAT,
            danger=danger,
            now=now,
        )


def weigh(agent: Agent, now: datetime, times: int = RULES.hard_contacts) -> None:
    with acting_as(agent):
        begin(agent=agent, now=now)
        for number in range(times):
            note_hard(agent=agent, channel=Channel.CALL, now=now + number * MINUTE)


def test_past_three_hard_contacts_the_next_waits_for_a_pause(
    helpline: Organisation, maya: Agent
) -> None:
    weigh(maya, NOON)
    later = NOON + 10 * MINUTE
    with pytest.raises(PauseDue, match=r"3 contacts difficiles.*jusqu’à 13:25"):
        take(maya, helpline, later)
    with acting_as(maya):
        pause(agent=maya, now=later)
        with pytest.raises(PauseDue, match="Elle dure jusqu’à 13:25"):
            begin(agent=maya, now=later + 5 * MINUTE)
        begin(agent=maya, now=later + RULES.pause)
    take(maya, helpline, later + RULES.pause)


def test_in_danger_now_passes_before_any_pause_and_weighs(
    helpline: Organisation, maya: Agent
) -> None:
    weigh(maya, NOON)
    with acting_as(maya):
        pause(agent=maya, now=NOON + 5 * MINUTE)
    take(maya, helpline, NOON + 6 * MINUTE, danger=True)
    with acting_as(maya):
        here = my_standing(maya, now=NOON + 7 * MINUTE)
    assert here is not None
    assert (here.state, here.hard) == (State.ON, 4)
    with pytest.raises(PauseDue):
        take(maya, helpline, NOON + 20 * MINUTE)


def test_a_chat_is_refused_with_the_hour_and_one_in_danger_is_taken(
    helpline: Organisation, maya: Agent
) -> None:
    _, usual = opened(helpline, now=NOON)
    _, danger = opened(helpline, now=NOON, answers=Answers(in_danger=True))
    weigh(maya, NOON)
    with acting_as(maya):
        with pytest.raises(PauseDue, match="jusqu’à"):
            take_conversation(agent=maya, ref=usual, now=NOON + 5 * MINUTE)
        take_conversation(agent=maya, ref=danger, now=NOON + 5 * MINUTE)
    assert past(HardContact).filter(contact=danger, why="danger").exists()


def test_whoever_takes_a_chat_is_at_work(helpline: Organisation, maya: Agent) -> None:
    _, ref = opened(helpline, now=NOON)
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
        end_conversation(agent=maya, ref=ref, now=NOON + MINUTE)
    assert past(Presence).get().state == State.ON


def test_in_a_pause_of_one_s_own_one_takes_up_the_post_first(
    helpline: Organisation, maya: Agent
) -> None:
    with acting_as(maya):
        begin(agent=maya, now=NOON)
        pause(agent=maya, now=NOON + MINUTE)
        with pytest.raises(OnPause):
            may_take(maya, now=NOON + 2 * MINUTE)
        begin(agent=maya, now=NOON + 3 * MINUTE)
        may_take(maya, now=NOON + 4 * MINUTE)


def test_leaving_and_coming_back_is_no_way_round(helpline: Organisation, maya: Agent) -> None:
    weigh(maya, NOON)
    with acting_as(maya):
        leave(agent=maya, now=NOON + 5 * MINUTE)
        with pytest.raises(PauseDue):
            begin(agent=maya, now=NOON + 6 * MINUTE)
    with pytest.raises(PauseDue):
        take(maya, helpline, NOON + 7 * MINUTE)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_one_does_a_pause_is_never_broken_but_for_danger(
    helpline: Organisation, maya: Agent, seed: int
) -> None:
    """Minute by minute, apart from the rules: work and weight since the last whole rest."""
    draw = Random(seed)  # noqa: S311
    worked = weighed = 0
    rested, working, taken, refused = RULES.pause_minutes, False, 0, 0
    for minute in range(500):
        now = NOON + minute * MINUTE
        (deed,) = draw.choices(DEEDS, WEIGHTS)
        due = weighed >= RULES.hard_contacts or worked >= RULES.work_minutes
        try:
            with acting_as(maya):
                if deed == "on":
                    begin(agent=maya, now=now)
                    working = True
                elif deed == "pause" and working:
                    pause(agent=maya, now=now)
                    working = False
                elif deed == "off":
                    leave(agent=maya, now=now)
                    working = False
                elif deed == "hard" and working:
                    note_hard(agent=maya, channel=Channel.CHAT, now=now)
                    weighed += 1
                elif deed in ("take", "danger"):
                    take(maya, helpline, now, danger=deed == "danger")
                    assert deed == "danger" or not due
                    working, taken = True, taken + 1
                    weighed += deed == "danger"
        except Refusal:
            assert deed != "danger"
            refused += 1
        worked, rested = (worked + 1, 0) if working else (worked, rested + 1)
        if rested >= RULES.pause_minutes:
            worked = weighed = 0
    assert taken > 0
    assert refused > 0


def test_one_contact_counts_once(helpline: Organisation, maya: Agent) -> None:
    contact: UUID = uuid4()
    with acting_as(maya):
        begin(agent=maya, now=NOON)
        assert note_hard(agent=maya, channel=Channel.CHAT, now=NOON, contact=contact)
        pause(agent=maya, now=NOON)
        assert note_hard(agent=maya, channel=Channel.CHAT, now=NOON, contact=contact) is None
    assert len(past(HardContact)) == 1


def test_it_is_seen_by_oneself_and_who_coordinates_alone(
    helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent, elsewhere: Agent
) -> None:
    weigh(maya, NOON, 2)
    now = NOON + 5 * MINUTE
    for agent, seen in ((maya, 2), (anouk, 2), (tom, 0), (elsewhere, 0)):
        with acting_as(agent):
            assert HardContact.objects.count() == seen
    with acting_as(anouk):
        (there,) = who_is_there(helpline, now=now)
        assert (there.agent, there.hard, there.may_need_a_debrief) == (maya, 2, True)
    with acting_as(elsewhere):
        assert who_is_there(helpline, now=now) == []


def test_nobody_is_present_for_somebody_else(
    helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    with acting_as(maya):
        begin(agent=maya, now=NOON)
    with acting_as(tom):
        assert Presence.objects.update(until=NOON) == 0
        leave(agent=tom, now=NOON)
    assert past(Presence).get().until is None


def test_a_presence_that_was_forgotten_has_ended(helpline: Organisation, maya: Agent) -> None:
    with acting_as(maya):
        begin(agent=maya, now=NOON)
        later = NOON + RULES.forgotten + timedelta(hours=1)
        assert who_is_there(helpline, now=later) == []
        begin(agent=maya, now=later)
    rows = list(past(Presence).order_by("since"))
    assert [one.until for one in rows] == [NOON + RULES.forgotten, None]


def test_a_debrief_is_asked_once_planned_and_done(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    with acting_as(maya):
        with pytest.raises(NotAtWork):
            ask_debrief(agent=maya, now=NOON)
        begin(agent=maya, now=NOON)
        leave(agent=maya, now=NOON + MINUTE)
        asked = ask_debrief(agent=maya, now=NOON + 2 * MINUTE)
        assert ask_debrief(agent=maya, now=NOON + 3 * MINUTE) == asked
    with acting_as(anouk):
        give_slot(agent=anouk, ref=asked.ref, at=NOON + DAY, now=NOON)
    with acting_as(maya):
        mine = my_debrief(maya)
        assert mine is not None
        assert (mine.slot_at, mine.given_by) == (NOON + DAY, anouk)
    with acting_as(anouk):
        close_debrief(agent=anouk, ref=asked.ref, now=NOON + DAY)
        assert not debriefs_to_give(helpline).exists()
    deeds = set(past(Trace).values_list("deed", flat=True))
    assert deeds >= {"presence.on", "presence.off", "debrief.ask", "debrief.slot", "debrief.done"}


def test_a_stranger_gives_no_debrief(
    helpline: Organisation, maya: Agent, tom: Agent, elsewhere: Agent
) -> None:
    with acting_as(maya):
        begin(agent=maya, now=NOON)
        asked = ask_debrief(agent=maya, now=NOON)
    for agent in (tom, elsewhere):
        with acting_as(agent), pytest.raises(NotVisible):
            close_debrief(agent=agent, ref=asked.ref, now=NOON)
    assert past(Debrief).get().done_at is None


def test_thirty_days_later_nothing_of_it_is_left(helpline: Organisation, maya: Agent) -> None:
    weigh(maya, NOON)
    with acting_as(maya):
        ask_debrief(agent=maya, now=NOON + 5 * MINUTE)
        leave(agent=maya, now=NOON + 5 * MINUTE)
    apply_retention(now=NOON + 30 * DAY)
    assert len(past(HardContact)) == 3
    apply_retention(now=NOON + 32 * DAY)
    assert not past(HardContact).exists()
    assert not past(Debrief).exists()
    assert not past(Presence).exists()


def test_a_relay_waits_for_a_pause_too(helpline: Organisation, maya: Agent, tom: Agent) -> None:
    _, ref = opened(helpline, now=NOON)
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
        relay = Relay(to=None, summary="Une amie l’inquiète.", agreed=Agreed.YES)
        ask_transfer(agent=maya, ref=ref, relay=relay, now=NOON)
    weigh(tom, NOON)
    with acting_as(tom), pytest.raises(PauseDue):
        accept_transfer(agent=tom, ref=ref, now=NOON + 5 * MINUTE)


def test_danger_that_is_said_later_weighs_once(helpline: Organisation, maya: Agent) -> None:
    digest, ref = opened(helpline, now=NOON)
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
    endanger(digest=digest, now=NOON + MINUTE)
    with acting_as(maya):
        note_hard(agent=maya, channel=Channel.CHAT, contact=ref, now=NOON + 2 * MINUTE)
        end_conversation(agent=maya, ref=ref, now=NOON + 3 * MINUTE)
    assert len(past(HardContact)) == 1


def test_danger_that_nobody_spoke_of_weighs_at_the_end(helpline: Organisation, maya: Agent) -> None:
    digest, ref = opened(helpline, now=NOON)
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
    endanger(digest=digest, now=NOON + MINUTE)
    with acting_as(maya):
        end_conversation(agent=maya, ref=ref, now=NOON + 3 * MINUTE)
    assert past(HardContact).get().why == "danger"
