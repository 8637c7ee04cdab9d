"""The controller's screens: references, days and rules, never a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.asking import acting_as
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Purpose, Right
from fanal.ground.agents.models import Agent
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.exports import Column, export_csv
from fanal.ground.retention.queries import (
    Verdict,
    controlled_by,
    counts_of,
    erasures_of,
    holds_of,
    read_hold,
    runs_of,
    verdicts,
)
from fanal.ground.retention.rules import rules
from fanal.ground.retention.terms import THRESHOLD, Then
from fanal.ground.retention.use_cases import lift_hold, place_hold
from fanal.ground.shell.pieces import Crumb
from fanal.ground.shell.words import exact_day
from fanal.ground.territory.queries import local_day
from fanal.portal.keeping.forms import DueFilterForm, HoldForm, LiftForm

ROWS = 25
NO_SUCH_FILE = "Aucun dossier de votre autorité ne porte cette référence."


def falling_due(agent: Agent, *, at: datetime) -> list[dict[str, Any]]:
    """Every file of the agent's authorities whose end is known, the first to end on top."""
    found: list[Verdict] = []
    with acting_as(agent, purpose=Purpose.RETENTION):
        for authority in controlled_by(agent):
            found += verdicts(now=at, authority=authority.code)
    found.sort(key=lambda one: (one.kept_until, one.root.pk))
    return [
        {
            "ref": one.root.ref,
            "rule": one.rule,
            "kept_until": one.kept_until,
            "due": one.is_due(local_day(one.root.authority, at)),
            "held": one.held,
            "files": len(one.files),
        }
        for one in found
    ]


@require_safe
@needs(Right.MANAGE_RETENTION)
def due(request: DeskRequest) -> HttpResponse:
    form = DueFilterForm(request.GET)
    everything = falling_due(request.user, at=now())
    rows = _chosen(everything, form)
    record(
        agent=request.user, deed="retention.list", outcome=Outcome.READ, detail={"rows": len(rows)}
    )
    context = {
        "form": form,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "active": any(form.cleaned_data.values()),
        "due": sum(row["due"] and not row["held"] for row in everything),
        "held": holds_of(request.user).living().count(),
        "coming": sum(not row["due"] for row in everything),
        "holds": holds_of(request.user),
    }
    return render(request, "portal/keeping/due.html", context)


_COLUMNS = (
    Column("Dossier", "access.CaseFile.ref"),
    Column("Objet", "retention.Erasure.rule"),
    Column("Gardé jusqu’au", "retention.Archived.at"),
    Column("Ensuite", "retention.Erasure.then"),
    Column("Suspendu", "retention.Hold.placed_at"),
    Column("Fondement", "retention.Archived.rule"),
)


@require_safe
@needs(Right.MANAGE_RETENTION)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    rows = _chosen(falling_due(request.user, at=now()), DueFilterForm(request.GET))
    record(
        agent=request.user,
        deed="retention.export",
        outcome=Outcome.READ,
        detail={"rows": len(rows)},
    )
    return export_csv(
        filename="conservation.csv",
        right=Right.MANAGE_RETENTION,
        columns=_COLUMNS,
        rows=(_cells(row) for row in rows),
        on=localdate(),
    )


def _cells(row: dict[str, Any]) -> list[object]:
    rule = row["rule"]
    held = "oui" if row["held"] else "non"
    day = f"{row['kept_until']:%d/%m/%Y}"
    return [row["ref"], rule.thing, day, rule.then.label, held, rule.basis]


def _chosen(rows: list[dict[str, Any]], form: DueFilterForm) -> list[dict[str, Any]]:
    form.is_valid()
    then, when = form.cleaned_data.get("then"), form.cleaned_data.get("when")
    return [
        row
        for row in rows
        if (not then or row["rule"].then == Then(then)) and (not when or row[when])
    ]


@require_safe
@needs(Right.MANAGE_RETENTION)
def runs(request: DeskRequest) -> HttpResponse:
    page = Paginator(runs_of(request.user), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "counts": counts_of(request.user),
        "erasures": erasures_of(request.user).count(),
        "threshold": THRESHOLD,
        "crumbs": _crumbs("Ce qui a été fait"),
    }
    return render(request, "portal/keeping/runs.html", context)


@require_safe
@needs(Right.MANAGE_RETENTION)
def periods(request: DeskRequest) -> HttpResponse:
    context = {"rules": rules(), "crumbs": _crumbs("Durées de conservation")}
    return render(request, "portal/keeping/periods.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_RETENTION)
def hold(request: DeskRequest) -> HttpResponse:
    form = HoldForm(request.POST or None, initial={"ref": request.GET.get("dossier", "")})
    if form.is_valid():
        try:
            place_hold(
                agent=request.user,
                ref=form.cleaned_data["ref"],
                reason=form.cleaned_data["reason"],
                now=now(),
            )
        except NotVisible:
            form.add_error("ref", NO_SUCH_FILE)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Le dossier est suspendu : rien ne lui arrivera.")
            return redirect("keeping:due")
    context = {
        "form": form,
        "title": "Suspendre l’effacement d’un dossier",
        "button": "Suspendre l’effacement",
        "consequence": "Le dossier n’est ni archivé ni effacé tant que la suspension court.",
        "crumbs": _crumbs("Suspendre l’effacement"),
    }
    return render(request, "portal/keeping/deed.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_RETENTION)
def lift(request: DeskRequest, ref: UUID) -> HttpResponse:
    found = read_hold(agent=request.user, ref=ref)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        try:
            lift_hold(agent=request.user, ref=ref, reason=form.cleaned_data["reason"], now=now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "La suspension est levée.")
            return redirect("keeping:due")
    placed = exact_day(localdate(found.placed_at))
    context = {
        "form": form,
        "title": "Lever une suspension",
        "lead": f"Posée le {placed} par {found.placed_by.name} : {found.reason}",
        "button": "Lever la suspension",
        "consequence": "Si le terme du dossier est passé, il est traité la nuit prochaine.",
        "crumbs": _crumbs("Lever une suspension"),
    }
    return render(request, "portal/keeping/deed.html", context)


def _crumbs(last: str) -> list[Crumb]:
    return [Crumb("Conservation", reverse("keeping:due")), Crumb(last)]
