"""Each period of the law, from its event to its day. 9 March 2026 is a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from factories import CaseFileFactory, MinorFactory, OrganisationFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Alarm
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.people.models import Minor
from fanal.ground.territory.queries import find_commune
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import (
    ChildHeard,
    KinOption,
    MeasureType,
    Orderer,
    ShelterKind,
)
from fanal.protect.measures.use_cases import (
    ask_lawyer,
    ask_parents,
    end_exit_ban,
    extend_provisional,
    hand_over_to_judge,
    name_lawyer,
    order_exit_ban,
    record_appeal,
    record_appeal_judged,
    record_hearing,
    record_notification,
    record_plan,
    record_report,
    record_summons,
    seise_judge_of_exit_ban,
    set_hearing,
)
from fanal.protect.situations.models import Situation
from protect.measures.acting import (
    DAY,
    LONG_AFTER,
    ask,
    clock,
    decide,
    due,
    in_force,
    order,
    seise,
    shelter,
    start,
)
from protect.situations.following import begin, posted

pytestmark = pytest.mark.django_db


def test_a_procureur_s_order_leaves_eight_days_to_seise_the_judge(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.PROSECUTOR)

    assert due(claire, placement.ref, RuleCode.OPP_SEISE_JUDGE) == date(2026, 3, 17)


def test_the_eight_days_to_seise_never_move(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.PROSECUTOR, on=date(2026, 3, 13))

    # A Saturday: the civil code's period is not one of the procedure's.
    assert due(claire, placement.ref, RuleCode.OPP_SEISE_JUDGE) == date(2026, 3, 21)


def test_once_seised_the_judge_has_fifteen_days_to_rule(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.PROSECUTOR)
    seise(claire, placement, on=date(2026, 3, 12))

    assert due(claire, placement.ref, RuleCode.OPP_SEISE_JUDGE) is None
    assert due(claire, placement.ref, RuleCode.JUDGE_RULES_AFTER_OPP) == date(2026, 3, 27)


def test_the_fifteen_days_of_the_judge_move_to_a_working_day(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.PROSECUTOR)
    seise(claire, placement, on=date(2026, 3, 13))

    # Saturday 28 March: Monday 30 (CPC 642).
    assert due(claire, placement.ref, RuleCode.JUDGE_RULES_AFTER_OPP) == date(2026, 3, 30)


def test_a_judge_seised_without_an_order_has_no_fifteen_days(
    claire: Agent, placement: Measure
) -> None:
    seise(claire, placement)

    assert due(claire, placement.ref, RuleCode.JUDGE_RULES_AFTER_OPP) is None


def test_an_urgent_placement_is_heard_within_fifteen_days(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.JUDGE, heard=False)

    assert due(claire, placement.ref, RuleCode.URGENT_PLACEMENT_HEARING) == date(2026, 3, 24)


def test_a_placement_after_a_hearing_needs_no_other(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.JUDGE, heard=True)

    assert due(claire, placement.ref, RuleCode.URGENT_PLACEMENT_HEARING) is None


def test_a_judge_s_provisional_measure_lasts_six_months(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.JUDGE)

    assert due(claire, placement.ref, RuleCode.PROVISIONAL_MEASURE) == date(2026, 9, 9)


def test_it_is_extended_by_six_months_from_the_end_of_the_first(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.JUDGE)
    with acting_as(claire):
        extend_provisional(
            agent=claire,
            ref=placement.ref,
            prosecutor_opinion_on=date(2026, 5, 20),
            on=date(2026, 5, 26),
            now=LONG_AFTER,
        )

    assert due(claire, placement.ref, RuleCode.PROVISIONAL_MEASURE) is None
    assert due(claire, placement.ref, RuleCode.PROVISIONAL_MEASURE_EXTENDED) == date(2027, 3, 9)


def test_the_judge_of_the_place_hands_over_within_a_month(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.JUDGE, judge_of_the_place=True)
    assert due(claire, placement.ref, RuleCode.JUDGE_HANDOVER) == date(2026, 4, 9)

    with acting_as(claire):
        changed = hand_over_to_judge(
            agent=claire,
            ref=placement.ref,
            commune=find_commune("13055"),
            on=date(2026, 3, 30),
            now=LONG_AFTER,
        )

    assert due(claire, placement.ref, RuleCode.JUDGE_HANDOVER) is None
    assert changed.tpe_court_id == "tj13055"


def test_the_summons_leave_eight_days_before_the_hearing(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)
    with acting_as(claire):
        set_hearing(
            agent=claire,
            ref=placement.ref,
            at=datetime(2026, 6, 22, 7, tzinfo=UTC),
            now=LONG_AFTER,
        )
    # A Sunday: counted backwards, it does not move.
    assert due(claire, placement.ref, RuleCode.SUMMONS) == date(2026, 6, 14)

    with acting_as(claire):
        record_summons(agent=claire, ref=placement.ref, on=date(2026, 6, 1), now=LONG_AFTER)
    assert due(claire, placement.ref, RuleCode.SUMMONS) is None


def test_a_hearing_put_off_counts_again(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)
    with acting_as(claire):
        for day in (22, 30):
            set_hearing(
                agent=claire,
                ref=placement.ref,
                at=datetime(2026, 6, day, 7, tzinfo=UTC),
                now=LONG_AFTER,
            )

    assert due(claire, placement.ref, RuleCode.SUMMONS) == date(2026, 6, 22)


def test_a_lawyer_is_named_within_eight_days(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)
    with acting_as(claire):
        ask_lawyer(agent=claire, ref=placement.ref, on=date(2026, 3, 10), now=LONG_AFTER)
    assert due(claire, placement.ref, RuleCode.LAWYER) == date(2026, 3, 18)

    with acting_as(claire):
        name_lawyer(agent=claire, ref=placement.ref, on=date(2026, 3, 12), now=LONG_AFTER)
    assert due(claire, placement.ref, RuleCode.LAWYER) is None


def test_a_decision_stops_what_the_judge_owed(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.PROSECUTOR)
    seise(claire, placement)
    decide(claire, placement, decided_on=date(2026, 3, 20))

    stopped = clock(claire, placement.ref, RuleCode.JUDGE_RULES_AFTER_OPP)
    assert stopped is not None
    assert stopped.outcome == Outcome.DONE


def test_a_decision_is_notified_within_eight_days(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)
    decide(claire, placement)

    assert due(claire, placement.ref, RuleCode.NOTIFY_DECISION) == date(2026, 3, 17)


def test_the_appeal_is_open_fifteen_days_from_the_notification_moved_to_a_working_day(
    claire: Agent, placement: Measure
) -> None:
    seise(claire, placement)
    decide(claire, placement)
    with acting_as(claire):
        record_notification(agent=claire, ref=placement.ref, on=date(2026, 3, 13), now=LONG_AFTER)

    assert due(claire, placement.ref, RuleCode.NOTIFY_DECISION) is None
    # Saturday 28 March: Monday 30 (CPC 642).
    assert due(claire, placement.ref, RuleCode.APPEAL) == date(2026, 3, 30)


def test_an_appeal_against_a_provisional_placement_is_judged_within_three_months(
    claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.JUDGE)
    with acting_as(claire):
        record_notification(agent=claire, ref=placement.ref, on=DAY, now=LONG_AFTER)
        record_appeal(agent=claire, ref=placement.ref, on=date(2026, 3, 16), now=LONG_AFTER)
    assert due(claire, placement.ref, RuleCode.APPEAL) is None
    assert due(claire, placement.ref, RuleCode.PLACEMENT_APPEAL_JUDGED) == date(2026, 6, 16)

    with acting_as(claire):
        record_appeal_judged(
            agent=claire, ref=placement.ref, on=date(2026, 5, 4), note="confirmé", now=LONG_AFTER
        )
    assert due(claire, placement.ref, RuleCode.PLACEMENT_APPEAL_JUDGED) is None


def test_a_measure_lasts_two_years_at_most(claire: Agent, followed: Situation) -> None:
    measure = in_force(claire, followed, MeasureType.AEMO)

    assert due(claire, measure.ref, RuleCode.MEASURE_MAX) == date(2028, 3, 9)


def test_a_reinforced_aemo_lasts_one(claire: Agent, followed: Situation) -> None:
    measure = in_force(claire, followed, MeasureType.AEMO_RENFORCEE)

    assert due(claire, measure.ref, RuleCode.AEMO_RENFORCEE_MAX) == date(2027, 3, 9)
    assert due(claire, measure.ref, RuleCode.MEASURE_MAX) is None


def test_a_long_placement_is_heard_every_three_years(claire: Agent, placement: Measure) -> None:
    seise(claire, placement)
    start(
        claire,
        decide(claire, placement, long_term=True, ends_on=date(2029, 5, 20)),
    )
    assert due(claire, placement.ref, RuleCode.MEASURE_MAX) is None
    assert due(claire, placement.ref, RuleCode.LONG_PLACEMENT_HEARING) == date(2029, 3, 9)

    with acting_as(claire):
        record_hearing(
            agent=claire,
            ref=placement.ref,
            on=date(2026, 5, 4),
            child_heard=ChildHeard.HEARD,
            now=LONG_AFTER,
        )
    assert due(claire, placement.ref, RuleCode.LONG_PLACEMENT_HEARING) == date(2029, 5, 4)


def test_the_judge_is_reported_to_every_year_from_the_last_report(
    claire: Agent, aemo: Measure
) -> None:
    assert due(claire, aemo.ref, RuleCode.YEARLY_REPORT) == date(2027, 3, 9)

    with acting_as(claire):
        record_report(agent=claire, ref=aemo.ref, on=date(2026, 5, 4), now=LONG_AFTER)

    assert due(claire, aemo.ref, RuleCode.YEARLY_REPORT) == date(2027, 5, 4)


def test_the_judge_is_reported_to_every_six_months_before_the_child_is_two(
    ines: Agent, claire: Agent
) -> None:
    baby = MinorFactory(birth_date=date(2024, 6, 1))
    measure = in_force(claire, begin(ines, claire, baby), MeasureType.AEMO)
    assert due(claire, measure.ref, RuleCode.HALF_YEARLY_REPORT) == date(2026, 9, 9)

    with acting_as(claire):
        record_report(agent=claire, ref=measure.ref, on=date(2026, 6, 1), now=LONG_AFTER)

    # Two years old that day: yearly from then on.
    assert due(claire, measure.ref, RuleCode.HALF_YEARLY_REPORT) is None
    assert due(claire, measure.ref, RuleCode.YEARLY_REPORT) == date(2027, 6, 1)


def test_an_administrative_measure_reports_to_no_judge(claire: Agent, followed: Situation) -> None:
    measure = in_force(claire, followed, MeasureType.AED)

    for rule in (RuleCode.YEARLY_REPORT, RuleCode.NOTIFY_DECISION, RuleCode.MEASURE_MAX):
        assert due(claire, measure.ref, rule) is None


def test_the_plan_of_the_child_is_due_within_three_months_and_once(
    claire: Agent, followed: Situation, aemo: Measure
) -> None:
    assert due(claire, aemo.ref, RuleCode.PPE) == date(2026, 6, 9)
    second = in_force(claire, followed, MeasureType.AED)
    assert due(claire, second.ref, RuleCode.PPE) is None

    with acting_as(claire):
        record_plan(agent=claire, ref=aemo.ref, on=date(2026, 5, 4), now=LONG_AFTER)

    assert due(claire, aemo.ref, RuleCode.PPE) is None


@pytest.mark.parametrize(
    ("received", "rule", "expected"),
    [
        (date(2026, 3, 11), RuleCode.PARENTS_SILENCE, date(2026, 4, 8)),
        (None, RuleCode.PARENTS_SILENCE_UNRECEIVED, date(2026, 4, 20)),
    ],
)
def test_the_parents_silence_takes_four_weeks_or_six(
    claire: Agent, placement: Measure, received: date | None, rule: RuleCode, expected: date
) -> None:
    order(claire, placement, Orderer.JUDGE)
    with acting_as(claire):
        question = ask_parents(
            agent=claire,
            ref=placement.ref,
            text="Passage en famille d'accueil",
            sent_on=DAY,
            received_on=received,
            now=LONG_AFTER,
        )

    assert due(claire, question.ref, rule) == expected


def test_a_procureur_s_exit_ban_lasts_two_months_and_the_judge_knows_in_eight_days(
    claire: Agent, placement: Measure
) -> None:
    with acting_as(claire):
        ban = order_exit_ban(
            agent=claire, ref=placement.ref, by=Orderer.PROSECUTOR, on=DAY, now=LONG_AFTER
        )
    assert due(claire, ban.ref, RuleCode.EXIT_BAN_PROSECUTOR) == date(2026, 5, 9)
    assert due(claire, ban.ref, RuleCode.EXIT_BAN_SEISE_JUDGE) == date(2026, 3, 17)

    with acting_as(claire):
        seise_judge_of_exit_ban(
            agent=claire, ref=placement.ref, on=date(2026, 3, 16), now=LONG_AFTER
        )
    assert due(claire, ban.ref, RuleCode.EXIT_BAN_SEISE_JUDGE) is None


def test_a_judge_s_exit_ban_lasts_two_years_and_replaces_the_procureur_s(
    claire: Agent, placement: Measure
) -> None:
    with acting_as(claire):
        first = order_exit_ban(
            agent=claire, ref=placement.ref, by=Orderer.PROSECUTOR, on=DAY, now=LONG_AFTER
        )
        second = order_exit_ban(
            agent=claire,
            ref=placement.ref,
            by=Orderer.JUDGE,
            on=date(2026, 4, 1),
            now=LONG_AFTER,
        )
    assert due(claire, first.ref, RuleCode.EXIT_BAN_PROSECUTOR) is None
    assert due(claire, second.ref, RuleCode.EXIT_BAN_JUDGE) == date(2028, 4, 1)

    with acting_as(claire):
        end_exit_ban(agent=claire, ref=placement.ref, on=date(2026, 5, 4), now=LONG_AFTER)
    assert due(claire, second.ref, RuleCode.EXIT_BAN_JUDGE) is None


def test_seventy_two_hours_are_counted_from_hour_to_hour(omar: Agent, lea: Minor) -> None:
    # The night when the clocks go forward: 72 hours, not three days of the wall.
    evening = datetime(2026, 3, 28, 20, 40, tzinfo=UTC)
    sheltered = shelter(omar, lea.case_file.ref, started_at=evening, now=evening)

    running = clock(omar, sheltered.ref, RuleCode.SHELTER_72H)
    assert running is not None
    assert running.due_at == datetime(2026, 3, 31, 20, 40, tzinfo=UTC)
    with acting_as(omar):
        alarms = list(
            Alarm.objects.filter(clock=running).order_by("at").values_list("at", flat=True)
        )
    assert alarms == [
        datetime(2026, 3, 30, 20, 40, tzinfo=UTC),
        datetime(2026, 3, 31, 14, 40, tzinfo=UTC),
        datetime(2026, 3, 31, 20, 40, tzinfo=UTC),
    ]


def test_a_provisional_reception_lasts_five_days(omar: Agent, lea: Minor) -> None:
    received = shelter(omar, lea.case_file.ref, kind=ShelterKind.PROVISIONAL_RECEPTION)

    assert due(omar, received.ref, RuleCode.PROVISIONAL_RECEPTION) == date(2026, 3, 14)


def test_days_are_those_of_the_authority(db: None) -> None:
    island = OrganisationFactory(
        name="Service de La Réunion (invention)", kind="child_welfare", authority_id="974"
    )
    chief = posted(island, "Ana", "supervisor")
    minor = MinorFactory(case_file=CaseFileFactory(authority_id="974"), commune_id="97411")
    situation = begin(chief, chief, minor)
    measure = ask(chief, situation, MeasureType.PLACEMENT_ASE)
    order(chief, measure, Orderer.PROSECUTOR, kin_option=KinOption.URGENCY)

    running = clock(chief, measure.ref, RuleCode.OPP_SEISE_JUDGE)
    assert running is not None
    # Midnight at the end of the 17th, four hours before Greenwich's.
    assert running.due_at == datetime(2026, 3, 17, 20, tzinfo=UTC)


def test_whoever_follows_the_minor_watches(claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.PROSECUTOR)

    running = clock(claire, placement.ref, RuleCode.OPP_SEISE_JUDGE)
    assert running is not None
    assert running.owner == claire
