"""The desk of the contact point: its list, its counts by month, one alert."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_http_methods, require_safe

from fanal.detect.concerns.models import Draft
from fanal.detect.concerns.queries import my_drafts
from fanal.detect.watch import figures as counts
from fanal.detect.watch import queries
from fanal.detect.watch.forms import AskForm, CloseForm, ListForm, QualifyForm
from fanal.detect.watch.models import LodgingAlert
from fanal.detect.watch.terms import UNDOABLE, Side
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Kind
from fanal.ground.privacy.exports import Column, export_csv
from fanal.ground.retention.terms import THRESHOLD
from fanal.ground.shell.pieces import Crumb
from fanal.ground.shell.searches import address_without_words, asked_with_words
from fanal.ground.shell.words import MONTHS, count_fr

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ANSWER_ALERTS)
def desk(request: DeskRequest) -> HttpResponse:
    """What presses first, then the oldest. Words that are looked for are posted."""
    if request.method == "POST":
        return redirect(address_without_words(request))
    form = ListForm(asked_with_words(request))
    filters = _filters(request, form)
    page = Paginator(queries.listed_alerts(filters), PER_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="alert.list", rows=page, filters=filters, page=page.number)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "active": any(filters.values()),
        "total": count_fr(page.paginator.count, "alerte"),
        "counts": queries.counted(),
        "asked": kept.urlencode(),
    }
    return render(request, "detect/watch/desk.html", context)


def _filters(request: DeskRequest, form: ListForm) -> dict[str, Any]:
    """What the filters say; one that says nothing known is left out."""
    form.is_valid()
    given = dict(form.cleaned_data)
    if given.get("mine"):
        given["mine"] = request.user
    return given


EXPORT = (
    Column("Numéro", "watch.LodgingAlert.receipt"),
    Column("Reçue le", "watch.LodgingAlert.received_at"),
    Column("Département", "watch.LodgingAlert.departement"),
    Column("Commune", "watch.LodgingAlert.commune"),
    Column("Hébergement", "watch.LodgingAlert.lodging"),
    Column("Adresse", "watch.LodgingAlert.address"),
    Column("Annonce", "watch.LodgingAlert.listing"),
    Column("État", "watch.LodgingAlert.state"),
    Column("Décision", "watch.LodgingAlert.decision"),
    Column("Suite", "watch.LodgingAlert.result"),
    Column("Prise par", "agents.Agent.name"),
    Column("Close le", "watch.LodgingAlert.closed_at"),
)


@require_safe
@needs(Right.ANSWER_ALERTS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """The list for a spreadsheet: places, states and days; neither what was told nor by whom."""
    filters = _filters(request, ListForm(asked_with_words(request)))
    found = list(queries.listed_alerts(filters))
    record_list(agent=request.user, deed="alert.export", rows=found, filters=filters)
    return export_csv(
        filename=f"hebergements-{localdate():%Y-%m-%d}.csv",
        right=Right.ANSWER_ALERTS,
        columns=EXPORT,
        rows=map(_line, found),
        on=localdate(),
    )


def _line(one: LodgingAlert) -> tuple[str, ...]:
    return (
        one.receipt,
        f"{localtime(one.received_at):%d/%m/%Y %H:%M}",
        one.departement_id,
        one.commune.name,
        one.get_lodging_display(),
        one.address,
        one.listing,
        one.get_state_display(),
        one.get_decision_display() if one.decision else "",
        one.get_result_display() if one.result else "",
        one.holder.name if one.holder else "",
        f"{localtime(one.closed_at):%d/%m/%Y}" if one.closed_at else "",
    )


@require_safe
@needs(Right.ANSWER_ALERTS)
def figures(request: DeskRequest) -> HttpResponse:
    said = counts.lines()
    record_list(agent=request.user, deed="alert.figures", rows=(), count=len(said))
    rows = [(one, f"{MONTHS[one.month.month - 1]} {one.month.year}") for one in said]
    return render(request, "detect/watch/figures.html", {"rows": rows, "threshold": THRESHOLD})


@require_safe
@needs(Right.ANSWER_ALERTS)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    return shown(request, ref)


def shown(request: DeskRequest, ref: UUID, **wrong: forms.Form) -> HttpResponse:
    """One alert whole, with the form that was refused when there is one."""
    alert = queries.read_alert(agent=request.user, ref=ref)
    steps = list(alert.steps.select_related("by"))
    context = {
        "alert": alert,
        "exchanged": [(one, one.side == Side.DESK) for one in alert.exchanged.all()],
        "steps": steps,
        "undone": {one.undoes for one in steps if one.undoes},
        "may_undo": bool(steps) and steps[-1].kind in UNDOABLE,
        "is_mine": alert.holder_id == request.user.pk,
        "beside": queries.beside(alert),
        "forced": forced_at(kind=Kind.LODGING, opens=alert.ref),
        "draft": _draft(request, alert),
        "qualifying": wrong.get("qualifying") or QualifyForm(auto_id="qualifying_%s"),
        "asking": wrong.get("asking") or AskForm(auto_id="asking_%s"),
        "closing": wrong.get("closing") or CloseForm(auto_id="closing_%s"),
        "wrong": list(wrong.values()),
        "crumbs": [Crumb("Hébergements", reverse("watch:desk")), Crumb(alert.receipt)],
    }
    return render(request, "detect/watch/show.html", context)


def _draft(request: DeskRequest, alert: LodgingAlert) -> Draft | None:
    """The concern that was begun from here, to its author, until it is sent."""
    return my_drafts(request.user).filter(ref=alert.concern).first() if alert.concern else None
