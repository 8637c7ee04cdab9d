"""What a situation opens from: a decided concern, a report that was sent, or the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import DecisionOutcome, Status
from fanal.detect.reports.models import Report
from fanal.ground.access.models import CaseFile
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.protect.situations.terms import Ground, Source

DECIDED = (Status.DECIDED, Status.NOTIFIED, Status.CLOSED)
# The decision that founds each ground.
FOUNDING = {
    Ground.MEASURE: DecisionOutcome.ADMIN_MEASURE,
    Ground.REPORT: DecisionOutcome.REPORT_TO_PROSECUTOR,
}


class NoDecision(Refusal):
    message = (
        "Cette information préoccupante ne porte pas la décision qui fonde ce suivi : "
        "décidez d'abord, ou ouvrez la situation par un acte motivé."
    )


class NotSent(Refusal):
    message = "Ce signalement n'est pas encore adressé au procureur : envoyez-le d'abord."


@dataclass(frozen=True, slots=True)
class Origin:
    case_file: CaseFile
    kind: str = ""
    ref: UUID | None = None
    received_from: ChildWelfareAuthority | None = None


def find_origin(
    *,
    case_file_ref: UUID | None,
    concern_ref: UUID | None,
    report_ref: UUID | None,
    ground: Ground,
) -> Origin:
    """
    Raises:
        NotVisible: it does not exist for whoever is asking.
        NoDecision, NotSent: it does not found the situation.
    """
    if concern_ref is not None:
        return _from_concern(concern_ref, ground)
    if report_ref is not None:
        return _from_report(report_ref)
    if case_file_ref is None:
        raise NotVisible
    case_file = CaseFile.objects.filter(ref=case_file_ref).first()
    if case_file is None:
        raise NotVisible
    return Origin(case_file)


def _from_concern(ref: UUID, ground: Ground) -> Origin:
    concern = lock_concern(ref=ref)
    if not founds(concern, ground):
        raise NoDecision
    return Origin(concern.case_file, Source.CONCERN, concern.ref)


def founds(concern: Concern, ground: Ground) -> bool:
    """Whether a concern carries the decision of this ground; a reasoned act needs none."""
    if ground == Ground.REASONED_ACT:
        return True
    return concern.status in DECIDED and concern.outcome == FOUNDING.get(ground)


def _from_report(ref: UUID) -> Origin:
    report = Report.objects.select_related("case_file").filter(ref=ref).first()
    if report is None:
        raise NotVisible
    if report.is_draft:
        raise NotSent
    return Origin(report.case_file, Source.REPORT, report.ref)
