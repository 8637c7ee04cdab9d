from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from fanal.ground.access.models import CaseFile, Exclusion, Grant, GrantQuerySet
from fanal.ground.access.terms import Capacity
from fanal.ground.access.use_cases import end_grants, grant_file
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.people.births import Birth
from fanal.ground.people.models import (
    LONGEST_PLAIN,
    Holder,
    Merge,
    Minor,
    PossibleMatch,
    Tie,
)
from fanal.ground.people.phonetics import name_keys, plain
from fanal.ground.people.queries import files_of, possible_minors
from fanal.ground.people.terms import TieKind
from fanal.ground.territory.models import ChildWelfareAuthority, Commune


class SameFile(Refusal):
    message = "C'est déjà le même dossier."


class OtherAuthority(Refusal):
    message = "Ces deux dossiers relèvent d'autorités différentes : transférez d'abord l'un d'eux."


class BothFollowed(Refusal):
    message = (
        "Ces deux dossiers ont chacun un référent : clôturez d'abord l'une des deux situations."
    )


class Sealed(Refusal):
    message = "L'un de ces dossiers est sous scellé : faites d'abord lever le scellé."


class AlreadyMerged(Refusal):
    message = "L'un de ces dossiers est déjà réuni avec un autre : défaites d'abord cette réunion."


@dataclass(frozen=True, slots=True)
class NewMinor:
    """What is known of a minor when their file is opened."""

    given_names: str
    family_name: str
    birth: Birth
    sex: str
    commune: Commune
    address: str = ""
    school: str = ""
    holders: list[dict[str, str]] = field(default_factory=list)


@transaction.atomic
def open_file(*, authority: ChildWelfareAuthority, minor: NewMinor, now: datetime) -> Minor:
    """
    Open a case file for a minor; whether they were known already is a person's decision.

    Files of the same authority that may be the same minor's are noted, and those of no other,
    even when whoever sends the concern can see some.
    """
    case_file = CaseFile.objects.create(authority=authority, opened_at=now)
    opened = Minor.objects.create(
        case_file=case_file,
        given_names=minor.given_names,
        family_name=minor.family_name,
        birth_date=minor.birth.day,
        birth_precision=minor.birth.precision,
        sex=minor.sex,
        commune=minor.commune,
        address=minor.address,
        school=minor.school,
        name_plain=plain(f"{minor.given_names} {minor.family_name}")[:LONGEST_PLAIN],
        name_keys=name_keys(minor.given_names, minor.family_name),
    )
    Holder.objects.bulk_create(Holder(case_file=case_file, **holder) for holder in minor.holders)
    for possible in possible_minors(
        given_names=minor.given_names,
        family_name=minor.family_name,
        birth_date=minor.birth.day,
        birth_precision=minor.birth.precision,
        besides=case_file,
        authority=authority,
    ):
        PossibleMatch.objects.create(
            case_file=possible.minor.case_file,
            other=case_file,
            reasons=possible.reasons,
            found_at=now,
        )
    return opened


@transaction.atomic
def tie_minors(*, case_file: CaseFile, other: CaseFile, kind: TieKind) -> None:
    """Say that two minors are siblings or share a home; saying it twice changes nothing."""
    if case_file.pk == other.pk or Tie.objects.filter(case_file=other, other=case_file).exists():
        return
    Tie.objects.get_or_create(case_file=case_file, other=other, defaults={"kind": kind})


@transaction.atomic
def merge_files(*, agent: Agent, kept: UUID, absorbed: UUID, reason: str, now: datetime) -> Merge:
    """
    Read two files of one authority as one minor's.

    Raises:
        NotVisible: one of them is not the agent's to see.
        SameFile, OtherAuthority, Sealed, BothFollowed, AlreadyMerged: the rules refuse.
    """
    files = {
        one.ref: one
        for one in CaseFile.objects.select_for_update()
        .filter(ref__in=(kept, absorbed))
        .order_by("pk")
    }
    if kept not in files or absorbed not in files:
        raise NotVisible
    if kept == absorbed:
        raise SameFile
    keeper, other = files[kept], files[absorbed]
    if keeper.authority_id != other.authority_id:
        raise OtherAuthority
    if keeper.merged_into_id or other.merged_into_id or other.absorbed.exists():
        raise AlreadyMerged
    # Whoever holds one of them would enter the other.
    if keeper.sealed_at or other.sealed_at:
        raise Sealed
    referents = Grant.objects.living(at=now).filter(capacity=Capacity.REFERENT)
    if all(referents.filter(case_file__in=files_of(one)).exists() for one in (keeper, other)):
        raise BothFollowed

    other.merged_into = keeper
    other.save(update_fields=["merged_into"])
    merge = Merge.objects.create(
        case_file=keeper, absorbed=other, reason=reason, at=now, agent=agent
    )
    _open_both(keeper, other, now)
    _exclude_from_both(keeper, other, now)
    record(agent=agent, deed="minor.merge", subject=keeper, detail={"absorbed": str(other.ref)})
    return merge


def _open_both(keeper: CaseFile, other: CaseFile, now: datetime) -> None:
    """Whoever holds one of the two files holds the minor, hence the other."""
    held = Grant.objects.not_over(at=now).filter(case_file__in=(keeper, other))
    for grant in list(held.select_related("agent")):
        grant_file(
            case_file=keeper,
            agent=grant.agent,
            capacity=Capacity(grant.capacity),
            starts_at=max(now, grant.starts_at),
            ends_at=grant.ends_at,
        )


def _exclude_from_both(keeper: CaseFile, other: CaseFile, now: datetime) -> None:
    """Whoever must never see one of the two files must never see the minor."""
    for exclusion in list(Exclusion.objects.filter(case_file__in=(keeper, other))):
        Exclusion.objects.get_or_create(
            case_file=other if exclusion.case_file_id == keeper.pk else keeper,
            agent_id=exclusion.agent_id,
            defaults={"reason": exclusion.reason, "since": now},
        )


@transaction.atomic
def undo_merge(*, agent: Agent, ref: UUID, now: datetime) -> Merge:
    """
    Read the two files apart again; nothing had moved.

    Raises:
        NotVisible: there is no such living merge for this agent.
    """
    merge = (
        Merge.objects.select_for_update(of=("self",))
        .select_related("case_file__authority", "absorbed")
        .filter(ref=ref, undone_at__isnull=True)
        .first()
    )
    if merge is None:
        raise NotVisible
    _close_again(merge, now)
    merge.absorbed.merged_into = None
    merge.absorbed.save(update_fields=["merged_into"])
    merge.undone_at = now
    merge.undone_by = agent
    merge.save(update_fields=["undone_at", "undone_by"])
    record(agent=agent, deed="minor.undo_merge", subject=merge.case_file)
    return merge


def _close_again(merge: Merge, now: datetime) -> None:
    """
    Undo what the merge opened and forbade.

    What was given since then was given for the file that was kept, and goes on there.
    """
    keeper, other = merge.case_file, merge.absorbed
    since = Grant.objects.filter(starts_at__gte=merge.at)
    before = Grant.objects.filter(starts_at__lt=merge.at)
    let_in = [
        *since.filter(case_file=keeper).filter(_also_in(before.filter(case_file=other))),
        *since.filter(case_file=other).filter(_also_in(Grant.objects.filter(case_file=keeper))),
    ]
    end_grants(Grant.objects.filter(pk__in=[grant.pk for grant in let_in]), now=now)
    Exclusion.objects.filter(case_file__in=(keeper, other), since=merge.at).delete()


def _also_in(grants: GrantQuerySet) -> Exists:
    return Exists(grants.filter(agent=OuterRef("agent"), capacity=OuterRef("capacity")))
