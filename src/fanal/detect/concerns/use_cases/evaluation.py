from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.detect.concerns.models import Evaluation, OtherMinor, Visit
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import Status, Step
from fanal.detect.concerns.use_cases.steps import note_step
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day

WRITTEN = (
    "minor_met",
    "minor_not_met_reason",
    "minor_opinion",
    "parents_opinion",
    "understanding",
    "resources",
    "health_and_school",
    "danger",
    "danger_grounds",
    "proposal",
    "proposal_grounds",
)


class AlreadySubmitted(Refusal):
    message = "Cette évaluation est déjà remise : elle ne change plus."


class ChangedSince(Refusal):
    """Somebody else wrote meanwhile; ``standing`` is what stands now, by heading."""

    message = (
        "Quelqu'un a écrit ici depuis que vous l'avez lu. Rien n'est encore enregistré : comparez "
        "avec le texte actuel, puis enregistrez de nouveau."
    )

    def __init__(self, standing: dict[str, str]) -> None:
        super().__init__()
        self.standing = standing


class EvaluationIncomplete(Refusal):
    """What D226-2-3 asks is not all there; ``missing`` maps field names to French sentences."""

    message = "L'évaluation n'est pas complète."

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__()
        self.missing = missing


def _lock_evaluation(ref: UUID) -> Evaluation:
    concern = lock_concern(ref=ref)
    evaluation = Evaluation.objects.select_for_update(of=("self",)).filter(concern=concern).first()
    if evaluation is None:
        raise NotVisible
    if evaluation.submitted_at is not None:
        raise AlreadySubmitted
    evaluation.concern = concern
    return evaluation


def heading_of(name: str) -> str:
    """The words above a field of the evaluation."""
    return str(getattr(Evaluation._meta.get_field(name), "verbose_name", name))


def in_words(evaluation: Evaluation, name: str) -> str:
    """What a field of the evaluation says, as one reads it."""
    value = getattr(evaluation, name)
    if isinstance(value, bool):
        return "oui" if value else "non"
    shown = getattr(evaluation, f"get_{name}_display", None)
    return str(shown() if shown else value or "")


def as_read(evaluation: Evaluation) -> str:
    """The mark of all that the evaluation says: who writes gives back the one they had read."""
    return _mark(*(getattr(evaluation, name) for name in WRITTEN))


def findings_as_read(other: OtherMinor) -> str:
    return _mark(other.findings)


def _mark(*values: object) -> str:
    return sha256(repr([str(value) for value in values]).encode()).hexdigest()[:32]


@transaction.atomic
def save_evaluation(
    *,
    agent: Agent,
    ref: UUID,
    written: dict[str, Any],
    now: datetime,
    read: str | None = None,
) -> Evaluation:
    """
    Keep what is written so far of the evaluation of concern ``ref``.

    ``read`` is the mark (``as_read``) of what the writer had before them, when they had it.

    Raises:
        NotVisible: there is no such evaluation for this agent.
        AlreadySubmitted: it was handed in.
        ChangedSince: another text stands there than the one that was read.
    """
    evaluation = _lock_evaluation(ref)
    changed = [
        name for name in WRITTEN if name in written and getattr(evaluation, name) != written[name]
    ]
    if changed and read is not None and read != as_read(evaluation):
        raise ChangedSince({heading_of(name): in_words(evaluation, name) for name in changed})
    for name in changed:
        setattr(evaluation, name, written[name])
    evaluation.updated_at = now
    evaluation.save()
    record(agent=agent, deed="evaluation.save", subject=evaluation)
    return evaluation


@transaction.atomic
def add_visit(
    *, agent: Agent, ref: UUID, on: date, place: str, met: str, observations: str, now: datetime
) -> Visit:
    """Add a meeting to the evaluation of concern ``ref``; raises as ``save_evaluation``."""
    evaluation = _lock_evaluation(ref)
    visit = Visit.objects.create(
        case_file=evaluation.case_file,
        evaluation=evaluation,
        on=on,
        place=place,
        met=met,
        observations=observations,
        agent=agent,
    )
    note_step(concern=evaluation.concern, step=Step.VISITED, agent=agent, now=now, note=place)
    return visit


@transaction.atomic
def write_findings(
    *,
    agent: Agent,
    ref: UUID,
    other_minor: UUID,
    findings: str,
    now: datetime,
    read: str | None = None,
) -> OtherMinor:
    """
    Write what the evaluation says of another minor of the home (D226-2-3).

    ``read`` is the mark (``findings_as_read``) of the text that the writer had before them.

    Raises:
        NotVisible, AlreadySubmitted, ChangedSince: as ``save_evaluation``.
    """
    evaluation = _lock_evaluation(ref)
    other = OtherMinor.objects.filter(ref=other_minor, concern=evaluation.concern).first()
    if other is None:
        raise NotVisible
    if read is not None and findings != other.findings and read != findings_as_read(other):
        raise ChangedSince({other.full_name: other.findings})
    other.findings = findings
    other.save(update_fields=["findings"])
    record(agent=agent, deed="evaluation.other_minor", subject=evaluation)
    return other


def missing_of(evaluation: Evaluation) -> dict[str, str]:
    """What the evaluation still lacks, as French sentences by field."""
    missing = {}
    if evaluation.minor_met is None:
        missing["minor_met"] = "Dites si le mineur a été rencontré."
    elif not evaluation.minor_met and not evaluation.minor_not_met_reason.strip():
        missing["minor_not_met_reason"] = (
            "Dites pourquoi : le juge est alors saisi (art. D226-2-6 CASF)."
        )
    elif evaluation.minor_met and not evaluation.minor_opinion.strip():
        missing["minor_opinion"] = "Écrivez l'avis du mineur, même « ne souhaite pas s'exprimer »."
    if not evaluation.parents_opinion.strip():
        missing["parents_opinion"] = "Écrivez l'avis des parents, ou pourquoi il manque."
    if not evaluation.danger:
        missing["danger"] = "Qualifiez le danger."
    elif not evaluation.danger_grounds.strip():
        missing["danger_grounds"] = "Dites ce qui fonde cette qualification."
    if not evaluation.proposal:
        missing["proposal"] = "Proposez une suite."
    for other in evaluation.concern.other_minors.all():
        if not other.findings.strip():
            missing[f"other_{other.ref}"] = (
                f"Écrivez ce que l'évaluation dit de {other.full_name} (art. D226-2-3 CASF)."
            )
    return missing


@transaction.atomic
def submit_evaluation(*, agent: Agent, ref: UUID, now: datetime) -> Evaluation:
    """
    Hand the evaluation in; from then on it does not change.

    Raises:
        NotVisible, AlreadySubmitted: as ``save_evaluation``.
        EvaluationIncomplete: the law asks for more (D226-2-3).
    """
    evaluation = _lock_evaluation(ref)
    if missing := missing_of(evaluation):
        raise EvaluationIncomplete(missing)
    concern = evaluation.concern
    evaluation.submitted_at = now
    evaluation.save(update_fields=["submitted_at"])
    concern.status = Status.EVALUATED
    concern.save(update_fields=["status"])
    note_step(concern=concern, step=Step.EVALUATED, agent=agent, now=now)
    notify(
        agents=agents_of(
            concern.authority,
            Role.CRIP,
            Role.SUPERVISOR,
            on=local_day(concern.authority, now),
        ),
        text="Une évaluation est remise : une décision est à prendre.",
        path=reverse("concerns:decide", args=[concern.ref]),
        case_file=concern.case_file,
        now=now,
    )
    return evaluation
