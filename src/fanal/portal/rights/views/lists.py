from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.privacy.exports import Column, export_csv
from fanal.portal.rights.forms import FilterForm
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.queries import late, requests_of, requests_to_prepare
from fanal.portal.rights.terms import OPEN, Status

ROWS = 25


@require_safe
@needs(Right.ANSWER_RIGHTS)
def listing(request: DeskRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    everything = requests_of(request.user)
    page = Paginator(_filtered(request, form), ROWS).get_page(request.GET.get("page"))
    record(
        agent=request.user,
        deed="rights.list",
        outcome=Outcome.READ,
        detail={"rows": len(page.object_list)},
    )
    opened = everything.filter(status__in=OPEN)
    context = {
        "form": form,
        "page": page,
        "today": localdate(),
        "active": any(form.cleaned_data.values()),
        "late": opened.filter(late(request.user, now=now())).count(),
        "to_identify": opened.filter(status=Status.RECEIVED).count(),
        "to_answer": opened.filter(status=Status.PREPARED).count(),
    }
    return render(request, "portal/rights/list.html", context)


_COLUMNS = (
    Column("Demande", "rights.RightsRequest.ref"),
    Column("Objet", "rights.RightsRequest.kind"),
    Column("Demandeur", "rights.RightsRequest.asker"),
    Column("Reçue le", "rights.RightsRequest.received_on"),
    Column("Due le", "rights.RightsRequest.due_on"),
    Column("État", "rights.RightsRequest.status"),
    Column("Répondue le", "rights.RightsRequest.answered_at"),
)


@require_safe
@needs(Right.ANSWER_RIGHTS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """Dates and states, without a name nor the reference of a file."""
    rows = list(_filtered(request, FilterForm(request.GET)))
    record(
        agent=request.user, deed="rights.export", outcome=Outcome.READ, detail={"rows": len(rows)}
    )
    return export_csv(
        filename="demandes-de-droits.csv",
        right=Right.ANSWER_RIGHTS,
        columns=_COLUMNS,
        rows=(_cells(one) for one in rows),
        on=localdate(),
    )


def _cells(one: RightsRequest) -> list[object]:
    answered = f"{localdate(one.answered_at):%d/%m/%Y}" if one.answered_at else ""
    days = [f"{one.received_on:%d/%m/%Y}", f"{one.due_on:%d/%m/%Y}"]
    who = [str(one.ref)[:8], one.get_kind_display(), one.get_asker_display()]
    return [*who, *days, one.get_status_display(), answered]


@require_safe
@needs(Right.FOLLOW_SITUATIONS)
def to_prepare(request: DeskRequest) -> HttpResponse:
    page = Paginator(requests_to_prepare(), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "today": localdate()}
    return render(request, "portal/rights/to_prepare.html", context)


def _filtered(request: DeskRequest, form: FilterForm) -> QuerySet[RightsRequest]:
    rows = requests_of(request.user)
    form.is_valid()
    asked = form.cleaned_data
    if asked.get("status"):
        rows = rows.filter(status=asked["status"])
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("late"):
        rows = rows.filter(late(request.user, now=now()))
    return rows
