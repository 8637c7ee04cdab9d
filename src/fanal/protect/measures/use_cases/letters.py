"""The two letters of a 72 hours' shelter. Neither has a word of where."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.documents import contents
from fanal.ground.people.models import Holder
from fanal.ground.people.queries import files_of
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.models import EmergencyShelter
from fanal.protect.situations.queries import minor_of

SERVICE = "Aide sociale à l'enfance"
PARENTS = "Aux titulaires de l'autorité parentale"
PROSECUTOR = "Parquet des mineurs"
TO_PROSECUTOR = "Madame, Monsieur le procureur de la République,"


def parents_notice(
    shelter: EmergencyShelter, *, agent: Agent, now: datetime
) -> contents.ShelterParentsNotice:
    """The child is safe, and whom to ring."""
    names = tuple(holder.name for holder in _holders(shelter))
    return contents.ShelterParentsNotice(
        heading=_heading(shelter, agent, now, contents.Recipient(name=PARENTS, lines=names)),
        child=minor_of(shelter.case_file).full_name,
        sheltered_at=shelter.started_at,
        ends_at=_ends_at(shelter),
        contact=_contact(shelter),
    )


def prosecutor_notice(
    shelter: EmergencyShelter, *, agent: Agent, now: datetime
) -> contents.ShelterProsecutorNotice:
    """Who, since when, why, and whether the parents know."""
    courts = (shelter.tpe_court.name, shelter.court.name)
    lines = tuple(dict.fromkeys(courts))
    recipient = contents.Recipient(name=PROSECUTOR, lines=lines, salutation=TO_PROSECUTOR)
    return contents.ShelterProsecutorNotice(
        heading=_heading(shelter, agent, now, recipient),
        court=_courts(shelter),
        minor=_minor(shelter, now),
        sheltered_at=shelter.started_at,
        ends_at=_ends_at(shelter),
        reason=shelter.reason,
        contact=_contact(shelter),
        parents_told_at=shelter.parents_informed_at,
        parents_not_told_reason=shelter.parents_exception,
    )


def _courts(shelter: EmergencyShelter) -> str:
    """Both when they differ: which parquet takes the notice is theirs to settle."""
    if shelter.court_id == shelter.tpe_court_id:
        return shelter.court.name
    return f"{shelter.tpe_court.name} (tribunal pour enfants) et {shelter.court.name}"


def _ends_at(shelter: EmergencyShelter) -> datetime:
    clock = Clock.objects.get(rule=RuleCode.SHELTER_72H, subject_ref=shelter.ref)
    return clock.due_at


def _heading(
    shelter: EmergencyShelter, agent: Agent, now: datetime, recipient: contents.Recipient
) -> contents.Heading:
    authority = shelter.case_file.authority
    return contents.Heading(
        sender=contents.Sender(
            authority=authority.name,
            service=SERVICE,
            phone=shelter.desk_phone,
            timezone=authority.timezone,
        ),
        signatory=contents.Signatory(name=agent.name, function=agent.function),
        reference=shelter.number,
        written_at=now,
        recipient=recipient,
        demonstration=not settings.FANAL_SERVICE,
    )


def _contact(shelter: EmergencyShelter) -> contents.Contact:
    return contents.Contact(name=shelter.desk, phone=shelter.desk_phone)


def _holders(shelter: EmergencyShelter) -> list[Holder]:
    return list(Holder.objects.filter(case_file__in=files_of(shelter.case_file)))


def _minor(shelter: EmergencyShelter, now: datetime) -> contents.Minor:
    minor = minor_of(shelter.case_file)
    estimated = minor.birth_precision == BirthPrecision.AGE
    age = minor.age_in_words(local_day(shelter.case_file.authority, now))
    return contents.Minor(
        name=minor.full_name,
        born_on=None if estimated else minor.birth_date,
        birth=f"inconnue, {age}" if estimated else "",
        sex=minor.get_sex_display(),
        address=", ".join(part for part in (minor.address, str(minor.commune)) if part),
        school=minor.school,
        holders=tuple(
            contents.Holder(name=one.name, tie=one.tie, contact=one.contact)
            for one in _holders(shelter)
        ),
    )
