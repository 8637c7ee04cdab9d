from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.detect.concerns.models import Concern, Evaluation
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import Qualification, Status, Step, SubmissionStatus
from fanal.detect.concerns.use_cases.steps import note_step, tell_author
from fanal.ground.access.models import CaseFile, Exclusion
from fanal.ground.access.terms import Capacity
from fanal.ground.access.use_cases import grant_file
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_all_clocks, stop_clock
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.queries import files_of
from fanal.ground.people.use_cases import merge_files
from fanal.ground.territory.queries import local_day


class AlreadyQualified(Refusal):
    message = "Cette information préoccupante a déjà été qualifiée."


class AlreadyProposed(Refusal):
    message = (
        "Une décision attend déjà une seconde signature : elle doit être signée ou renvoyée "
        "avant toute autre."
    )


class ReasonMissing(Refusal):
    message = "Écrivez le motif : il reste au dossier."


class NoEvaluator(Refusal):
    message = "Choisissez la personne chargée de l'évaluation, parmi celles de votre autorité."


CANNOT = "Cette personne ne peut pas mener cette évaluation : choisissez-en une autre."


def _lock_unqualified(ref: UUID) -> Concern:
    concern = lock_concern(ref=ref)
    if not concern.awaits_qualification:
        raise AlreadyQualified
    if concern.proposed:
        raise AlreadyProposed
    return concern


@transaction.atomic
def evaluate_concern(
    *, agent: Agent, ref: UUID, evaluator: Agent, reason: str, now: datetime
) -> Evaluation:
    """
    Open the evaluation and entrust it (CASF D226-2-4): its legal clock already runs.

    Raises:
        NotVisible: the concern is not the agent's to read.
        AlreadyQualified, AlreadyProposed: somebody decided first.
        NoEvaluator: that person does not evaluate for this authority, or not this file.
    """
    concern = _lock_unqualified(ref)
    today = local_day(concern.authority, now)
    if evaluator not in agents_of(concern.authority, Role.EVALUATOR, Role.SUPERVISOR, on=today):
        raise NoEvaluator
    if Exclusion.objects.filter(
        case_file__in=files_of(concern.case_file), agent=evaluator
    ).exists():
        # Why is nobody's to read here: it may be that person's own child.
        raise NoEvaluator(CANNOT)
    concern.status = Status.UNDER_EVALUATION
    concern.opened_at = concern.opened_at or now
    concern.save(update_fields=["status", "opened_at"])
    grant_file(
        case_file=concern.case_file, agent=evaluator, capacity=Capacity.EVALUATOR, starts_at=now
    )
    evaluation = Evaluation.objects.create(
        case_file=concern.case_file,
        concern=concern,
        lead=evaluator,
        started_at=now,
        updated_at=now,
    )
    _end_first_analysis(concern, now)
    note_step(concern=concern, step=Step.EVALUATE, agent=agent, now=now, note=reason)
    tell_author(concern=concern, status=SubmissionStatus.IN_PROGRESS, now=now)
    notify(
        agents=[evaluator],
        text="Une évaluation vous est confiée.",
        path=reverse("concerns:evaluate", args=[concern.ref]),
        case_file=concern.case_file,
        now=now,
    )
    return evaluation


@transaction.atomic
def join_concern(
    *, agent: Agent, ref: UUID, case_file_ref: UUID, reason: str, now: datetime
) -> Concern:
    """
    Join the concern to a file that is already open for the same minor.

    Raises:
        NotVisible: the concern or the file is not the agent's to see.
        AlreadyQualified, AlreadyProposed: somebody decided first.
        ReasonMissing: why it is the same minor must be said.
    """
    concern = _lock_unqualified(ref)
    if not reason.strip():
        raise ReasonMissing
    if not CaseFile.objects.filter(ref=case_file_ref).exists():
        raise NotVisible
    merge_files(
        agent=agent,
        kept=case_file_ref,
        absorbed=concern.case_file.ref,
        reason=reason,
        now=now,
    )
    return _set_aside(concern, Qualification.JOIN, agent, None, reason, now)


@transaction.atomic
def dismiss_concern(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Concern:
    """
    Say that it is no information préoccupante; a second person signs when exploitation is
    suspected, for the minor is then deemed in danger by law (loi 2002-305, art. 13).

    Raises:
        NotVisible: the concern is not the agent's to read.
        AlreadyQualified, AlreadyProposed: somebody decided first.
        ReasonMissing: it is never done without a reason.
    """
    concern = _lock_unqualified(ref)
    if not reason.strip():
        raise ReasonMissing
    if concern.needs_second_signature:
        return propose(
            concern, outcome=Qualification.NOT_A_CONCERN, agent=agent, reason=reason, now=now
        )
    return _set_aside(concern, Qualification.NOT_A_CONCERN, agent, None, reason, now)


def sign_dismissal(*, concern: Concern, proposer: Agent, signer: Agent, now: datetime) -> Concern:
    """Second signature of a dismissal that another agent proposed."""
    return _set_aside(
        concern,
        Qualification.NOT_A_CONCERN,
        proposer,
        signer,
        concern.proposed_reason,
        now,
    )


def propose(concern: Concern, *, outcome: str, agent: Agent, reason: str, now: datetime) -> Concern:
    """Lay a decision before the authority's managers, who sign it or send it back."""
    concern.proposed = outcome
    concern.proposed_reason = reason
    concern.proposed_at = now
    concern.proposed_by = agent
    concern.save(update_fields=["proposed", "proposed_reason", "proposed_at", "proposed_by"])
    note_step(concern=concern, step=Step.PROPOSED, agent=agent, now=now)
    signers = agents_of(concern.authority, Role.SUPERVISOR, on=local_day(concern.authority, now))
    notify(
        agents=[one for one in signers if one != agent],
        text="Une décision attend votre seconde signature.",
        path=reverse("concerns:sign", args=[concern.ref]),
        case_file=concern.case_file,
        now=now,
    )
    return concern


def _set_aside(
    concern: Concern,
    qualification: Qualification,
    decider: Agent,
    signer: Agent | None,
    reason: str,
    now: datetime,
) -> Concern:
    joined = qualification == Qualification.JOIN
    concern.status = Status.JOINED if joined else Status.NOT_A_CONCERN
    concern.reason = reason
    concern.decided_at = now
    concern.decided_by = decider
    concern.signed_by = signer
    concern.proposed = ""
    concern.opened_at = concern.opened_at or now
    concern.save()
    stop_all_clocks(subject_ref=concern.ref, at=now, outcome=Outcome.DONE)
    note_step(
        concern=concern, step=Step(qualification), agent=signer or decider, now=now, note=reason
    )
    tell_author(concern=concern, status=SubmissionStatus.OUTCOME_GIVEN, now=now)
    return concern


def _end_first_analysis(concern: Concern, now: datetime) -> None:
    for rule in (RuleCode.CONCERN_FIRST_ANALYSIS, RuleCode.DANGER_OPENED):
        stop_clock(rule=rule, subject_ref=concern.ref, at=now, outcome=Outcome.DONE)
