"""Somebody must never see a file: a relative, somebody accused, their own child."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.access.events import HolderExcluded
from fanal.ground.access.models import CaseFile, Exclusion, Grant
from fanal.ground.access.queries import lock_case_file, read_together
from fanal.ground.access.terms import Act, ExclusionKind, StepKind
from fanal.ground.access.use_cases.grants import end_grants
from fanal.ground.access.use_cases.steps import check, keep_step, said
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal


class AlreadyExcluded(Refusal):
    message = "Cette personne est déjà écartée de ce dossier."


class KeepsTheSeal(Refusal):
    message = "Ce dossier est sous scellé : faites-le lever, ou demandez à son autre gardien."


@transaction.atomic
def exclude_agent(
    *,
    agent: Agent,
    ref: UUID,
    excluded: Agent,
    kind: ExclusionKind,
    reason: str,
    now: datetime,
) -> None:
    """
    Shut somebody out of a file and of those read with it, at once; they are never told.

    Raises:
        NotVisible: the file is not the agent's to see.
        NoRight, ReasonMissing, AlreadyExcluded, KeepsTheSeal: the rules refuse.
    """
    file = lock_case_file(ref=ref)
    check(agent, Act.EXCLUDE, file)
    why = said(reason)
    # Whoever stands aside from a sealed file could no longer write it.
    if excluded == agent and file.sealed_at is not None:
        raise KeepsTheSeal
    files = list(read_together(file))
    if Exclusion.objects.filter(case_file=file, agent=excluded).exists():
        raise AlreadyExcluded
    held = Grant.objects.filter(case_file__in=files, agent=excluded)
    held_it = held.living(at=now).exists()
    record(agent=agent, deed="access.exclude", subject=file, detail={"kind": kind.value})
    keep_step(file=file, kind=StepKind.EXCLUDED, agent=agent, about=excluded, reason=why, now=now)
    end_grants(held, now=now)
    if held_it:
        HolderExcluded(case_file_ref=file.ref).announce()
    _shut_out(files, excluded, kind, why, now)


def _shut_out(
    files: list[CaseFile], excluded: Agent, kind: ExclusionKind, reason: str, now: datetime
) -> None:
    rows = [
        Exclusion(case_file=one, agent=excluded, kind=kind, reason=reason[:300], since=now)
        for one in files
    ]
    # Nothing is returned: whoever stands aside no longer sees what they have written.
    Exclusion.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def lift_exclusion(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> CaseFile:
    """
    Let somebody back in, as far as their roles open the file; no access by name comes back.

    Raises:
        NotVisible: there is no such exclusion for this agent.
        NoRight, ReasonMissing: the rules refuse.
    """
    found = Exclusion.objects.select_related("case_file__authority", "agent").filter(ref=ref)
    exclusion = found.first()
    if exclusion is None:
        raise NotVisible
    file = exclusion.case_file
    check(agent, Act.EXCLUDE, file)
    keep_step(
        file=file,
        kind=StepKind.EXCLUSION_LIFTED,
        agent=agent,
        about=exclusion.agent,
        reason=said(reason),
        now=now,
    )
    Exclusion.objects.filter(agent=exclusion.agent, case_file__in=read_together(file)).delete()
    record(agent=agent, deed="access.lift_exclusion", subject=file)
    return file
