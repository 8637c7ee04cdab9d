"""How a measure ends, and what follows it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.protect.measures.models import ExitBan, Measure
from fanal.protect.measures.queries.deadlines import subjects_of
from fanal.protect.measures.terms import MeasureType, Orderer, Status
from fanal.protect.measures.use_cases import (
    Agreement,
    lift_measure,
    modify_measure,
    order_exit_ban,
    record_no_order,
    renew_measure,
)
from fanal.protect.measures.use_cases.applying import AgreementMissing
from fanal.protect.measures.use_cases.course import OutOfTurn
from fanal.protect.measures.use_cases.deciding import SignerMissing, TooLong
from fanal.protect.measures.use_cases.endings import (
    AnotherMeasure,
    OrderStands,
    ReasonMissing,
    SameMeasure,
)
from fanal.protect.situations.models import Situation
from protect.measures.acting import (
    DAY,
    LONG_AFTER,
    again,
    ask,
    due,
    in_force,
    order,
    seise,
    terms,
)

pytestmark = pytest.mark.django_db


def renew(
    agent: Agent, measure: Measure, agreement: Agreement | None = None, **said: Any
) -> Measure:
    wanted = {
        "decided_on": date(2026, 5, 20),
        "starts_on": date(2027, 3, 9),
        "ends_on": date(2028, 3, 9),
    }
    with acting_as(agent):
        return renew_measure(
            agent=agent,
            ref=measure.ref,
            terms=terms(measure, **(wanted | said)),
            agreement=agreement,
            now=LONG_AFTER,
        )


def modify(agent: Agent, measure: Measure, kind: MeasureType, **said: Any) -> Measure:
    with acting_as(agent):
        return modify_measure(
            agent=agent,
            ref=measure.ref,
            terms=terms(measure, type=kind, decided_on=date(2026, 5, 20), **said),
            now=LONG_AFTER,
        )


def running(agent: Agent, measure: Measure) -> int:
    with acting_as(agent):
        return Clock.objects.running().filter(subject_ref__in=subjects_of(measure)).count()


def test_a_renewal_is_a_new_measure_counted_from_its_own_start(
    claire: Agent, aemo: Measure
) -> None:
    following = renew(claire, aemo)

    assert again(claire, aemo).status == Status.RENEWED
    assert (following.status, following.follows_id) == (Status.IN_FORCE, aemo.pk)
    assert running(claire, aemo) == 0
    assert due(claire, following.ref, RuleCode.MEASURE_MAX) == date(2029, 3, 9)
    assert due(claire, following.ref, RuleCode.NOTIFY_DECISION) == date(2026, 5, 28)


def test_a_renewal_keeps_the_plan_of_the_child_where_it_was(claire: Agent, aemo: Measure) -> None:
    following = renew(claire, aemo)

    assert due(claire, following.ref, RuleCode.PPE) == date(2026, 6, 9)


def test_a_renewal_has_its_longest_term(claire: Agent, aemo: Measure) -> None:
    with pytest.raises(TooLong):
        renew(claire, aemo, ends_on=date(2029, 3, 10))
    assert again(claire, aemo).status == Status.IN_FORCE


def test_a_renewal_is_of_the_same_measure_and_a_modification_of_another(
    claire: Agent, aemo: Measure
) -> None:
    with pytest.raises(AnotherMeasure):
        renew(claire, aemo, type=MeasureType.AUTRE_PARENT)
    with pytest.raises(SameMeasure):
        modify(claire, aemo, MeasureType.AEMO)


def test_an_administrative_renewal_needs_a_new_agreement(
    claire: Agent, followed: Situation
) -> None:
    aed = in_force(claire, followed, MeasureType.AED)
    with pytest.raises(AgreementMissing):
        renew(claire, aed)
    with pytest.raises(SignerMissing):
        renew(claire, aed, Agreement(DAY, " "))

    assert renew(claire, aed, Agreement(DAY, "Parent Inventé")).agreed_on == DAY


def test_a_modification_puts_another_measure_in_its_place(claire: Agent, aemo: Measure) -> None:
    placed = modify(claire, aemo, MeasureType.PLACEMENT_ASE, kin_option="evaluated")

    former = again(claire, aemo)
    assert (former.status, former.ended_on) == (Status.MODIFIED, date(2026, 5, 20))
    assert (placed.type, placed.kin_option) == (MeasureType.PLACEMENT_ASE, "evaluated")


def test_lifting_stops_every_clock_and_every_ban(claire: Agent, aemo: Measure) -> None:
    with acting_as(claire):
        order_exit_ban(agent=claire, ref=aemo.ref, by=Orderer.JUDGE, on=DAY, now=LONG_AFTER)
    assert running(claire, aemo) > 1

    with acting_as(claire):
        lift_measure(
            agent=claire,
            ref=aemo.ref,
            on=date(2026, 5, 20),
            reason="Le danger a cessé (invention).",
            now=LONG_AFTER,
        )

    assert again(claire, aemo).status == Status.LIFTED
    assert running(claire, aemo) == 0
    with acting_as(claire):
        assert not ExitBan.objects.filter(ended_on__isnull=True).exists()


def test_lifting_and_leaving_say_why(claire: Agent, placement: Measure) -> None:
    for act in (lift_measure, record_no_order):
        with acting_as(claire), pytest.raises(ReasonMissing):
            act(agent=claire, ref=placement.ref, on=DAY, reason=" ", now=LONG_AFTER)


def test_an_order_is_lifted_and_not_forgotten(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.PROSECUTOR)

    with acting_as(claire), pytest.raises(OrderStands):
        record_no_order(agent=claire, ref=placement.ref, on=DAY, reason="invention", now=LONG_AFTER)
    with acting_as(claire):
        lifted = lift_measure(
            agent=claire, ref=placement.ref, on=DAY, reason="invention", now=LONG_AFTER
        )
    assert lifted.status == Status.LIFTED


def test_a_request_that_led_nowhere_may_be_asked_again(
    claire: Agent, followed: Situation, placement: Measure
) -> None:
    seise(claire, placement)
    with acting_as(claire):
        record_no_order(agent=claire, ref=placement.ref, on=DAY, reason="invention", now=LONG_AFTER)

    assert again(claire, placement).status == Status.NOT_ORDERED
    assert ask(claire, followed, MeasureType.PLACEMENT_ASE).pk != placement.pk


def test_what_ended_takes_no_event(claire: Agent, aemo: Measure) -> None:
    renew(claire, aemo)

    with acting_as(claire), pytest.raises(OutOfTurn):
        lift_measure(agent=claire, ref=aemo.ref, on=DAY, reason="invention", now=LONG_AFTER)
