"""The signalement as a letter, made from what it froze and from nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings

from fanal.detect.reports.models import Report, ReportInformant
from fanal.ground.access.decisions import postings_of
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.documents import contents
from fanal.ground.documents.terms import Exploitation, Ground

SERVICE = "Cellule de recueil des informations préoccupantes"
TO_BE_DONE = "Je vous laisse apprécier les suites à donner, en assistance éducative comme au pénal."


def letter_of(
    report: Report,
    *,
    identity: dict[str, Any],
    informant: ReportInformant | None,
    agent: Agent,
    now: datetime,
) -> contents.Report:
    """The letter that a sending agent signs, whole: for the parquet alone."""
    return contents.Report(
        heading=_heading(report, agent, now),
        court=courts_in_words(report),
        minor=_minor(identity),
        grounds=tuple(Ground(ground) for ground in report.grounds),
        facts=(contents.Fact(text=report.facts),),
        urgent=report.urgent,
        exploitation=Exploitation(report.exploitation),
        parents_informed=report.parents_informed,
        parents_informed_reason=_parents_reason(report),
        request=report.request or TO_BE_DONE,
        danger=report.danger,
        minor_words=report.minor_words,
        measures_taken=(contents.Fact(text=report.measures),) if report.measures else (),
        other_minors=tuple(
            contents.OtherMinor(name=one["name"], birth=one["birth"], situation=one["tie"])
            for one in identity["other_minors"]
        ),
        informant=str(informant or ""),
        copies=tuple(str(copy) for copy in report.copies.all()),
    )


def courts_in_words(report: Report) -> str:
    """Both courts when they differ: which parquet takes the signalement is theirs to settle."""
    if not report.courts_differ:
        return report.court.name
    return f"{report.tpe_court.name} (tribunal pour enfants) et {report.court.name}"


def _heading(report: Report, agent: Agent, now: datetime) -> contents.Heading:
    organisation = _organisation(report, agent)
    return contents.Heading(
        sender=contents.Sender(
            authority=report.authority.name,
            service=SERVICE,
            phone=organisation.phone if organisation else "",
            timezone=report.authority.timezone,
        ),
        signatory=contents.Signatory(name=agent.name, function=agent.function),
        reference=report.number,
        written_at=now,
        recipient=contents.Recipient(
            name="Parquet des mineurs",
            lines=tuple(dict.fromkeys((report.tpe_court.name, report.court.name))),
            salutation="Madame, Monsieur le procureur de la République,",
        ),
        demonstration=not settings.FANAL_SERVICE,
    )


def _organisation(report: Report, agent: Agent) -> Organisation | None:
    for posting in postings_of(agent):
        if posting.organisation.authority_id == report.authority_id:
            return posting.organisation
    return None


def _minor(identity: dict[str, Any]) -> contents.Minor:
    estimated = identity["birth_is_estimated"]
    place = ", ".join(part for part in (identity["address"], identity["commune"]) if part)
    return contents.Minor(
        name=f"{identity['given_names']} {identity['family_name']}".strip(),
        born_on=None if estimated else date.fromisoformat(identity["birth_date"]),
        birth=identity["birth"] if estimated else "",
        sex=identity["sex"],
        address=place,
        school=identity["school"],
        holders=tuple(contents.Holder(**holder) for holder in identity["holders"]),
    )


def _parents_reason(report: Report) -> str:
    if not report.parents_may_be_involved:
        return report.parents_reason
    wait = (
        "Un parent est peut-être mêlé aux faits : votre accord est attendu avant toute information "
        "de la famille."
    )
    return f"{report.parents_reason}\n\n{wait}" if report.parents_reason else wait
