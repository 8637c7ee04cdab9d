"""The Fil: everything that happened to a minor here, on one line of time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices

from fanal.detect.concerns.models import ConcernStep
from fanal.detect.concerns.queries import concern_steps
from fanal.detect.concerns.terms import Step
from fanal.detect.reports.models import ReportStep
from fanal.detect.reports.queries import report_steps
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.people.queries import files_of
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Entry
from fanal.protect.situations.queries.accountable import supervises
from fanal.protect.situations.terms import WRITTEN_BY_HAND, EntryKind


class Strand(TextChoices):
    """What the Fil can be narrowed to."""

    EXCHANGES = "echanges", "Notes, appels, rencontres"
    EVENTS = "evenements", "Événements"
    MEASURES = "mesures", "Mesures"
    CONCERNS = "informations", "Informations préoccupantes"
    REPORTS = "signalements", "Signalements"
    FOLLOW_UP = "suivi", "Suivi et référents"


STRANDS = {
    EntryKind.NOTE: Strand.EXCHANGES,
    EntryKind.CALL: Strand.EXCHANGES,
    EntryKind.VISIT: Strand.EXCHANGES,
    EntryKind.MEETING: Strand.EXCHANGES,
    EntryKind.INTERVIEW_17: Strand.EXCHANGES,
    EntryKind.EXIT_INTERVIEW: Strand.EXCHANGES,
    EntryKind.EVENT: Strand.EVENTS,
    EntryKind.MAJORITY: Strand.EVENTS,
    EntryKind.MEASURE: Strand.MEASURES,
    EntryKind.FOLLOW_UP: Strand.FOLLOW_UP,
    EntryKind.HANDOVER: Strand.FOLLOW_UP,
    EntryKind.TRANSFER: Strand.FOLLOW_UP,
}
# Whoever reported wrote these: their name is not told to those who only follow (L226-2-2).
BY_THE_INFORMANT = (Step.RECEIVED, Step.COMPLETED, Step.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """
    One line of the Fil.

    ``entry_ref`` is the line that can be corrected. ``gap`` keeps the place of something that
    the reader may not read, where they may know that it exists.
    """

    at: datetime
    strand: Strand
    kind: str
    what: str
    text: str = ""
    who: str = ""
    source: str = ""
    entry_ref: UUID | None = None
    subject_ref: UUID | None = None
    gap: bool = False


def timeline(
    case_file: CaseFile, *, agent: Agent, now: datetime, strands: Collection[str] = ()
) -> list[TimelineEntry]:
    """
    What the agent may read of a minor's story, merged files together, oldest first.

    The informant is never named. Those who follow see a signalement's milestones; its notes are
    for those who supervise, who answer for what was sent to the procureur.
    """
    files = files_of(case_file)
    answers = supervises(agent, case_file.authority, on=local_day(case_file.authority, now))
    lines = [
        *_entries(files.values_list("pk", flat=True)),
        *(_of_concern(step) for step in concern_steps(files)),
        *(_of_report(step, notes=answers) for step in report_steps(files)),
    ]
    wanted = set(strands)
    kept = [line for line in lines if not wanted or line.strand in wanted]
    return sorted(kept, key=lambda line: line.at)


def _entries(case_file_ids: Collection[int]) -> Iterator[TimelineEntry]:
    written = list(
        Entry.objects.filter(case_file__in=case_file_ids)
        .select_related("agent")
        .order_by("at", "pk")
    )
    corrections = {entry.corrects_id: entry for entry in written if entry.corrects_id}
    for entry in written:
        if entry.corrects_id is None:
            yield _of_entry(entry, corrections)


def _of_entry(first: Entry, corrections: dict[int, Entry]) -> TimelineEntry:
    """A line with its last correction in its place, and what was first written below it."""
    last = first
    while last.pk in corrections:
        last = corrections[last.pk]
    text = last.text
    if last is not first:
        text = (
            f"{text}\n\nCorrigé le {last.written_at:%d/%m/%Y}. Texte d'origine, écrit par "
            f"{_name(first.agent)} : « {first.text} »"
        )
    kind = EntryKind(first.kind)
    return TimelineEntry(
        at=first.at,
        strand=STRANDS[kind],
        kind=kind,
        what=str(kind.label),
        text=text,
        who=_name(last.agent),
        source=last.where,
        entry_ref=last.ref if kind in WRITTEN_BY_HAND and last.situation_id else None,
        subject_ref=first.source_ref,
    )


def _of_concern(step: ConcernStep) -> TimelineEntry:
    masked = step.step in BY_THE_INFORMANT
    return TimelineEntry(
        at=step.at,
        strand=Strand.CONCERNS,
        kind=step.step,
        what=step.get_step_display(),
        text="" if masked else step.note,
        who="" if masked else _name(step.agent),
        source=f"information {step.concern.receipt}",
        subject_ref=step.concern.ref,
    )


def _of_report(step: ReportStep, *, notes: bool) -> TimelineEntry:
    return TimelineEntry(
        at=step.at,
        strand=Strand.REPORTS,
        kind=step.step,
        what=step.get_step_display(),
        text=step.note if notes else "",
        who=_name(step.agent),
        source=f"signalement {step.report.number}",
        subject_ref=step.report.ref,
    )


def _name(agent: Agent | None) -> str:
    return agent.name if agent else "Fanal"
