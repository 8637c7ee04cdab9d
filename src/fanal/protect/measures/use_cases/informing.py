"""The two duties of a shelter: the parents and the procureur are told without delay (L223-2)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.documents.use_cases import file_document
from fanal.ground.errors import Refusal
from fanal.protect.measures.models import EmergencyShelter
from fanal.protect.measures.use_cases.letters import parents_notice, prosecutor_notice
from fanal.protect.measures.use_cases.sheltering import (
    NotYet,
    check_moment,
    note_shelter,
    take_running,
)


class AlreadyInformed(Refusal):
    message = "Cette information est déjà enregistrée."


class ReasonMissing(Refusal):
    message = "Dites pourquoi les parents ne sont pas informés."


@transaction.atomic
def inform_parents(*, agent: Agent, ref: UUID, at: datetime, now: datetime) -> EmergencyShelter:
    """
    The parents know that the child is safe, not where; the letter is filed.

    Raises:
        NotVisible: the shelter is not the agent's to see.
        AlreadyEnded, AlreadyInformed, NotYet, BeforeItBegan: the rules refuse.
    """
    shelter = take_running(ref=ref)
    if shelter.parents_informed_at is not None:
        raise AlreadyInformed
    check_moment(shelter, at, now)
    shelter.parents_informed_at, shelter.parents_informed_by = at, agent
    shelter.save(update_fields=["parents_informed_at", "parents_informed_by"])
    if shelter.lasts_72_hours:
        file_document(
            case_file=shelter.case_file,
            letter=parents_notice(shelter, agent=agent, now=now),
            title=f"Information des parents, mise à l'abri {shelter.number}",
            agent=agent,
            now=now,
        )
    note_shelter(
        shelter,
        deed="inform_parents",
        text="Parents informés de la mise à l'abri. Le lieu ne leur est pas dit.",
        agent=agent,
        now=now,
        at=at,
    )
    return shelter


@transaction.atomic
def leave_parents_uninformed(
    *, agent: Agent, ref: UUID, reason: str, now: datetime
) -> EmergencyShelter:
    """
    The parents are not told, and why: a reasoned exception, which the procureur reads.

    Raises:
        NotVisible: the shelter is not the agent's to see.
        AlreadyEnded, AlreadyInformed, ReasonMissing: the rules refuse.
    """
    shelter = take_running(ref=ref)
    if shelter.parents_are_dealt_with:
        raise AlreadyInformed
    if not reason.strip():
        raise ReasonMissing
    shelter.parents_exception = reason.strip()
    shelter.save(update_fields=["parents_exception"])
    note_shelter(
        shelter,
        deed="parents_exception",
        text=f"Parents non informés de la mise à l'abri.\n\n{reason.strip()}",
        agent=agent,
        now=now,
    )
    return shelter


@transaction.atomic
def inform_prosecutor(*, agent: Agent, ref: UUID, at: datetime, now: datetime) -> EmergencyShelter:
    """
    The procureur is told, even before the minor has arrived; the notice is filed.

    Raises:
        NotVisible: the shelter is not the agent's to see.
        AlreadyEnded, AlreadyInformed, NotYet: the rules refuse.
    """
    shelter = take_running(ref=ref)
    if shelter.prosecutor_informed_at is not None:
        raise AlreadyInformed
    if at > now:
        raise NotYet
    shelter.prosecutor_informed_at, shelter.prosecutor_informed_by = at, agent
    shelter.save(update_fields=["prosecutor_informed_at", "prosecutor_informed_by"])
    if shelter.lasts_72_hours:
        file_document(
            case_file=shelter.case_file,
            letter=prosecutor_notice(shelter, agent=agent, now=now),
            title=f"Avis au procureur, mise à l'abri {shelter.number}",
            agent=agent,
            now=now,
        )
    note_shelter(
        shelter,
        deed="inform_prosecutor",
        text="Procureur de la République informé de la mise à l'abri.",
        agent=agent,
        now=now,
        at=at,
    )
    return shelter
