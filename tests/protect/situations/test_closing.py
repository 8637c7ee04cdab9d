"""Two people close; anybody who supervises opens again."""

from __future__ import annotations

from datetime import date

import pytest

from factories import NOON, GrantFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import Grant
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Minor
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.terms import ClosingReason, EntryKind, Status
from fanal.protect.situations.use_cases import (
    accept_situation,
    add_entry,
    confirm_closing,
    flip_majority,
    note_exit_interview,
    propose_closing,
    reopen_situation,
    send_back_closing,
)
from fanal.protect.situations.use_cases.closing import (
    NoInterviewAwaited,
    NotClosed,
    NothingToConfirm,
    NotOfAge,
    NotTakenUp,
    SamePerson,
    TransferredAnotherWay,
)
from fanal.protect.situations.use_cases.entries import NotFollowed
from fanal.protect.situations.use_cases.opening import (
    AlreadyFollowed,
    NotAReferent,
    NotSupervisor,
    NotYourSituation,
    ReasonMissing,
)
from past import past
from protect.situations.following import begin, sees

pytestmark = pytest.mark.django_db


def propose(
    agent: Agent,
    situation: Situation,
    reason: ClosingReason = ClosingReason.DANGER_LIFTED,
    text: str = "Le danger a cessé.",
) -> Situation:
    with acting_as(agent):
        return propose_closing(agent=agent, ref=situation.ref, reason=reason, text=text, now=NOON)


def confirm(agent: Agent, situation: Situation) -> Situation:
    with acting_as(agent):
        return confirm_closing(agent=agent, ref=situation.ref, now=NOON)


def reopen(agent: Agent, situation: Situation, **more: object) -> Situation:
    with acting_as(agent):
        return reopen_situation(
            agent=agent,
            ref=situation.ref,
            reason="Nouveau danger.",
            now=NOON,
            **more,  # type: ignore[arg-type]
        )


@pytest.fixture
def closed(ines: Agent, claire: Agent, followed: Situation) -> Situation:
    propose(claire, followed)
    return confirm(ines, followed)


def test_the_referent_proposes_and_the_supervisors_are_told(
    ines: Agent, claire: Agent, followed: Situation
) -> None:
    proposed = propose(claire, followed)

    assert proposed.status == Status.CLOSING
    assert proposed.closing_proposed_by == claire
    assert past(Notification).filter(agent=ines, path__contains="decider").exists()
    assert sees(claire, followed)


def test_closing_ends_the_referent_s_access_and_the_clocks(
    ines: Agent, claire: Agent, closed: Situation
) -> None:
    assert (closed.status, closed.closed_by) == (Status.CLOSED, ines)
    assert not sees(claire, closed)
    assert past(Grant).get(agent=claire).ends_at == NOON
    with acting_as(ines):
        assert not Clock.objects.running().exists()


def test_nobody_closes_alone(ines: Agent, lea: Minor) -> None:
    situation = begin(ines, ines, lea)
    with acting_as(ines):
        accept_situation(agent=ines, ref=situation.ref, now=NOON)
    propose(ines, situation)

    with pytest.raises(SamePerson):
        confirm(ines, situation)


def test_closing_is_confirmed_by_those_who_supervise(
    claire: Agent, yanis: Agent, nadia: Agent, followed: Situation
) -> None:
    propose(claire, followed)

    with pytest.raises(NotSupervisor):
        confirm(nadia, followed)
    with pytest.raises(NotVisible):
        confirm(yanis, followed)


def test_a_supervisor_of_another_authority_who_holds_the_file_does_not_close_it(
    claire: Agent, paul: Agent, followed: Situation
) -> None:
    propose(claire, followed)
    GrantFactory(case_file=followed.case_file, agent=paul, capacity="evaluator")

    with pytest.raises(NotSupervisor):
        confirm(paul, followed)


@pytest.mark.parametrize(
    ("reason", "text", "refusal"),
    [
        (ClosingReason.TRANSFERRED, "x", TransferredAnotherWay),
        (ClosingReason.MAJORITY, "x", NotOfAge),
        (ClosingReason.YOUNG_ADULT, "x", NotOfAge),
        (ClosingReason.RELAYED, "  ", ReasonMissing),
    ],
)
def test_a_closing_has_a_true_reason(
    claire: Agent,
    followed: Situation,
    reason: ClosingReason,
    text: str,
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        propose(claire, followed, reason, text)


def test_only_what_is_followed_can_be_closed(ines: Agent, claire: Agent, opened: Situation) -> None:
    with pytest.raises(NotTakenUp):
        propose(claire, opened)
    with pytest.raises(NothingToConfirm):
        confirm(ines, opened)


def test_the_supervisor_does_not_propose_for_the_referent(ines: Agent, followed: Situation) -> None:
    with pytest.raises(NotYourSituation):
        propose(ines, followed)


def test_a_closing_that_is_sent_back_leaves_the_minor_followed(
    ines: Agent, claire: Agent, followed: Situation
) -> None:
    propose(claire, followed)
    with acting_as(ines):
        back = send_back_closing(agent=ines, ref=followed.ref, reason="Trop tôt.", now=NOON)

    assert (back.status, back.closing_reason, back.closing_proposed_by) == (
        Status.FOLLOWED,
        "",
        None,
    )
    with acting_as(claire):
        assert Entry.objects.filter(text__contains="Trop tôt.").exists()


def test_nobody_writes_in_a_closed_situation(ines: Agent, closed: Situation) -> None:
    with acting_as(ines), pytest.raises(NotFollowed):
        add_entry(
            agent=ines, situation_ref=closed.ref, kind=EntryKind.NOTE, text="Encore.", now=NOON
        )


def test_a_closed_situation_opens_again_with_its_referent(
    ines: Agent, claire: Agent, closed: Situation
) -> None:
    again = reopen(ines, closed)

    assert (again.status, again.referent, again.closed_at) == (Status.REOPENED, claire, None)
    assert sees(claire, closed)
    assert propose(claire, again).status == Status.CLOSING


def test_it_may_be_given_to_another(ines: Agent, yanis: Agent, closed: Situation) -> None:
    assert reopen(ines, closed, referent=yanis).referent == yanis
    assert sees(yanis, closed)


def test_it_is_not_given_to_somebody_who_cannot_answer(
    ines: Agent, nadia: Agent, closed: Situation
) -> None:
    with pytest.raises(NotAReferent):
        reopen(ines, closed, referent=nadia)


def test_a_minor_followed_anew_is_not_followed_twice(
    ines: Agent, claire: Agent, closed: Situation, lea: Minor
) -> None:
    begin(ines, claire, lea)

    with pytest.raises(AlreadyFollowed):
        reopen(ines, closed)


def test_a_living_situation_is_not_reopened(ines: Agent, followed: Situation) -> None:
    with pytest.raises(NotClosed):
        reopen(ines, followed)


def test_six_months_after_the_exit_an_interview_is_due(ines: Agent, claire: Agent) -> None:
    adult = begin(ines, claire, MinorFactory(birth_date=date(2008, 3, 1)))
    with acting_as(claire):
        accept_situation(agent=claire, ref=adult.ref, now=NOON)
    flip_majority(now=NOON)
    propose(claire, adult, ClosingReason.MAJORITY)
    confirm(ines, adult)

    with acting_as(ines):
        clock = Clock.objects.get(rule=RuleCode.INTERVIEW_AFTER_EXIT)
        assert (clock.due_on, clock.owner) == (date(2026, 9, 9), ines)
        note_exit_interview(agent=ines, ref=adult.ref, text="Proposé, décliné.", now=NOON)
        clock.refresh_from_db()
    assert clock.outcome == "done"


def test_no_interview_is_noted_where_none_is_due(ines: Agent, closed: Situation) -> None:
    with acting_as(ines), pytest.raises(NoInterviewAwaited):
        note_exit_interview(agent=ines, ref=closed.ref, text="Tenu.", now=NOON)
