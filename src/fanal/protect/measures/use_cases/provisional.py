"""The child is protected at once: the order of the procureur or of the judge (C. civ. 375-5)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.counting import add_months
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import courts_of
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import (
    MAY_BE_PROVISIONAL,
    KinOption,
    Orderer,
    Seiser,
    Status,
    StepKind,
)
from fanal.protect.measures.use_cases.course import (
    OutOfTurn,
    check_day,
    move,
    note_step,
    start,
    stop,
    take_judicial,
)

# CPC 1185: six months, then six more at most.
FIRST_MONTHS = 6


class MayNotBeProvisional(Refusal):
    message = "Cette mesure ne peut pas être ordonnée à titre provisoire."


class AlreadySeised(Refusal):
    message = "La saisine du juge est déjà enregistrée."


class AlreadyExtended(Refusal):
    message = (
        "Seule une mesure provisoire du juge se prolonge, et une seule fois (art. 1185 du code de "
        "procédure civile)."
    )


class NoHandOverAwaited(Refusal):
    message = "Aucun dessaisissement n'est attendu : la mesure vient du juge compétent."


@transaction.atomic
def order_provisional(
    *,
    agent: Agent,
    ref: UUID,
    by: Orderer,
    on: date,
    now: datetime,
    heard: bool = False,
    judge_of_the_place: bool = False,
    kin_option: KinOption = KinOption.URGENCY,
    kin_note: str = "",
) -> Measure:
    """
    Write an order that protects the child before any decision on the merits.

    The procureur's starts the eight days to seise the judge (375-5); the judge's the six months
    to decide (CPC 1185), the fifteen days to hear when a placement was urgent and nobody was
    heard (CPC 1184), and, when the judge is that of the place where the minor was found, the
    month to hand over (CPC 1184).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, NotYet, OutOfOrder.
        OutOfTurn: the measure stands elsewhere, or is provisional by this hand already.
        MayNotBeProvisional: the type of measure does not allow it.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    if measure.type not in MAY_BE_PROVISIONAL:
        raise MayNotBeProvisional
    check_day(measure, on, now=now, after=measure.provisional_on, event="l'ordonnance de placement")
    if measure.provisional_by and (measure.provisional_by, by) != (
        Orderer.PROSECUTOR,
        Orderer.JUDGE,
    ):
        raise OutOfTurn("Cette mesure est déjà ordonnée à titre provisoire.")
    if measure.status != Status.PROVISIONAL:
        move(measure, Status.PROVISIONAL)
    measure.provisional_by = by
    measure.provisional_on = on
    measure.provisional_heard = heard
    measure.judge_of_the_place = by == Orderer.JUDGE and judge_of_the_place
    if measure.is_placement:
        measure.kin_option, measure.kin_note = kin_option, kin_note.strip()
    if by == Orderer.PROSECUTOR:
        # The judge is to be seised of this very order, whatever was asked before.
        measure.seised_on, measure.seised_by = None, ""
    measure.notified_on = measure.appealed_on = None
    measure.save()
    _start_provisional_clocks(measure, on, now)
    note_step(
        measure,
        StepKind.PROVISIONAL,
        on=on,
        agent=agent,
        now=now,
        note=f"Par : {by.label}.",
    )
    return measure


def _start_provisional_clocks(measure: Measure, on: date, now: datetime) -> None:
    if measure.provisional_by == Orderer.PROSECUTOR:
        start(measure, RuleCode.OPP_SEISE_JUDGE, since=on, now=now)
        return
    stop(measure, RuleCode.OPP_SEISE_JUDGE, RuleCode.JUDGE_RULES_AFTER_OPP, now=now)
    start(measure, RuleCode.PROVISIONAL_MEASURE, since=on, now=now)
    start(measure, RuleCode.NOTIFY_DECISION, since=on, now=now)
    if measure.is_placement and not measure.provisional_heard:
        start(measure, RuleCode.URGENT_PLACEMENT_HEARING, since=on, now=now)
    if measure.judge_of_the_place:
        start(measure, RuleCode.JUDGE_HANDOVER, since=on, now=now)


@transaction.atomic
def seise_judge(*, agent: Agent, ref: UUID, by: Seiser, on: date, now: datetime) -> Measure:
    """
    Write that the judge is seised; after a procureur's order, the fifteen days to rule start.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        AlreadySeised: it is written already.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    if measure.decided_on is not None:
        raise OutOfTurn("La décision est rendue : la saisine n'est plus à enregistrer.")
    if measure.seised_on is not None:
        raise AlreadySeised
    check_day(measure, on, now=now, after=measure.provisional_on, event="l'ordonnance")
    measure.seised_on, measure.seised_by = on, by
    measure.save(update_fields=["seised_on", "seised_by"])
    stop(measure, RuleCode.OPP_SEISE_JUDGE, now=now)
    if measure.awaits_judge_after_opp:
        start(measure, RuleCode.JUDGE_RULES_AFTER_OPP, since=on, now=now)
    note_step(
        measure, StepKind.JUDGE_SEISED, on=on, agent=agent, now=now, note=f"Par : {by.label}."
    )
    return measure


@transaction.atomic
def extend_provisional(
    *, agent: Agent, ref: UUID, on: date, prosecutor_opinion_on: date, now: datetime
) -> Measure:
    """
    Prolong a judge's provisional measure once, after the procureur's opinion (CPC 1185).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        AlreadyExtended: it was, or no judge ordered it.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    first = measure.extension_from
    if first is None:
        raise AlreadyExtended
    check_day(measure, prosecutor_opinion_on, now=now, after=first, event="l'ordonnance")
    check_day(measure, on, now=now, after=prosecutor_opinion_on, event="l'avis du procureur")
    measure.extended_on, measure.prosecutor_opinion_on = on, prosecutor_opinion_on
    measure.save(update_fields=["extended_on", "prosecutor_opinion_on"])
    stop(measure, RuleCode.PROVISIONAL_MEASURE, now=now)
    # Counted from the end of the first six months, not from the day of the extension.
    half_way = add_months(day=first, months=FIRST_MONTHS)
    start(measure, RuleCode.PROVISIONAL_MEASURE_EXTENDED, since=half_way, now=now)
    note_step(measure, StepKind.EXTENDED, on=on, agent=agent, now=now)
    return measure


@transaction.atomic
def hand_over_to_judge(
    *, agent: Agent, ref: UUID, commune: Commune, on: date, now: datetime
) -> Measure:
    """
    The judge of the place hands over to the one of the family's home (CPC 1184).

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        NoHandOverAwaited: the order came from the competent judge.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    if not measure.judge_of_the_place:
        raise NoHandOverAwaited
    check_day(measure, on, now=now, after=measure.provisional_on, event="l'ordonnance")
    measure.judge_of_the_place = False
    measure.commune = commune
    measure.tpe_court = courts_of(commune).tpe_court
    measure.save(update_fields=["judge_of_the_place", "commune", "tpe_court"])
    stop(measure, RuleCode.JUDGE_HANDOVER, now=now, outcome=Outcome.DONE)
    note_step(
        measure,
        StepKind.JUDGE_CHANGED,
        on=on,
        agent=agent,
        now=now,
        note=f"Tribunal pour enfants : {measure.tpe_court.name}.",
    )
    return measure
