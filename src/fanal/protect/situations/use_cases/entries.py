"""The timeline is written and corrected; nothing in it is ever changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_clock
from fanal.ground.errors import Refusal
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.queries.accountable import may_write
from fanal.protect.situations.queries.reading import lock_situation, read_entry
from fanal.protect.situations.terms import WRITTEN_BY_HAND, EntryKind


class NotYoursToWrite(Refusal):
    message = (
        "Seuls le référent, la personne qui le remplace et l'encadrement écrivent dans ce fil."
    )


class NotFollowed(Refusal):
    message = "Cette situation est clôturée : rouvrez-la avant d'y écrire."


class NotYet(Refusal):
    message = "Le fil dit ce qui a eu lieu : cette date est dans l'avenir, corrigez-la."


class NothingWritten(Refusal):
    message = "Écrivez ce qui s'est passé."


class AlreadyCorrected(Refusal):
    message = "Cette ligne a déjà été corrigée : corrigez la plus récente."


class NotCorrectable(Refusal):
    message = "Cette ligne a été écrite par un acte : elle ne se corrige pas à la main."


def write_entry(
    *,
    case_file: CaseFile,
    situation: Situation | None,
    kind: EntryKind,
    text: str,
    agent: Agent | None,
    now: datetime,
    at: datetime | None = None,
    where: str = "",
    source_kind: str = "",
    source_ref: UUID | None = None,
) -> Entry:
    """
    Write a line in the running transaction, beside the act that it tells.

    For the acts of this room and of those above; a person writes through ``add_entry``.
    """
    return Entry.objects.create(
        case_file=case_file,
        situation=situation,
        kind=kind,
        at=at or now,
        text=text,
        where=where,
        agent=agent,
        written_at=now,
        source_kind=source_kind,
        source_ref=source_ref,
    )


@transaction.atomic
def add_entry(
    *,
    agent: Agent,
    situation_ref: UUID,
    kind: EntryKind,
    text: str,
    now: datetime,
    at: datetime | None = None,
    where: str = "",
) -> Entry:
    """
    Write what happened.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotYoursToWrite, NotFollowed, NotYet, NothingWritten: the rules refuse.
    """
    situation = lock_situation(ref=situation_ref)
    _check_writer(agent, situation, now)
    if not situation.is_living:
        raise NotFollowed
    if at is not None and at > now:
        raise NotYet
    if not text.strip() or kind not in WRITTEN_BY_HAND:
        raise NothingWritten
    entry = write_entry(
        case_file=situation.case_file,
        situation=situation,
        kind=kind,
        text=text.strip(),
        agent=agent,
        now=now,
        at=at,
        where=where.strip(),
    )
    if kind == EntryKind.INTERVIEW_17:
        stop_clock(
            rule=RuleCode.INTERVIEW_17,
            subject_ref=situation.ref,
            at=now,
            outcome=Outcome.DONE,
        )
    record(agent=agent, deed="situation.note", subject=situation, detail={"kind": str(kind)})
    return entry


@transaction.atomic
def correct_entry(
    *, agent: Agent, entry_ref: UUID, text: str, now: datetime, where: str | None = None
) -> Entry:
    """
    Write what should have been written; the first text stays, and the new one says so.

    Raises:
        NotVisible: there is no such line for the agent.
        NotYoursToWrite, NotFollowed, NotCorrectable, AlreadyCorrected, NothingWritten.
    """
    entry = read_entry(ref=entry_ref)
    if entry.situation is None or entry.kind not in WRITTEN_BY_HAND:
        raise NotCorrectable
    situation = lock_situation(ref=entry.situation.ref)
    _check_writer(agent, situation, now)
    if not situation.is_living:
        raise NotFollowed
    if not text.strip():
        raise NothingWritten
    if Entry.objects.filter(corrects=entry).exists():
        raise AlreadyCorrected
    correction = Entry.objects.create(
        case_file=entry.case_file,
        situation=situation,
        kind=entry.kind,
        at=entry.at,
        text=text.strip(),
        where=entry.where if where is None else where.strip(),
        agent=agent,
        written_at=now,
        corrects=entry,
    )
    record(agent=agent, deed="situation.correct_note", subject=situation)
    return correction


def _check_writer(agent: Agent, situation: Situation, now: datetime) -> None:
    if not may_write(agent, situation, now=now):
        raise NotYoursToWrite
