"""What the days bring by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from factories import CaseFileFactory, MinorFactory, OrganisationFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.notifications.models import Notification
from fanal.ground.territory.queries import find_commune
from fanal.protect.measures.models import CareQuestion, Measure, MeasureStep
from fanal.protect.measures.reactions import situation_transferred
from fanal.protect.measures.tasks import settle
from fanal.protect.measures.terms import Answer, MeasureType, Orderer, Status, StepKind
from fanal.protect.measures.use_cases import (
    ask_parents,
    leave_measures,
    record_notification,
    record_parents_answer,
    settle_measures,
)
from fanal.protect.situations.events import SituationTransferred
from fanal.protect.situations.models import Situation
from fanal.protect.situations.use_cases import transfer_situation
from past import past
from protect.measures.acting import (
    DAY,
    LONG_AFTER,
    again,
    ask,
    clock,
    decide,
    due,
    in_force,
    order,
    seise,
)
from protect.situations.following import begin, posted

pytestmark = pytest.mark.django_db


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def told(agent: Agent, measure: Measure) -> list[str]:
    found = past(Notification).filter(agent=agent, path__contains=str(measure.ref))
    return list(found.order_by("pk").values_list("text", flat=True))


def test_a_measure_runs_to_the_end_of_its_last_day(claire: Agent, aemo: Measure) -> None:
    # 9 March 2027 ends at 23:00 in Greenwich.
    assert settle_measures(now=datetime(2027, 3, 9, 22, 59, tzinfo=UTC)).expired == 0
    assert again(claire, aemo).status == Status.IN_FORCE

    assert settle_measures(now=datetime(2027, 3, 9, 23, 0, tzinfo=UTC)).expired == 1
    expired = again(claire, aemo)
    assert (expired.status, expired.ended_on) == (Status.EXPIRED, date(2027, 3, 9))
    stopped = clock(claire, aemo.ref, RuleCode.MEASURE_MAX)
    assert stopped is not None
    assert stopped.outcome == Outcome.EXPIRED
    assert "terme" in told(claire, aemo)[-1]


def test_the_last_day_is_that_of_the_authority(db: None) -> None:
    island = OrganisationFactory(
        name="Service de La Réunion (invention)", kind="child_welfare", authority_id="974"
    )
    chief = posted(island, "Ana", "supervisor")
    minor = MinorFactory(case_file=CaseFileFactory(authority_id="974"), commune_id="97411")
    measure = in_force(chief, begin(chief, chief, minor), MeasureType.AEMO)

    assert settle_measures(now=datetime(2027, 3, 9, 19, 59, tzinfo=UTC)).expired == 0
    assert settle_measures(now=datetime(2027, 3, 9, 20, 0, tzinfo=UTC)).expired == 1
    assert again(chief, measure).status == Status.EXPIRED


def test_the_end_is_told_ninety_thirty_and_seven_days_before_and_once_each(
    claire: Agent, aemo: Measure
) -> None:
    end = date(2027, 3, 9)
    for left in (120, 90, 89, 30, 12, 7, 7, 1):
        settle_measures(now=noon(end - timedelta(days=left)))

    assert told(claire, aemo) == [
        f"Une mesure prend fin dans {left} jours : préparez la suite." for left in (90, 30, 7)
    ]


def test_a_measure_entered_late_is_told_once(claire: Agent, aemo: Measure) -> None:
    settle_measures(now=noon(date(2027, 3, 5)))
    settle_measures(now=noon(date(2027, 3, 6)))

    assert told(claire, aemo) == ["Une mesure prend fin dans 4 jours : préparez la suite."]


def test_what_a_clock_already_says_is_not_said_twice(claire: Agent, followed: Situation) -> None:
    measure = in_force(claire, followed, MeasureType.AEMO, ends_on=date(2028, 3, 9))

    assert settle_measures(now=noon(date(2028, 3, 2))).warned == 0
    assert told(claire, measure) == []


def test_an_appeal_that_nobody_formed_is_over(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)
    decide(claire, placement)
    with acting_as(claire):
        record_notification(agent=claire, ref=placement.ref, on=date(2026, 3, 10), now=LONG_AFTER)

    assert settle_measures(now=noon(date(2026, 3, 25))).appeals_over == 0
    assert settle_measures(now=noon(date(2026, 3, 26))).appeals_over == 1
    assert due(claire, placement.ref, RuleCode.APPEAL) is None


def question(claire: Agent, placement: Measure) -> CareQuestion:
    order(claire, placement, Orderer.JUDGE)
    with acting_as(claire):
        return ask_parents(
            agent=claire,
            ref=placement.ref,
            text="Passage en famille d'accueil",
            sent_on=DAY,
            received_on=DAY,
            now=LONG_AFTER,
        )


def test_silence_is_agreement_after_four_weeks(claire: Agent, placement: Measure) -> None:
    asked = question(claire, placement)

    assert settle_measures(now=noon(date(2026, 4, 6))).silences == 0
    assert settle_measures(now=noon(date(2026, 4, 7))).silences == 1
    with acting_as(claire):
        assert CareQuestion.objects.get().answer == Answer.SILENT
    assert clock(claire, asked.ref, RuleCode.PARENTS_SILENCE).outcome == Outcome.EXPIRED  # type: ignore[union-attr]


def test_an_answer_in_time_is_never_silence(claire: Agent, placement: Measure) -> None:
    asked = question(claire, placement)
    with acting_as(claire):
        record_parents_answer(
            agent=claire,
            question_ref=asked.ref,
            answer=Answer.OPPOSED,
            on=date(2026, 4, 6),
            now=LONG_AFTER,
        )

    assert settle_measures(now=noon(date(2026, 5, 1))).silences == 0
    with acting_as(claire):
        assert CareQuestion.objects.get().answer == Answer.OPPOSED


def test_what_another_authority_took_over_is_watched_here_no_longer(
    ines: Agent, claire: Agent, paul: Agent, followed: Situation, aemo: Measure
) -> None:
    with acting_as(ines):
        transfer_situation(
            agent=ines,
            ref=followed.ref,
            commune=find_commune("13055"),
            summary="Déménagement (invention).",
            now=LONG_AFTER,
        )

    assert settle_measures(now=LONG_AFTER).transferred == 1
    stopped = clock(ines, aemo.ref, RuleCode.MEASURE_MAX)
    assert stopped is not None
    assert stopped.outcome == Outcome.TRANSFERRED
    assert settle_measures(now=LONG_AFTER).transferred == 0
    assert again(ines, aemo).status == Status.IN_FORCE


def test_when_the_transfer_is_heard_the_clocks_stop_and_a_step_says_so(
    ines: Agent, claire: Agent, paul: Agent, followed: Situation, aemo: Measure
) -> None:
    with acting_as(ines):
        transfer_situation(
            agent=ines,
            ref=followed.ref,
            commune=find_commune("13055"),
            summary="Déménagement (invention).",
            now=LONG_AFTER,
        )

    situation_transferred(**SituationTransferred(situation_ref=followed.ref).said())

    stopped = clock(ines, aemo.ref, RuleCode.MEASURE_MAX)
    assert stopped is not None
    assert stopped.outcome == Outcome.TRANSFERRED
    with acting_as(ines):
        steps = MeasureStep.objects.filter(measure=aemo, step=StepKind.TRANSFERRED)
        assert steps.count() == 1
    assert leave_measures(situation_ref=followed.ref, now=LONG_AFTER) == 0
    assert settle_measures(now=LONG_AFTER).transferred == 0
    with acting_as(ines):
        assert steps.count() == 1


def test_the_provisional_six_months_end_nothing_by_themselves(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.JUDGE)

    settle_measures(now=noon(date(2026, 12, 1)))

    # CPC 1185: the child is handed back on request; the clock alone is late.
    assert again(claire, placement).status == Status.PROVISIONAL


def test_one_failure_holds_up_nobody(
    claire: Agent, aemo: Measure, followed: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fanal.protect.measures.use_cases import settling

    other = in_force(claire, followed, MeasureType.AED)
    former = settling.end_measure

    def breaks(measure: Measure, *args: object, **said: object) -> None:
        if measure.pk == aemo.pk:
            raise RuntimeError("invention")
        former(measure, *args, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(settling, "end_measure", breaks)
    settled = settle_measures(now=noon(date(2027, 3, 10)))

    assert (settled.expired, settled.failed) == (1, 1)
    assert again(claire, other).status == Status.EXPIRED


def test_the_hourly_task_settles(claire: Agent, followed: Situation) -> None:
    measure = ask(claire, followed, MeasureType.AED)

    settle(0)

    assert again(claire, measure).status == Status.REQUESTED
