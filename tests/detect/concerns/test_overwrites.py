"""Two people write at once: the second one is told, and nothing is lost in silence."""

import pytest

from factories import NOON, ConcernFactory, OtherMinorFactory
from fanal.detect.concerns.models import Draft
from fanal.detect.concerns.terms import DecisionOutcome
from fanal.detect.concerns.use_cases import (
    decide_concern,
    discard_draft,
    dismiss_concern,
    evaluate_concern,
    save_draft,
    save_evaluation,
    sign_decision,
    write_findings,
)
from fanal.detect.concerns.use_cases.decide import NoLongerFits, ProposalChanged
from fanal.detect.concerns.use_cases.evaluation import ChangedSince, as_read, findings_as_read
from fanal.detect.concerns.use_cases.qualify import CANNOT, AlreadyProposed, NoEvaluator
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import Exclusion
from fanal.ground.errors import NotVisible
from fanal.ground.shell.lenient import storable
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def concern(nord):
    return ConcernFactory(exploitation="suspected")


def entrust(nadia, karim, concern):
    with acting_as(nadia):
        return evaluate_concern(agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=NOON)


def save(agent, concern, text, read):
    with acting_as(agent):
        return save_evaluation(
            agent=agent,
            ref=concern.ref,
            written={"parents_opinion": text},
            now=NOON,
            read=read,
        )


def test_a_text_that_was_not_read_is_not_written_over(nadia, karim, concern):
    read = as_read(entrust(nadia, karim, concern))
    first = save(karim, concern, "Un", read)

    with pytest.raises(ChangedSince) as refused:
        save(nadia, concern, "Deux", read)
    assert refused.value.standing == {"avis des parents": "Un"}

    assert save(karim, concern, "Un", read).parents_opinion == "Un"
    assert save(nadia, concern, "Deux", as_read(first)).parents_opinion == "Deux"


def test_findings_that_were_not_read_are_not_written_over(nadia, karim, concern):
    other = OtherMinorFactory(concern=concern)
    entrust(nadia, karim, concern)
    read = findings_as_read(other)

    def write(text):
        with acting_as(karim):
            write_findings(
                agent=karim,
                ref=concern.ref,
                other_minor=other.ref,
                findings=text,
                now=NOON,
                read=read,
            )

    write("Va bien.")
    with pytest.raises(ChangedSince):
        write("Va mal.")
    with as_owner():
        other.refresh_from_db()
    assert other.findings == "Va bien."


def propose(nadia, concern):
    with acting_as(nadia):
        return dismiss_concern(agent=nadia, ref=concern.ref, reason="Motif.", now=NOON)


def test_nothing_else_is_decided_while_a_signature_is_awaited(nadia, karim, ines, concern):
    propose(nadia, concern)

    for agent in (nadia, ines):
        with pytest.raises(AlreadyProposed):
            propose(agent, concern)
    with pytest.raises(AlreadyProposed):
        entrust(nadia, karim, concern)


def test_a_decision_that_waits_is_not_replaced(nadia, ines, karim):
    waiting = ConcernFactory(
        status="evaluated", proposed="no_further_action", proposed_by=nadia, proposed_at=NOON
    )
    for outcome in (DecisionOutcome.NO_FURTHER_ACTION, DecisionOutcome.COMMON_LAW_REFERRAL):
        with acting_as(ines), pytest.raises(AlreadyProposed):
            decide_concern(
                agent=ines,
                ref=waiting.ref,
                outcome=outcome,
                reason="Motif.",
                parents_agree=False,
                now=NOON,
            )


def test_what_is_signed_is_what_was_read(nadia, ines, concern):
    read = propose(nadia, concern).proposed_at
    with acting_as(ines):
        with pytest.raises(ProposalChanged):
            sign_decision(
                agent=ines, ref=concern.ref, now=NOON, proposed_at=read.replace(minute=59)
            )
        signed = sign_decision(agent=ines, ref=concern.ref, now=NOON, proposed_at=read)
    assert signed.signed_by == ines


@pytest.mark.parametrize(
    ("status", "proposal"),
    [("evaluated", "not_a_concern"), ("under_evaluation", "no_further_action")],
)
def test_a_proposal_that_no_longer_fits_is_not_signed(nadia, ines, status, proposal):
    concern = ConcernFactory(status=status, proposed=proposal, proposed_by=nadia, proposed_at=NOON)
    with acting_as(ines), pytest.raises(NoLongerFits):
        sign_decision(agent=ines, ref=concern.ref, now=NOON)


def test_who_must_not_see_the_file_does_not_evaluate_it_and_nobody_learns_why(
    nadia, karim, concern
):
    with as_owner():
        past(Exclusion).create(
            case_file=concern.case_file, agent=karim, reason="Parent (inventé).", since=NOON
        )
    with pytest.raises(NoEvaluator) as refused:
        entrust(nadia, karim, concern)
    assert refused.value.message == CANNOT


def test_a_draft_that_was_sent_is_not_saved_any_more(sofia, school):
    with acting_as(sofia):
        draft = Draft.objects.create(
            agent=sofia, organisation=school, started_at=NOON, updated_at=NOON
        )
        discard_draft(agent=sofia, ref=draft.ref)
        with pytest.raises(NotVisible):
            save_draft(agent=sofia, ref=draft.ref, content={"facts": "x"}, now=NOON)


def test_what_no_database_keeps_is_left_out():
    assert storable("é\x00\ud800a") == "éa"
