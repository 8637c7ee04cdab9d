"""What the database refuses in raw SQL, under the application's own role."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.protect.measures.models import EmergencyShelter, Measure
from fanal.protect.measures.terms import MeasureType
from fanal.protect.situations.models import Situation
from protect.measures.acting import ask, decide

pytestmark = pytest.mark.django_db


def refused(agent: Agent, sql: str, *values: object) -> str:
    """The name of what refuses, or nothing."""
    with acting_as(agent):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
                assert cursor.rowcount == 1
        except IntegrityError as error:
            return str(error)
    return ""


def set_measure(agent: Agent, measure: Measure, what: str) -> str:
    return refused(agent, f"UPDATE measures_measure SET {what} WHERE id = %s", measure.pk)  # noqa: S608


def set_shelter(agent: Agent, sheltered: EmergencyShelter, what: str) -> str:
    return refused(
        agent,
        f"UPDATE measures_emergencyshelter SET {what} WHERE id = %s",  # noqa: S608
        sheltered.pk,
    )


def test_an_administrative_measure_is_not_in_force_without_an_agreement(
    claire: Agent, followed: Situation
) -> None:
    measure = decide(claire, ask(claire, followed, MeasureType.AED))

    assert "administrative_has_an_agreement" in set_measure(
        claire, measure, "status = 'in_force', starts_on = '2026-03-09'"
    )


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("nature = 'administrative'", "measure_nature_fits_its_type"),
        (
            "status = 'provisional', kin_option = 'urgency'",
            "measure_provisional_says_by_whom_and_when",
        ),
        ("status = 'hearing_set'", "measure_hearing_set_has_a_day"),
        ("status = 'decided', kin_option = 'urgency'", "measure_decided_says_until_when"),
        (
            "status = 'decided', decided_on = '2026-03-09', ends_on = '2027-03-09'",
            "measure_placement_says_what_kin_could_do",
        ),
        ("starts_on = '2026-03-09', ends_on = '2026-03-08'", "measure_ends_after_it_starts"),
        ("status = 'not_ordered', ended_on = '2026-03-09'", "measure_stopped_says_why"),
        ("status = 'not_ordered', end_reason = 'x'", "measure_ended_says_when"),
        ("ended_on = '2026-03-09'", "measure_ended_says_when"),
        ("extended_on = '2026-03-09'", "measure_extended_after_the_prosecutor_s_opinion"),
        ("status = 'in_force'", "measure_follows_its_course"),
        ("requested_at = now()", "measure_keeps_its_file"),
    ],
)
def test_a_measure(claire: Agent, placement: Measure, what: str, name: str) -> None:
    assert name in set_measure(claire, placement, what)


def test_a_budget_measure_is_never_provisional_nor_long(claire: Agent, followed: Situation) -> None:
    budget = ask(claire, followed, MeasureType.MJAGBF)

    assert "of_a_kind_that_may_be" in set_measure(claire, budget, "provisional_by = 'judge'")
    assert "long_term_is_a_placement" in set_measure(claire, budget, "long_term = true")


def test_an_administrative_measure_meets_no_judge(claire: Agent, followed: Situation) -> None:
    aed = ask(claire, followed, MeasureType.AED)

    assert "meets_no_judge" in set_measure(claire, aed, "seised_on = '2026-03-09'")


def test_a_step_is_not_rewritten_and_nothing_is_removed(claire: Agent, placement: Measure) -> None:
    for sql in (
        "UPDATE measures_measurestep SET note = 'autre'",
        "DELETE FROM measures_measurestep",
        "DELETE FROM measures_measure",
    ):
        assert "is kept as it was written" in refused(claire, sql)


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("status = 'returned_home'", "shelter_ended_says_when_and_by_whom"),
        ("ended_at = now()", "shelter_ended_says_when_and_by_whom"),
        (
            "status = 'returned_home', ended_at = now(), ended_by_id = started_by_id",
            "shelter_ends_once_both_were_told",
        ),
        (
            "status = 'admitted_with_consent', ended_at = now(), ended_by_id = started_by_id,"
            " prosecutor_informed_at = now(), parents_informed_at = now()",
            "shelter_consent_is_written",
        ),
        (
            "status = 'court_seised', ended_at = started_at - interval '1 hour',"
            " ended_by_id = started_by_id, prosecutor_informed_at = now(),"
            " parents_informed_at = now()",
            "shelter_ends_after_it_starts",
        ),
        ("desk = ''", "shelter_says_why_and_whom_to_ring"),
        ("started_at = started_at + interval '1 hour'", "shelter_keeps_its_beginning"),
        ("kind = 'provisional_reception'", "shelter_keeps_its_beginning"),
    ],
)
def test_a_shelter(omar: Agent, sheltered: EmergencyShelter, what: str, name: str) -> None:
    assert name in set_shelter(omar, sheltered, what)


def test_a_shelter_that_ended_does_not_begin_again(
    omar: Agent, sheltered: EmergencyShelter
) -> None:
    over = (
        "status = 'court_seised', ended_at = now(), ended_by_id = started_by_id,"
        " prosecutor_informed_at = now(), parents_informed_at = now()"
    )
    assert set_shelter(omar, sheltered, over) == ""

    assert "shelter_ended_does_not_change" in set_shelter(omar, sheltered, "end_note = 'x'")
    assert "is kept as it was written" in refused(
        omar, "DELETE FROM measures_emergencyshelter WHERE id = %s", sheltered.pk
    )
