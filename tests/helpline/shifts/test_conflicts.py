"""What is wrong in a week is said, and nothing else is."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.helpline.shifts.conflicts import Duty, conflicts, nobody_on, overlaps
from fanal.helpline.shifts.rules import rules
from fanal.helpline.shifts.terms import Post
from fanal.helpline.shifts.weeks import instant
from helpline.shifts.week import DAY, MONDAY

RULES = rules()


def duty(day: int, begins: float, hours: float, post: Post = Post.CHAT, who: int = 1) -> Duty:
    begin = instant(MONDAY, time()) + timedelta(days=day, hours=begins)
    return Duty(who, f"Maya{who} Inventée", post, begin, begin + timedelta(hours=hours))


def said(*duties: Duty, opened: list[tuple[datetime, datetime]] | None = None) -> list[str]:
    found = conflicts(duties, opened or [], monday=MONDAY, rules=RULES)
    return [one.said for one in found]


def test_a_week_without_fault_says_nothing() -> None:
    assert said(*(duty(day, 15, 4) for day in range(5))) == []


def test_two_posts_at_once_are_said_and_grave() -> None:
    found = conflicts([duty(0, 9, 4), duty(0, 12, 4, Post.CALL)], [], monday=MONDAY, rules=RULES)
    assert [one.grave for one in found] == [True]
    assert "deux postes à la fois, lundi à 12:00" in found[0].said


def test_a_night_of_nine_hours_is_too_short() -> None:
    (one,) = said(duty(0, 14, 8), duty(1, 7, 4))
    assert "9 h de repos entre lundi à 22:00 et mardi à 07:00 ; il en faut 11 h" in one
    assert "L3131-1" in one


def test_a_break_at_noon_is_no_night() -> None:
    assert said(duty(0, 9, 3), duty(0, 14, 4)) == []


def test_on_call_is_rest() -> None:
    assert said(duty(0, 14, 8), duty(0, 22, 9, Post.ON_CALL), duty(1, 9, 4)) == []


def test_eleven_hours_in_a_day_are_too_many() -> None:
    (one,) = said(duty(0, 8, 11))
    assert "11 h de travail lundi 23 novembre ; 10 h au plus" in one


def test_a_week_without_a_long_rest_is_said() -> None:
    found = said(*(duty(day, 9, 8) for day in range(-1, 8)))
    assert any("35 h d’affilée" in one for one in found)
    assert any("7 jours de travail cette semaine ; 6 au plus" in one for one in found)
    assert said(*(duty(day, 9, 8) for day in range(5))) == []


def test_an_open_hour_without_anybody_is_said_by_day() -> None:
    opened = [(instant(MONDAY, time(15)), instant(MONDAY + DAY, time(1)))]
    assert said(duty(0, 16, 3), opened=opened) == [
        "Personne au tchat lundi 23 novembre de 15:00 à 16:00, alors qu’il est ouvert.",
        "Personne au tchat lundi 23 novembre de 19:00 à 24:00, alors qu’il est ouvert.",
        "Personne au tchat mardi 24 novembre de 00:00 à 01:00, alors qu’il est ouvert.",
    ]


def test_the_phone_does_not_stand_for_the_chat() -> None:
    opened = [(instant(MONDAY, time(15)), instant(MONDAY, time(19)))]
    assert len(said(duty(0, 15, 4, Post.CALL), opened=opened)) == 1


def test_what_is_of_another_week_is_not_said_here() -> None:
    assert said(duty(-1, 14, 8), duty(-1, 20, 8, who=1)) == []


HALVES = st.tuples(st.integers(0, 60), st.integers(1, 12))


@given(st.lists(HALVES, max_size=8))
def test_an_overlap_is_said_if_and_only_if_there_is_one(turns: list[tuple[int, int]]) -> None:
    duties = sorted(
        (duty(0, half / 2, length / 2) for half, length in turns),
        key=lambda one: (one.begin, one.end),
    )
    taken = [half + step for half, length in turns for step in range(length)]
    assert bool(list(overlaps(duties))) == (len(taken) > len(set(taken)))


@given(st.lists(HALVES, max_size=6), st.integers(0, 40), st.integers(1, 30))
def test_each_open_half_hour_is_covered_or_said(
    turns: list[tuple[int, int]], opens: int, lasts: int
) -> None:
    first = duty(0, 0, 1).begin
    half = timedelta(minutes=30)
    opened = [(first + opens * half, first + (opens + lasts) * half)]
    found = list(nobody_on([duty(0, h / 2, length / 2) for h, length in turns], opened))
    covered = {h + step for h, length in turns for step in range(length)}
    alone = [h for h in range(opens, opens + lasts) if h not in covered]
    assert bool(found) == bool(alone)
    if alone:
        assert found[0].at == first + alone[0] * half


@pytest.mark.parametrize("begin", range(-3, 4))
def test_summer_time_changes_no_hour_of_the_wall(begin: int) -> None:
    day = MONDAY.replace(month=3, day=29) + begin * DAY
    assert instant(day, time(15)).hour == 15
