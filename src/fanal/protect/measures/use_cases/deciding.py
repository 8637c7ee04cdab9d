"""The decision: what, until when, and the days that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import due
from fanal.ground.deadlines.wording import say_day
from fanal.ground.errors import Refusal
from fanal.ground.people.terms import BirthPrecision
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import (
    BASIS,
    PLACEMENTS,
    ChildHeard,
    KinOption,
    MeasureType,
    Status,
    StepKind,
)
from fanal.protect.measures.use_cases.course import (
    check_day,
    midnight,
    move,
    note_step,
    start,
    stop,
    take,
)
from fanal.protect.measures.use_cases.hearings import JudgeNotSeised
from fanal.protect.measures.use_cases.requesting import nature_of
from fanal.protect.situations.queries import minor_of

# The clocks of a measure's longest term: a renewal answers them.
LONGEST = (RuleCode.MEASURE_MAX, RuleCode.AEMO_RENFORCEE_MAX)
# What the judge owed before deciding, and what concerned only the former order.
_OWED = (
    RuleCode.OPP_SEISE_JUDGE,
    RuleCode.JUDGE_RULES_AFTER_OPP,
    RuleCode.URGENT_PLACEMENT_HEARING,
    RuleCode.PROVISIONAL_MEASURE,
    RuleCode.PROVISIONAL_MEASURE_EXTENDED,
)
_MOOT = (
    RuleCode.SUMMONS,
    RuleCode.LAWYER,
    RuleCode.NOTIFY_DECISION,
    RuleCode.APPEAL,
    RuleCode.PLACEMENT_APPEAL_JUDGED,
)


class KinOptionMissing(Refusal):
    message = (
        "Avant un placement, dites si l'accueil par un proche a été évalué, ou s'il y a urgence "
        "(art. 375-3 du code civil)."
    )


class TooLong(Refusal):
    """The law sets a longest term; the message says until when."""


class AfterMajority(Refusal):
    """The protection of a minor stops at eighteen; the message says which day."""


class EndsBeforeItStarts(Refusal):
    message = "La fin de la mesure vient avant son début : corrigez l'une des deux dates."


class AgreementHeld(Refusal):
    message = "L'accord écrit est déjà enregistré, ou cette mesure n'en demande pas."


class SignerMissing(Refusal):
    message = "Dites qui a signé l'accord."


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """
    What a decision says.

    ``starts_on`` is the day when it takes effect, its own day when empty. ``kin_option`` is
    needed for a placement; ``long_term`` is for lasting parental incapacity alone (C. civ. 375).
    """

    type: MeasureType
    decided_on: date
    ends_on: date
    starts_on: date | None = None
    basis: str = ""
    kin_option: str = ""
    kin_note: str = ""
    long_term: bool = False

    @property
    def effective_on(self) -> date:
        return self.starts_on or self.decided_on


@transaction.atomic
def record_decision(
    *, agent: Agent, ref: UUID, terms: Terms, now: datetime, child_heard: ChildHeard | str = ""
) -> Measure:
    """
    Write what the judge, or the département, decided.

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet, OutOfOrder, WrongNature.
        JudgeNotSeised: no judge has been seised.
        KinOptionMissing: a placement without a word on kin (375-3).
        TooLong, AfterMajority, EndsBeforeItStarts: the term cannot be.
    """
    measure = take(agent=agent, ref=ref, now=now)
    if measure.is_judicial and not measure.has_a_judge:
        raise JudgeNotSeised
    check_day(measure, terms.decided_on, now=now, after=_judge_s_day(measure), event="la saisine")
    move(measure, Status.DECIDED)
    apply_terms(measure, terms)
    measure.child_heard = child_heard or measure.child_heard
    measure.notified_on = measure.appealed_on = None
    measure.save()
    stop(measure, *_OWED, now=now)
    stop(measure, *_MOOT, now=now, outcome=Outcome.MOOT)
    start_decision_clocks(measure, terms, now)
    note_step(
        measure,
        StepKind.DECIDED,
        on=terms.decided_on,
        agent=agent,
        now=now,
        note=f"{measure.get_type_display()}, jusqu'au {say_day(terms.ends_on)}.",
    )
    return measure


def _judge_s_day(measure: Measure) -> date | None:
    days = [day for day in (measure.seised_on, measure.provisional_on) if day]
    return max(days, default=None)


def apply_terms(measure: Measure, terms: Terms) -> None:
    """
    Write a decision's terms on a measure, without saving it.

    Raises:
        WrongNature, KinOptionMissing, TooLong, AfterMajority, EndsBeforeItStarts.
    """
    nature_of(terms.type, measure.nature)  # type: ignore[arg-type]
    if terms.type in PLACEMENTS and not terms.kin_option:
        raise KinOptionMissing
    changed = terms.type != measure.type
    measure.type = terms.type
    measure.long_term = terms.long_term and measure.is_placement
    _check_term(measure, terms)
    measure.basis = terms.basis.strip() or (BASIS[terms.type] if changed else measure.basis)
    if measure.is_placement:
        measure.kin_option = KinOption(terms.kin_option)
        measure.kin_note = terms.kin_note.strip()
    measure.decided_on = terms.decided_on
    measure.starts_on = terms.effective_on
    measure.ends_on = terms.ends_on


def longest_rule(measure: Measure) -> RuleCode | None:
    """The rule of its longest term: two years, one for the reinforced AEMO, none if long-term."""
    if not measure.has_longest_term or measure.long_term:
        return None
    if measure.type == MeasureType.AEMO_RENFORCEE:
        return RuleCode.AEMO_RENFORCEE_MAX
    return RuleCode.MEASURE_MAX


def _check_term(measure: Measure, terms: Terms) -> None:
    if terms.ends_on < terms.effective_on:
        raise EndsBeforeItStarts
    authority = measure.case_file.authority
    if rule := longest_rule(measure):
        longest = due(rule=rule, authority=authority, since=midnight(measure, terms.effective_on))
        if terms.ends_on > longest.due_on:
            raise TooLong(
                f"Cette mesure ne peut pas dépasser le {say_day(longest.due_on)} : {longest.why}."
            )
    minor = minor_of(measure.case_file)
    if minor.birth_precision == BirthPrecision.DAY and terms.ends_on > minor.majority_on:
        raise AfterMajority(
            "La protection du mineur s'arrête à sa majorité, le "
            f"{say_day(minor.majority_on)} : la mesure prend fin au plus tard ce jour-là."
        )


def start_decision_clocks(measure: Measure, terms: Terms, now: datetime) -> None:
    """Notification, longest term, and the hearings of a long placement."""
    if not measure.is_judicial:
        return
    start(measure, RuleCode.NOTIFY_DECISION, since=terms.decided_on, now=now)
    if rule := longest_rule(measure):
        start(measure, rule, since=terms.effective_on, now=now)
    if measure.long_term:
        last = measure.heard_on or terms.decided_on
        start(measure, RuleCode.LONG_PLACEMENT_HEARING, since=last, now=now)


@transaction.atomic
def record_agreement(
    *, agent: Agent, ref: UUID, on: date, signed_by: str, now: datetime
) -> Measure:
    """
    The legal representatives signed: without it no administrative measure begins (L223-2).

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet.
        AgreementHeld: it is written already, or a judge decides.
        SignerMissing: nobody is named.
    """
    measure = take(agent=agent, ref=ref, now=now)
    if measure.is_judicial or measure.agreed_on is not None:
        raise AgreementHeld
    if not signed_by.strip():
        raise SignerMissing
    check_day(measure, on, now=now)
    measure.agreed_on, measure.agreed_by = on, signed_by.strip()
    measure.save(update_fields=["agreed_on", "agreed_by"])
    note_step(
        measure,
        StepKind.AGREED,
        on=on,
        agent=agent,
        now=now,
        note=f"Signé par : {measure.agreed_by}.",
    )
    return measure
