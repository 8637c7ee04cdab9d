"""The stand-in sees during the absence, and not a day more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import localdate, now

from factories import NOON, ExclusionFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Absence, Agent, Organisation
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.queries import my_situations
from fanal.protect.situations.terms import EntryKind
from fanal.protect.situations.use_cases import (
    add_entry,
    assign_referent,
    declare_absence,
    end_absence,
)
from fanal.protect.situations.use_cases.absences import (
    AlreadyAway,
    CannotStandIn,
    NotAPeriod,
    StandInAway,
)
from fanal.protect.situations.use_cases.opening import NotSupervisor
from past import past
from protect.situations.following import begin, posted, sees

pytestmark = pytest.mark.django_db


def today() -> date:
    return localdate()


def away(
    agent: Agent, absent: Agent, stand_in: Agent, first: int, last: int, at: datetime | None = None
) -> Absence:
    """An absence from so many days after today to so many others."""
    with acting_as(agent):
        return declare_absence(
            agent=agent,
            absent=absent,
            stand_in=stand_in,
            since=today() + timedelta(days=first),
            until=today() + timedelta(days=last),
            now=at or now(),
        )


def test_the_stand_in_sees_during_the_absence(
    claire: Agent, yanis: Agent, followed: Situation
) -> None:
    assert not sees(yanis, followed)

    away(claire, claire, yanis, -1, 3)

    assert sees(yanis, followed)
    with acting_as(yanis):
        assert list(my_situations(yanis, now=now())) == [followed]


@pytest.mark.parametrize(("first", "last"), [(2, 5), (1, 1)])
def test_the_stand_in_sees_nothing_before(
    claire: Agent, yanis: Agent, followed: Situation, first: int, last: int
) -> None:
    away(claire, claire, yanis, first, last)

    assert not sees(yanis, followed)


def test_the_access_ends_by_itself(claire: Agent, yanis: Agent, followed: Situation) -> None:
    # Declared in the past: nobody did anything since.
    with acting_as(claire):
        declare_absence(
            agent=claire,
            absent=claire,
            stand_in=yanis,
            since=date(2026, 3, 9),
            until=date(2026, 3, 13),
            now=NOON,
        )

    assert not sees(yanis, followed)
    grant = past(Grant).get(agent=yanis)
    assert grant.ends_at == datetime.fromisoformat("2026-03-14T00:00:00+01:00")


def test_the_stand_in_writes(claire: Agent, yanis: Agent, followed: Situation) -> None:
    away(claire, claire, yanis, -1, 3)

    with acting_as(yanis):
        add_entry(
            agent=yanis,
            situation_ref=followed.ref,
            kind=EntryKind.CALL,
            text="Appel du foyer.",
            now=now(),
        )
        assert Entry.objects.filter(agent=yanis).exists()


def test_a_situation_given_during_the_absence_is_covered_too(
    ines: Agent, claire: Agent, yanis: Agent
) -> None:
    away(ines, claire, yanis, -1, 3)

    situation = begin(ines, claire, MinorFactory(), now=now())

    assert sees(yanis, situation)


def test_a_situation_taken_from_the_absent_is_no_longer_the_stand_in_s(
    ines: Agent, claire: Agent, yanis: Agent, hugo: Agent, followed: Situation
) -> None:
    away(claire, claire, yanis, -1, 3)

    with acting_as(ines):
        assign_referent(agent=ines, ref=followed.ref, referent=hugo, reason="Renfort", now=now())

    assert not past(Grant).living(at=now() + timedelta(seconds=1)).filter(agent=yanis).exists()


def test_coming_back_early_ends_the_stand_in_s_access(
    claire: Agent, yanis: Agent, followed: Situation
) -> None:
    absence = away(claire, claire, yanis, -1, 3)

    with acting_as(claire):
        end_absence(agent=claire, absence_ref=absence.ref, now=now())

    grants = past(Grant).living(at=now() + timedelta(seconds=1))
    assert not grants.filter(agent=yanis).exists()
    assert grants.filter(agent=claire, capacity=Capacity.REFERENT).exists()


def test_coming_back_early_leaves_a_later_replacement(
    claire: Agent, yanis: Agent, followed: Situation
) -> None:
    absence = away(claire, claire, yanis, -1, 3)
    away(claire, claire, yanis, 10, 12)

    with acting_as(claire):
        end_absence(agent=claire, absence_ref=absence.ref, now=now())

    held = past(Grant).filter(agent=yanis)
    assert not held.living(at=now() + timedelta(days=1)).exists()
    assert held.living(at=now() + timedelta(days=11)).exists()


def test_an_absence_that_is_cancelled_never_begins(
    claire: Agent, yanis: Agent, followed: Situation
) -> None:
    absence = away(claire, claire, yanis, 2, 5)

    with acting_as(claire):
        end_absence(agent=claire, absence_ref=absence.ref, now=now())

    in_three_days = now() + timedelta(days=3)
    assert not past(Grant).living(at=in_three_days).filter(agent=yanis).exists()
    assert not Absence.objects.exists()


def test_a_supervisor_declares_for_their_people(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    assert away(ines, claire, yanis, 0, 3).stand_in == yanis


@pytest.mark.parametrize("who", ["yanis", "paul", "zoe"])
def test_nobody_else_declares(
    request: pytest.FixtureRequest, claire: Agent, yanis: Agent, followed: Situation, who: str
) -> None:
    with pytest.raises(NotSupervisor):
        away(request.getfixturevalue(who), claire, yanis, 0, 3)


@pytest.mark.parametrize("who", ["nadia", "zoe", "claire"])
def test_the_stand_in_must_be_able_to_answer(
    request: pytest.FixtureRequest, claire: Agent, followed: Situation, who: str
) -> None:
    with pytest.raises(CannotStandIn):
        away(claire, claire, request.getfixturevalue(who), 0, 3)


def test_a_stand_in_who_leaves_meanwhile_is_refused(
    claire: Agent, nord: Organisation, followed: Situation
) -> None:
    leaving = posted(nord, "Lou", "referent", until=today() + timedelta(days=1))

    with pytest.raises(CannotStandIn):
        away(claire, claire, leaving, 0, 3)


def test_a_relative_does_not_stand_in(claire: Agent, yanis: Agent, followed: Situation) -> None:
    ExclusionFactory(case_file=followed.case_file, agent=yanis)

    with pytest.raises(CannotStandIn):
        away(claire, claire, yanis, 0, 3)


@pytest.mark.parametrize(("first", "last"), [(3, 0), (-5, -1)])
def test_an_absence_is_a_period_that_is_not_over(
    claire: Agent, yanis: Agent, followed: Situation, first: int, last: int
) -> None:
    with pytest.raises(NotAPeriod):
        away(claire, claire, yanis, first, last)


def test_two_absences_do_not_overlap(
    claire: Agent, yanis: Agent, hugo: Agent, followed: Situation
) -> None:
    away(claire, claire, yanis, 1, 5)

    with pytest.raises(AlreadyAway):
        away(claire, claire, hugo, 5, 8)


def test_somebody_who_is_away_does_not_stand_in(
    claire: Agent, yanis: Agent, hugo: Agent, followed: Situation
) -> None:
    away(yanis, yanis, hugo, 1, 5)

    with pytest.raises(StandInAway):
        away(claire, claire, yanis, 3, 8)
