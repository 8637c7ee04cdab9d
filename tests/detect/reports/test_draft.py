"""Begun from a concern or from a file, written, routed by commune."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from detect.reports.samples import FACTS, hours_later, writing
from factories import NOON, ConcernFactory, GrantFactory
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.terms import Exploitation
from fanal.detect.reports.models import Report
from fanal.detect.reports.terms import CopyKind, Ground, Status
from fanal.detect.reports.use_cases import (
    ChangedSince,
    ConcernOver,
    Copy,
    Drawn,
    HidesMedia,
    OutOfTurn,
    discard_draft,
    draft_report,
    draft_report_of_file,
    save_draft,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.people.models import Minor
from fanal.ground.territory.queries import OutsideScope, UnknownCommune
from rows import as_owner

pytestmark = pytest.mark.django_db


def draft(agent: Agent, concern: Concern) -> Report:
    with acting_as(agent):
        return draft_report(agent=agent, concern_ref=concern.ref, now=NOON)


@pytest.mark.parametrize(
    "status", ["received", "first_analysis", "under_evaluation", "evaluated", "joined"]
)
def test_a_draft_begins_without_waiting_for_the_evaluation(
    nadia: Agent, lea: Minor, status: str
) -> None:
    concern = ConcernFactory(minor=lea, status=status)

    report = draft(nadia, concern)

    assert report.status == Status.DRAFT
    with acting_as(nadia):
        concern.refresh_from_db()
    assert concern.status == status


def test_a_draft_takes_what_the_concern_already_says(nadia: Agent, lea: Minor) -> None:
    concern = ConcernFactory(
        minor=lea,
        immediate_danger=True,
        exploitation="confirmed",
        parents_informed=False,
        parents_reason="Un proche y est mêlé. [invention]",
    )

    report = draft(nadia, concern)

    assert report.urgent
    assert report.exploitation == Exploitation.CONFIRMED
    assert not report.parents_informed
    assert report.parents_reason == "Un proche y est mêlé. [invention]"


def test_a_set_aside_or_transferred_concern_begins_no_signalement(nadia: Agent, lea: Minor) -> None:
    concern = ConcernFactory(minor=lea, status="not_a_concern", exploitation="none")

    with pytest.raises(ConcernOver):
        draft(nadia, concern)


def test_two_colleagues_write_one_draft(nadia: Agent, ines: Agent, concern: Concern) -> None:
    assert draft(nadia, concern) == draft(ines, concern)


def test_a_stranger_begins_nothing(paul: Agent, julien: Agent, concern: Concern) -> None:
    for stranger in (paul, julien):
        with pytest.raises(NotVisible):
            draft(stranger, concern)


def test_a_followed_minor_is_reported_without_a_new_concern(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        report = draft_report_of_file(agent=nadia, case_file_ref=lea.case_file.ref, now=NOON)

    assert report.concern is None
    assert report.case_file == lea.case_file


def test_a_file_that_one_does_not_see_begins_nothing(paul: Agent, lea: Minor) -> None:
    with acting_as(paul), pytest.raises(NotVisible):
        draft_report_of_file(agent=paul, case_file_ref=lea.case_file.ref, now=NOON)


def test_a_double_click_makes_one_draft_of_the_file(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        first, second = (
            draft_report_of_file(agent=nadia, case_file_ref=lea.case_file.ref, now=NOON)
            for _ in range(2)
        )
        assert Report.objects.count() == 1

    assert first == second


def test_the_database_itself_holds_one_draft_of_a_file_without_concern(
    nadia: Agent, lea: Minor
) -> None:
    with acting_as(nadia):
        first = draft_report_of_file(agent=nadia, case_file_ref=lea.case_file.ref, now=NOON)
        first.pk, first.ref, first.number = None, uuid4(), "SIG-INVENTÉ"
        with pytest.raises(IntegrityError, match="report_drafted_once_per_file"), atomic():
            first.save(force_insert=True)


def test_what_a_colleague_saved_is_not_overwritten(nadia: Agent, draft: Report) -> None:
    read = Drawn(at=draft.updated_at, page=uuid4())
    with acting_as(nadia):
        save_draft(agent=nadia, ref=draft.ref, writing=writing(facts="Avant."), now=hours_later(1))
        with pytest.raises(ChangedSince):
            save_draft(
                agent=nadia,
                ref=draft.ref,
                writing=writing(facts="Après."),
                now=hours_later(2),
                drawn=read,
            )
        assert Report.objects.get(ref=draft.ref).facts == "Avant."


def test_a_page_saves_again_what_it_saved_itself(nadia: Agent, draft: Report) -> None:
    page = Drawn(at=draft.updated_at, page=uuid4())
    with acting_as(nadia):
        for hour, facts in enumerate(("Début.", "Suite."), start=1):
            save_draft(
                agent=nadia,
                ref=draft.ref,
                writing=writing(facts=facts),
                now=hours_later(hour),
                drawn=page,
            )
        assert Report.objects.get(ref=draft.ref).facts == "Suite."


def test_the_courts_come_from_the_commune_of_the_minor(nadia: Agent, concern: Concern) -> None:
    report = draft(nadia, concern)

    assert report.court_id == "tj59350"
    assert not report.courts_differ


def test_a_court_without_a_tribunal_pour_enfants_is_shown_with_the_one_that_has_it(
    nadia: Agent, draft: Report
) -> None:
    # Lisieux's tribunal judiciaire holds no tribunal pour enfants.
    with acting_as(nadia):
        report = save_draft(agent=nadia, ref=draft.ref, writing=writing(commune="14366"), now=NOON)

    assert report.courts_differ
    assert not report.court.has_tpe
    assert report.tpe_court == report.court.tpe_court


def test_the_commune_is_corrected_before_sending(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia):
        report = save_draft(agent=nadia, ref=draft.ref, writing=writing(commune="13055"), now=NOON)

    assert report.court.commune_name == "Marseille"


@pytest.mark.parametrize("commune", ["98611", "98735", "98818"])
def test_a_territory_where_nothing_is_routed_says_whom_to_ring(
    nadia: Agent, draft: Report, commune: str
) -> None:
    with acting_as(nadia), pytest.raises(OutsideScope, match="appelez le 17"):
        save_draft(agent=nadia, ref=draft.ref, writing=writing(commune=commune), now=NOON)


def test_a_commune_that_does_not_exist_is_refused(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia), pytest.raises(UnknownCommune):
        save_draft(agent=nadia, ref=draft.ref, writing=writing(commune="59999"), now=NOON)


def test_what_is_written_is_kept_and_traced(nadia: Agent, draft: Report) -> None:
    copies = (Copy(kind=CopyKind.EDUCATION), Copy(kind=CopyKind.OTHER, label="Foyer inventé"))
    with acting_as(nadia):
        save_draft(
            agent=nadia,
            ref=draft.ref,
            writing=writing(grounds=(Ground.FAMILY_REFUSES, Ground.MEASURES_FAILED), copies=copies),
            now=hours_later(1),
        )
        kept = Report.objects.get(ref=draft.ref)
        assert kept.grounds == ["family_refuses", "measures_failed"]
        assert kept.facts == FACTS
        assert [str(copy) for copy in kept.copies.all()] == [
            CopyKind.EDUCATION.label,
            "Foyer inventé",
        ]
    with as_owner():
        trace = Trace.objects.select_related("agent").filter(deed="report.save").latest("at")
    assert (trace.agent, trace.case_file_ref) == (nadia, draft.case_file.ref)


def test_saving_again_replaces_the_copies(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia):
        for kind in (CopyKind.EDUCATION, CopyKind.CHILDREN_JUDGE):
            save_draft(
                agent=nadia, ref=draft.ref, writing=writing(copies=(Copy(kind=kind),)), now=NOON
            )
        assert [copy.kind for copy in draft.copies.all()] == [CopyKind.CHILDREN_JUDGE]


def test_what_has_left_is_not_written_again(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia), pytest.raises(OutOfTurn):
        save_draft(agent=nadia, ref=sent.ref, writing=writing(), now=hours_later(1))


def test_a_draft_given_up_leaves_nothing_but_its_trace(nadia: Agent, draft: Report) -> None:
    with acting_as(nadia):
        discard_draft(agent=nadia, ref=draft.ref)
        assert not Report.objects.exists()

    with as_owner():
        assert Trace.objects.filter(deed="report.discard", subject_ref=draft.ref).exists()


def test_what_has_left_is_not_given_up(nadia: Agent, sent: Report) -> None:
    with acting_as(nadia), pytest.raises(OutOfTurn):
        discard_draft(agent=nadia, ref=sent.ref)


def test_whoever_holds_the_file_by_name_begins_from_it(claire: Agent, lea: Minor) -> None:
    GrantFactory(case_file=lea.case_file, agent=claire)

    with acting_as(claire):
        report = draft_report_of_file(agent=claire, case_file_ref=lea.case_file.ref, now=NOON)

    assert report.drafted_by == claire


@pytest.mark.parametrize("name", ["facts", "minor_words", "parents_reason"])
def test_an_image_hidden_in_a_text_is_refused(nadia: Agent, draft: Report, name: str) -> None:
    said = writing(**{name: f"Voir data:image/png;base64,{'iVBORw0KGgo' * 9}"})

    with acting_as(nadia), pytest.raises(HidesMedia, match="PHAROS"):
        save_draft(agent=nadia, ref=draft.ref, writing=said, now=NOON)
