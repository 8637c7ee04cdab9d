"""What a supervisor looks at: load, clocks at risk, sleeping files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories import NOON, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.deadlines.models import Clock
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import (
    Load,
    clocks_at_risk,
    idle_since,
    load_per_agent,
    my_situations,
    situations_of,
)
from fanal.protect.situations.terms import EntryKind, Status
from fanal.protect.situations.use_cases import add_entry, declare_absence, flip_majority
from protect.situations.following import begin, posted
from rows import as_owner

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=40)


def loads(agent: Agent, situation: Situation, now: object = NOON) -> dict[str, Load]:
    with acting_as(agent):
        found = load_per_agent(situation.authority, now=now)  # type: ignore[arg-type]
    return {load.agent.name: load for load in found}


def test_each_person_s_load_is_counted(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    begin(ines, claire, MinorFactory())

    found = loads(ines, followed)

    assert (found["Claire Inventé"].living, found["Claire Inventé"].to_take_up) == (2, 1)
    assert found["Yanis Inventé"].living == 0
    assert "Paul Inventé" not in found


def test_late_and_coming_clocks_are_told_apart(
    ines: Agent, claire: Agent, followed: Situation
) -> None:
    with as_owner():
        clock = Clock.objects.get(subject_ref=followed.ref)
    due = clock.due_at

    early, late = (loads(ines, followed, due + shift) for shift in DAYS)

    assert (early["Claire Inventé"].soon, early["Claire Inventé"].late) == (1, 0)
    assert (late["Claire Inventé"].soon, late["Claire Inventé"].late) == (0, 1)
    with acting_as(ines):
        risky = clocks_at_risk(followed.authority, days=7, now=due - timedelta(days=6))
        assert list(risky) == [clock]
        assert not clocks_at_risk(followed.authority, days=7, now=NOON).exists()


DAYS = (timedelta(days=-5), timedelta(days=1))


def test_what_nobody_wrote_in_for_thirty_days_sleeps(
    ines: Agent, claire: Agent, followed: Situation
) -> None:
    with acting_as(ines):
        assert not idle_since(followed.authority, days=30, now=NOON + timedelta(days=29)).exists()
        assert list(idle_since(followed.authority, days=30, now=LATER)) == [followed]
    assert loads(ines, followed, LATER)["Claire Inventé"].idle == 1

    with acting_as(claire):
        add_entry(
            agent=claire,
            situation_ref=followed.ref,
            kind=EntryKind.NOTE,
            text="Vu.",
            now=LATER - timedelta(days=1),
        )
    with acting_as(ines):
        assert not idle_since(followed.authority, days=30, now=LATER).exists()


def test_what_the_house_writes_by_itself_wakes_nobody(ines: Agent, claire: Agent) -> None:
    situation = begin(ines, claire, MinorFactory(birth_date=date(2008, 4, 17)))
    flip_majority(now=LATER)

    with acting_as(ines):
        assert list(idle_since(situation.authority, days=30, now=LATER)) == [situation]


def test_an_absence_is_said_beside_the_load(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    with acting_as(claire):
        declare_absence(
            agent=claire,
            absent=claire,
            stand_in=yanis,
            since=NOON.date(),
            until=NOON.date() + timedelta(days=3),
            now=NOON,
        )

    absence = loads(ines, followed)["Claire Inventé"].absence
    assert absence is not None
    assert absence.stand_in == yanis
    assert loads(ines, followed, LATER)["Claire Inventé"].absence is None


def test_a_posting_that_runs_out_by_itself_is_seen_before_and_after(
    ines: Agent, nord: Organisation
) -> None:
    leaving = posted(nord, "Lou", "referent", until=date(2099, 3, 20))
    situation = begin(ines, leaving, MinorFactory())
    assert Posting.objects.filter(agent=leaving, until__isnull=False).exists()

    assert loads(ines, situation)["Lou Inventé"].leaves_on == date(2099, 3, 20)

    afterwards = NOON.replace(year=2099, month=3, day=21)
    with acting_as(ines):
        first = load_per_agent(situation.authority, now=afterwards)[0]
    assert (first.agent, first.is_gone) == (leaving, True)


def test_a_supervisor_s_list_is_narrowed(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    other = begin(ines, yanis, MinorFactory())

    with acting_as(ines):
        assert set(situations_of(followed.authority)) == {followed, other}
        assert list(situations_of(followed.authority, status=Status.OPEN)) == [other]
        assert list(situations_of(followed.authority, referent=claire)) == [followed]


def test_mine_are_those_i_follow(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    for agent, theirs in ((claire, [followed]), (yanis, []), (ines, [])):
        with acting_as(agent):
            assert list(my_situations(agent, now=NOON)) == theirs
