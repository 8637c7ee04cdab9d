"""The eighteenth birthday, where the minor is followed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import CaseFileFactory, MinorFactory, OrganisationFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.births import majority_on
from fanal.protect.situations.events import MajorityReached
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.terms import WHAT_CHANGES, EntryKind
from fanal.protect.situations.use_cases import establish_majority, flip_majority
from fanal.protect.situations.use_cases.majority import AlreadyOfAge, NotAPastDay
from fanal.protect.situations.use_cases.opening import NotSupervisor, ReasonMissing
from past import past
from protect.situations.following import begin, posted
from rows import as_owner

pytestmark = pytest.mark.django_db


def jobs() -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s", [MajorityReached.task]
        )
        return [json.loads(args) for (args,) in cursor.fetchall()]


def born(ines: Agent, claire: Agent, day: date, precision: str = "day") -> Situation:
    return begin(ines, claire, MinorFactory(birth_date=day, birth_precision=precision))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def again(situation: Situation) -> Situation:
    with as_owner():
        return Situation.objects.get(pk=situation.pk)


def test_on_the_birthday_the_story_says_what_changes(ines: Agent, claire: Agent) -> None:
    situation = born(ines, claire, date(2008, 3, 9))

    flipped = flip_majority(now=noon(date(2026, 3, 9)))

    assert (flipped.of_age, flipped.asked, flipped.failed) == (1, 0, 0)
    assert again(situation).majority_on == date(2026, 3, 9)
    with acting_as(claire):
        line = Entry.objects.get(kind=EntryKind.MAJORITY)
    assert line.agent is None
    assert all(change in line.text for change in WHAT_CHANGES)


def test_the_referent_and_those_who_supervise_are_told(
    ines: Agent, hugo: Agent, claire: Agent, yanis: Agent
) -> None:
    situation = born(ines, claire, date(2008, 3, 9))

    flip_majority(now=noon(date(2026, 3, 9)))

    told = past(Notification).filter(text__contains="majeur", path__contains=str(situation.ref))
    assert {notice.agent for notice in told} == {claire, ines, hugo}


def test_a_sealed_file_tells_its_holder_alone(ines: Agent, claire: Agent) -> None:
    situation = born(ines, claire, date(2008, 3, 9))
    with as_owner():
        situation.case_file.sealed_at = noon(date(2026, 3, 1))
        situation.case_file.seal_reason = "invention"
        situation.case_file.save()

    flip_majority(now=noon(date(2026, 3, 9)))

    told = past(Notification).filter(text__contains="majeur")
    assert {notice.agent for notice in told} == {claire}


def test_the_rooms_above_are_told_in_the_same_transaction(ines: Agent, claire: Agent) -> None:
    situation = born(ines, claire, date(2008, 3, 9))

    with transaction.atomic():
        flip_majority(now=noon(date(2026, 3, 9)))
        (said,) = jobs()
        transaction.set_rollback(True)

    event = MajorityReached.heard(**said)
    assert (event.situation_ref, event.case_file_ref, event.on) == (
        situation.ref,
        situation.case_file.ref,
        date(2026, 3, 9),
    )
    assert jobs() == []


def test_it_happens_once(ines: Agent, claire: Agent) -> None:
    born(ines, claire, date(2008, 3, 9))
    flip_majority(now=noon(date(2026, 3, 9)))

    assert flip_majority(now=noon(date(2026, 3, 10))).of_age == 0
    assert len(jobs()) == 1


def test_the_eve_changes_nothing(ines: Agent, claire: Agent) -> None:
    situation = born(ines, claire, date(2008, 3, 9))

    flip_majority(now=datetime(2026, 3, 8, 22, 59, tzinfo=UTC))
    assert again(situation).majority_on is None

    # Midnight in Lille is an hour before midnight in London.
    flip_majority(now=datetime(2026, 3, 8, 23, 0, tzinfo=UTC))
    assert again(situation).majority_on == date(2026, 3, 9)


def test_the_day_begins_where_the_minor_is_followed(db: None) -> None:
    island = OrganisationFactory(
        name="Service de La Réunion (invention)", kind="child_welfare", authority_id="974"
    )
    chief = posted(island, "Ana", "supervisor")
    minor = MinorFactory(
        case_file=CaseFileFactory(authority_id="974"),
        commune_id="97411",
        birth_date=date(2008, 3, 9),
    )
    situation = begin(chief, chief, minor)

    flip_majority(now=datetime(2026, 3, 8, 19, 59, tzinfo=UTC))
    assert again(situation).majority_on is None

    flip_majority(now=datetime(2026, 3, 8, 20, 0, tzinfo=UTC))
    assert again(situation).majority_on == date(2026, 3, 9)


def test_born_on_a_29_february_one_comes_of_age_on_the_first_of_march(
    ines: Agent, claire: Agent
) -> None:
    situation = born(ines, claire, date(2008, 2, 29))

    flip_majority(now=noon(date(2026, 2, 28)))
    assert again(situation).majority_on is None

    flip_majority(now=noon(date(2026, 3, 1)))
    assert again(situation).majority_on == date(2026, 3, 1)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    day=st.one_of(
        st.dates(date(2006, 1, 1), date(2010, 12, 31)),
        st.sampled_from([date(2008, 2, 29), date(2008, 3, 1), date(2008, 2, 28)]),
    ),
    offset=st.integers(-2, 2),
)
def test_nobody_comes_of_age_early_and_everybody_does(
    ines: Agent, claire: Agent, day: date, offset: int
) -> None:
    with transaction.atomic():
        situation = born(ines, claire, day)
        coming = majority_on(day)

        flip_majority(now=noon(coming + timedelta(days=offset)))

        assert again(situation).majority_on == (coming if offset >= 0 else None)
        transaction.set_rollback(True)


def test_an_estimated_age_asks_a_person_once_and_flips_nothing(ines: Agent, claire: Agent) -> None:
    situation = born(ines, claire, date(2008, 3, 9), "age")

    assert flip_majority(now=noon(date(2026, 3, 9))).asked == 1
    assert flip_majority(now=noon(date(2026, 3, 10))).asked == 0

    assert again(situation).majority_on is None
    assert jobs() == []


def test_a_person_establishes_an_estimated_majority(ines: Agent, claire: Agent) -> None:
    situation = born(ines, claire, date(2008, 3, 9), "age")
    today = noon(date(2026, 3, 20))

    def establish(agent: Agent, on: date, reason: str = "Acte de naissance.") -> Situation:
        with acting_as(agent):
            return establish_majority(
                agent=agent, ref=situation.ref, on=on, reason=reason, now=today
            )

    with pytest.raises(NotSupervisor):
        establish(claire, date(2026, 3, 15))
    with pytest.raises(NotAPastDay):
        establish(ines, date(2026, 3, 21))
    with pytest.raises(ReasonMissing):
        establish(ines, date(2026, 3, 15), " ")
    assert establish(ines, date(2026, 3, 15)).majority_on == date(2026, 3, 15)
    with pytest.raises(AlreadyOfAge):
        establish(ines, date(2026, 3, 15))
    assert len(jobs()) == 1


def test_a_stranger_establishes_nothing(ines: Agent, claire: Agent, paul: Agent) -> None:
    situation = born(ines, claire, date(2008, 3, 9), "age")

    with acting_as(paul), pytest.raises(NotVisible):
        establish_majority(
            agent=paul,
            ref=situation.ref,
            on=date(2026, 3, 9),
            reason="x",
            now=noon(date(2026, 3, 9)),
        )


def test_one_that_cannot_be_written_holds_up_nobody(
    ines: Agent, claire: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (born(ines, claire, date(2008, 3, 9)) for _ in range(2))
    announce = MajorityReached.announce

    def break_the_first(event: MajorityReached) -> None:
        if event.situation_ref == first.ref:
            raise RuntimeError("broken")
        announce(event)

    monkeypatch.setattr(MajorityReached, "announce", break_the_first)

    flipped = flip_majority(now=noon(date(2026, 3, 9)))

    assert (flipped.of_age, flipped.failed) == (1, 1)
    assert again(first).majority_on is None
    assert again(second).majority_on is not None
