"""A situation is closed by two people, and can be opened again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import start_clock, stop_all_clocks
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.queries import files_of
from fanal.ground.territory.queries import local_day
from fanal.protect.situations import tabs
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.queries.accountable import stands_in, supervises
from fanal.protect.situations.queries.reading import lock_situation
from fanal.protect.situations.terms import OF_AGE, ClosingReason, EntryKind, Source, Status
from fanal.protect.situations.use_cases.entries import NothingWritten, write_entry
from fanal.protect.situations.use_cases.holding import hold_file, release_file
from fanal.protect.situations.use_cases.opening import (
    AlreadyFollowed,
    NotSupervisor,
    NotYourSituation,
    ReasonMissing,
    check_referent,
    lock_files,
    start_interview_clock,
    tell_referent,
)


class NotTakenUp(Refusal):
    message = "Seule une situation suivie peut être proposée à la clôture."


class NotOfAge(Refusal):
    message = "Ce jeune n'a pas atteint sa majorité : choisissez un autre motif."


class TransferredAnotherWay(Refusal):
    message = "Pour confier la situation à une autre autorité, utilisez « Transmettre »."


class StillInForce(Refusal):
    message = (
        "Une mesure court encore pour ce mineur : mettez-y fin, ou attendez son terme, "
        "avant de clôturer."
    )


class NothingToConfirm(Refusal):
    message = "Aucune clôture n'est proposée : proposez-en une, et dites pourquoi."


class SamePerson(Refusal):
    message = "La clôture est confirmée par une autre personne que celle qui l'a proposée."


class NotClosed(Refusal):
    message = "Cette situation n'est pas clôturée : continuez-la sans la rouvrir."


class FollowedElsewhere(Refusal):
    message = (
        "Une autre autorité suit ce mineur maintenant : c'est à elle de vous le confier de nouveau."
    )


class NoInterviewAwaited(Refusal):
    message = "Aucun entretien de sortie n'est attendu pour cette situation."


@transaction.atomic
def propose_closing(
    *, agent: Agent, ref: UUID, reason: ClosingReason, text: str, now: datetime
) -> Situation:
    """
    The référent, or who stands in, proposes to close, with what was achieved.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotYourSituation, NotTakenUp, TransferredAnotherWay, NotOfAge, StillInForce,
        ReasonMissing: the rules refuse.
    """
    situation = lock_situation(ref=ref)
    if situation.referent_id != agent.pk and not stands_in(agent, situation, at=now):
        raise NotYourSituation
    if not situation.is_taken_up:
        raise NotTakenUp
    if reason == ClosingReason.TRANSFERRED:
        raise TransferredAnotherWay
    if reason in OF_AGE and situation.majority_on is None:
        raise NotOfAge
    if tabs.in_force(situation):
        raise StillInForce
    if not text.strip():
        raise ReasonMissing
    situation.status = Status.CLOSING
    situation.closing_reason = reason
    situation.closing_text = text.strip()
    situation.closing_proposed_at = now
    situation.closing_proposed_by = agent
    situation.save()
    _tell(situation, f"Clôture proposée : {reason.label.lower()}.\n\n{text.strip()}", agent, now)
    record(agent=agent, deed="situation.propose_closing", subject=situation)
    notify(
        agents=agents_of(
            situation.authority, Role.SUPERVISOR, on=local_day(situation.authority, now)
        ),
        text="Une clôture attend votre décision.",
        path=reverse("situations:decide_closing", args=[situation.ref]),
        now=now,
        case_file=situation.case_file,
    )
    return situation


@transaction.atomic
def confirm_closing(*, agent: Agent, ref: UUID, now: datetime) -> Situation:
    """
    Somebody who supervises, and who did not propose it, closes; the référent's access ends.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NothingToConfirm, NotSupervisor, SamePerson, StillInForce: the rules refuse.
    """
    situation = _proposed(agent, ref, now)
    if situation.closing_proposed_by_id == agent.pk:
        raise SamePerson
    if tabs.in_force(situation):
        raise StillInForce
    situation.status = Status.CLOSED
    situation.closed_at = now
    situation.closed_by = agent
    situation.save(update_fields=["status", "closed_at", "closed_by"])
    _tell(situation, "Situation clôturée.", agent, now)
    stop_all_clocks(subject_ref=situation.ref, at=now, outcome=Outcome.MOOT)
    if situation.closing_reason in OF_AGE:
        # L222-5-2-1 CASF: six months after the exit, an interview is a right of the young adult.
        start_clock(
            rule=RuleCode.INTERVIEW_AFTER_EXIT,
            case_file=situation.case_file,
            subject_kind=Source.SITUATION,
            subject_ref=situation.ref,
            since=now,
            now=now,
            owner=agent,
        )
    record(agent=agent, deed="situation.close", subject=situation)
    notify(
        agents=[situation.referent],
        text="La clôture que vous aviez proposée est confirmée.",
        path=reverse("situations:mine"),
        now=now,
        case_file=situation.case_file,
    )
    release_file(situation=situation, now=now)
    return situation


@transaction.atomic
def send_back_closing(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Situation:
    """
    Refuse the closing and say why: the minor is followed as before.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NothingToConfirm, NotSupervisor, ReasonMissing: the rules refuse.
    """
    situation = _proposed(agent, ref, now)
    if not reason.strip():
        raise ReasonMissing
    situation.status = Status.FOLLOWED
    _forget_closing(situation)
    situation.save()
    _tell(situation, f"Clôture refusée : le suivi continue.\n\n{reason.strip()}", agent, now)
    record(agent=agent, deed="situation.send_back_closing", subject=situation)
    tell_referent(situation, text="La clôture proposée vous est renvoyée.", now=now)
    return situation


@transaction.atomic
def reopen_situation(
    *, agent: Agent, ref: UUID, reason: str, now: datetime, referent: Agent | None = None
) -> Situation:
    """
    Follow the minor again, with the former référent or another.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotSupervisor, NotClosed, FollowedElsewhere, ReasonMissing, AlreadyFollowed,
        NotAReferent, CannotHoldFile: the rules refuse.
    """
    situation = lock_situation(ref=ref)
    if not supervises(agent, situation.authority, on=local_day(situation.authority, now)):
        raise NotSupervisor
    if situation.is_living:
        raise NotClosed
    if situation.is_transferred:
        raise FollowedElsewhere
    if not reason.strip():
        raise ReasonMissing
    kept = lock_files(situation.case_file)
    if Situation.objects.living().of_case_files(files_of(kept)).exists():
        raise AlreadyFollowed
    situation.referent = referent or situation.referent
    check_referent(situation, situation.referent, now)
    situation.status = Status.REOPENED
    situation.reopened_at = now
    _forget_closing(situation)
    situation.save()
    _tell(
        situation,
        f"Situation rouverte. Référent : {situation.referent.name}.\n\n{reason.strip()}",
        agent,
        now,
    )
    stop_all_clocks(subject_ref=situation.ref, at=now, outcome=Outcome.MOOT)
    start_interview_clock(situation, now)
    hold_file(situation=situation, now=now)
    record(agent=agent, deed="situation.reopen", subject=situation)
    tell_referent(situation, text="Une situation rouverte vous est confiée.", now=now)
    return situation


@transaction.atomic
def note_exit_interview(*, agent: Agent, ref: UUID, text: str, now: datetime) -> Entry:
    """
    The interview six months after the exit was held, or offered and declined.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotSupervisor, NoInterviewAwaited, NothingWritten: the rules refuse.
    """
    situation = lock_situation(ref=ref)
    if not supervises(agent, situation.authority, on=local_day(situation.authority, now)):
        raise NotSupervisor
    if situation.is_living or situation.closing_reason not in OF_AGE:
        raise NoInterviewAwaited
    if not text.strip():
        raise NothingWritten
    entry = write_entry(
        case_file=situation.case_file,
        situation=situation,
        kind=EntryKind.EXIT_INTERVIEW,
        text=text.strip(),
        agent=agent,
        now=now,
    )
    stop_all_clocks(subject_ref=situation.ref, at=now, outcome=Outcome.DONE)
    record(agent=agent, deed="situation.exit_interview", subject=situation)
    return entry


def _proposed(agent: Agent, ref: UUID, now: datetime) -> Situation:
    situation = lock_situation(ref=ref)
    if not situation.awaits_closing:
        raise NothingToConfirm
    if not supervises(agent, situation.authority, on=local_day(situation.authority, now)):
        raise NotSupervisor
    return situation


def _forget_closing(situation: Situation) -> None:
    """The timeline keeps what was proposed and decided; the situation says where it stands."""
    situation.closing_reason = ""
    situation.closing_text = ""
    situation.closing_proposed_at = None
    situation.closing_proposed_by = None
    situation.closed_at = None
    situation.closed_by = None


def _tell(situation: Situation, text: str, agent: Agent, now: datetime) -> None:
    write_entry(
        case_file=situation.case_file,
        situation=situation,
        kind=EntryKind.FOLLOW_UP,
        text=text,
        agent=agent,
        now=now,
    )
