"""The two papers of this room: the receipt of a hand-over, and the printed dossier."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from fanal.ground.access.decisions import postings_of
from fanal.ground.agents.models import Agent
from fanal.ground.documents import contents
from fanal.ground.people.models import Holder, Minor
from fanal.ground.people.queries import files_of
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.situations import tabs
from fanal.protect.situations.models import HandOver, Situation
from fanal.protect.situations.queries.reading import minor_of, next_clocks
from fanal.protect.situations.queries.timeline import timeline

SERVICE = "Aide sociale à l'enfance"
SEALED = "dossier sous scellé"


def handover_receipt(
    *, hand_over: HandOver, situations: list[Situation], now: datetime
) -> contents.HandoverReceipt:
    """The receipt that both sign; a sealed file is counted there, and tells nothing else."""
    authority = hand_over.authority
    clocks = next_clocks(situations)
    lines = []
    for situation in situations:
        minor = minor_of(situation.case_file)
        sealed = situation.case_file.sealed_at is not None
        clock = None if sealed else clocks.get(situation.case_file_id)
        age = minor.age_in_words(local_day(authority, now))
        lines.append(
            contents.HandedOver(
                reference=situation.number,
                minor=SEALED if sealed else f"{minor.initials}, {age}",
                status=situation.get_status_display(),
                next_step=clock.label if clock else "",
                due=clock.due_on if clock else None,
            )
        )
    return contents.HandoverReceipt(
        heading=_heading(
            authority,
            hand_over.decided_by,
            f"R-{str(hand_over.ref)[:8].upper()}",
            now,
        ),
        giver=_signatory(hand_over.giver),
        taker=_signatory(hand_over.taker),
        reason=hand_over.reason,
        effective_on=local_day(authority, now),
        situations=tuple(lines),
    )


def dossier(*, situation: Situation, agent: Agent, now: datetime) -> contents.Dossier:
    """All that the agent may read of a situation, as one paper."""
    case_file = situation.case_file
    authority = situation.authority
    zone = ZoneInfo(authority.timezone)
    return contents.Dossier(
        heading=_heading(authority, agent, situation.number, now),
        minor=_minor(minor_of(case_file), now, authority),
        status=situation.get_status_display(),
        referent=situation.referent.name,
        printed_by=agent.name,
        opened_on=local_day(authority, situation.opened_at),
        measures=tuple(tabs.in_force(situation)),
        events=tuple(
            contents.TimelineEvent(
                on=entry.at.astimezone(zone).date(),
                what=entry.what,
                text=entry.text,
                source=", ".join(part for part in (entry.who, entry.source) if part),
                hidden=entry.gap,
            )
            for entry in timeline(case_file, agent=agent, now=now)
        ),
    )


def _heading(
    authority: ChildWelfareAuthority, agent: Agent, reference: str, now: datetime
) -> contents.Heading:
    here = (p.organisation for p in postings_of(agent))
    organisation = next((one for one in here if one.authority_id == authority.pk), None)
    return contents.Heading(
        sender=contents.Sender(
            authority=authority.name,
            service=SERVICE,
            phone=organisation.phone if organisation else "",
            timezone=authority.timezone,
        ),
        signatory=_signatory(agent),
        reference=reference,
        written_at=now,
        demonstration=not settings.FANAL_SERVICE,
    )


def _signatory(agent: Agent) -> contents.Signatory:
    return contents.Signatory(name=agent.name, function=agent.function)


def _minor(minor: Minor, now: datetime, authority: ChildWelfareAuthority) -> contents.Minor:
    estimated = minor.birth_precision == BirthPrecision.AGE
    holders = Holder.objects.filter(case_file__in=files_of(minor.case_file))
    age = minor.age_in_words(local_day(authority, now))
    return contents.Minor(
        name=minor.full_name,
        born_on=None if estimated else minor.birth_date,
        birth=f"inconnue, {age}" if estimated else "",
        sex=minor.get_sex_display(),
        address=", ".join(part for part in (minor.address, str(minor.commune)) if part),
        school=minor.school,
        holders=tuple(
            contents.Holder(name=one.name, tie=one.tie, contact=one.contact) for one in holders
        ),
    )
