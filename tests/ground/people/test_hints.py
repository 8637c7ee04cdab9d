"""« Other information exists »: said to whoever holds a file of the minor, and nothing more."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now

from factories import (
    NOON,
    CaseFileFactory,
    ConcernFactory,
    ExclusionFactory,
    GrantFactory,
    HolderFactory,
    InformantFactory,
    MinorFactory,
    RowFactory,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor, PossibleMatch
from fanal.ground.people.queries import hinted_files
from fanal.ground.people.use_cases import merge_files

pytestmark = pytest.mark.django_db


class PossibleMatchFactory(RowFactory[PossibleMatch]):
    class Meta:
        model = PossibleMatch

    reasons = ["même nom"]
    found_at = NOON


@pytest.fixture
def held(lea: Minor, claire: Agent) -> Minor:
    """The one file that Claire holds."""
    GrantFactory(case_file=lea.case_file, agent=claire)
    return lea


def matched(held: Minor, **file: Any) -> Minor:
    """Another file that may be the same minor's."""
    other = MinorFactory(case_file=CaseFileFactory(**file))
    PossibleMatchFactory(case_file=held.case_file, other=other.case_file)
    return other


def hints(agent: Agent, minor: Minor) -> int:
    with acting_as(agent):
        case_file = CaseFile.objects.filter(pk=minor.case_file_id).first()
        return hinted_files(case_file or minor.case_file).count()


def test_the_holder_of_one_file_learns_that_another_exists(held: Minor, claire: Agent) -> None:
    assert hints(claire, held) == 0

    matched(held)

    assert hints(claire, held) == 1


def test_it_is_said_whichever_file_came_first(held: Minor, claire: Agent) -> None:
    older = MinorFactory()
    PossibleMatchFactory(case_file=older.case_file, other=held.case_file)

    assert hints(claire, held) == 1


def test_the_holder_reads_nothing_of_the_other_file(held: Minor, claire: Agent) -> None:
    """In raw SQL, under the application's role: one row says that it exists, no other speaks."""
    other = matched(held)
    InformantFactory(concern=ConcernFactory(minor=other))
    HolderFactory(case_file=other.case_file)

    with acting_as(claire), connection.cursor() as cursor:
        for table, column in (
            ("access_casefile", "id"),
            ("people_minor", "case_file_id"),
            ("people_holder", "case_file_id"),
            ("concerns_concern", "case_file_id"),
            ("concerns_informant", "case_file_id"),
        ):
            cursor.execute(
                f"SELECT count(*) FROM {table} WHERE {column} = %s",  # noqa: S608
                [other.case_file_id],
            )
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM people_possiblematch")
        assert cursor.fetchone() == (1,)


def test_a_sealed_file_is_never_hinted_at(held: Minor, claire: Agent) -> None:
    matched(held, sealed_at=NOON, seal_reason="motif inventé")

    assert hints(claire, held) == 0
    with acting_as(claire):
        assert not PossibleMatch.objects.exists()


def test_who_holds_the_sealed_file_learns_of_the_open_one(held: Minor, karim: Agent) -> None:
    secret = matched(held, sealed_at=NOON, seal_reason="motif inventé")
    GrantFactory(case_file=secret.case_file, agent=karim)

    assert hints(karim, secret) == 1


def test_a_file_from_which_one_is_excluded_is_never_hinted_at(held: Minor, claire: Agent) -> None:
    ExclusionFactory(case_file=matched(held).case_file, agent=claire)

    assert hints(claire, held) == 0
    with acting_as(claire):
        assert not PossibleMatch.objects.exists()


def test_who_holds_neither_file_learns_nothing(held: Minor, karim: Agent, paul: Agent) -> None:
    matched(held)

    for agent in (karim, paul):
        assert hints(agent, held) == 0
        with acting_as(agent):
            assert not PossibleMatch.objects.exists()


def test_a_match_that_was_set_aside_is_not_said(held: Minor, claire: Agent) -> None:
    other = MinorFactory()
    PossibleMatchFactory(case_file=held.case_file, other=other.case_file, set_aside_at=NOON)

    assert hints(claire, held) == 0


def test_merged_files_are_no_longer_other_information(
    held: Minor, claire: Agent, nadia: Agent
) -> None:
    other = matched(held)
    with acting_as(nadia):
        merge_files(
            agent=nadia,
            kept=held.case_file.ref,
            absorbed=other.case_file.ref,
            reason="même enfant (inventé)",
            now=now(),
        )

    assert hints(nadia, held) == hints(nadia, other) == 0
