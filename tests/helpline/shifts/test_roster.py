"""The roster: nobody is at two posts, whoever writes; the last change can be undone."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from factories import AgentFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats.use_cases import set_hours
from fanal.helpline.shifts import doors
from fanal.helpline.shifts.models import RosterChange, Shift
from fanal.helpline.shifts.queries import chat_opened, conflicts_of, my_shifts, on_call_at, week_of
from fanal.helpline.shifts.terms import WEEK, Post
from fanal.helpline.shifts.use_cases import (
    NothingToCopy,
    NothingToUndo,
    NotOfTheHouse,
    NotThatLong,
    Overlaps,
    change_shift,
    copy_week,
    put_shifts,
    remove_shift,
    undo_last,
)
from helpline.shifts.week import DAY, MINUTE, MONDAY, NOON, put, turn
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


def hours() -> list[str]:
    return [f"{one.starts_at:%d %H}" for one in past(Shift).order_by("starts_at")]


def test_who_coordinates_puts_turns_and_each_sees_their_own(
    helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent
) -> None:
    put(anouk, turn(maya, 0, 15, 19), turn(maya, 1, 15, 19), turn(tom, 0, 9, 17, Post.CALL))
    with acting_as(maya):
        assert len(week_of(helpline, MONDAY)) == 3
        assert [one.post for one in my_shifts(maya, MONDAY)] == [Post.CHAT, Post.CHAT]
    trace = past(Trace).get(deed="roster.change")
    assert trace.detail == {"deed": "put", "added": 3, "removed": 0}


def test_an_overlap_is_refused_with_the_turn_that_is_there(maya: Agent, anouk: Agent) -> None:
    put(anouk, turn(maya, 0, 15, 19))
    with pytest.raises(Overlaps, match="déjà un tour lundi 23 novembre de 15:00 à 19:00"):
        put(anouk, turn(maya, 3, 9, 12), turn(maya, 0, 18, 20, Post.CALL))
    assert len(past(Shift)) == 1


def test_turns_that_touch_do_not_overlap(maya: Agent, anouk: Agent) -> None:
    put(anouk, turn(maya, 0, 15, 19), turn(maya, 0, 19, 21, Post.FORM))
    assert len(past(Shift)) == 2


def test_the_database_itself_refuses_two_turns_at_once(maya: Agent, anouk: Agent) -> None:
    (one,) = put(anouk, turn(maya, 0, 15, 19))
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(
            organisation=one.organisation,
            agent=maya,
            post=Post.CALL,
            starts_at=one.starts_at + timedelta(hours=1),
            ends_at=one.ends_at + timedelta(hours=1),
        )


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_put_copied_changed_and_undone_nobody_is_at_two_posts(
    maya: Agent, tom: Agent, anouk: Agent, seed: int
) -> None:
    draw = Random(seed)  # noqa: S311
    done = 0
    for number in range(40):
        now = NOON + number * MINUTE
        wanted = turn(
            draw.choice((maya, tom)), draw.randrange(7), draw.randrange(24), draw.randrange(24)
        )
        shifts = list(past(Shift).order_by("pk"))
        try:
            with acting_as(anouk):
                match draw.randrange(5):
                    case 0:
                        copy_week(agent=anouk, monday=MONDAY + WEEK, now=now)
                    case 1:
                        undo_last(agent=anouk, now=now)
                    case 2 if shifts:
                        ref = draw.choice(shifts).ref
                        change_shift(agent=anouk, ref=ref, turn=wanted, now=now)
                    case _:
                        put_shifts(agent=anouk, turns=[wanted], now=now)
            done += 1
        except Refusal:
            pass
        rows = list(past(Shift).order_by("agent", "starts_at"))
        for one, other in pairwise(rows):
            assert one.agent_id != other.agent_id or one.ends_at <= other.starts_at
    assert done > 10


def test_a_night_ends_on_the_next_day(maya: Agent, anouk: Agent) -> None:
    (one,) = put(anouk, turn(maya, 0, 22, 7, Post.ON_CALL, "poste 12"))
    assert one.ends_at - one.starts_at == timedelta(hours=9)
    with acting_as(maya):
        (found,) = on_call_at(one.organisation, now=one.starts_at + timedelta(hours=8))
    assert found.reach == "poste 12"


def test_who_does_not_work_here_is_not_put(maya: Agent, elsewhere: Agent, anouk: Agent) -> None:
    for who in (elsewhere, AgentFactory()):
        with pytest.raises(NotOfTheHouse):
            put(anouk, turn(who, 0, 15, 19))


def test_a_turn_has_a_length(maya: Agent, anouk: Agent) -> None:
    whole = turn(maya, 0, 15, 15)
    put(anouk, whole)
    longer = whole.__class__(maya, Post.CHAT, whole.begin + 2 * DAY, whole.end + 4 * DAY)
    with pytest.raises(NotThatLong):
        put(anouk, longer)


def test_a_week_is_copied_at_the_same_hours_but_where_the_place_is_taken(
    helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent
) -> None:
    put(anouk, turn(maya, 0, 15, 19), turn(tom, 0, 9, 12))
    put(anouk, turn(tom, 7, 10, 11))
    with acting_as(anouk):
        assert copy_week(agent=anouk, monday=MONDAY + WEEK, now=NOON) == (1, 1)
        with pytest.raises(NothingToCopy):
            copy_week(agent=anouk, monday=MONDAY + WEEK, now=NOON)
    assert hours() == ["23 08", "23 14", "30 09", "30 14"]


def test_copied_over_summer_time_it_is_the_hour_of_the_clock(maya: Agent, anouk: Agent) -> None:
    last = MONDAY.replace(month=10, day=19)
    days = (last - MONDAY).days
    put(anouk, turn(maya, days, 15, 19))
    with acting_as(anouk):
        copy_week(agent=anouk, monday=last + WEEK, now=NOON)
    assert hours() == ["19 13", "26 14"]


def test_each_change_is_undone_in_turn(maya: Agent, tom: Agent, anouk: Agent) -> None:
    (one,) = put(anouk, turn(maya, 0, 15, 19))
    with acting_as(anouk):
        change_shift(agent=anouk, ref=one.ref, turn=turn(tom, 1, 9, 12), now=NOON + MINUTE)
        remove_shift(agent=anouk, ref=one.ref, now=NOON + 2 * MINUTE)
        assert hours() == []
        undo_last(agent=anouk, now=NOON + 3 * MINUTE)
        assert hours() == ["24 08"]
        undo_last(agent=anouk, now=NOON + 4 * MINUTE)
        assert hours() == ["23 14"]
        assert past(Shift).get().ref == one.ref
        undo_last(agent=anouk, now=NOON + 5 * MINUTE)
        assert hours() == []
        with pytest.raises(NothingToUndo):
            undo_last(agent=anouk, now=NOON + 6 * MINUTE)


def test_after_a_week_a_change_is_undone_by_hand(maya: Agent, anouk: Agent) -> None:
    put(anouk, turn(maya, 0, 15, 19))
    with acting_as(anouk), pytest.raises(NothingToUndo):
        undo_last(agent=anouk, now=NOON + 8 * DAY)
    put(anouk, turn(maya, 1, 15, 19), now=NOON + 8 * DAY)
    assert len(past(RosterChange)) == 1


def test_a_stranger_finds_no_turn(
    maya: Agent, elsewhere: Agent, nadia: Agent, anouk: Agent
) -> None:
    (one,) = put(anouk, turn(maya, 0, 15, 19))
    for agent in (elsewhere, nadia):
        with acting_as(agent):
            assert not Shift.objects.exists()
            with pytest.raises(NotVisible):
                remove_shift(agent=agent, ref=one.ref, now=NOON)
            with pytest.raises(NotVisible):
                change_shift(agent=agent, ref=one.ref, turn=turn(maya, 0, 9, 10), now=NOON)
    assert hours() == ["23 14"]


def test_who_listens_writes_no_roster(maya: Agent, anouk: Agent) -> None:
    put(anouk, turn(maya, 0, 15, 19))
    with pytest.raises(DatabaseError), transaction.atomic():
        put(maya, turn(maya, 1, 15, 19))
    with acting_as(maya):
        assert Shift.objects.all().delete()[0] == 0
        assert not RosterChange.objects.exists()
    assert hours() == ["23 14"]


def test_the_week_says_when_nobody_is_at_the_chat(
    helpline: Organisation, maya: Agent, anouk: Agent, settings: object
) -> None:
    settings.FANAL_CHAT_HOURS = "Mo,Tu 15:00-19:00"  # type: ignore[attr-defined]
    put(anouk, turn(maya, 0, 15, 19))
    with acting_as(anouk):
        said = [one.said for one in conflicts_of(helpline, MONDAY)]
    assert said == ["Personne au tchat mardi 24 novembre de 15:00 à 19:00, alors qu’il est ouvert."]


def test_a_day_that_has_its_own_hours_is_known(
    helpline: Organisation, anouk: Agent, settings: object
) -> None:
    settings.FANAL_CHAT_HOURS = "Mo,Tu 15:00-19:00"  # type: ignore[attr-defined]
    with acting_as(anouk):
        set_hours(
            agent=anouk, day=MONDAY + DAY, hours="10:00-11:00", reason="Exercice", now=NOON - DAY
        )
        said = [one.said for one in conflicts_of(helpline, MONDAY)]
    assert [one.removeprefix("Personne au tchat") for one in said] == [
        " lundi 23 novembre de 15:00 à 19:00, alors qu’il est ouvert.",
        " mardi 24 novembre de 10:00 à 11:00, alors qu’il est ouvert.",
    ]


def test_without_a_room_that_says_better_it_is_the_usual_hours(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.FANAL_CHAT_HOURS = "24/7"  # type: ignore[attr-defined]
    monkeypatch.setattr(doors, "_readers", [])
    assert chat_opened(NOON, NOON + DAY) == [(NOON, NOON + DAY)]
