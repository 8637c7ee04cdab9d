from datetime import timedelta

import pytest

from factories import NOON, ConcernFactory, ExclusionFactory, GrantFactory, MinorFactory
from fanal.detect.concerns.models import Concern, Evaluation
from fanal.detect.concerns.terms import Status, SubmissionStatus
from fanal.detect.concerns.use_cases import (
    AlreadyQualified,
    dismiss_concern,
    evaluate_concern,
    join_concern,
    open_concern,
    sign_decision,
)
from fanal.detect.concerns.use_cases.decide import SamePerson
from fanal.detect.concerns.use_cases.qualify import NoEvaluator, ReasonMissing
from fanal.ground.access.asking import acting_as
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Merge, Minor
from fanal.ground.people.use_cases import undo_merge
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


def test_opening_stops_the_alarm_and_tells_the_author_only_that_it_is_in_progress(nadia):
    concern = ConcernFactory(immediate_danger=True)

    with acting_as(nadia):
        open_concern(agent=nadia, ref=concern.ref, now=NOON)

    with as_owner():
        concern.refresh_from_db()
        concern.submission.refresh_from_db()
    assert concern.status == Status.FIRST_ANALYSIS
    assert concern.opened_at == NOON
    assert concern.submission.status == SubmissionStatus.IN_PROGRESS


def test_opening_a_second_time_changes_nothing(nadia, ines):
    concern = ConcernFactory()

    with acting_as(nadia):
        open_concern(agent=nadia, ref=concern.ref, now=NOON)
    with acting_as(ines):
        again = open_concern(agent=ines, ref=concern.ref, now=NOON + timedelta(hours=1))

    assert again.opened_at == NOON


def test_an_evaluation_opens_the_file_to_its_evaluator_alone(nadia, karim, claire):
    concern = ConcernFactory()

    with acting_as(nadia):
        evaluate_concern(agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=NOON)

    with acting_as(karim):
        assert Evaluation.objects.get().concern.status == Status.UNDER_EVALUATION
        assert Concern.objects.count() == 1
    with acting_as(claire):
        assert not Concern.objects.exists()
    assert past(Notification).get(agent=karim).text == "Une évaluation vous est confiée."


def test_a_concern_is_qualified_once(nadia, karim):
    concern = ConcernFactory()

    with acting_as(nadia):
        evaluate_concern(agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=NOON)
        with pytest.raises(AlreadyQualified):
            dismiss_concern(agent=nadia, ref=concern.ref, reason="Erreur.", now=NOON)


def test_only_somebody_who_evaluates_for_this_authority_is_entrusted_with_it(nadia, paul, claire):
    concern = ConcernFactory()

    with acting_as(nadia):
        for other in (paul, claire):
            with pytest.raises(NoEvaluator):
                evaluate_concern(agent=nadia, ref=concern.ref, evaluator=other, reason="", now=NOON)


def test_another_authority_and_an_excluded_colleague_find_nothing(nadia, paul, karim):
    concern = ConcernFactory()
    ExclusionFactory(case_file=concern.case_file, agent=nadia)

    for agent in (paul, nadia):
        with acting_as(agent), pytest.raises(NotVisible):
            dismiss_concern(agent=agent, ref=concern.ref, reason="Motif.", now=NOON)


def test_suspected_exploitation_is_not_set_aside_by_one_person(nadia, ines):
    concern = ConcernFactory(exploitation="suspected")

    with acting_as(nadia):
        dismiss_concern(agent=nadia, ref=concern.ref, reason="Hors sujet.", now=NOON)
        concern.refresh_from_db()
        assert concern.status == Status.RECEIVED
        with pytest.raises(SamePerson):
            sign_decision(agent=nadia, ref=concern.ref, now=NOON)
    with acting_as(ines):
        sign_decision(agent=ines, ref=concern.ref, now=NOON)
        concern.refresh_from_db()

    assert concern.status == Status.NOT_A_CONCERN
    assert (concern.decided_by, concern.signed_by) == (nadia, ines)
    with as_owner():
        concern.submission.refresh_from_db()
    assert concern.submission.status == SubmissionStatus.OUTCOME_GIVEN


def test_without_a_reason_nothing_is_set_aside(nadia):
    concern = ConcernFactory(exploitation="none")

    with acting_as(nadia), pytest.raises(ReasonMissing):
        dismiss_concern(agent=nadia, ref=concern.ref, reason="  ", now=NOON)


def test_joining_reads_two_files_as_one_and_can_be_undone(nadia, claire):
    known = MinorFactory(given_names="Lea")
    GrantFactory(case_file=known.case_file, agent=claire)
    concern = ConcernFactory()

    with acting_as(nadia):
        join_concern(
            agent=nadia,
            ref=concern.ref,
            case_file_ref=known.case_file.ref,
            reason="Même mineure, même adresse.",
            now=NOON,
        )
    with acting_as(claire):
        assert Minor.objects.count() == 2
        assert Concern.objects.get().status == Status.JOINED

    with acting_as(nadia):
        undo_merge(agent=nadia, ref=Merge.objects.get().ref, now=NOON + timedelta(hours=1))
    with acting_as(claire):
        assert Minor.objects.count() == 1
