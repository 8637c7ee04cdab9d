"""A danger opens a file for some hours: said why, told at once, reviewed by somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from fanal.ground.access.decisions import decide, holds
from fanal.ground.access.events import GlassBroken
from fanal.ground.access.models import BreakGlass, CaseFile, Grant
from fanal.ground.access.queries import (
    beside_its_file,
    files_behind_glass,
    openings_to_review,
    transaction_began,
)
from fanal.ground.access.reviewing import review_due
from fanal.ground.access.terms import (
    GLASS_HOURS,
    Act,
    Capacity,
    Right,
    StepKind,
    Verdict,
)
from fanal.ground.access.use_cases.steps import NoRight, keep_step, said
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.territory.models import ChildWelfareAuthority


class AlreadyOpen(Refusal):
    message = "Ce dossier vous est déjà ouvert : cherchez-le par le nom de l'enfant."


class NothingToOpen(Refusal):
    """The answer for a file that does not exist is the one for a file that no emergency opens."""

    message = (
        "Aucun dossier ne s'ouvre ainsi. Vérifiez le nom et la date de naissance, et appelez "
        "l'astreinte si l'enfant est en danger."
    )


class AlreadyReviewed(Refusal):
    message = "Cet accès a déjà été examiné."


@transaction.atomic
def break_glass(
    *, agent: Agent, ref: UUID, reason: str, danger: str, hours: int, now: datetime
) -> BreakGlass:
    """
    Open a file that is closed to the agent, with those read with it, for some hours.

    The controller and those who supervise the file are told in the same transaction.

    Raises:
        NotVisible: no emergency opens it to this agent.
        NoRight, ReasonMissing, AlreadyOpen: the rules refuse.
    """
    if not holds(agent, Right.BREAK_GLASS):
        raise NoRight
    reason, danger = said(reason), said(danger)
    if hours not in GLASS_HOURS:
        raise Refusal("Choisissez une durée proposée.")
    found = files_behind_glass(ref)
    if not found:
        raise NotVisible
    root, file_ref, authority = found[0]
    if CaseFile.objects.filter(pk=root).exists():
        raise AlreadyOpen
    since = min(now, transaction_began())
    opening = BreakGlass.objects.create(
        case_file_id=root,
        file_ref=file_ref,
        authority_id=authority,
        agent=agent,
        reason=reason[:500],
        danger=danger[:500],
        opened_at=since,
        ends_at=since + timedelta(hours=hours),
        review_due_at=review_due(
            authority=ChildWelfareAuthority.objects.get(pk=authority), since=since
        ),
    )
    for pk, _, _ in found:
        Grant.objects.create(
            case_file_id=pk,
            agent=agent,
            capacity=Capacity.BREAK_GLASS,
            starts_at=since,
            ends_at=opening.ends_at,
        )
    file = CaseFile.objects.select_related("authority").get(pk=root)
    record(agent=agent, deed="access.break_glass", subject=file, detail={"hours": hours})
    keep_step(file=file, kind=StepKind.GLASS_BROKEN, agent=agent, reason=reason, now=now)
    GlassBroken(opening_ref=opening.ref).announce()
    return opening


@transaction.atomic
def review_opening(
    *, agent: Agent, ref: UUID, verdict: Verdict, reason: str, now: datetime
) -> BreakGlass:
    """
    Say whether an emergency opening was justified. Nobody reviews their own.

    Raises:
        NotVisible: the opening is not the agent's to review.
        ReasonMissing, AlreadyReviewed: the rules refuse.
    """
    opening = openings_to_review(agent).filter(ref=ref).first()
    if opening is None or not decide(agent, Act.REVIEW, opening).allowed:
        raise NotVisible
    why = said(reason)
    waiting = BreakGlass.objects.awaiting().filter(pk=opening.pk)
    changed = waiting.update(
        reviewed_at=now, reviewed_by=agent, verdict=verdict, review_reason=why[:500]
    )
    if not changed:
        raise AlreadyReviewed
    record(
        agent=agent,
        deed="access.review",
        subject=beside_its_file(opening),
        detail={"verdict": verdict.value},
    )
    return opening
