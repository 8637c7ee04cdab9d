"""What happens when a signalement leaves, and what is frozen with it."""

from __future__ import annotations

from datetime import date

import pytest

from detect.reports.samples import hours_later, writing
from factories import (
    NOON,
    AgentFactory,
    ExclusionFactory,
    OrganisationFactory,
    PostingFactory,
)
from fanal.detect.concerns.models import Concern, ConcernStep
from fanal.detect.concerns.terms import Status as ConcernStatus
from fanal.detect.concerns.terms import Step
from fanal.detect.reports.models import Report, ReportLetter, ReportStep
from fanal.detect.reports.queries import parquet_agents
from fanal.detect.reports.terms import CopyKind, Status, StepKind
from fanal.detect.reports.use_cases import (
    Copy,
    Incomplete,
    OutOfTurn,
    draft_report,
    save_draft,
    send_report,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.documents.models import Document
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Minor
from ground.documents.printed import text_of
from past import past

pytestmark = pytest.mark.django_db


def send(agent: Agent, report: Report, **changes: object) -> Report:
    with acting_as(agent):
        save_draft(agent=agent, ref=report.ref, writing=writing(**changes), now=NOON)
        return send_report(agent=agent, ref=report.ref, now=NOON)


def test_sending_says_when_and_by_whom(nadia: Agent, sent: Report) -> None:
    assert (sent.status, sent.sent_at, sent.sent_by) == (Status.SENT, NOON, nadia)


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"grounds": ()}, "motif"),
        ({"facts": " \n "}, "faits"),
        ({"parents_informed": False, "parents_reason": " "}, "parents"),
    ],
)
def test_an_incomplete_signalement_stays_and_says_what_it_lacks(
    nadia: Agent, draft: Report, changes: dict[str, object], lacks: str
) -> None:
    with pytest.raises(Incomplete, match=lacks):
        send(nadia, draft, **changes)

    with acting_as(nadia):
        draft.refresh_from_db()
        assert draft.status == Status.DRAFT
        assert not Document.objects.exists()


def test_it_leaves_once(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia), pytest.raises(OutOfTurn, match="adressé"):
        send_report(agent=nadia, ref=sent.ref, now=hours_later(1))


def test_a_stranger_sends_nothing(paul: Agent, draft: Report) -> None:
    with acting_as(paul), pytest.raises(NotVisible):
        send_report(agent=paul, ref=draft.ref, now=NOON)


def test_the_concern_keeps_its_own_course_and_remembers(
    nadia: Agent, sent: Report, concern: Concern
) -> None:
    with acting_as(nadia):
        concern.refresh_from_db()
        assert concern.status == ConcernStatus.RECEIVED
        assert ConcernStep.objects.filter(concern=concern, step=Step.REPORTED).count() == 1


def test_what_is_known_of_the_minor_is_frozen_as_sent(
    nadia: Agent, sent: Report, lea: Minor
) -> None:
    with acting_as(nadia):
        Minor.objects.filter(pk=lea.pk).update(address="9, rue d'après (inventée)")
        sent.refresh_from_db()

    assert sent.identity is not None
    assert sent.identity["given_names"] == "Léa"
    assert sent.identity["birth"].split() == ["20", "mai", "2011"]
    assert sent.identity["age"] == "14 ans"
    assert sent.identity["address"] == ""
    assert [holder["tie"] for holder in sent.identity["holders"]] == ["mère"]
    assert [one["name"] for one in sent.identity["other_minors"]] == ["Tom Inventé"]
    assert "Sofia" not in str(sent.identity)
    with acting_as(nadia):
        assert str(sent.informant) == "Sofia Inventée, assistante sociale, sofia@fanal.invalid"


def test_an_estimated_age_is_never_sent_as_a_birth_date(
    nadia: Agent, draft: Report, lea: Minor
) -> None:
    with acting_as(nadia):
        Minor.objects.filter(pk=lea.pk).update(birth_precision="age")

    sent = send(nadia, draft)

    assert sent.identity is not None
    assert sent.identity["birth"] == "date inconnue, environ 14 ans"


def test_the_whole_letter_goes_with_the_signalement_and_a_copy_is_filed_without_the_informant(
    nadia: Agent, sent: Report
) -> None:
    with acting_as(nadia):
        letter = ReportLetter.objects.select_related("document").get(report=sent)
        assert Document.objects.count() == 1
    whole, filed = text_of(bytes(letter.pdf)), text_of(bytes(letter.document.pdf))

    assert letter.document.case_file_id == sent.case_file_id
    assert "Sofia Inventée, assistante sociale, sofia@fanal.invalid" in whole
    assert "Copie au dossier" not in whole
    assert "Sofia" not in filed
    assert "sofia@" not in filed
    assert "Copie au dossier, sans l’auteur de l’information" in filed.replace("'", "’")
    assert "contusions au bras" in filed


def test_an_excluded_agent_of_the_parquet_is_not_told(
    nadia: Agent, draft: Report, julien: Agent
) -> None:
    ExclusionFactory(case_file=draft.case_file, agent=julien)

    sent = send(nadia, draft)

    assert not past(Notification).filter(agent=julien).exists()
    with acting_as(nadia):
        assert parquet_agents(sent, on=NOON.date()) == []


def test_the_return_of_the_parquet_is_awaited_fifteen_days(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia):
        clock = Clock.objects.for_subject(sent.ref).get(rule=RuleCode.REPORT_RETURN_REMINDER)

    assert clock.due_on == date(2026, 3, 24)


def test_the_parents_are_to_be_told_in_writing_at_once(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia):
        clock = Clock.objects.for_subject(sent.ref).get(rule=RuleCode.PARENTS_TOLD_COURT_SEISED)

    assert clock.due_on == date(2026, 3, 9)


def test_parents_who_may_be_involved_wait_for_the_procureur(nadia: Agent, draft: Report) -> None:
    sent = send(
        nadia,
        draft,
        parents_informed=False,
        parents_reason="Un parent est cité. [invention]",
        parents_may_be_involved=True,
    )

    assert sent.awaits_parents_consent
    with acting_as(nadia):
        rules = set(Clock.objects.for_subject(sent.ref).values_list("rule", flat=True))
    assert rules == {RuleCode.REPORT_RETURN_REMINDER}


def test_the_parquet_of_the_court_is_told_without_a_name(sent: Report, julien: Agent) -> None:
    notice = past(Notification).get(agent=julien)

    assert notice.text == "Un signalement vous est adressé."
    assert str(sent.ref) in notice.path


def test_both_parquets_are_told_when_the_courts_differ(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia):
        there = save_draft(agent=nadia, ref=draft.ref, writing=writing(commune="14366"), now=NOON)
    assert there.courts_differ
    told = []
    for court in (there.court, there.tpe_court):
        organisation = OrganisationFactory(kind="prosecution", court=court)
        told.append(AgentFactory())
        PostingFactory(agent=told[-1], organisation=organisation, role="parquet")

    send(nadia, draft, commune="14366")

    assert set(past(Notification).values_list("agent", flat=True)) == {one.pk for one in told}


def test_an_urgent_signalement_is_told_as_such(nadia: Agent, draft: Report, julien: Agent) -> None:
    send(nadia, draft, urgent=True)

    assert past(Notification).get(agent=julien).urgent


def test_a_posting_that_has_ended_is_not_told(nadia: Agent, draft: Report, parquet: object) -> None:
    gone = AgentFactory()
    PostingFactory(agent=gone, organisation=parquet, role="parquet", until=date(2026, 3, 8))

    send(nadia, draft)

    assert not past(Notification).filter(agent=gone).exists()


def test_copies_are_kept_with_what_left(nadia: Agent, draft: Report) -> None:
    sent = send(nadia, draft, copies=(Copy(kind=CopyKind.DEPARTMENT),))

    with acting_as(nadia):
        assert [copy.kind for copy in sent.copies.all()] == [CopyKind.DEPARTMENT]


def test_its_course_begins_with_the_courts_it_went_to(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia):
        step = ReportStep.objects.get(report=sent)

    assert (step.step, step.note) == (StepKind.SENT, "Tribunal judiciaire de Lille")


def test_a_draft_has_no_course(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia):
        assert not ReportStep.objects.exists()


def test_another_signalement_may_follow_for_the_same_concern(
    nadia: Agent, sent: Report, concern: Concern
) -> None:
    with acting_as(nadia):
        again = draft_report(agent=nadia, concern_ref=concern.ref, now=hours_later(2))

    assert again != sent
