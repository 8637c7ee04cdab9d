"""How a measure ends: renewed, modified, lifted, never ordered, run out, or the minor of age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome
from fanal.ground.deadlines.use_cases import stop_all_clocks
from fanal.ground.errors import Refusal
from fanal.protect.measures.models import ExitBan, Measure
from fanal.protect.measures.queries.deadlines import subjects_of
from fanal.protect.measures.terms import Nature, Status, StepKind
from fanal.protect.measures.use_cases.applying import AgreementMissing, start_running_clocks
from fanal.protect.measures.use_cases.course import (
    check_day,
    move,
    note_step,
    require,
    stop,
    take,
    today,
)
from fanal.protect.measures.use_cases.deciding import (
    LONGEST,
    SignerMissing,
    Terms,
    apply_terms,
    start_decision_clocks,
)


class ReasonMissing(Refusal):
    message = "Écrivez pourquoi la mesure s'arrête."


class OrderStands(Refusal):
    message = "Une mesure provisoire a été ordonnée : enregistrez sa levée."


class SameMeasure(Refusal):
    message = "C'est la même mesure : pour la prolonger, enregistrez un renouvellement."


class AnotherMeasure(Refusal):
    message = "Ce n'est pas la même mesure : enregistrez une modification."


@dataclass(frozen=True, slots=True)
class Agreement:
    """The family's written agreement, which an administrative measure needs anew each time."""

    signed_on: date
    signed_by: str


@transaction.atomic
def renew_measure(
    *,
    agent: Agent,
    ref: UUID,
    terms: Terms,
    now: datetime,
    agreement: Agreement | None = None,
) -> Measure:
    """
    The same measure goes on by a new decision (C. civ. 375), or a new agreement.

    Returns:
        The measure that follows; the former one is renewed and does not change any more.

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet, OutOfOrder, AnotherMeasure,
        AgreementMissing, SignerMissing, and the refusals of a decision's terms.
    """
    measure = take(agent=agent, ref=ref, now=now)
    if terms.type != measure.type:
        raise AnotherMeasure
    return _follow(measure, Status.RENEWED, _New(agent, terms, now, agreement))


@transaction.atomic
def modify_measure(
    *,
    agent: Agent,
    ref: UUID,
    terms: Terms,
    now: datetime,
    agreement: Agreement | None = None,
) -> Measure:
    """
    Another measure takes the place of this one.

    Returns:
        The measure that follows; the former one is modified and does not change any more.

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet, OutOfOrder, SameMeasure, WrongNature,
        AgreementMissing, SignerMissing, and the refusals of a decision's terms.
    """
    measure = take(agent=agent, ref=ref, now=now)
    if terms.type == measure.type:
        raise SameMeasure
    return _follow(measure, Status.MODIFIED, _New(agent, terms, now, agreement))


@dataclass(frozen=True, slots=True)
class _New:
    """The act that makes a measure follow another."""

    agent: Agent
    terms: Terms
    now: datetime
    agreement: Agreement | None


def _follow(measure: Measure, status: Status, new: _New) -> Measure:
    require(measure, Status.IN_FORCE)
    terms, now = new.terms, new.now
    check_day(measure, terms.decided_on, now=now, after=measure.decided_on, event="la décision")
    next_one = _successor(measure, new)
    stop(measure, *LONGEST, now=now)
    end_measure(
        measure,
        status,
        StepKind(status.value),
        # The former one holds until the next one takes effect; both are known today.
        on=min(terms.effective_on, today(measure, now)),
        agent=new.agent,
        now=now,
    )
    next_one.save(force_insert=True)
    start_decision_clocks(next_one, terms, now)
    start_running_clocks(next_one, since=terms.effective_on, now=now, plan_since=measure.starts_on)
    note_step(next_one, StepKind.STARTED, on=terms.effective_on, agent=new.agent, now=now)
    return next_one


def _successor(measure: Measure, new: _New) -> Measure:
    next_one = Measure(
        case_file=measure.case_file,
        situation=measure.situation,
        type=measure.type,
        nature=measure.nature,
        status=Status.IN_FORCE,
        basis=measure.basis,
        follows=measure,
        commune=measure.commune,
        tpe_court=measure.tpe_court,
        requested_at=new.now,
        requested_by=new.agent,
        child_heard=measure.child_heard,
        heard_on=measure.heard_on,
    )
    apply_terms(next_one, new.terms)
    if next_one.nature == Nature.ADMINISTRATIVE:
        if new.agreement is None:
            raise AgreementMissing
        if not new.agreement.signed_by.strip():
            raise SignerMissing
        check_day(measure, new.agreement.signed_on, now=new.now)
        next_one.agreed_on = new.agreement.signed_on
        next_one.agreed_by = new.agreement.signed_by.strip()
    return next_one


@transaction.atomic
def lift_measure(*, agent: Agent, ref: UUID, on: date, reason: str, now: datetime) -> Measure:
    """
    What protected the child stops before its term.

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet, OutOfOrder, ReasonMissing.
    """
    measure = take(agent=agent, ref=ref, now=now)
    if not reason.strip():
        raise ReasonMissing
    check_day(
        measure,
        on,
        now=now,
        after=measure.decided_on or measure.provisional_on,
        event="la décision",
    )
    measure.end_reason = reason.strip()
    end_measure(
        measure, Status.LIFTED, StepKind.LIFTED, on=on, agent=agent, now=now, note=reason.strip()
    )
    return measure


@transaction.atomic
def record_no_order(*, agent: Agent, ref: UUID, on: date, reason: str, now: datetime) -> Measure:
    """
    Nothing was ordered: the request is withdrawn, refused, or the judge sees no danger.

    Raises:
        NotVisible, NotYoursToWrite, NotYet, ReasonMissing.
        OutOfTurn: an order or a decision stands; it is lifted, not forgotten.
    """
    measure = take(agent=agent, ref=ref, now=now)
    if not reason.strip():
        raise ReasonMissing
    if measure.provisional_by:
        raise OrderStands
    check_day(measure, on, now=now)
    measure.end_reason = reason.strip()
    end_measure(
        measure,
        Status.NOT_ORDERED,
        StepKind.NOT_ORDERED,
        on=on,
        agent=agent,
        now=now,
        note=reason.strip(),
    )
    return measure


def end_measure(
    measure: Measure,
    status: Status,
    step: StepKind,
    *,
    on: date,
    agent: Agent | None,
    now: datetime,
    clocks: Outcome = Outcome.MOOT,
    note: str = "",
) -> None:
    """
    Bring a measure to one of its ends: its bans end, and nothing about it is waited for.

    Raises:
        OutOfTurn: the table allows no such end from where it stands.
    """
    move(measure, status)
    measure.ended_on = on
    measure.save()
    for subject in subjects_of(measure):
        stop_all_clocks(subject_ref=subject, at=now, outcome=clocks)
    for ban in ExitBan.objects.filter(measure=measure, ended_on__isnull=True):
        ban.ended_on = max(on, ban.ordered_on)
        ban.save(update_fields=["ended_on"])
    note_step(measure, step, on=on, agent=agent, now=now, note=note)
