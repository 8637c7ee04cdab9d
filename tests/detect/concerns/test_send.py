from datetime import UTC, date, datetime

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detect.concerns.inputs import NOW, parsed
from fanal.detect.concerns.models import Concern, Informant, OtherMinor, Submission
from fanal.detect.concerns.use_cases import OtherContent, Sent, send_concern
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.notifications.models import Notification
from fanal.ground.territory.queries import find_commune
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db
OLDEST = datetime(2020, 1, 1)  # noqa: DTZ001 — hypothesis adds the zone
NEWEST = datetime(2026, 3, 8)  # noqa: DTZ001


def send(organisation: Organisation, agent: Agent | None = None, **changes: object) -> Sent:
    content = parsed(**changes)
    with acting_as(agent, organisation=None if agent else organisation):
        return send_concern(
            content=content,
            commune=find_commune(content.commune),
            organisation=organisation,
            agent=agent,
            now=NOW,
        )


def test_a_concern_reaches_the_authority_of_the_minors_commune(school, nadia, paul):
    send(school)

    with acting_as(nadia):
        assert Concern.objects.get().authority_id == "59"
    with acting_as(paul):
        assert not Concern.objects.exists()


@pytest.mark.parametrize(
    ("commune", "authority"),
    [("69123", "69M"), ("69264", "69D"), ("75056", "75C"), ("97411", "974"), ("2A004", "20R")],
)
def test_the_commune_alone_decides_of_the_authority(school, commune, authority):
    assert send(school, commune=commune).submission.authority_id == authority


def test_the_legal_day_is_three_months_after_reception_and_the_target_fifteen_days(school):
    sent = send(school)

    assert sent.evaluation_due == date(2026, 6, 2)
    assert sent.target_due == date(2026, 3, 17)


@pytest.mark.parametrize(
    "changes",
    [
        {"missing_now": True},
        {"minor__birth_date": "2011-03-03"},
        {"minor__birth_date": ..., "minor__age_estimate": 14},
    ],
)
def test_missing_or_under_fifteen_the_target_is_seventy_two_hours(school, changes):
    assert send(school, **changes).target_due == date(2026, 3, 5)


def test_the_day_of_fifteen_is_no_longer_under_fifteen(school):
    assert send(school, minor__birth_date="2011-03-02").target_due == date(2026, 3, 17)


def test_the_legal_day_is_counted_in_the_days_of_the_authority(school):
    late = {"received_at": "2026-03-02T21:30:00Z"}

    assert send(school, **late).evaluation_due == date(2026, 6, 2)
    assert send(school, **late, external_ref="TIL-2", commune="97411").evaluation_due == date(
        2026, 6, 3
    )


def test_the_same_reference_twice_is_one_concern_with_one_receipt(school):
    first = send(school)
    again = send(school)

    assert again.replayed
    assert again.submission.receipt == first.submission.receipt
    with as_owner():
        assert Concern.objects.count() == 1


def test_the_same_reference_with_another_content_is_refused_and_nothing_is_written(school):
    send(school)

    with pytest.raises(OtherContent):
        send(school, facts="Tout autre chose. [personne inventée]")

    with as_owner():
        assert (
            Concern.objects.count() == Submission.objects.count() == CaseFile.objects.count() == 1
        )


def test_two_organisations_may_use_one_reference(school, nord):
    send(school)

    assert not send(nord).replayed


def test_the_author_is_told_of_the_same_minor_sent_before_under_another_spelling(school):
    first = send(school)
    again = send(
        school, external_ref="TIL-2", minor__given_names="Lea", minor__family_name="INVENTEE"
    )

    assert again.possible_duplicates == [first.submission.receipt]


def test_a_match_of_another_organisation_is_never_told_to_the_author(school, nord):
    send(nord)

    assert send(school).possible_duplicates == []


def test_the_author_sees_a_receipt_and_no_row_of_the_case(school, sofia):
    send(school, sofia)

    with acting_as(sofia):
        assert Submission.objects.count() == 1
        for model in (CaseFile, Concern, Informant, OtherMinor, Clock):
            assert not model.objects.exists()


def test_danger_calls_the_authoritys_on_call_at_once_without_a_name(
    school, omar, nadia, paul, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(school, immediate_danger=True)

    called = set(past(Notification).filter(urgent=True).values_list("agent__name", flat=True))
    assert called == {"Omar Inventé", "Nadia Inventé"}
    written = [*past(Notification).values_list("text", flat=True)]
    written += [f"{one.subject} {one.body}" for one in mail.outbox]
    assert mail.outbox
    assert not any("Léa" in text or "Inventée" in text for text in written)
    with acting_as(nadia):
        assert Clock.objects.filter(rule=RuleCode.DANGER_OPENED).exists()


def test_a_missing_child_calls_the_on_call_as_a_danger_does(school, omar, nadia, paul):
    send(school, missing_now=True)

    called = set(past(Notification).filter(urgent=True).values_list("agent__name", flat=True))
    assert called == {"Omar Inventé", "Nadia Inventé"}
    with acting_as(nadia):
        assert Clock.objects.filter(rule=RuleCode.DANGER_OPENED).exists()


def test_without_danger_nobody_is_woken(school, omar):
    send(school)

    assert not past(Notification).filter(urgent=True).exists()


def test_the_act_and_its_trace_are_kept_together(school, sofia):
    send(school, sofia)

    with as_owner():
        deeds = set(Trace.objects.values_list("deed", "agent__name"))
    assert ("concern.send", "Sofia Inventé") in deeds


def test_a_known_minor_is_only_proposed_never_joined_by_itself(school, nadia):
    send(school)
    send(school, external_ref="TIL-2")

    with acting_as(nadia):
        assert CaseFile.objects.filter(merged_into__isnull=True).count() == 2


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(moment=st.datetimes(OLDEST, NEWEST, timezones=st.just(UTC)))
def test_whatever_the_hour_the_target_never_comes_after_the_law(school, moment):
    sent = send(school, external_ref=moment.isoformat(), received_at=moment.isoformat())

    assert sent.target_due <= sent.evaluation_due
