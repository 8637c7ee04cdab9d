"""A signalement that has left, as each side reads it, and the letter itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fanal.detect.reports.models import Report, ReportStep
from fanal.detect.reports.queries import parents_clock, read_letter, read_report, return_clocks
from fanal.detect.reports.terms import PARENTS_BASIS, RETURN_BASIS, StepKind
from fanal.detect.reports.views.deeds import crumbs_of
from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.shell.pieces import Happening

_ICONS = {
    StepKind.SENT: "send",
    StepKind.ACKNOWLEDGED: "check",
    StepKind.OUTCOME: "gavel",
    StepKind.PARENTS_ALLOWED: "user-check",
    StepKind.PARENTS_TOLD: "mail",
    StepKind.RELANCED: "bell",
    StepKind.INFORMED_BACK: "corner-down-right",
    StepKind.CLOSED: "archive",
}


@require_safe
@needs(Right.SEND_REPORTS)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    report = read_report(agent=request.user, ref=ref)
    if report.is_draft:
        return redirect("reports:write", ref)
    clock = return_clocks([report]).get(report.ref)
    context = _context(request, report) | {
        "return_clock": clock,
        "return_late": clock is not None and clock.is_late(now=now()),
        "parents_clock": parents_clock(report),
        "return_basis": RETURN_BASIS,
        "may_manage": holds(request.user, Right.MANAGE_SITUATIONS),
        "parents_basis": PARENTS_BASIS,
    }
    return render(request, "detect/reports/show.html", context)


@require_safe
@needs(Right.ANSWER_REPORTS)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    report = read_report(agent=request.user, ref=ref)
    return render(request, "detect/reports/answer.html", _context(request, report))


@require_safe
@needs(Right.SEND_REPORTS, Right.ANSWER_REPORTS)
@recently_proved
def letter(request: DeskRequest, ref: UUID) -> HttpResponse:
    sent = read_letter(agent=request.user, ref=ref)
    response = HttpResponse(bytes(sent.pdf), content_type="application/pdf")
    # A file name stays in the downloads of a shared machine: it names nobody.
    response["Content-Disposition"] = f'inline; filename="{sent.report.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _context(request: DeskRequest, report: Report) -> dict[str, object]:
    return {
        "report": report,
        "crumbs": crumbs_of(request.user, report),
        "entries": [_happening(step) for step in reversed(report.steps.all())],
    }


def _happening(step: ReportStep) -> Happening:
    return Happening(
        at=step.at,
        what=str(step.get_step_display()),
        who=step.agent.name,
        detail=step.note,
        icon=_ICONS[StepKind(step.step)],
    )
