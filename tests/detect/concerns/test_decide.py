from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import NOON, ConcernFactory, OtherMinorFactory
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.terms import DecisionOutcome, Status
from fanal.detect.concerns.use_cases import (
    EvaluationIncomplete,
    add_visit,
    close_concern,
    decide_concern,
    dismiss_concern,
    evaluate_concern,
    notify_decision,
    open_concern,
    save_evaluation,
    send_back_decision,
    sign_decision,
    submit_evaluation,
    write_findings,
)
from fanal.detect.concerns.use_cases.decide import AgreementMissing, NotEvaluated
from fanal.detect.concerns.use_cases.evaluation import AlreadySubmitted
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import Grant
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import start_clock
from fanal.ground.errors import Refusal
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db

COMPLETE = {
    "minor_met": True,
    "minor_opinion": "Elle demande qu'on la croie. [personne inventée]",
    "parents_opinion": "La mère est d'accord.",
    "danger": "danger",
    "danger_grounds": "Absences de nuit.",
    "proposal": "admin_measure",
}


@pytest.fixture
def evaluated(nadia, karim):
    concern = ConcernFactory()
    with acting_as(nadia):
        evaluate_concern(agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=NOON)
    with acting_as(karim):
        save_evaluation(agent=karim, ref=concern.ref, written=COMPLETE, now=NOON)
        submit_evaluation(agent=karim, ref=concern.ref, now=NOON)
    return concern


def decide(agent, concern, outcome, *, parents_agree=False):
    with acting_as(agent):
        return decide_concern(
            agent=agent,
            ref=concern.ref,
            outcome=outcome,
            reason="Au vu de l'évaluation.",
            parents_agree=parents_agree,
            now=NOON,
        )


def test_whoever_evaluated_holds_the_file_no_longer_once_it_is_decided(nadia, karim, evaluated):
    with acting_as(karim):
        assert Concern.objects.filter(pk=evaluated.pk).exists()

    decide(nadia, evaluated, DecisionOutcome.ADMIN_MEASURE, parents_agree=True)

    assert past(Grant).get(agent=karim).ends_at == NOON
    with acting_as(karim):
        assert not Concern.objects.exists()


def test_a_decision_stops_every_period_of_the_evaluation_and_no_other(nadia, evaluated):
    of_the_evaluation = (
        RuleCode.CONCERN_EVALUATION,
        RuleCode.CONCERN_TARGET,
        RuleCode.CONCERN_TARGET_URGENT,
    )
    with acting_as(nadia):
        for rule in (*of_the_evaluation, RuleCode.CONCERN_ANSWER_PROFESSIONAL):
            start_clock(
                rule=rule, case_file=evaluated.case_file, subject_kind="concern",
                subject_ref=evaluated.ref, since=NOON, now=NOON,
            )  # fmt: skip

    decide(nadia, evaluated, DecisionOutcome.ADMIN_MEASURE, parents_agree=True)

    running = past(Clock).running().values_list("rule", flat=True)
    assert list(running) == [RuleCode.CONCERN_ANSWER_PROFESSIONAL]


def test_an_evaluation_is_not_handed_in_before_the_law_is_satisfied(nadia, karim):
    concern = ConcernFactory()
    other = OtherMinorFactory(concern=concern)
    with acting_as(nadia):
        evaluate_concern(agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=NOON)

    with acting_as(karim):
        with pytest.raises(EvaluationIncomplete) as refused:
            submit_evaluation(agent=karim, ref=concern.ref, now=NOON)
        assert {"minor_met", "parents_opinion", "danger", "proposal"} < set(refused.value.missing)

        save_evaluation(agent=karim, ref=concern.ref, written=COMPLETE, now=NOON)
        with pytest.raises(EvaluationIncomplete) as refused:
            submit_evaluation(agent=karim, ref=concern.ref, now=NOON)
        assert set(refused.value.missing) == {f"other_{other.ref}"}

        write_findings(
            agent=karim, ref=concern.ref, other_minor=other.ref, findings="Va bien.", now=NOON
        )
        submit_evaluation(agent=karim, ref=concern.ref, now=NOON)
        with pytest.raises(AlreadySubmitted):
            add_visit(
                agent=karim,
                ref=concern.ref,
                on=date(2026, 3, 1),
                place="école",
                met="Léa",
                observations="",
                now=NOON,
            )


def test_a_decision_waits_for_the_evaluation(nadia):
    with pytest.raises(NotEvaluated):
        decide(nadia, ConcernFactory(), DecisionOutcome.COMMON_LAW_REFERRAL)


def test_an_administrative_measure_needs_the_written_agreement(nadia, evaluated):
    with pytest.raises(AgreementMissing):
        decide(nadia, evaluated, DecisionOutcome.ADMIN_MEASURE)

    decided = decide(nadia, evaluated, DecisionOutcome.ADMIN_MEASURE, parents_agree=True)
    assert decided.status == Status.DECIDED


def test_closing_without_action_takes_two_people(nadia, ines, evaluated):
    proposed = decide(nadia, evaluated, DecisionOutcome.NO_FURTHER_ACTION)
    assert proposed.status == Status.EVALUATED

    with acting_as(ines):
        send_back_decision(agent=ines, ref=evaluated.ref, reason="Relire.", now=NOON)
    decide(nadia, evaluated, DecisionOutcome.NO_FURTHER_ACTION)
    with acting_as(ines):
        signed = sign_decision(agent=ines, ref=evaluated.ref, now=NOON)
    assert (signed.status, signed.signed_by) == (Status.DECIDED, ines)


def test_the_database_itself_refuses_a_single_signature(nadia, evaluated):
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=evaluated.pk).update(
            status=Status.DECIDED,
            outcome=DecisionOutcome.NO_FURTHER_ACTION,
            reason="Seule.",
            decided_at=NOON,
            decided_by=nadia,
            signed_by=nadia,
        )


def test_the_course_ends_after_the_notification(nadia, evaluated):
    decide(nadia, evaluated, DecisionOutcome.COMMON_LAW_REFERRAL)

    with acting_as(nadia):
        notify_decision(agent=nadia, ref=evaluated.ref, now=NOON)
        closed = close_concern(agent=nadia, ref=evaluated.ref, now=NOON)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM deadlines_clock WHERE stopped_at IS NULL")
            assert cursor.fetchone() == (0,)
    assert closed.status == Status.CLOSED


NEXT = {
    Status.RECEIVED: {Status.FIRST_ANALYSIS, Status.UNDER_EVALUATION, Status.NOT_A_CONCERN},
    Status.FIRST_ANALYSIS: {Status.UNDER_EVALUATION, Status.NOT_A_CONCERN},
    Status.UNDER_EVALUATION: {Status.EVALUATED},
    Status.EVALUATED: {Status.DECIDED},
    Status.DECIDED: {Status.NOTIFIED},
    Status.NOTIFIED: {Status.CLOSED},
    Status.NOT_A_CONCERN: set(),
    Status.CLOSED: set(),
}
DEEDS = ("open", "evaluate", "dismiss", "save", "submit", "decide", "notify", "close", "sign")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=12))
def test_no_order_of_deeds_ever_leaves_the_course(nadia, karim, ines, deeds):
    concern = ConcernFactory(exploitation="none")
    ref = concern.ref
    acts = {
        "open": (nadia, lambda: open_concern(agent=nadia, ref=ref, now=NOON)),
        "evaluate": (
            nadia,
            lambda: evaluate_concern(agent=nadia, ref=ref, evaluator=karim, reason="", now=NOON),
        ),
        "dismiss": (
            nadia,
            lambda: dismiss_concern(agent=nadia, ref=ref, reason="Motif.", now=NOON),
        ),
        "save": (nadia, lambda: save_evaluation(agent=nadia, ref=ref, written=COMPLETE, now=NOON)),
        "submit": (nadia, lambda: submit_evaluation(agent=nadia, ref=ref, now=NOON)),
        "decide": (nadia, lambda: decide(nadia, concern, DecisionOutcome.NO_FURTHER_ACTION)),
        "sign": (ines, lambda: sign_decision(agent=ines, ref=ref, now=NOON)),
        "notify": (nadia, lambda: notify_decision(agent=nadia, ref=ref, now=NOON)),
        "close": (nadia, lambda: close_concern(agent=nadia, ref=ref, now=NOON)),
    }
    before = Status.RECEIVED
    for deed in deeds:
        agent, act = acts[deed]
        with acting_as(agent):
            try:
                with transaction.atomic():
                    act()
            except Refusal:
                pass
            after = Status(Concern.objects.get(ref=ref).status)
        assert after == before or after in NEXT[before], (before, deed, after)
        before = after
