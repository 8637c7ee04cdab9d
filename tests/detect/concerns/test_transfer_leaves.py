"""What the authority of origin keeps when a concern leaves, and what arrives of the evaluation."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from factories import (
    NOON,
    CaseFileFactory,
    ConcernFactory,
    GrantFactory,
    MinorFactory,
    OtherMinorFactory,
)
from fanal.detect.concerns.correspondence import parents_letter_of
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.use_cases import (
    add_visit,
    evaluate_concern,
    save_evaluation,
    transfer_concern,
    write_findings,
)
from fanal.detect.concerns.use_cases.transfer import SealedFile
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import start_clock
from fanal.ground.documents.use_cases import file_document
from fanal.ground.people.models import Minor
from fanal.ground.territory.queries import find_commune
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def concern(nord, bouches_du_rhone):
    return ConcernFactory()


def transfer(agent, concern):
    with acting_as(agent):
        transfer_concern(
            agent=agent,
            ref=concern.ref,
            commune=find_commune("13055"),
            reason="Elle y vit.",
            now=NOON,
        )


def entrust(nadia, karim, concern):
    with acting_as(nadia):
        evaluate_concern(agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=NOON)


def named_here(concern):
    with as_owner():
        minor = Minor.objects.get(case_file=concern.case_file)
        return minor.full_name == "Léa Inventée"


def test_with_nothing_else_the_minor_is_forgotten(nadia, concern):
    transfer(nadia, concern)

    assert not named_here(concern)


@pytest.mark.parametrize("capacity", ["referent", "stand_in"])
@pytest.mark.parametrize("days", [-3, 3])
def test_a_minor_who_is_followed_keeps_a_name_and_whoever_follows(
    nadia, claire, concern, capacity, days
):
    starts = NOON + timedelta(days=days)
    grant = GrantFactory(
        case_file=concern.case_file, agent=claire, capacity=capacity, starts_at=starts
    )

    transfer(nadia, concern)

    assert named_here(concern)
    with as_owner():
        grant.refresh_from_db()
    assert (grant.starts_at, grant.ends_at) == (starts, None)


def test_a_minor_followed_in_a_joined_file_keeps_a_name(nadia, concern):
    kept = MinorFactory().case_file
    with as_owner():
        CaseFile.objects.filter(pk=concern.case_file_id).update(merged_into=kept)

    transfer(nadia, concern)

    assert named_here(concern)


def test_a_file_that_absorbed_another_keeps_its_name(nadia, concern):
    CaseFileFactory(merged_into=concern.case_file)

    transfer(nadia, concern)

    assert named_here(concern)


def test_a_period_about_something_else_keeps_the_name(nadia, concern):
    with acting_as(nadia):
        start_clock(
            rule=RuleCode.CONCERN_TARGET,
            case_file=concern.case_file,
            subject_kind="measure",
            subject_ref=uuid4(),
            since=NOON,
            now=NOON,
        )

    transfer(nadia, concern)

    assert named_here(concern)


def test_another_concern_keeps_the_name(nadia, concern):
    ConcernFactory(case_file=concern.case_file)

    transfer(nadia, concern)

    assert named_here(concern)


def test_a_letter_keeps_the_name(nadia, concern):
    written = {"recipient": "Parent Inventé", "address": "", "why": "Motif.", "first_meeting": ""}
    with acting_as(nadia):
        here = Concern.objects.get(pk=concern.pk)
        letter = parents_letter_of(here, agent=nadia, written=written, now=NOON)
        file_document(
            case_file=here.case_file, letter=letter, title="Lettre", agent=nadia, now=NOON
        )

    transfer(nadia, concern)

    assert named_here(concern)


def test_whoever_evaluated_no_longer_holds_the_file(nadia, karim, claire, concern):
    GrantFactory(case_file=concern.case_file, agent=claire, capacity="referent")
    entrust(nadia, karim, concern)

    transfer(nadia, concern)

    assert list(past(Grant).not_over(at=NOON).values_list("agent", flat=True)) == [claire.pk]


def test_whoever_still_evaluates_another_concern_holds_the_file(nadia, karim, concern):
    other = ConcernFactory(case_file=concern.case_file)
    for one in (concern, other):
        entrust(nadia, karim, one)

    transfer(nadia, concern)

    assert past(Grant).living(at=NOON).filter(agent=karim).exists()


def test_all_that_was_evaluated_arrives_in_words(nadia, karim, paul, concern):
    other = OtherMinorFactory(concern=concern)
    entrust(nadia, karim, concern)
    written = {"minor_met": False, "danger": "immediate", "proposal": "admin_measure"}
    with acting_as(karim):
        save_evaluation(agent=karim, ref=concern.ref, written=written, now=NOON)
        write_findings(
            agent=karim, ref=concern.ref, other_minor=other.ref, findings="Va bien.", now=NOON
        )
        add_visit(
            agent=karim,
            ref=concern.ref,
            on=date(2026, 3, 1),
            place="école",
            met="Sa tante inventée",
            observations="",
            now=NOON,
        )

    transfer(nadia, concern)

    with acting_as(paul):
        arrived = Concern.objects.get()
        text = arrived.additions.get().text
        assert arrived.other_minors.get().findings == "Va bien."
    for said in (
        "le mineur a été rencontré : non",
        "Danger grave et immédiat",
        "Mesure administrative",
        "Sa tante inventée",
    ):
        assert said in text


def test_a_sealed_file_does_not_leave(nadia, concern):
    GrantFactory(case_file=concern.case_file, agent=nadia, capacity="evaluator")
    with as_owner():
        CaseFile.objects.update(sealed_at=NOON, seal_reason="Parent connu (inventé).")

    with pytest.raises(SealedFile, match="levez d'abord le scellé"):
        transfer(nadia, concern)

    assert named_here(concern)
