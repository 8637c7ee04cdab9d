from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile, Grant, GrantQuerySet
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

    Granting what is granted already, for as long, changes nothing.
    """
    for one in CaseFile.objects.filter(Q(pk=case_file.pk) | Q(merged_into=case_file)):
        held = Grant.objects.filter(case_file=one, agent=agent, capacity=capacity)
        if held.filter(_until(ends_at), starts_at__lte=starts_at).exists():
            continue
        # An access without an end is written once: one that was to begin later begins now.
        if ends_at is None and held.filter(ends_at__isnull=True).update(starts_at=starts_at):
            continue
        Grant.objects.create(
            case_file=one, agent=agent, capacity=capacity, starts_at=starts_at, ends_at=ends_at
        )


def _until(ends_at: datetime | None) -> Q:
    for_good = Q(ends_at__isnull=True)
    return for_good if ends_at is None else for_good | Q(ends_at__gte=ends_at)


@transaction.atomic
def end_grant(*, case_file: CaseFile, agent: Agent, capacity: Capacity, now: datetime) -> None:
    """Close a file, with those merged into it, to an agent who held it by name."""
    files = Q(case_file=case_file) | Q(case_file__merged_into=case_file)
    end_grants(Grant.objects.filter(files, agent=agent, capacity=capacity), now=now)


@transaction.atomic
def end_grants(grants: GrantQuerySet, *, now: datetime) -> None:
    """End what runs now; what was to begin later never begins."""
    keys = list(grants.not_over(at=now).values_list("pk", flat=True))
    ending = Grant.objects.filter(pk__in=keys)
    ending.filter(starts_at__gt=now).update(ends_at=F("starts_at"))
    ending.filter(starts_at__lte=now).update(ends_at=now)
