"""Before it leaves: begun, written beside the facts of the concern, read again, sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.detect.concerns.queries import read_concern
from fanal.detect.reports.forms import DeedForm, WritingForm
from fanal.detect.reports.models import Report
from fanal.detect.reports.queries import parquet_agents, read_file_of_minor, read_report
from fanal.detect.reports.use_cases import (
    ChangedSince,
    HidesMedia,
    Incomplete,
    OutOfTurn,
    discard_draft,
    draft_report,
    draft_report_of_file,
    missing_of,
    save_draft,
    send_report,
)
from fanal.detect.reports.use_cases.identity import birth_in_words
from fanal.detect.reports.views.deeds import Words, crumbs_of, deed_screen, posted
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import Refusal
from fanal.ground.territory.queries import local_day

_DISCARD = Words(
    title="Abandonner ce brouillon",
    consequence="Le brouillon est effacé ; rien n'a été adressé au parquet.",
    deed="Effacer le brouillon",
    done="Le brouillon est effacé.",
)


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def draft(request: DeskRequest, concern_ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=concern_ref)
    refused = ""
    if request.method == "POST":
        try:
            report = draft_report(agent=request.user, concern_ref=concern_ref, now=now())
        except Refusal as refusal:
            refused = refusal.message
        else:
            return redirect("reports:write", report.ref)
    context = {"concern": concern, "minor": concern.case_file.minor, "refused": refused}
    return render(request, "detect/reports/draft.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def draft_of_file(request: DeskRequest, case_file_ref: UUID) -> HttpResponse:
    minor = read_file_of_minor(agent=request.user, case_file_ref=case_file_ref)
    if request.method == "POST":
        report = draft_report_of_file(agent=request.user, case_file_ref=case_file_ref, now=now())
        return redirect("reports:write", report.ref)
    context = {"concern": None, "minor": minor, "refused": ""}
    return render(request, "detect/reports/draft.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def write(request: DeskRequest, ref: UUID) -> HttpResponse:
    report = read_report(agent=request.user, ref=ref)
    if not report.is_draft:
        return _has_left(request, report)
    itself = bool(request.headers.get("X-Autosave"))
    whole = not itself and "keep" not in request.POST
    form = WritingForm(posted(request), initial=WritingForm.initial_of(report), whole=whole)
    try:
        if form.is_valid() and _kept(request, ref, form):
            if itself:
                return HttpResponse(status=204)
            return redirect("reports:send", ref) if whole else redirect("reports:list")
    except ChangedSince as refusal:
        return _changed_since(request, ref, form, refusal.message)
    context = _context(request, report, "Rédiger") | {"form": form}
    # An autosave that was not kept must not look like one that was.
    return render(request, "detect/reports/write.html", context, status=422 if form.errors else 200)


def _kept(request: DeskRequest, ref: UUID, form: WritingForm) -> bool:
    try:
        save_draft(
            agent=request.user, ref=ref, writing=form.writing(), now=now(), drawn=form.drawn()
        )
    except (HidesMedia, OutOfTurn) as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _changed_since(request: DeskRequest, ref: UUID, form: WritingForm, said: str) -> HttpResponse:
    """Both texts on one screen; the next saving is chosen, never automatic."""
    report = read_report(agent=request.user, ref=ref)
    form.drawn_again(report)
    context = _context(request, report, "Rédiger") | {"form": form, "refused": said}
    return render(request, "detect/reports/write.html", context, status=409)


def _has_left(request: DeskRequest, report: Report) -> HttpResponse:
    """Its text does not change any more; what was typed meanwhile is given back."""
    if request.method != "POST":
        return redirect("reports:show", report.ref)
    context = {
        "report": report,
        "typed": WritingForm(request.POST).typed(),
        "crumbs": crumbs_of(request.user, report, "Rédiger"),
    }
    return render(request, "detect/reports/has_left.html", context, status=409)


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def send(request: DeskRequest, ref: UUID) -> HttpResponse:
    report = read_report(agent=request.user, ref=ref)
    refused = ""
    if request.method == "POST":
        try:
            send_report(agent=request.user, ref=ref, now=now())
        except (Incomplete, OutOfTurn) as refusal:
            refused = refusal.message
        else:
            messages.success(request, "Le signalement est adressé au parquet.")
            return redirect("reports:show", ref)
    elif not report.is_draft:
        return redirect("reports:show", ref)
    context = _context(request, report, "Relire et adresser")
    context |= {"refused": refused, "missing": missing_of(report)}
    return render(request, "detect/reports/send.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def discard(request: DeskRequest, ref: UUID) -> HttpResponse:
    return deed_screen(
        request,
        report=read_report(agent=request.user, ref=ref),
        form=DeedForm(posted(request)),
        words=_DISCARD,
        act=lambda said: discard_draft(agent=request.user, ref=ref),
        after=reverse("reports:list"),
    )


def _context(request: DeskRequest, report: Report, title: str) -> dict[str, object]:
    today = local_day(report.authority, now())
    minor = report.case_file.minor
    return {
        "report": report,
        "minor": minor,
        "birth": birth_in_words(minor, on=today),
        "crumbs": crumbs_of(request.user, report, title),
        "readers": parquet_agents(report, on=today),
    }
