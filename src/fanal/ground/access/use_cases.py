from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Agent


@transaction.atomic
def grant_file(
    *,
    case_file: CaseFile,
    agent: Agent,
    capacity: Capacity,
    starts_at: datetime,
    ends_at: datetime | None = None,
) -> None:
    """
    Open a file to an agent by name, with the files that were merged into it.

    Granting what is granted already changes nothing.
    """
    for one in CaseFile.objects.filter(Q(pk=case_file.pk) | Q(merged_into=case_file)):
        held = Grant.objects.living(at=starts_at).filter(
            case_file=one, agent=agent, capacity=capacity
        )
        if ends_at is not None or not held.exists():
            Grant.objects.create(
                case_file=one,
                agent=agent,
                capacity=capacity,
                starts_at=starts_at,
                ends_at=ends_at,
            )


@transaction.atomic
def end_grant(*, case_file: CaseFile, agent: Agent, capacity: Capacity, now: datetime) -> None:
    """Close a file, with those merged into it, to an agent who held it by name."""
    Grant.objects.living(at=now).filter(
        Q(case_file=case_file) | Q(case_file__merged_into=case_file),
        agent=agent,
        capacity=capacity,
    ).update(ends_at=now)
