"""What every event of a measure shares: who writes it, its turn, its day, its step, its clocks."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import start_clock, stop_clock
from fanal.ground.deadlines.wording import say_day
from fanal.ground.errors import Refusal
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.models import Measure, MeasureStep
from fanal.protect.measures.queries import lock_measure
from fanal.protect.measures.terms import MEASURE, TRANSITIONS, Status, StepKind
from fanal.protect.situations.queries import may_write
from fanal.protect.situations.terms import EntryKind, Source
from fanal.protect.situations.use_cases import write_entry


class NotYoursToWrite(Refusal):
    message = (
        "Seuls le référent, la personne qui le remplace et l'encadrement écrivent sur cette mesure."
    )


class OutOfTurn(Refusal):
    """The event does not belong to the state; the message says where the measure stands."""


class NotBeforeTheJudge(Refusal):
    message = (
        "Cette mesure repose sur l'accord de la famille : elle ne passe pas devant le juge. "
        "Pour saisir le juge, demandez une mesure judiciaire."
    )


class NotYet(Refusal):
    message = "Cette date est dans l'avenir : enregistrez l'événement une fois qu'il a eu lieu."


class OutOfOrder(Refusal):
    """The day comes before the event that it answers; the message names it."""


def take(*, agent: Agent, ref: UUID, now: datetime) -> Measure:
    """
    Lock a measure for one of those who answer for the minor.

    Raises:
        NotVisible: the measure is not the agent's to see.
        NotYoursToWrite: somebody else follows the minor.
        OutOfTurn: the measure has ended.
    """
    measure = lock_measure(ref=ref)
    if not may_write(agent, measure.situation, now=now):
        raise NotYoursToWrite
    if not measure.is_living:
        raise OutOfTurn(f"Cette mesure est {measure.get_status_display()} : elle ne change plus.")
    return measure


def take_judicial(*, agent: Agent, ref: UUID, now: datetime) -> Measure:
    """
    Lock a measure that a judge decides.

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn: as ``take``.
        NotBeforeTheJudge: it stands on the family's agreement.
    """
    measure = take(agent=agent, ref=ref, now=now)
    if not measure.is_judicial:
        raise NotBeforeTheJudge
    return measure


def require(measure: Measure, *expected: Status) -> None:
    """
    Raises:
        OutOfTurn: the measure stands elsewhere.
    """
    if measure.status not in expected:
        raise OutOfTurn(_where_it_stands(measure))


def move(measure: Measure, status: Status) -> None:
    """
    Raises:
        OutOfTurn: the table allows no such step.
    """
    if not measure.may_become(status):
        raise OutOfTurn(_where_it_stands(measure))
    measure.status = status


def _where_it_stands(measure: Measure) -> str:
    possible = sorted(str(one.label) for one in TRANSITIONS[Status(measure.status)])
    return (
        f"Cette mesure est {measure.get_status_display()} : elle ne peut devenir "
        f"que {' ou '.join(possible)}."
        if possible
        else f"Cette mesure est {measure.get_status_display()} : elle ne change plus."
    )


def check_day(
    measure: Measure, day: date, *, now: datetime, after: date | None = None, event: str = ""
) -> None:
    """
    An event that is written down took place, and after the one that it answers.

    Raises:
        NotYet: the day lies ahead.
        OutOfOrder: the day comes before ``after``, the day of ``event``.
    """
    if day > today(measure, now):
        raise NotYet
    if after is not None and day < after:
        raise OutOfOrder(f"Cette date vient avant {event}, le {say_day(after)}.")


def today(measure: Measure, now: datetime) -> date:
    return local_day(measure.case_file.authority, now)


def midnight(measure: Measure, day: date) -> datetime:
    """The first instant of a day where the minor is protected."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(measure.case_file.authority.timezone))


def note_step(
    measure: Measure,
    step: StepKind,
    *,
    on: date,
    agent: Agent | None,
    now: datetime,
    note: str = "",
) -> None:
    """Write the event in the measure's course, in the minor's timeline, and its trace."""
    MeasureStep.objects.create(
        case_file=measure.case_file,
        measure=measure,
        step=step,
        on=on,
        at=now,
        agent=agent,
        note=note,
    )
    told = f"{measure.get_type_display()} : {str(step.label).lower()}, {say_day(on)}."
    write_entry(
        case_file=measure.case_file,
        situation=measure.situation,
        kind=EntryKind.MEASURE,
        text=f"{told}\n\n{note}" if note else told,
        agent=agent,
        now=now,
        source_kind=Source.MEASURE,
        source_ref=measure.ref,
    )
    record(agent=agent, deed=f"measure.{step}", subject=measure)


def start(
    measure: Measure,
    rule: RuleCode,
    *,
    since: date | datetime,
    now: datetime,
    subject_ref: UUID | None = None,
    subject_kind: str = MEASURE,
) -> None:
    """Start a period about the measure, watched by whoever answers for the minor."""
    counted = since if isinstance(since, datetime) else midnight(measure, since)
    start_clock(
        rule=rule,
        case_file=measure.case_file,
        subject_kind=subject_kind,
        subject_ref=subject_ref or measure.ref,
        since=counted,
        now=now,
        owner=measure.situation.referent,
    )


def stop(
    measure: Measure, *rules: RuleCode, now: datetime, outcome: Outcome = Outcome.DONE
) -> None:
    for rule in rules:
        stop_clock(rule=rule, subject_ref=measure.ref, at=now, outcome=outcome)
