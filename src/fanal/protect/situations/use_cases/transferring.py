"""The minor lives elsewhere: another authority follows them, and somebody there answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.access.asking import receiving_for
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import Outcome
from fanal.ground.deadlines.use_cases import stop_all_clocks
from fanal.ground.errors import Refusal
from fanal.ground.people.births import Birth
from fanal.ground.people.models import Holder, Minor
from fanal.ground.people.queries import files_of
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.people.use_cases import NewMinor, open_file
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.events import SituationTransferred
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries.accountable import supervises
from fanal.protect.situations.queries.reading import lock_situation, minor_of
from fanal.protect.situations.terms import ClosingReason, EntryKind, Ground, Source, Status
from fanal.protect.situations.use_cases.entries import NotFollowed, write_entry
from fanal.protect.situations.use_cases.holding import release_file
from fanal.protect.situations.use_cases.opening import (
    NotSupervisor,
    ReasonMissing,
    begin_situation,
)
from fanal.protect.situations.use_cases.origins import Origin


class SameAuthority(Refusal):
    message = "Cette commune relève déjà de votre autorité : changez plutôt le référent."


class NobodyThere(Refusal):
    message = (
        "Cette autorité n'a encore aucun cadre dans Fanal : transmettez par la voie habituelle, "
        "et gardez la situation jusqu'à sa réponse."
    )


class SealedFile(Refusal):
    message = (
        "Ce dossier est sous scellé, et le scellé ne suivrait pas le mineur : faites-le lever, "
        "ou transmettez de vive voix à l'autre autorité."
    )


@transaction.atomic
def transfer_situation(
    *, agent: Agent, ref: UUID, commune: Commune, summary: str, now: datetime
) -> Situation:
    """
    Hand a situation to the authority of another commune; a stub stays here (CASF L221-3).

    Only the minor's identity, the holders of parental authority and ``summary`` leave: what is
    needed to go on protecting, and no more (L226-2-2).

    Returns:
        The situation that is closed here; the new one is not the agent's to see.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotSupervisor, NotFollowed, SealedFile, SameAuthority, ReasonMissing, NobodyThere.
    """
    situation = lock_situation(ref=ref)
    if not supervises(agent, situation.authority, on=local_day(situation.authority, now)):
        raise NotSupervisor
    if not situation.is_living:
        raise NotFollowed
    if situation.case_file.sealed_at is not None:
        raise SealedFile
    if commune.authority_id == situation.authority_id:
        raise SameAuthority
    if not summary.strip():
        raise ReasonMissing
    there = commune.authority
    supervisors = agents_of(there, Role.SUPERVISOR, on=local_day(there, now))
    if not supervisors:
        raise NobodyThere
    leaving = _leaving(situation, commune)
    origin = (situation.ref, situation.authority)
    with receiving_for(there):
        arrived = open_file(authority=there, minor=leaving, now=now)
        begin_situation(
            agent=agent,
            case_file=arrived.case_file,
            ground=Ground.TRANSFER,
            reason=f"Reçue de : {situation.authority.name}.\n\n{summary.strip()}",
            referent=_least_loaded(supervisors),
            origin=Origin(arrived.case_file, Source.SITUATION, *origin),
            now=now,
        )
    _keep_a_stub(situation, commune, agent, now)
    return situation


def _leaving(situation: Situation, commune: Commune) -> NewMinor:
    """What leaves, read while the sender still sees it."""
    minor: Minor = minor_of(situation.case_file)
    holders = Holder.objects.filter(case_file__in=files_of(situation.case_file))
    return NewMinor(
        given_names=minor.given_names,
        family_name=minor.family_name,
        birth=Birth(minor.birth_date, BirthPrecision(minor.birth_precision)),
        sex=minor.sex,
        commune=commune,
        school=minor.school,
        holders=[{"name": one.name, "tie": one.tie, "contact": one.contact} for one in holders],
    )


def _least_loaded(supervisors: list[Agent]) -> Agent:
    """Somebody answers at once; that authority's supervisors then choose the référent."""
    living = Situation.objects.living()
    return min(supervisors, key=lambda one: (living.followed_by(one).count(), one.name))


def _keep_a_stub(situation: Situation, commune: Commune, agent: Agent, now: datetime) -> None:
    situation.status = Status.CLOSED
    situation.closing_reason = ClosingReason.TRANSFERRED
    situation.closing_text = ""
    situation.closing_proposed_at = None
    situation.closing_proposed_by = None
    situation.closed_at = now
    situation.closed_by = agent
    situation.transferred_to = commune.authority
    situation.save()
    write_entry(
        case_file=situation.case_file,
        situation=situation,
        kind=EntryKind.TRANSFER,
        text=f"Situation transmise à : {commune.authority.name}.",
        agent=agent,
        now=now,
    )
    stop_all_clocks(subject_ref=situation.ref, at=now, outcome=Outcome.TRANSFERRED)
    record(
        agent=agent,
        deed="situation.transfer",
        subject=situation,
        detail={"to": commune.authority_id},
    )
    SituationTransferred(situation_ref=situation.ref).announce()
    release_file(situation=situation, now=now)
