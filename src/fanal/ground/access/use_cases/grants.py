from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from fanal.ground.access.asking import acting_as
from fanal.ground.access.events import HolderExcluded
from fanal.ground.access.models import CaseFile, Grant, GrantQuerySet
from fanal.ground.access.terms import BORNE_OUT, Capacity, Purpose
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.terms import Role
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day


class KeepsSeals(Refusal):
    message = (
        "Cette personne est seule gardienne d'un scellé : un cadre le lève d'abord, ou le refait "
        "avec un autre gardien."
    )


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


@transaction.atomic
def end_holdings(
    *, by: Agent | None, agent: Agent, authority: ChildWelfareAuthority, role: Role, now: datetime
) -> int:
    """
    End what somebody held by name in an authority by a role that was withdrawn from them.

    What another of their roles there bears out stays. Whoever supervises is told which files have
    no holder left; ``by`` sees none of them. Returns how many ended.

    Raises:
        KeepsSeals: nobody could lift a seal any more.
    """
    today = local_day(authority, now)
    left = Posting.objects.filter(agent=agent, organisation__authority=authority).current(on=today)
    roles = {Role(one) for one in left.values_list("role", flat=True)}
    over = [one for one, borne in BORNE_OUT.items() if role in borne and not roles & borne]
    with acting_as(by, purpose=Purpose.ALARMS):
        held = Grant.objects.not_over(at=now).filter(
            agent=agent, case_file__authority=authority, capacity__in=over
        )
        files = set(held.values_list("case_file__ref", flat=True))
        _refuse_last_keeper(held, now)
        end_grants(held, now=now)
        for ref in files:
            HolderExcluded(case_file_ref=ref).announce()
    return len(files)


def _refuse_last_keeper(held: GrantQuerySet, now: datetime) -> None:
    kept = held.filter(capacity=Capacity.SEAL_KEEPER, case_file__sealed_at__isnull=False)
    for grant in kept:
        others = Grant.objects.living(at=now).filter(
            case_file=grant.case_file_id, capacity=Capacity.SEAL_KEEPER, agent__is_active=True
        )
        if not others.exclude(agent=grant.agent_id).exists():
            raise KeepsSeals
