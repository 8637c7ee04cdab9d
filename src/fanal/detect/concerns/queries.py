from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from fanal.detect.concerns.models import Concern, ConcernStep, Draft, Evaluation, Submission
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible


def visible_concerns() -> QuerySet[Concern]:
    """Concerns that the database shows to whoever is asking, with what a list displays."""
    return Concern.objects.select_related("case_file__minor", "commune", "authority")


def read_concern(*, agent: Agent, ref: UUID) -> Concern:
    """
    Read one concern; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    concern = (
        visible_concerns()
        .select_related("submission", "transferred_to", "decided_by", "signed_by", "proposed_by")
        .filter(ref=ref)
        .first()
    )
    if concern is None:
        raise NotVisible
    record(agent=agent, deed="concern.read", subject=concern, outcome=Outcome.READ)
    return concern


def lock_concern(*, ref: UUID) -> Concern:
    """
    Take one concern for a change; others who want it wait.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    concern = (
        Concern.objects.select_for_update(of=("self",))
        .select_related("case_file__minor", "case_file__authority", "authority", "submission")
        .filter(ref=ref)
        .first()
    )
    if concern is None:
        raise NotVisible
    return concern


def read_submission(
    *, agent: Agent, ref: UUID, organisation: Organisation | None = None
) -> Submission:
    """
    Read the receipt of what the agent sent; or anybody of an organisation that writes as one.

    Raises:
        NotVisible: somebody else sent it, or nobody.
    """
    sender = Q(agent=agent) if organisation is None else Q(organisation=organisation)
    submission = (
        Submission.objects.select_related("authority", "organisation")
        .filter(sender, ref=ref)
        .first()
    )
    if submission is None:
        raise NotVisible
    return submission


def my_submissions(agent: Agent) -> QuerySet[Submission]:
    return Submission.objects.filter(agent=agent).select_related("authority").order_by("-sent_at")


def read_draft(*, agent: Agent, ref: UUID) -> Draft:
    """
    Raises:
        NotVisible: it is another agent's draft, or nobody's.
    """
    draft = Draft.objects.filter(ref=ref, agent=agent).select_related("organisation").first()
    if draft is None:
        raise NotVisible
    return draft


def lock_draft(*, agent: Agent, ref: UUID) -> Draft:
    """
    Take a draft for a change or for the sending; a second click waits for the first.

    Raises:
        NotVisible: it is another agent's draft, or it was sent.
    """
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .filter(ref=ref, agent=agent)
        .select_related("organisation")
        .first()
    )
    if draft is None:
        raise NotVisible
    return draft


def my_drafts(agent: Agent) -> QuerySet[Draft]:
    return Draft.objects.filter(agent=agent)


def my_evaluations(agent: Agent) -> QuerySet[Evaluation]:
    """Evaluations that the agent leads and has not handed in."""
    return Evaluation.objects.filter(lead=agent, submitted_at__isnull=True).select_related(
        "concern__case_file__minor", "concern__commune"
    )


def concern_steps(case_files: QuerySet[CaseFile]) -> QuerySet[ConcernStep]:
    """The course of the concerns of these files, for a timeline; it names no informant."""
    return ConcernStep.objects.filter(case_file__in=case_files).select_related("agent", "concern")
