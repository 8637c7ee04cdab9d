"""What PostgreSQL itself refuses, whatever the code forgot."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from factories import NOON, CaseFileFactory, ExclusionFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.people.models import Minor
from fanal.protect.situations.models import Entry, HandOver, Situation
from fanal.protect.situations.terms import Status
from fanal.protect.situations.use_cases import hand_over
from protect.situations.following import begin, posted
from rows import as_owner

pytestmark = pytest.mark.django_db

TABLES = ("situations_situation", "situations_entry", "situations_handedover")


def change(situation: Situation, **values: object) -> None:
    with transaction.atomic(), as_owner():
        Situation.objects.filter(pk=situation.pk).update(**values)


def test_no_situation_without_somebody(opened: Situation) -> None:
    with pytest.raises(IntegrityError, match="referent_id"):
        change(opened, referent=None)


@pytest.mark.parametrize("who", ["nadia", "karim", "sofia", "zoe", "paul"])
def test_no_situation_with_somebody_who_cannot_answer(
    request: pytest.FixtureRequest, opened: Situation, who: str
) -> None:
    with pytest.raises(IntegrityError, match="without_an_accountable_owner"):
        change(opened, referent=request.getfixturevalue(who))


def test_no_situation_with_somebody_who_has_left(nord: Organisation, opened: Situation) -> None:
    gone = posted(nord, "Lou", "referent", until=date(2026, 1, 1))

    with pytest.raises(IntegrityError, match="without_an_accountable_owner"):
        change(opened, referent=gone)


def test_a_situation_does_not_change_authority_with_its_referent(opened: Situation) -> None:
    with pytest.raises(IntegrityError, match="without_an_accountable_owner"):
        change(opened, authority_id="13")


def test_a_minor_has_one_living_situation(ines: Agent, opened: Situation, lea: Minor) -> None:
    with (
        pytest.raises(IntegrityError, match="situation_living_once"),
        transaction.atomic(),
        as_owner(),
    ):
        Situation.objects.create(
            case_file=lea.case_file,
            authority_id="59",
            referent=ines,
            ground="measure",
            opened_at=NOON,
            opened_by=ines,
        )


def test_two_minors_who_are_followed_are_not_merged(
    ines: Agent, claire: Agent, opened: Situation
) -> None:
    other = begin(ines, claire, MinorFactory()).case_file
    other.merged_into = opened.case_file

    with (
        pytest.raises(IntegrityError, match="minor_followed_twice"),
        transaction.atomic(),
        as_owner(),
    ):
        other.save()


def test_a_minor_of_merged_files_is_not_followed_twice(
    ines: Agent, claire: Agent, opened: Situation
) -> None:
    other = MinorFactory(case_file=CaseFileFactory(merged_into=opened.case_file)).case_file

    with (
        pytest.raises(IntegrityError, match="minor_followed_twice"),
        transaction.atomic(),
        as_owner(),
    ):
        Situation.objects.create(
            case_file=other,
            authority_id="59",
            referent=claire,
            ground="measure",
            opened_at=NOON,
            opened_by=ines,
        )


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"ground": "reasoned_act", "reason": ""}, "reasoned_act_has_a_reason"),
        ({"status": Status.CLOSED}, "closed_says_why"),
        ({"status": Status.CLOSING}, "closing_is_reasoned"),
        ({"closing_reason": "transferred"}, "transferred_says_where"),
    ],
)
def test_a_state_carries_what_founds_it(
    opened: Situation, values: dict[str, object], name: str
) -> None:
    with pytest.raises(IntegrityError, match=name):
        change(opened, **values)


def test_one_person_does_not_close(ines: Agent, opened: Situation) -> None:
    with pytest.raises(IntegrityError, match="is_closed_by_two"):
        change(
            opened,
            status=Status.CLOSED,
            closing_reason="relayed",
            closing_text="x",
            closing_proposed_by=ines,
            closed_by=ines,
            closed_at=NOON,
        )


def seen(agent: Agent | None, table: str) -> int:
    """Rows that the application's role reads in raw SQL."""
    with acting_as(agent), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(cursor.fetchone()[0])


@pytest.fixture
def handed(ines: Agent, claire: Agent, yanis: Agent, followed: Situation) -> HandOver:
    with acting_as(ines):
        return hand_over(
            agent=ines,
            authority=followed.authority,
            giver=claire,
            taker=yanis,
            reason="Départ",
            now=NOON,
        )


@pytest.mark.parametrize("table", [*TABLES, "situations_handover"])
def test_strangers_read_no_row_in_raw_sql(
    handed: HandOver, paul: Agent, zoe: Agent, sofia: Agent, julien: Agent, table: str
) -> None:
    for stranger in (None, paul, zoe, sofia, julien):
        assert seen(stranger, table) == 0


@pytest.mark.parametrize("table", TABLES)
def test_the_file_s_people_read_their_rows(
    handed: HandOver, ines: Agent, yanis: Agent, claire: Agent, table: str
) -> None:
    assert seen(ines, table) > 0
    assert seen(yanis, table) > 0
    assert seen(claire, table) == 0


def test_an_excluded_supervisor_reads_nothing(
    ines: Agent, hugo: Agent, followed: Situation
) -> None:
    ExclusionFactory(case_file=followed.case_file, agent=hugo)

    assert [seen(hugo, table) for table in TABLES] == [0, 0, 0]


def test_a_stranger_writes_no_row(zoe: Agent, followed: Situation) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(zoe):
        Entry.objects.create(
            case_file=followed.case_file,
            situation=followed,
            kind="note",
            at=NOON,
            text="x",
            agent=zoe,
            written_at=NOON,
        )


def test_a_hand_over_is_between_two(handed: HandOver) -> None:
    with (
        pytest.raises(IntegrityError, match="handover_is_between_two"),
        transaction.atomic(),
        as_owner(),
    ):
        HandOver.objects.filter(pk=handed.pk).update(taker=handed.giver_id)


def test_a_situation_is_handed_over_once_in_a_gesture(handed: HandOver, ines: Agent) -> None:
    with acting_as(ines):
        line = handed.lines.get()
    line.pk = None

    with pytest.raises(IntegrityError, match="handed_over_once"), transaction.atomic(), as_owner():
        line.save(force_insert=True)
