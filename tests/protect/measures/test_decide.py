"""What a decision may say, and in which order events come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from factories import MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible, Refusal
from fanal.protect.measures.models import CareQuestion, Measure, MeasureStep
from fanal.protect.measures.terms import (
    Answer,
    ChildHeard,
    MeasureType,
    Orderer,
    Seiser,
    Status,
    StepKind,
)
from fanal.protect.measures.use_cases import (
    ask_lawyer,
    ask_parents,
    end_exit_ban,
    extend_provisional,
    hand_over_to_judge,
    name_lawyer,
    order_exit_ban,
    order_investigation,
    record_agreement,
    record_appeal,
    record_appeal_judged,
    record_decision,
    record_hearing,
    record_notification,
    record_parents_answer,
    record_plan,
    record_report,
    record_summons,
    seise_judge,
    seise_judge_of_exit_ban,
    set_hearing,
    start_measure,
)
from fanal.protect.measures.use_cases.applying import AgreementMissing, PlanHeld
from fanal.protect.measures.use_cases.asking_parents import (
    AlreadyAnswered,
    NotAdmitted,
    NotAnAnswer,
)
from fanal.protect.measures.use_cases.course import (
    NotBeforeTheJudge,
    NotYet,
    NotYoursToWrite,
    OutOfOrder,
    OutOfTurn,
)
from fanal.protect.measures.use_cases.deciding import (
    AfterMajority,
    AgreementHeld,
    EndsBeforeItStarts,
    KinOptionMissing,
    SignerMissing,
    TooLong,
)
from fanal.protect.measures.use_cases.exit_bans import BanRuns, JudgeKnows, NoBan
from fanal.protect.measures.use_cases.hearings import (
    AlreadySummoned,
    JudgeNotSeised,
    LawyerAsked,
    NoHearing,
    NoLawyerAsked,
)
from fanal.protect.measures.use_cases.notifying import (
    NoAppeal,
    NothingToAppeal,
    NotNotified,
)
from fanal.protect.measures.use_cases.provisional import (
    AlreadyExtended,
    AlreadySeised,
    MayNotBeProvisional,
    NoHandOverAwaited,
)
from fanal.protect.measures.use_cases.requesting import WrongNature
from fanal.protect.situations.models import Situation
from protect.measures.acting import (
    DAY,
    LONG_AFTER,
    again,
    ask,
    decide,
    in_force,
    order,
    seise,
    start,
    terms,
)
from protect.situations.following import begin

pytestmark = pytest.mark.django_db


def test_the_whole_course_from_an_order_to_a_measure_in_force(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.PROSECUTOR)
    seise(claire, placement, on=date(2026, 3, 12))
    with acting_as(claire):
        order_investigation(agent=claire, ref=placement.ref, on=date(2026, 3, 20), now=LONG_AFTER)
        set_hearing(
            agent=claire, ref=placement.ref, at=datetime(2026, 5, 4, 8, tzinfo=UTC), now=LONG_AFTER
        )
        record_hearing(
            agent=claire,
            ref=placement.ref,
            on=date(2026, 5, 4),
            child_heard=ChildHeard.HEARD,
            now=LONG_AFTER,
        )
    decide(claire, placement, decided_on=date(2026, 5, 4))
    start(claire, placement, on=date(2026, 5, 5))

    done = again(claire, placement)
    assert (done.status, done.starts_on) == (Status.IN_FORCE, date(2026, 5, 5))
    assert done.child_heard == ChildHeard.HEARD
    with acting_as(claire):
        told = list(MeasureStep.objects.order_by("pk").values_list("step", flat=True))
    assert told == [
        StepKind.REQUESTED,
        StepKind.PROVISIONAL,
        StepKind.JUDGE_SEISED,
        StepKind.INVESTIGATION,
        StepKind.HEARING_SET,
        StepKind.HEARING_HELD,
        StepKind.DECIDED,
        StepKind.STARTED,
    ]


def test_a_judge_may_confirm_what_the_procureur_ordered_and_not_the_reverse(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.PROSECUTOR)
    order(claire, placement, Orderer.JUDGE, on=date(2026, 3, 20))

    with pytest.raises(OutOfTurn):
        order(claire, placement, Orderer.PROSECUTOR, on=date(2026, 3, 21))


def test_a_placement_says_what_kin_could_do(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)

    with pytest.raises(KinOptionMissing):
        decide(claire, placement, kin_option="")


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (MeasureType.AEMO, date(2028, 3, 9)),
        (MeasureType.AEMO_RENFORCEE, date(2027, 3, 9)),
        (MeasureType.PLACEMENT_ASE, date(2028, 3, 9)),
    ],
)
def test_the_longest_term_is_the_law_s(
    claire: Agent, followed: Situation, kind: MeasureType, last: date
) -> None:
    measure = seise(claire, ask(claire, followed, kind))

    with pytest.raises(TooLong) as refused:
        decide(claire, measure, ends_on=date(last.year, 3, 10))
    assert f"9 mars {last.year}" in refused.value.message

    assert decide(claire, measure, ends_on=last).ends_on == last


def test_only_a_long_placement_passes_two_years(claire: Agent, followed: Situation) -> None:
    aemo = seise(claire, ask(claire, followed, MeasureType.AEMO))
    with pytest.raises(TooLong):
        decide(claire, aemo, ends_on=date(2028, 5, 1), long_term=True)

    placed = seise(claire, ask(claire, followed, MeasureType.PLACEMENT_ASE))
    assert decide(claire, placed, ends_on=date(2029, 5, 1), long_term=True).long_term


def test_no_measure_passes_majority(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)

    # Léa is eighteen on 20 May 2029.
    with pytest.raises(AfterMajority):
        decide(claire, placement, ends_on=date(2029, 5, 21), long_term=True)


def test_an_estimated_age_sets_no_limit(ines: Agent, claire: Agent) -> None:
    minor = MinorFactory(birth_date=date(2008, 12, 1), birth_precision="age")
    measure = seise(claire, ask(claire, begin(ines, claire, minor), MeasureType.AEMO))

    assert decide(claire, measure, ends_on=date(2027, 3, 9)).ends_on == date(2027, 3, 9)


def test_a_measure_does_not_end_before_it_starts(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)

    with pytest.raises(EndsBeforeItStarts):
        decide(claire, placement, ends_on=date(2026, 3, 8))


def test_the_judge_may_decide_another_measure_of_theirs(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)

    decided = decide(claire, placement, type=MeasureType.AEMO)

    assert (decided.type, decided.basis) == (MeasureType.AEMO, "art. 375-2 C. civ.")


def test_the_judge_does_not_decide_the_family_s(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)

    with pytest.raises(WrongNature):
        decide(claire, placement, type=MeasureType.AED)


def test_an_administrative_measure_begins_with_a_written_agreement_alone(
    claire: Agent, followed: Situation
) -> None:
    measure = decide(claire, ask(claire, followed, MeasureType.AED))
    with acting_as(claire), pytest.raises(AgreementMissing):
        start_measure(agent=claire, ref=measure.ref, on=DAY, now=LONG_AFTER)
    with acting_as(claire), pytest.raises(SignerMissing):
        record_agreement(agent=claire, ref=measure.ref, on=DAY, signed_by=" ", now=LONG_AFTER)

    started = start(claire, measure)

    assert (started.status, started.agreed_by) == (Status.IN_FORCE, "Parent Inventé")
    with acting_as(claire), pytest.raises(AgreementHeld):
        record_agreement(
            agent=claire, ref=measure.ref, on=DAY, signed_by="Parent Inventé", now=LONG_AFTER
        )


def test_an_administrative_measure_meets_no_judge(claire: Agent, followed: Situation) -> None:
    measure = ask(claire, followed, MeasureType.ACCUEIL_PROVISOIRE)

    with pytest.raises(NotBeforeTheJudge):
        seise(claire, measure)
    with pytest.raises(NotBeforeTheJudge):
        order(claire, measure, Orderer.JUDGE)


def test_a_budget_measure_is_not_provisional(claire: Agent, followed: Situation) -> None:
    with pytest.raises(MayNotBeProvisional):
        order(claire, ask(claire, followed, MeasureType.MJAGBF), Orderer.JUDGE)


def test_nothing_to_come_is_written_as_done(claire: Agent, placement: Measure) -> None:
    with pytest.raises(NotYet):
        seise(claire, placement, on=date(2026, 6, 2))


def test_an_answer_does_not_come_before_its_question(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.PROSECUTOR)

    with pytest.raises(OutOfOrder) as refused:
        seise(claire, placement, on=date(2026, 3, 8))
    assert "9 mars 2026" in refused.value.message


Ref = Callable[[Measure], object]


def test_what_nobody_awaits_is_not_written(claire: Agent, placement: Measure) -> None:
    """Each event out of its turn, before any order."""
    said = {"agent": claire, "ref": placement.ref, "now": LONG_AFTER}
    day = {**said, "on": DAY}
    refused: list[tuple[type[Refusal], Callable[[], object]]] = [
        (JudgeNotSeised, lambda: order_investigation(**day)),
        (JudgeNotSeised, lambda: set_hearing(**said, at=LONG_AFTER)),
        (JudgeNotSeised, lambda: record_decision(**said, terms=terms(placement))),
        (NoHearing, lambda: record_summons(**day)),
        (NoHearing, lambda: record_hearing(**day, child_heard=ChildHeard.HEARD)),
        (NoLawyerAsked, lambda: name_lawyer(**day)),
        (AlreadyExtended, lambda: extend_provisional(**day, prosecutor_opinion_on=DAY)),
        (NoHandOverAwaited, lambda: hand_over_to_judge(**day, commune=placement.commune)),
        (NotNotified, lambda: record_notification(**day)),
        (NothingToAppeal, lambda: record_appeal(**day)),
        (NoAppeal, lambda: record_appeal_judged(**day, note="")),
        (OutOfTurn, lambda: start_measure(**day)),
        (OutOfTurn, lambda: record_report(**day)),
        (PlanHeld, lambda: record_plan(**day)),
        (NoBan, lambda: seise_judge_of_exit_ban(**day)),
        (NoBan, lambda: end_exit_ban(**day)),
        (OutOfTurn, lambda: ask_parents(**said, text="x", sent_on=DAY, received_on=None)),
    ]
    for kind, act in refused:
        with acting_as(claire), pytest.raises(kind):
            act()


def test_what_is_written_is_not_written_twice(claire: Agent, placement: Measure) -> None:
    said = {"agent": claire, "ref": placement.ref, "now": LONG_AFTER}
    day = {**said, "on": DAY}
    twice: list[tuple[type[Refusal], Callable[[], object]]] = [
        (AlreadySeised, lambda: seise_judge(**day, by=Seiser.PARENTS)),
        (LawyerAsked, lambda: ask_lawyer(**day)),
        (BanRuns, lambda: order_exit_ban(**day, by=Orderer.JUDGE)),
    ]
    for kind, act in twice:
        with acting_as(claire):
            act()
        with acting_as(claire), pytest.raises(kind):
            act()
    with acting_as(claire):
        set_hearing(**said, at=LONG_AFTER)
        record_summons(**day)
    with acting_as(claire), pytest.raises(AlreadySummoned):
        record_summons(**day)
    with acting_as(claire), pytest.raises(JudgeKnows):
        seise_judge_of_exit_ban(**day)


def test_somebody_who_does_not_follow_the_minor_writes_nothing(
    nadia: Agent, yanis: Agent, paul: Agent, placement: Measure
) -> None:
    with pytest.raises(NotYoursToWrite):
        seise(nadia, placement)
    for stranger in (yanis, paul):
        with pytest.raises(NotVisible):
            seise(stranger, placement)


def question(claire: Agent, followed: Situation) -> CareQuestion:
    measure = in_force(claire, followed, MeasureType.PLACEMENT_ASE)
    with acting_as(claire):
        return ask_parents(
            agent=claire,
            ref=measure.ref,
            text="Passage en famille d'accueil",
            sent_on=DAY,
            received_on=None,
            now=LONG_AFTER,
        )


def test_the_parents_answer_once_and_silence_is_not_typed(
    claire: Agent, followed: Situation
) -> None:
    asked = question(claire, followed)
    said = {"agent": claire, "question_ref": asked.ref, "on": DAY, "now": LONG_AFTER}
    with acting_as(claire), pytest.raises(NotAnAnswer):
        record_parents_answer(answer=Answer.SILENT, **said)

    with acting_as(claire):
        answered = record_parents_answer(answer=Answer.OPPOSED, **said)

    assert answered.answer == Answer.OPPOSED
    with acting_as(claire), pytest.raises(AlreadyAnswered):
        record_parents_answer(answer=Answer.AGREED, **said)


def test_nobody_is_asked_where_a_child_at_home_lives(claire: Agent, aemo: Measure) -> None:
    with acting_as(claire), pytest.raises(NotAdmitted):
        ask_parents(
            agent=claire,
            ref=aemo.ref,
            text="Lieu",
            sent_on=DAY,
            received_on=None,
            now=LONG_AFTER,
        )
