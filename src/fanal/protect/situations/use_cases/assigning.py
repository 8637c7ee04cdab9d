"""Who follows a minor changes; that somebody does never stops."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.use_cases import assign_clocks
from fanal.ground.errors import Refusal
from fanal.ground.people.queries import files_of
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries.accountable import supervises
from fanal.protect.situations.queries.reading import lock_situation
from fanal.protect.situations.terms import EntryKind
from fanal.protect.situations.use_cases.entries import NotFollowed, write_entry
from fanal.protect.situations.use_cases.holding import pass_file
from fanal.protect.situations.use_cases.opening import (
    NotSupervisor,
    ReasonMissing,
    check_referent,
    tell_referent,
)


class SameReferent(Refusal):
    message = "Cette personne est déjà la référente de cette situation."


@transaction.atomic
def assign_referent(
    *, agent: Agent, ref: UUID, referent: Agent, reason: str, now: datetime
) -> Situation:
    """
    Give one situation to another référent; the former one sees it no longer.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotSupervisor, NotFollowed, SameReferent, ReasonMissing, NotAReferent, CannotHoldFile:
        the rules refuse.
    """
    situation = lock_situation(ref=ref)
    if not supervises(agent, situation.authority, on=local_day(situation.authority, now)):
        raise NotSupervisor
    if not situation.is_living:
        raise NotFollowed
    if situation.referent_id == referent.pk:
        raise SameReferent
    if not reason.strip():
        raise ReasonMissing
    change_referent(
        situation=situation, referent=referent, agent=agent, reason=reason.strip(), now=now
    )
    pass_file(situation=situation, now=now)
    tell_referent(situation, text="Une situation vous est confiée.", now=now)
    return situation


def change_referent(
    *, situation: Situation, referent: Agent, agent: Agent, reason: str, now: datetime
) -> None:
    """Write the new référent, the line and the clocks; ``pass_file`` must end the transaction."""
    check_referent(situation, referent, now)
    former = situation.referent
    situation.referent = referent
    situation.save(update_fields=["referent"])
    write_entry(
        case_file=situation.case_file,
        situation=situation,
        kind=EntryKind.HANDOVER,
        text=f"{referent.name} devient référent, à la suite de {former.name}.\n\n{reason}",
        agent=agent,
        now=now,
    )
    _hand_clocks(situation, former, referent)
    record(agent=agent, deed="situation.assign", subject=situation)


def _hand_clocks(situation: Situation, former: Agent, referent: Agent) -> None:
    """Whatever the former référent watched in this file, the new one watches."""
    watched = Clock.objects.running().of_case_files(files_of(situation.case_file))
    subjects = set(watched.filter(owner=former).values_list("subject_ref", flat=True))
    for subject in sorted(subjects):
        assign_clocks(subject_ref=subject, owner=referent)
