from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.detect.concerns.models import Concern, Evaluation
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import (
    ENDED,
    DecisionOutcome,
    Qualification,
    Status,
    Step,
    SubmissionStatus,
)
from fanal.detect.concerns.use_cases.qualify import (
    AlreadyProposed,
    ReasonMissing,
    propose,
    sign_dismissal,
)
from fanal.detect.concerns.use_cases.steps import note_step, tell_author
from fanal.ground.access.models import Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.access.use_cases import end_grants
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_all_clocks, stop_clock
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.queries import files_of

EVALUATED_ALREADY = (*ENDED, Status.DECIDED, Status.NOTIFIED)


class NotEvaluated(Refusal):
    message = "L'évaluation n'est pas remise : la décision vient après elle."


class AlreadyDecided(Refusal):
    message = "La décision est déjà prise."


class AgreementMissing(Refusal):
    message = (
        "Une mesure administrative demande l'accord écrit des représentants légaux "
        "(art. L223-2 CASF) : cochez que vous l'avez, ou choisissez une autre suite."
    )


class NothingToSign(Refusal):
    message = "Aucune décision n'attend de seconde signature."


class SamePerson(Refusal):
    message = "La seconde signature est celle d'une autre personne que l'auteur de la proposition."


class ProposalChanged(Refusal):
    message = "La proposition a changé depuis que vous l'avez lue : relisez-la avant de signer."


class NoLongerFits(Refusal):
    message = (
        "L'information a avancé depuis cette proposition : elle ne peut plus être signée. "
        "Renvoyez-la à son auteur."
    )


class NotDecided(Refusal):
    message = "La décision n'est pas encore prise : décidez d'abord de la suite."


class NotNotified(Refusal):
    message = "Notifiez d'abord la décision."


@transaction.atomic
def decide_concern(
    *,
    agent: Agent,
    ref: UUID,
    outcome: DecisionOutcome,
    reason: str,
    parents_agree: bool,
    now: datetime,
) -> Concern:
    """
    Decide what follows the evaluation; setting the concern aside waits for a second signature.

    Raises:
        NotVisible: the concern is not the agent's to read.
        NotEvaluated, AlreadyDecided, AlreadyProposed: it is not the moment.
        ReasonMissing: every decision has its reason.
        AgreementMissing: an administrative measure needs the written agreement (L223-2).
    """
    concern = lock_concern(ref=ref)
    if concern.status in (Status.DECIDED, Status.NOTIFIED, Status.CLOSED):
        raise AlreadyDecided
    if concern.status != Status.EVALUATED:
        raise NotEvaluated
    if concern.proposed:
        raise AlreadyProposed
    if not reason.strip():
        raise ReasonMissing
    if outcome == DecisionOutcome.ADMIN_MEASURE and not parents_agree:
        raise AgreementMissing
    if outcome == DecisionOutcome.NO_FURTHER_ACTION:
        return propose(concern, outcome=outcome, agent=agent, reason=reason, now=now)
    return _decide(concern, outcome, agent, None, reason, now)


@transaction.atomic
def sign_decision(
    *, agent: Agent, ref: UUID, now: datetime, proposed_at: datetime | None = None
) -> Concern:
    """
    Sign, second, what a colleague proposed.

    ``proposed_at`` is when the proposal that the signer has read was made.

    Raises:
        NotVisible: the concern is not the agent's to read.
        NothingToSign: nothing is proposed, or it was signed already.
        SamePerson: nobody signs twice.
        ProposalChanged: another proposal took the place of the one that was read.
        NoLongerFits: the concern is no longer where such a decision is taken.
    """
    concern = lock_concern(ref=ref)
    if not concern.proposed or concern.proposed_by is None:
        raise NothingToSign
    if concern.proposed_by == agent:
        raise SamePerson
    if proposed_at is not None and proposed_at != concern.proposed_at:
        raise ProposalChanged
    dismissal = concern.proposed == Qualification.NOT_A_CONCERN
    if not (concern.awaits_qualification if dismissal else concern.status == Status.EVALUATED):
        raise NoLongerFits
    if dismissal:
        return sign_dismissal(concern=concern, proposer=concern.proposed_by, signer=agent, now=now)
    return _decide(
        concern,
        DecisionOutcome(concern.proposed),
        concern.proposed_by,
        agent,
        concern.proposed_reason,
        now,
    )


@transaction.atomic
def send_back_decision(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Concern:
    """
    Refuse the second signature and say why; the concern is to decide again.

    Raises:
        NotVisible, NothingToSign: as ``sign_decision``.
        ReasonMissing: whoever proposed must know why.
    """
    concern = lock_concern(ref=ref)
    if not concern.proposed or concern.proposed_by is None:
        raise NothingToSign
    if not reason.strip():
        raise ReasonMissing
    proposer = concern.proposed_by
    concern.proposed = ""
    concern.proposed_reason = ""
    concern.proposed_at = None
    concern.proposed_by = None
    concern.save(update_fields=["proposed", "proposed_reason", "proposed_at", "proposed_by"])
    note_step(concern=concern, step=Step.SENT_BACK, agent=agent, now=now, note=reason)
    notify(
        agents=[proposer],
        text="Une décision que vous aviez proposée vous est renvoyée.",
        path=reverse("concerns:show", args=[concern.ref]),
        now=now,
        case_file=concern.case_file,
    )
    return concern


def _decide(
    concern: Concern,
    outcome: DecisionOutcome,
    decider: Agent,
    signer: Agent | None,
    reason: str,
    now: datetime,
) -> Concern:
    concern.status = Status.DECIDED
    concern.outcome = outcome
    concern.reason = reason
    concern.decided_at = now
    concern.decided_by = decider
    concern.signed_by = signer
    concern.proposed = ""
    concern.save()
    for rule in (
        RuleCode.CONCERN_EVALUATION,
        RuleCode.CONCERN_TARGET,
        RuleCode.CONCERN_TARGET_URGENT,
    ):
        stop_clock(rule=rule, subject_ref=concern.ref, at=now, outcome=Outcome.DONE)
    note_step(
        concern=concern,
        step=Step.DECIDED,
        agent=signer or decider,
        now=now,
        note=outcome.label,
    )
    _release_evaluator(concern, now)
    return concern


def _release_evaluator(concern: Concern, now: datetime) -> None:
    """The file was held to evaluate; with another evaluation of it under way, it still is."""
    evaluation = Evaluation.objects.filter(concern=concern).first()
    if evaluation is None:
        return
    files = files_of(concern.case_file)
    others = Evaluation.objects.filter(case_file__in=files, lead=evaluation.lead)
    if others.exclude(concern=concern).exclude(concern__status__in=EVALUATED_ALREADY).exists():
        return
    held = Grant.objects.filter(case_file__in=files, agent=evaluation.lead)
    end_grants(held.filter(capacity=Capacity.EVALUATOR), now=now)


@transaction.atomic
def notify_decision(*, agent: Agent, ref: UUID, now: datetime) -> Concern:
    """
    The parents and, unasked, the professional who reported have been told (L226-5).

    Raises:
        NotVisible: the concern is not the agent's to read.
        NotDecided: there is nothing to tell yet.
    """
    concern = lock_concern(ref=ref)
    if concern.status != Status.DECIDED:
        raise NotDecided
    concern.status = Status.NOTIFIED
    concern.notified_at = now
    concern.save(update_fields=["status", "notified_at"])
    stop_clock(
        rule=RuleCode.CONCERN_ANSWER_PROFESSIONAL,
        subject_ref=concern.ref,
        at=now,
        outcome=Outcome.DONE,
    )
    note_step(concern=concern, step=Step.NOTIFIED, agent=agent, now=now)
    tell_author(concern=concern, status=SubmissionStatus.OUTCOME_GIVEN, now=now)
    return concern


@transaction.atomic
def close_concern(*, agent: Agent, ref: UUID, now: datetime) -> Concern:
    """
    End the concern's own course; whatever it opened goes on without it.

    Raises:
        NotVisible: the concern is not the agent's to read.
        NotNotified: those who must be told were not.
    """
    concern = lock_concern(ref=ref)
    if concern.status != Status.NOTIFIED:
        raise NotNotified
    concern.status = Status.CLOSED
    concern.closed_at = now
    concern.save(update_fields=["status", "closed_at"])
    stop_all_clocks(subject_ref=concern.ref, at=now, outcome=Outcome.DONE)
    note_step(concern=concern, step=Step.CLOSED, agent=agent, now=now)
    return concern
