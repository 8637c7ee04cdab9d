from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import Exploitation
from fanal.detect.concerns.terms import Status as ConcernStatus
from fanal.detect.concerns.use_cases.receipts import new_receipt
from fanal.detect.reports.models import Report, ReportCopy
from fanal.detect.reports.queries import lock_report, trace_report
from fanal.detect.reports.terms import CopyKind, Ground, Status
from fanal.detect.reports.use_cases.course import refuse_media, require
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.people.models import Minor
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import courts_of, find_commune

# There the concern is no longer this authority's, or no longer a concern.
_OVER = (ConcernStatus.TRANSFERRED, ConcernStatus.NOT_A_CONCERN, ConcernStatus.CLOSED)


class ConcernOver(Refusal):
    message = (
        "Cette information n'est plus suivie ici : préparez le signalement depuis la situation "
        "du mineur, ou depuis une information nouvelle."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    kind: CopyKind
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """All that an agent writes in a signalement. ``commune`` is an INSEE code."""

    commune: str
    grounds: tuple[Ground, ...] = ()
    urgent: bool = False
    exploitation: Exploitation = Exploitation.NONE
    facts: str = ""
    danger: str = ""
    minor_words: str = ""
    measures: str = ""
    request: str = ""
    parents_informed: bool = False
    parents_reason: str = ""
    parents_may_be_involved: bool = False
    copies: tuple[Copy, ...] = ()


class ChangedSince(Refusal):
    message = (
        "Ce brouillon a été enregistré depuis une autre page pendant que vous écriviez : rien n'a "
        "été écrasé. Comparez votre texte à celui qui est enregistré, puis enregistrez."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a writing screen was drawn from: the saving it shows, and which opening it is."""

    at: datetime | None
    page: UUID | None


@transaction.atomic
def draft_report(*, agent: Agent, concern_ref: UUID, now: datetime) -> Report:
    """
    Begin a signalement from a concern, whose own course goes on (L226-4 I).

    Possible from the first analysis. A draft already begun for the concern is returned: two
    colleagues write one letter.

    Raises:
        NotVisible: the concern is not the agent's to read.
        ConcernOver: it was transferred, set aside or closed.
    """
    concern = lock_concern(ref=concern_ref)
    if concern.status in _OVER:
        raise ConcernOver
    begun = Report.objects.filter(concern=concern, status=Status.DRAFT).first()
    if begun is not None:
        return begun
    # The minor's file may have been corrected since the concern arrived.
    minor = Minor.objects.select_related("commune").filter(case_file=concern.case_file).first()
    return _begin(
        agent=agent,
        case_file=concern.case_file,
        commune=minor.commune if minor else concern.commune,
        concern=concern,
        now=now,
    )


@transaction.atomic
def draft_report_of_file(*, agent: Agent, case_file_ref: UUID, now: datetime) -> Report:
    """
    Begin a signalement about a minor already followed, without a new concern.

    A draft already begun so is returned: two colleagues write one letter.

    Raises:
        NotVisible: the file is not the agent's to see.
    """
    minor = (
        Minor.objects.select_related("case_file__authority", "commune")
        .filter(case_file__ref=case_file_ref)
        .first()
    )
    if minor is None:
        raise NotVisible
    # Whoever clicks twice waits here, and finds the first draft.
    CaseFile.objects.select_for_update(of=("self",)).get(pk=minor.case_file_id)
    begun = Report.objects.filter(
        case_file=minor.case_file_id, concern__isnull=True, status=Status.DRAFT
    ).first()
    if begun is not None:
        return begun
    return _begin(agent=agent, case_file=minor.case_file, commune=minor.commune, now=now)


def _begin(
    *,
    agent: Agent,
    case_file: CaseFile,
    commune: Commune,
    now: datetime,
    concern: Concern | None = None,
) -> Report:
    courts = courts_of(commune)
    report = Report.objects.create(
        number=f"SIG-{new_receipt(now).removeprefix('IP-')}",
        case_file=case_file,
        concern=concern,
        authority=case_file.authority,
        commune=commune,
        court=courts.court,
        tpe_court=courts.tpe_court,
        urgent=concern.immediate_danger if concern else False,
        exploitation=concern.exploitation if concern else Exploitation.NONE,
        parents_informed=concern.parents_informed if concern else False,
        parents_reason=concern.parents_reason if concern else "",
        drafted_at=now,
        drafted_by=agent,
        updated_at=now,
    )
    trace_report(agent=agent, deed="report.draft", report=report)
    return report


@transaction.atomic
def save_draft(
    *, agent: Agent, ref: UUID, writing: Writing, now: datetime, drawn: Drawn | None = None
) -> Report:
    """
    Keep what is written; nothing leaves, and nothing is demanded yet but a commune.

    The courts follow the commune: the law looks at where the parents or the guardian live.
    ``drawn`` is left out by who writes without having read.

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: it has left.
        ChangedSince: another page saved the draft after this one was drawn.
        UnknownCommune, OutsideScope: the commune leads to no court.
        HidesMedia: a text carries an image.
    """
    report = lock_report(ref=ref)
    require(report, Status.DRAFT)
    if drawn is not None:
        _refuse_overwriting(report, drawn)
    refuse_media(*(getattr(writing, name) for name in _TEXTS))
    commune = find_commune(writing.commune)
    courts = courts_of(commune)
    report.commune, report.court, report.tpe_court = commune, courts.court, courts.tpe_court
    report.grounds = [Ground(ground).value for ground in writing.grounds]
    for name in _WRITTEN:
        setattr(report, name, getattr(writing, name))
    report.updated_at = now
    report.saved_from = drawn.page if drawn else None
    report.save()
    report.copies.all().delete()
    ReportCopy.objects.bulk_create(
        ReportCopy(
            case_file_id=report.case_file_id, report=report, kind=copy.kind, label=copy.label
        )
        for copy in writing.copies
    )
    trace_report(agent=agent, deed="report.save", report=report)
    return report


def _refuse_overwriting(report: Report, drawn: Drawn) -> None:
    saved_itself = drawn.page is not None and drawn.page == report.saved_from
    if drawn.at != report.updated_at and not saved_itself:
        raise ChangedSince


_TEXTS = ("facts", "danger", "minor_words", "measures", "request", "parents_reason")
_WRITTEN = (*_TEXTS, "urgent", "exploitation", "parents_informed", "parents_may_be_involved")


@transaction.atomic
def discard_draft(*, agent: Agent, ref: UUID) -> None:
    """
    Give up a draft: it is removed, and its trace stays.

    Raises:
        NotVisible: the signalement is not the agent's to read.
        OutOfTurn: it has left.
    """
    report = lock_report(ref=ref)
    require(report, Status.DRAFT)
    trace_report(agent=agent, deed="report.discard", report=report)
    report.copies.all().delete()
    report.delete()
