"""What the database refuses, whoever writes: raw SQL, as the owner."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from factories import NOON
from fanal.detect.reports.models import Report
from rows import as_owner

pytestmark = pytest.mark.django_db


def write(report: Report, assignments: str, *values: object) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE reports_report SET {assignments} WHERE id = %s",  # noqa: S608
            [*values, report.pk],
        )


def refused(report: Report, why: str, assignments: str, *values: object) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        write(report, assignments, *values)


def test_what_is_sent_has_a_moment_a_sender_a_ground_and_facts(draft: Report) -> None:
    whole = "status = 'sent', sent_at = %s, sent_by_id = drafted_by_id, identity = '{}'"
    why = "report_sent_is_whole"

    refused(draft, why, "status = 'sent'")
    refused(draft, why, f"{whole}, grounds = '{{}}'", NOON)
    refused(draft, why, f"{whole}, facts = ''", NOON)
    refused(draft, why, whole.replace("identity = '{}'", "identity = NULL"), NOON)
    write(draft, whole, NOON)


def test_a_draft_has_not_left(draft: Report) -> None:
    refused(draft, "report_sent_is_whole", "sent_at = %s", NOON)


def test_the_grounds_are_those_of_the_law(draft: Report) -> None:
    refused(draft, "report_grounds_are_those_of_the_law", "grounds = '{autre}'")


def test_parents_left_out_have_a_reason(draft: Report) -> None:
    refused(
        draft,
        "report_parents_not_informed_has_a_reason",
        "status = 'sent', sent_at = %s, sent_by_id = drafted_by_id, identity = '{}',"
        " parents_informed = false, parents_reason = ''",
        NOON,
    )


def test_parents_who_may_be_involved_are_not_told_first(draft: Report) -> None:
    refused(
        draft,
        "report_parents_wait_for_the_procureur",
        "parents_may_be_involved = true, parents_told_at = %s",
        NOON,
    )


def test_each_state_has_its_moment(sent: Report, acknowledged: Report, informed: Report) -> None:
    refused(informed, "report_closed_has_a_moment", "status = 'closed'")
    refused(informed, "report_closed_has_a_moment", "closed_at = %s", NOON)
    refused(informed, "report_informed_back_has_a_moment", "informed_back_at = NULL")
    refused(informed, "report_acknowledged_has_a_moment", "acknowledged_at = NULL")


def test_a_moment_does_not_precede_the_one_before(sent: Report) -> None:
    refused(
        sent,
        "report_acknowledged_has_a_moment",
        "status = 'acknowledged', acknowledged_at = sent_at - interval '1 hour'",
    )


def test_no_state_is_skipped(sent: Report) -> None:
    refused(sent, "report_skips_no_state", "status = 'informed_back'")
    refused(sent, "report_skips_no_state", "status = 'draft'")


def test_nothing_is_answered_nor_closed_without_an_outcome(acknowledged: Report) -> None:
    refused(
        acknowledged,
        "report_answered_has_an_outcome",
        "status = 'informed_back', informed_back_at = %s",
        NOON,
    )


@pytest.mark.parametrize(
    "assignment",
    [
        "facts = 'autre chose'",
        "grounds = '{family_refuses}'",
        "identity = '{}'",
        "court_id = 'tj13055'",
        "urgent = NOT urgent",
        "parents_may_be_involved = true",
        "sent_at = sent_at + interval '1 hour'",
    ],
)
def test_what_has_left_does_not_change(sent: Report, assignment: str) -> None:
    refused(sent, "report_sent_does_not_change", assignment)


def test_a_signalement_begins_as_a_draft(sent: Report) -> None:
    columns = [
        field.column for field in Report._meta.fields if field.column not in {"id", "ref", "number"}
    ]
    listed = ", ".join(columns)
    with (
        pytest.raises(IntegrityError, match="report_begins_as_a_draft"),
        as_owner(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO reports_report (ref, number, {listed})"  # noqa: S608
            f" SELECT gen_random_uuid(), 'SIG-INVENTÉ', {listed} FROM reports_report"
        )


def test_a_concern_has_one_draft_at_a_time(draft: Report) -> None:
    with as_owner():
        twin = Report.objects.get(pk=draft.pk)
    twin.pk, twin.ref, twin.number = None, uuid4(), "SIG-INVENTÉ"

    with pytest.raises(IntegrityError, match="report_drafted_once_per_concern"), as_owner():
        twin.save(force_insert=True)


def test_a_copy_to_another_says_whom(draft: Report) -> None:
    with (
        pytest.raises(IntegrityError, match="report_copy_to_another_says_whom"),
        as_owner(),
    ):
        draft.copies.create(case_file=draft.case_file, kind="other")
