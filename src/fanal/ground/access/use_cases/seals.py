"""A sealed file is open to those who hold it by name, whoever else works for the authority."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.access.models import Grant
from fanal.ground.access.queries import lock_case_file, read_together, transaction_began
from fanal.ground.access.terms import Act, Capacity, StepKind
from fanal.ground.access.use_cases.grants import end_grants, grant_file
from fanal.ground.access.use_cases.steps import check, keep_step, said
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal


class AlreadySealed(Refusal):
    message = "Ce dossier est déjà sous scellé."


class NotSealed(Refusal):
    message = "Ce dossier n'est pas sous scellé."


@transaction.atomic
def seal_file(
    *,
    agent: Agent,
    ref: UUID,
    reason: str,
    yields: bool,
    second_keeper: Agent | None = None,
    now: datetime,
) -> None:
    """
    Close a file, with those read with it, to all but those who hold it by name.

    Whoever seals becomes its keeper, and holds it by name: a seal that nobody could lift would be
    a loss. ``yields``: an emergency opens it all the same.

    Raises:
        NotVisible: the file is not the agent's to see.
        NoRight, ReasonMissing, AlreadySealed: the rules refuse.
    """
    file = lock_case_file(ref=ref)
    check(agent, Act.SEAL, file)
    why = said(reason)
    if file.sealed_at is not None:
        raise AlreadySealed
    since = min(now, transaction_began())
    files = read_together(file)
    root = files.get(merged_into__isnull=True)
    for keeper in filter(None, (agent, second_keeper)):
        grant_file(case_file=root, agent=keeper, capacity=Capacity.SEAL_KEEPER, starts_at=since)
    files.update(sealed_at=now, seal_reason=why[:300], seal_yields=yields)
    keep_step(file=file, kind=StepKind.SEALED, agent=agent, reason=why, now=now)
    record(agent=agent, deed="access.seal", subject=file, detail={"yields": yields})


@transaction.atomic
def unseal_file(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> None:
    """
    Open a file again to those whose role spans the authority; its keepers keep it no longer.

    Raises:
        NotVisible: the agent does not hold it by name.
        NoRight, ReasonMissing, NotSealed: the rules refuse.
    """
    file = lock_case_file(ref=ref)
    check(agent, Act.SEAL, file)
    why = said(reason)
    if file.sealed_at is None:
        raise NotSealed
    files = read_together(file)
    keys = list(files.values_list("pk", flat=True))
    files.update(sealed_at=None, seal_reason="", seal_yields=False)
    keep_step(file=file, kind=StepKind.UNSEALED, agent=agent, reason=why, now=now)
    record(agent=agent, deed="access.unseal", subject=file)
    keepers = Grant.objects.filter(case_file__in=keys, capacity=Capacity.SEAL_KEEPER)
    end_grants(keepers, now=now)
