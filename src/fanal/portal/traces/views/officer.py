"""« Qui a ouvert ce dossier » : for whoever watches over data protection."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.models import Trace
from fanal.ground.audit.use_cases import Shown, record_list
from fanal.ground.privacy.exports import BATCH, Column, export_csv
from fanal.portal.traces.forms import TracesForm
from fanal.portal.traces.queries import by_week, traces_shown
from fanal.portal.traces.terms import in_words

PER_PAGE = 50
EXPORT = (
    Column("Quand", "audit.Trace.at"),
    Column("Agent", "agents.Agent.name"),
    Column("Fonction", "agents.Agent.function"),
    Column("Acte", "audit.Trace.deed"),
    Column("Issue", "audit.Trace.outcome"),
    Column("Dossier", "audit.Trace.case_file_ref"),
)


@require_safe
@needs(Right.READ_TRACES)
def listing(request: DeskRequest) -> HttpResponse:
    form, found = _asked(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    moment = now()
    bars = by_week(found, now=moment)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, in_words(one.deed)) for one in page],
        "bars": bars,
        "highest": max(bars, key=lambda bar: bar.count),
        "now": moment,
        "active": form.is_valid() and any(form.cleaned_data.values()),
    }
    _record(request, "traces.list", len(page), form, page.number)
    return render(request, "portal/traces/list.html", context)


@require_safe
@needs(Right.READ_TRACES)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """The list for a spreadsheet; who reads it has read the traces."""
    form, found = _asked(request)
    listed = Shown()
    response = export_csv(
        filename="acces.csv",
        right=Right.READ_TRACES,
        columns=EXPORT,
        rows=map(_cells, listed.noting(found.iterator(BATCH))),
        on=localtime().date(),
    )
    _record(request, "traces.export", listed.rows, form, 1)
    return response


def _cells(one: Trace) -> tuple[str, ...]:
    return (
        f"{localtime(one.at):%d/%m/%Y %H:%M:%S}",
        one.agent.name if one.agent else "",
        one.agent.function if one.agent else "",
        in_words(one.deed),
        one.get_outcome_display(),
        str(one.case_file_ref or ""),
    )


def _asked(request: DeskRequest) -> tuple[TracesForm, QuerySet[Trace]]:
    form = TracesForm(request.GET)
    # A filter that cannot be read shows nothing rather than everything.
    found = traces_shown(form.cleaned_data) if form.is_valid() else Trace.objects.none()
    return form, found


def _record(request: DeskRequest, deed: str, trace_count: int, form: TracesForm, page: int) -> None:
    filters = form.cleaned_data if form.is_valid() else {}
    # References of traces would make each reading longer than what was read.
    record_list(
        agent=request.user, deed=deed, rows=[], filters=filters, page=page, count=trace_count
    )
