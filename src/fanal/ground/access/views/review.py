"""What the controller and the data protection officer look at: emergencies to review, and past."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.contents import Door
from fanal.ground.access.deeds import Deed
from fanal.ground.access.forms import OpeningsForm, ReviewForm
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.models import BreakGlass, BreakGlassQuerySet
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.queries import openings_to_review
from fanal.ground.access.terms import Right, Verdict
from fanal.ground.access.use_cases import review_opening
from fanal.ground.access.views.acts import perform
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import Shown, record, record_list
from fanal.ground.errors import NotVisible
from fanal.ground.privacy.exports import BATCH, Column, export_csv

PER_PAGE = 25
COLUMNS = (
    Column("Ouvert le", "access.BreakGlass.opened_at"),
    Column("Refermé le", "access.BreakGlass.ends_at"),
    Column("Agent", "agents.Agent.name"),
    Column("Dossier", "access.BreakGlass.file_ref"),
    Column("À examiner avant", "access.BreakGlass.review_due_at"),
    Column("Conclusion", "access.BreakGlass.verdict"),
)


@require_safe
@needs(Right.REVIEW_ACCESS)
def openings(request: DeskRequest) -> HttpResponse:
    form, found = _asked(request)
    mine = openings_to_review(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="access.openings",
        rows=page.object_list,
        filters=form.cleaned_data,
        page=page.number,
    )
    context = {
        "form": form,
        "page": page,
        "awaiting": mine.awaiting().count(),
        "late": mine.awaiting().filter(review_due_at__lt=now()).count(),
        "total": f"{found.count()} accès",
        "now": now(),
    }
    return render(request, "ground/access/openings.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.REVIEW_ACCESS)
def review(request: DeskRequest, ref: UUID) -> HttpResponse:
    opening = openings_to_review(request.user).filter(ref=ref).first()
    if opening is None:
        raise NotVisible
    record(agent=request.user, deed="access.read_opening", outcome=Outcome.READ)
    if opening.reviewed_at is not None:
        context = {"opening": opening, "crumbs": _trail("Accès examiné")}
        return render(request, "ground/access/reviewed.html", context)
    return perform(
        request,
        deed=Deed(
            "Examiner un accès d’urgence",
            "Enregistrer la conclusion",
            "La conclusion est enregistrée.",
            "La conclusion ne change plus. Un accès non justifié appelle une suite hors de Fanal.",
        ),
        form=ReviewForm(request.POST or None),
        act=lambda typed: review_opening(
            agent=request.user,
            ref=ref,
            verdict=Verdict(typed["verdict"]),
            reason=typed["reason"],
            now=now(),
        ),
        back=reverse("access:openings"),
        context={"opening": opening, "now": now(), "crumbs": _trail("Examiner")},
    )


@require_safe
@needs(Right.REVIEW_ACCESS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """The list for a spreadsheet: who, when, until when, what was concluded; no text."""
    form, found = _asked(request)
    listed = Shown()
    response = export_csv(
        filename="acces-urgence.csv",
        right=Right.REVIEW_ACCESS,
        columns=COLUMNS,
        rows=map(_row, listed.noting(found.iterator(BATCH))),
        on=localdate(),
    )
    record_list(agent=request.user, deed="access.export", rows=listed, filters=form.cleaned_data)
    return response


def _trail(here: str) -> list[Door]:
    return [Door("Contrôle des accès", reverse("access:openings")), Door(here, "")]


def _row(one: BreakGlass) -> tuple[object, ...]:
    zone = ZoneInfo(one.authority.timezone)
    opened, closed = (
        f"{at.astimezone(zone):%d/%m/%Y %H:%M}" for at in (one.opened_at, one.ends_at)
    )
    due = f"{one.review_due_at.astimezone(zone):%d/%m/%Y}"
    return opened, closed, one.agent.name, one.file_ref, due, one.get_verdict_display()


def _asked(request: DeskRequest) -> tuple[OpeningsForm, BreakGlassQuerySet]:
    form = OpeningsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = openings_to_review(request.user).order_by(
        F("reviewed_at").desc(nulls_first=True), "review_due_at", "pk"
    )
    shown = asked.get("shown", "")
    if shown in ("awaiting", "late"):
        found = found.awaiting()
    if shown == "late":
        found = found.filter(review_due_at__lt=now())
    if shown in Verdict.values:
        found = found.filter(verdict=shown)
    if since := asked.get("since"):
        found = found.filter(opened_at__date__gte=since)
    return form, found
