"""A minor comes to be followed: from a decision, with somebody who answers for them."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due, start_clock
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.queries import files_of
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries.accountable import is_excluded, may_answer, supervises
from fanal.protect.situations.queries.reading import lock_situation, minor_of
from fanal.protect.situations.terms import EntryKind, Ground, Source, Status
from fanal.protect.situations.use_cases.entries import write_entry
from fanal.protect.situations.use_cases.holding import hold_file
from fanal.protect.situations.use_cases.origins import Origin, find_origin


class NotSupervisor(Refusal):
    message = "Cet acte revient à l'encadrement de l'autorité qui suit le mineur."


class AlreadyFollowed(Refusal):
    message = "Ce mineur est déjà suivi : une seule situation est ouverte à la fois."


class NotAReferent(Refusal):
    message = (
        "Cette personne ne peut pas répondre d'une situation ici : choisissez un référent ou un "
        "cadre en poste."
    )


class CannotHoldFile(Refusal):
    message = "Ce dossier ne peut pas être confié à cette personne : choisissez-en une autre."


class ReasonMissing(Refusal):
    message = "Écrivez le motif de cet acte."


class NotWaitingForReferent(Refusal):
    message = "Cette situation est déjà prise en charge : ouvrez-la dans « Mes mineurs »."


class NotYourSituation(Refusal):
    message = "Cette situation n'est pas la vôtre : son référent s'en charge."


@transaction.atomic
def open_situation(
    *,
    agent: Agent,
    ground: Ground,
    reason: str,
    referent: Agent,
    now: datetime,
    case_file_ref: UUID | None = None,
    concern_ref: UUID | None = None,
    report_ref: UUID | None = None,
) -> Situation:
    """
    Follow a minor, from a decided concern, a report that was sent, or a file and a reason.

    Exactly one of the three references is given.

    Raises:
        NotVisible: what it would open from is not the agent's to see.
        NotSupervisor, ReasonMissing, NoDecision, NotSent, AlreadyFollowed, NotAReferent,
        CannotHoldFile: the rules refuse.
    """
    origin = find_origin(
        case_file_ref=case_file_ref, concern_ref=concern_ref, report_ref=report_ref, ground=ground
    )
    case_file = lock_files(origin.case_file)
    authority = case_file.authority
    today = local_day(authority, now)
    if not supervises(agent, authority, on=today):
        raise NotSupervisor
    if not reason.strip() and (ground == Ground.REASONED_ACT or not origin.kind):
        raise ReasonMissing
    return begin_situation(
        agent=agent,
        case_file=case_file,
        ground=ground,
        reason=reason.strip(),
        referent=referent,
        origin=origin,
        now=now,
    )


def begin_situation(
    *,
    agent: Agent,
    case_file: CaseFile,
    ground: Ground,
    reason: str,
    referent: Agent,
    origin: Origin,
    now: datetime,
) -> Situation:
    """Write the situation, its first line, its clock and its holder, on a file already locked."""
    if Situation.objects.living().of_case_files(files_of(case_file)).exists():
        raise AlreadyFollowed
    situation = Situation(
        case_file=case_file,
        authority=case_file.authority,
        status=Status.OPEN,
        referent=referent,
        ground=ground,
        reason=reason,
        origin_kind=origin.kind,
        origin_ref=origin.ref,
        received_from=origin.received_from,
        opened_at=now,
        opened_by=agent,
    )
    check_referent(situation, referent, now)
    situation.save(force_insert=True)
    told = f"Situation ouverte : {ground.label.lower()}. Référent : {referent.name}."
    write_entry(
        case_file=case_file,
        situation=situation,
        kind=EntryKind.FOLLOW_UP,
        text=f"{told}\n\n{reason}" if reason else told,
        agent=agent,
        now=now,
        source_kind=origin.kind,
        source_ref=origin.ref,
    )
    start_interview_clock(situation, now)
    hold_file(situation=situation, now=now)
    record(agent=agent, deed="situation.open", subject=situation, detail={"ground": str(ground)})
    tell_referent(situation, text="Une situation vous est confiée.", now=now)
    return situation


@transaction.atomic
def accept_situation(*, agent: Agent, ref: UUID, now: datetime) -> Situation:
    """
    The référent takes the situation up: the minor has somebody from that day.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotYourSituation, NotWaitingForReferent: the rules refuse.
    """
    situation = lock_situation(ref=ref)
    if situation.referent_id != agent.pk:
        raise NotYourSituation
    if not situation.awaits_referent:
        raise NotWaitingForReferent
    situation.status = Status.FOLLOWED
    situation.accepted_at = now
    situation.save(update_fields=["status", "accepted_at"])
    write_entry(
        case_file=situation.case_file,
        situation=situation,
        kind=EntryKind.FOLLOW_UP,
        text=f"{agent.name} prend la situation en charge.",
        agent=agent,
        now=now,
    )
    record(agent=agent, deed="situation.accept", subject=situation)
    return situation


def lock_files(case_file: CaseFile) -> CaseFile:
    """
    Take a file with those merged with it, so that nobody opens or merges meanwhile.

    Returns:
        The file that is kept: what is followed is followed there.

    Raises:
        NotVisible: the kept file is not for whoever is asking.
    """
    CaseFile.objects.select_for_update().get(pk=case_file.pk)
    case_file.refresh_from_db(fields=["merged_into"])
    locked = {
        one.pk: one
        for one in files_of(case_file)
        .select_for_update(of=("self",))
        .select_related("authority", "minor")
        .order_by("pk")
    }
    kept = locked.get(case_file.merged_into_id or case_file.pk)
    if kept is None:
        raise NotVisible
    return kept


def check_referent(situation: Situation, referent: Agent, now: datetime) -> None:
    """
    Raises:
        NotAReferent: no posting of the day lets this person answer for a minor here.
        CannotHoldFile: the file must never be theirs.
    """
    today = local_day(situation.authority, now)
    if not may_answer(referent, situation.authority, on=today):
        raise NotAReferent
    if is_excluded(referent, situation):
        raise CannotHoldFile


def tell_referent(situation: Situation, *, text: str, now: datetime) -> None:
    notify(
        agents=[situation.referent],
        text=text,
        path=reverse("situations:show", args=[situation.ref]),
        now=now,
        case_file=situation.case_file,
    )


def start_interview_clock(situation: Situation, now: datetime) -> None:
    """L222-5-1 CASF: an interview one year before majority; later arrivals are told apart."""
    coming_of_age = minor_of(situation.case_file).majority_on
    since = local_midnight(situation, coming_of_age)
    authority = situation.authority
    if due(rule=RuleCode.INTERVIEW_17, authority=authority, since=since).due_at <= now:
        return
    start_clock(
        rule=RuleCode.INTERVIEW_17,
        case_file=situation.case_file,
        subject_kind=Source.SITUATION,
        subject_ref=situation.ref,
        since=since,
        now=now,
        owner=situation.referent,
    )


def local_midnight(situation: Situation, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(situation.authority.timezone))
