"""The desk of the directory: the least sure first, one record, how the country is covered."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.decisions import holds, territory_of
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import Shown, record_list
from fanal.ground.privacy.exports import BATCH, Column, export_csv
from fanal.ground.shell.pieces import Crumb
from fanal.ground.shell.words import count_fr, exact_day
from fanal.prevent.spaces.calculations import DETOUR, coverage
from fanal.prevent.spaces.forms import ConfirmForm, KeptForm
from fanal.prevent.spaces.freshness.forms import MailboxForm
from fanal.prevent.spaces.freshness.queries import freshness_of, read_aloud
from fanal.prevent.spaces.keeping import kept_services, read_service
from fanal.prevent.spaces.maps import coarse_map
from fanal.prevent.spaces.models import Mailbox, Service
from fanal.prevent.spaces.terms import SAID
from fanal.prevent.spaces.use_cases import confirm_service

PER_PAGE = 50


@require_safe
@needs(Right.KEEP_DIRECTORY)
def kept(request: DeskRequest) -> HttpResponse:
    form = KeptForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    today = localdate()
    page = Paginator(kept_services(filters, on=today), PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user, deed="directory.list", rows=page, filters=filters, page=page.number
    )
    context = {
        "form": form,
        "page": page,
        "active": any(filters.values()),
        "asked": urlencode({name: value for name, value in filters.items() if value}),
        "total": count_fr(page.paginator.count, "lieu", "lieux"),
        "rows": [(one, one.is_fresh(on=today)) for one in page],
    }
    return render(request, "prevent/spaces/kept.html", context)


EXPORT = (
    Column("Référence", "spaces.Service.ref"),
    Column("Lieu", "spaces.Service.name"),
    Column("Réseau", "spaces.Service.kind"),
    Column("Activité", "spaces.Service.status"),
    Column("Visible de", "spaces.Service.tier"),
    Column("Pour qui", "spaces.Service.audiences"),
    Column("Département", "spaces.Service.departement"),
    Column("Commune", "spaces.Service.commune"),
    Column("Code postal", "spaces.Service.postcode"),
    Column("Adresse", "spaces.Service.address"),
    Column("Horaires", "spaces.Service.hours"),
    Column("Confirmé le", "spaces.Service.verified_on"),
    Column("Mots confirmés", "spaces.Service.verified"),
    Column("Source", "spaces.Service.source_url"),
    Column("Date de la source", "spaces.Service.source_date"),
)


@require_safe
@needs(Right.KEEP_DIRECTORY)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """Every line of the list under its filters, for a spreadsheet: it is never cut."""
    form, today = KeptForm(request.GET), localdate()
    filters = form.cleaned_data if form.is_valid() else {}
    listed = Shown()
    response = export_csv(
        filename=f"annuaire-{today:%Y-%m-%d}.csv",
        right=Right.KEEP_DIRECTORY,
        columns=EXPORT,
        rows=map(_line, listed.noting(kept_services(filters, on=today).iterator(BATCH))),
        on=today,
    )
    record_list(agent=request.user, deed="directory.table", rows=listed, filters=filters)
    return response


def _line(one: Service) -> tuple[object, ...]:
    return (
        one.ref,
        one.name,
        one.get_kind_display(),
        one.get_status_display(),
        one.get_tier_display(),
        read_aloud("audiences", one.audiences),
        one.departement_id or "",
        one.commune.name if one.commune else "",
        one.postcode,
        one.address,
        one.hours,
        f"{one.verified_on:%d/%m/%Y}" if one.verified_on else "",
        ", ".join(SAID.get(name, name) for name in sorted(one.verified)),
        one.source_url,
        one.source_date,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.KEEP_DIRECTORY)
def confirm(request: DeskRequest, ref: UUID) -> HttpResponse:
    service = read_service(agent=request.user, ref=ref)
    form = ConfirmForm(request.POST or None, initial=_as_it_is(service))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        confirmed = values.pop("confirmed")
        confirm_service(agent=request.user, ref=ref, values=values, confirmed=confirmed, now=now())
        messages.success(request, "Le lieu est enregistré.")
        return redirect("spaces:confirm", ref)
    moment = now()
    context = {
        "form": form,
        "place": service,
        "freshness": freshness_of(service, now=moment, on=localdate(moment)),
        "mailbox_form": _mailbox_form(service),
        "crumbs": [Crumb("Annuaire", reverse("spaces:kept")), Crumb(service.name)],
    }
    return render(request, "prevent/spaces/confirm.html", context)


def _mailbox_form(service: Service) -> MailboxForm:
    known = Mailbox.objects.filter(service=service).first()
    return MailboxForm(auto_id="contact_%s", initial={"email": known.email if known else ""})


def _as_it_is(service: Service) -> dict[str, Any]:
    names = [name for name in ConfirmForm.base_fields if name != "confirmed"]
    return {name: getattr(service, name) for name in names}


@require_safe
@needs(Right.READ_COVERAGE)
def board(request: DeskRequest) -> HttpResponse:
    """A row for each département that one steers, and the same on a map of all."""
    drawing, rows = coarse_map(), coverage(on=localdate())
    mine = territory_of(request.user, Right.READ_COVERAGE)
    shown = [code for code in drawing.shapes if mine is None or code in mine]
    context = {
        "view_box": drawing.view_box,
        "shapes": [(rows[code], path) for code, path in drawing.shapes.items()],
        "rows": [rows[code] for code in shown],
        "whole": mine is None,
        "caption": "Les 101 départements" if mine is None else "Votre territoire",
        "keeps": holds(request.user, Right.KEEP_DIRECTORY),
        "without": sum(not rows[code].minors for code in shown),
        "detour": str(DETOUR).replace(".", ","),
        "source_day": exact_day(localdate()),
    }
    return render(request, "prevent/spaces/board.html", context)
