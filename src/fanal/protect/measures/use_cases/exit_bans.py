"""The minor may not leave the territory (C. civ. 375-5, 375-7)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_all_clocks, stop_clock
from fanal.ground.errors import Refusal
from fanal.protect.measures.models import ExitBan, Measure
from fanal.protect.measures.terms import EXIT_BAN, Orderer, StepKind
from fanal.protect.measures.use_cases.course import check_day, note_step, start, take_judicial


class BanRuns(Refusal):
    message = "Une interdiction de sortie du territoire est déjà en cours."


class NoBan(Refusal):
    message = "Aucune interdiction de sortie du territoire n'est en cours."


class JudgeKnows(Refusal):
    message = "La saisine du juge est déjà enregistrée, ou l'interdiction vient de lui."


@transaction.atomic
def order_exit_ban(*, agent: Agent, ref: UUID, by: Orderer, on: date, now: datetime) -> ExitBan:
    """
    Write a ban: two months from the procureur, who seises the judge within eight days (375-5);
    two years from the judge (375-7). A judge's takes the place of the procureur's.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        BanRuns: one runs already.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    running = _running(measure)
    if running is not None and (running.ordered_by, by) != (Orderer.PROSECUTOR, Orderer.JUDGE):
        raise BanRuns
    check_day(
        measure,
        on,
        now=now,
        after=running.ordered_on if running else None,
        event="l'interdiction du procureur",
    )
    if running is not None:
        _end(running, on, now, Outcome.DONE)
    ban = ExitBan.objects.create(
        case_file=measure.case_file, measure=measure, ordered_by=by, ordered_on=on
    )
    rules = (
        (RuleCode.EXIT_BAN_PROSECUTOR, RuleCode.EXIT_BAN_SEISE_JUDGE)
        if by == Orderer.PROSECUTOR
        else (RuleCode.EXIT_BAN_JUDGE,)
    )
    for rule in rules:
        start(measure, rule, since=on, now=now, subject_ref=ban.ref, subject_kind=EXIT_BAN)
    note_step(measure, StepKind.EXIT_BAN, on=on, agent=agent, now=now, note=f"Par : {by.label}.")
    return ban


@transaction.atomic
def seise_judge_of_exit_ban(*, agent: Agent, ref: UUID, on: date, now: datetime) -> ExitBan:
    """
    The procureur seised the judge of the ban.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder.
        NoBan: none runs.
        JudgeKnows: it is written already, or the judge ordered it.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    ban = _running(measure)
    if ban is None:
        raise NoBan
    if ban.ordered_by == Orderer.JUDGE or ban.seised_on is not None:
        raise JudgeKnows
    check_day(measure, on, now=now, after=ban.ordered_on, event="l'interdiction")
    ban.seised_on = on
    ban.save(update_fields=["seised_on"])
    stop_clock(
        rule=RuleCode.EXIT_BAN_SEISE_JUDGE, subject_ref=ban.ref, at=now, outcome=Outcome.DONE
    )
    note_step(measure, StepKind.EXIT_BAN_SEISED, on=on, agent=agent, now=now)
    return ban


@transaction.atomic
def end_exit_ban(*, agent: Agent, ref: UUID, on: date, now: datetime) -> ExitBan:
    """
    The ban was lifted, or came to its term: the entry in the file is to be discharged.

    Raises:
        NotVisible, NotYoursToWrite, NotBeforeTheJudge, OutOfTurn, NotYet, OutOfOrder, NoBan.
    """
    measure = take_judicial(agent=agent, ref=ref, now=now)
    ban = _running(measure)
    if ban is None:
        raise NoBan
    check_day(measure, on, now=now, after=ban.ordered_on, event="l'interdiction")
    _end(ban, on, now, Outcome.DONE)
    note_step(measure, StepKind.EXIT_BAN_ENDED, on=on, agent=agent, now=now)
    return ban


def _running(measure: Measure) -> ExitBan | None:
    return ExitBan.objects.filter(measure=measure, ended_on__isnull=True).first()


def _end(ban: ExitBan, on: date, now: datetime, outcome: Outcome) -> None:
    ban.ended_on = on
    ban.save(update_fields=["ended_on"])
    stop_all_clocks(subject_ref=ban.ref, at=now, outcome=outcome)
