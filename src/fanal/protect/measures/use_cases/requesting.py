"""A measure is asked for; whoever asks makes sure that somebody answers for the minor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import DecisionOutcome
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.people.queries import files_of
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import courts_of
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import (
    ADMINISTRATIVE_TYPES,
    BASIS,
    JUDICIAL_TYPES,
    MeasureType,
    Nature,
    StepKind,
)
from fanal.protect.measures.use_cases.course import NotYoursToWrite, note_step, today
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import (
    living_situation_of,
    lock_situation,
    may_write,
    minor_of,
)
from fanal.protect.situations.terms import Ground
from fanal.protect.situations.use_cases import open_situation


class NoReferent(Refusal):
    message = "Personne ne suit encore ce mineur : choisissez son référent."


class NotLiving(Refusal):
    message = "Cette situation est clôturée : rouvrez-la avant de demander une mesure."


class AlreadyRunning(Refusal):
    message = "Une mesure de même nature est déjà demandée ou en cours pour ce mineur."


class WrongNature(Refusal):
    message = "Cette mesure ne peut pas être décidée ainsi : choisissez l'autre fondement."


class ReasonMissing(Refusal):
    message = "Écrivez pourquoi cette mesure est demandée."


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is asked for.

    ``nature`` is needed for the types that either may decide; ``commune`` names the judge, the
    minor's own when empty; an empty ``basis`` is the article proposed for the type.
    """

    type: MeasureType
    reason: str
    nature: Nature | None = None
    commune: Commune | None = None
    basis: str = ""


@transaction.atomic
def request_measure(
    *,
    agent: Agent,
    wanted: Wanted,
    now: datetime,
    situation_ref: UUID | None = None,
    concern_ref: UUID | None = None,
    case_file_ref: UUID | None = None,
    referent: Agent | None = None,
) -> Measure:
    """
    Ask for a measure, for a followed minor, from a decided concern or from a file.

    When nobody follows the minor yet, the situation is opened with ``referent``.

    Raises:
        NotVisible: what it is asked from is not the agent's to see.
        NoReferent, NotLiving, NotYoursToWrite, AlreadyRunning, WrongNature, ReasonMissing,
        and the refusals of ``open_situation``.
    """
    nature = nature_of(wanted.type, wanted.nature)
    if not wanted.reason.strip():
        raise ReasonMissing
    if situation_ref is not None:
        situation = lock_situation(ref=situation_ref)
    else:
        situation = _situation_of(
            agent=agent,
            concern_ref=concern_ref,
            case_file_ref=case_file_ref,
            referent=referent,
            reason=wanted.reason,
            now=now,
        )
    if not situation.is_living:
        raise NotLiving
    if not may_write(agent, situation, now=now):
        raise NotYoursToWrite
    files = files_of(situation.case_file)
    if Measure.objects.living().of_case_files(files).filter(type=wanted.type).exists():
        raise AlreadyRunning
    commune = wanted.commune or minor_of(situation.case_file).commune
    measure = Measure.objects.create(
        case_file=situation.case_file,
        situation=situation,
        type=wanted.type,
        nature=nature,
        basis=wanted.basis.strip() or BASIS[wanted.type],
        commune=commune,
        tpe_court=courts_of(commune).tpe_court,
        requested_at=now,
        requested_by=agent,
        request_reason=wanted.reason.strip(),
    )
    note_step(
        measure,
        StepKind.REQUESTED,
        on=today(measure, now),
        agent=agent,
        now=now,
        note=measure.request_reason,
    )
    return measure


def nature_of(kind: MeasureType, chosen: Nature | None) -> Nature:
    """
    Who decides a type of measure.

    Raises:
        WrongNature: the type leaves no choice, or needs one.
    """
    fixed = None
    if kind in ADMINISTRATIVE_TYPES:
        fixed = Nature.ADMINISTRATIVE
    elif kind in JUDICIAL_TYPES:
        fixed = Nature.JUDICIAL
    if fixed is None and chosen is None:
        raise WrongNature("Dites si la famille est d'accord ou si le juge décide.")
    if fixed is not None and chosen not in (None, fixed):
        raise WrongNature
    nature = fixed or chosen
    assert nature is not None  # noqa: S101  (for the type checker)
    return nature


def _situation_of(
    *,
    agent: Agent,
    concern_ref: UUID | None,
    case_file_ref: UUID | None,
    referent: Agent | None,
    reason: str,
    now: datetime,
) -> Situation:
    """The situation that runs for the minor, else a new one."""
    ground = Ground.MEASURE
    if concern_ref is not None:
        concern = lock_concern(ref=concern_ref)
        case_file = concern.case_file
        if concern.outcome == DecisionOutcome.REPORT_TO_PROSECUTOR:
            ground = Ground.REPORT
    else:
        case_file = _case_file(case_file_ref)
    followed = living_situation_of(case_file)
    if followed is not None:
        return lock_situation(ref=followed.ref)
    if referent is None:
        raise NoReferent
    opened = open_situation(
        agent=agent,
        ground=ground,
        reason=reason,
        referent=referent,
        now=now,
        concern_ref=concern_ref,
        case_file_ref=None if concern_ref is not None else case_file_ref,
    )
    return lock_situation(ref=opened.ref)


def _case_file(ref: UUID | None) -> CaseFile:
    case_file = CaseFile.objects.filter(ref=ref).first() if ref else None
    if case_file is None:
        raise NotVisible
    return case_file
