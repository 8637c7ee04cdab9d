"""A minor is put out of danger at once, without a judge, for 72 hours or 5 days (L223-2 CASF)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.ground.access.decisions import authorities_of
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import start_clock, stop_all_clocks
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.people.use_cases import NewMinor, open_file
from fanal.ground.territory.models import ChildWelfareAuthority, Commune
from fanal.ground.territory.queries import courts_of, local_day
from fanal.protect.measures.models import EmergencyShelter
from fanal.protect.measures.queries import lock_shelter
from fanal.protect.measures.terms import SHELTER, SHELTER_OUTCOMES, ShelterKind, ShelterStatus
from fanal.protect.situations.queries import living_situation_of, minor_of
from fanal.protect.situations.terms import EntryKind, Source
from fanal.protect.situations.use_cases import write_entry
from fanal.protect.situations.use_cases.opening import lock_files

CLOCKS = {
    ShelterKind.SHELTER_72H: RuleCode.SHELTER_72H,
    ShelterKind.PROVISIONAL_RECEPTION: RuleCode.PROVISIONAL_RECEPTION,
}
ADULT = 18


class AlreadySheltered(Refusal):
    message = (
        "Ce mineur est déjà à l'abri, et une seule mise à l'abri court à la fois : "
        "ouvrez celle qui court, et dites-en l'issue avant d'en commencer une autre."
    )


class OfAge(Refusal):
    message = "Cette personne est majeure : appelez le 115, ou le 17 en danger immédiat."


class NotYet(Refusal):
    message = "Cette heure est dans l'avenir : indiquez l'heure à laquelle c'est arrivé."


class SomethingMissing(Refusal):
    message = "Écrivez le motif, le service à joindre et son téléphone."


class NotYourAuthority(Refusal):
    message = (
        "Ce mineur n'est pas encore connu : l'astreinte ou l'encadrement de votre autorité ouvre "
        "son dossier."
    )


class AlreadyEnded(Refusal):
    message = "Cette mise à l'abri est terminée."


class DutiesOwed(Refusal):
    message = (
        "Avant de terminer, informez le procureur, et les parents ou dites pourquoi ils ne le "
        "sont pas (art. L223-2 CASF)."
    )


class NotAnOutcome(Refusal):
    message = "Choisissez ce qu'il est advenu : retour, accueil avec accord, ou saisine."


class ConsentMissing(Refusal):
    message = "L'accueil demande l'accord écrit des parents : donnez la date de leur signature."


class BeforeItBegan(Refusal):
    message = "Cette heure vient avant l'arrivée du mineur : corrigez-la."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheltering:
    """
    How a minor is sheltered.

    ``commune`` is where the minor was found; ``desk`` and ``desk_phone`` are a service to ring.
    There is no field for the place.
    """

    kind: ShelterKind
    reason: str
    commune: Commune
    desk: str
    desk_phone: str
    started_at: datetime


@transaction.atomic
def shelter_now(
    *, agent: Agent, sheltering: Sheltering, case_file_ref: UUID, now: datetime
) -> EmergencyShelter:
    """
    Shelter a minor who has a file, followed or not; the 72 hours or 5 days run from the arrival.

    Raises:
        NotVisible: the file is not open to the agent.
        AlreadySheltered, OfAge, NotYet, SomethingMissing: the rules refuse.
    """
    case_file = CaseFile.objects.filter(ref=case_file_ref).first()
    if case_file is None:
        raise NotVisible
    return _shelter(agent, sheltering, case_file, now)


@transaction.atomic
def shelter_unknown(
    *,
    agent: Agent,
    sheltering: Sheltering,
    authority: ChildWelfareAuthority,
    minor: NewMinor,
    now: datetime,
) -> EmergencyShelter:
    """
    Shelter a minor whom nobody knew: the file opens with the shelter, where they were found.

    Raises:
        NotYourAuthority: the agent may not open a file there.
        OfAge, NotYet, SomethingMissing: the rules refuse.
    """
    if authority not in authorities_of(agent):
        raise NotYourAuthority
    opened = open_file(authority=authority, minor=minor, now=now)
    return _shelter(agent, sheltering, opened.case_file, now)


def _shelter(
    agent: Agent, sheltering: Sheltering, case_file: CaseFile, now: datetime
) -> EmergencyShelter:
    said = (sheltering.reason, sheltering.desk, sheltering.desk_phone)
    if not all(text.strip() for text in said):
        raise SomethingMissing
    if sheltering.started_at > now:
        raise NotYet
    kept = lock_files(case_file)
    minor = minor_of(kept)
    known = minor.birth_precision == BirthPrecision.DAY
    if known and minor.age(local_day(kept.authority, now)) >= ADULT:
        raise OfAge
    if EmergencyShelter.objects.running().of_case_files([kept]).exists():
        raise AlreadySheltered
    courts = courts_of(sheltering.commune)
    shelter = EmergencyShelter.objects.create(
        case_file=kept,
        situation=living_situation_of(kept),
        kind=sheltering.kind,
        reason=sheltering.reason.strip(),
        commune=sheltering.commune,
        court=courts.court,
        tpe_court=courts.tpe_court,
        desk=sheltering.desk.strip(),
        desk_phone=sheltering.desk_phone.strip(),
        started_at=sheltering.started_at,
        started_by=agent,
    )
    # No owner: the on-call of the hour watches, whoever sheltered has gone home.
    start_clock(
        rule=CLOCKS[sheltering.kind],
        case_file=kept,
        subject_kind=SHELTER,
        subject_ref=shelter.ref,
        since=sheltering.started_at,
        now=now,
    )
    note_shelter(
        shelter,
        deed="start",
        text=f"{sheltering.kind.label}.\n\n{shelter.reason}",
        agent=agent,
        now=now,
        at=sheltering.started_at,
    )
    tell(shelter, "Un mineur est mis à l'abri : le procureur et les parents sont à informer.", now)
    return shelter


@transaction.atomic
def end_shelter(
    *,
    agent: Agent,
    ref: UUID,
    outcome: ShelterStatus,
    at: datetime,
    now: datetime,
    note: str = "",
    agreed_on: date | None = None,
) -> EmergencyShelter:
    """
    Say what became of the minor: back home, admitted with consent, or the court seised.

    Raises:
        NotVisible: the shelter is not the agent's to see.
        AlreadyEnded, NotAnOutcome, DutiesOwed, ConsentMissing, NotYet, BeforeItBegan.
    """
    shelter = take_running(ref=ref)
    if outcome not in SHELTER_OUTCOMES:
        raise NotAnOutcome
    check_moment(shelter, at, now)
    if not shelter.duties_are_done:
        raise DutiesOwed
    if outcome == ShelterStatus.ADMITTED_WITH_CONSENT and agreed_on is None:
        raise ConsentMissing
    shelter.status = outcome
    shelter.agreed_on = agreed_on if outcome == ShelterStatus.ADMITTED_WITH_CONSENT else None
    shelter.ended_at, shelter.ended_by, shelter.end_note = at, agent, note.strip()
    shelter.save(update_fields=["status", "agreed_on", "ended_at", "ended_by", "end_note"])
    stop_all_clocks(subject_ref=shelter.ref, at=at, outcome=Outcome.DONE)
    told = f"Fin de la mise à l'abri : {outcome.label}."
    note_shelter(
        shelter,
        deed="end",
        text=f"{told}\n\n{note.strip()}" if note.strip() else told,
        agent=agent,
        now=now,
        at=at,
    )
    tell(shelter, "Une mise à l'abri est terminée : voyez la suite à donner.", now)
    return shelter


def take_running(*, ref: UUID) -> EmergencyShelter:
    """
    Raises:
        NotVisible: there is none for whoever is asking.
        AlreadyEnded: it is over.
    """
    shelter = lock_shelter(ref=ref)
    if not shelter.is_running:
        raise AlreadyEnded
    return shelter


def check_moment(shelter: EmergencyShelter, at: datetime, now: datetime) -> None:
    """
    Raises:
        NotYet: the moment lies ahead.
        BeforeItBegan: the minor had not arrived.
    """
    if at > now:
        raise NotYet
    if at < shelter.started_at:
        raise BeforeItBegan


def note_shelter(
    shelter: EmergencyShelter,
    *,
    deed: str,
    text: str,
    agent: Agent,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """Write the act in the minor's timeline, and its trace."""
    write_entry(
        case_file=shelter.case_file,
        situation=shelter.situation,
        kind=EntryKind.MEASURE,
        text=text,
        agent=agent,
        now=now,
        at=at,
        source_kind=Source.SHELTER,
        source_ref=shelter.ref,
    )
    record(agent=agent, deed=f"shelter.{deed}", subject=shelter)


def tell(shelter: EmergencyShelter, text: str, now: datetime) -> None:
    """The référent, and those who supervise: the notice leaves out who may not see the file."""
    authority = shelter.case_file.authority
    told = [shelter.situation.referent] if shelter.situation else []
    told += agents_of(authority, Role.SUPERVISOR, on=local_day(authority, now))
    notify(
        agents=told,
        text=text,
        path=reverse("measures:shelter", args=[shelter.ref]),
        now=now,
        urgent=shelter.is_running,
        case_file=shelter.case_file,
    )
