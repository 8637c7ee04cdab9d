"""The log: each call in one place of the funnel, filters, and a file for a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_safe

from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import Shown, record_list
from fanal.ground.privacy.exports import BATCH, Column, export_csv
from fanal.helpline.calls import queries
from fanal.helpline.calls.forms import LogFilterForm, whole_day
from fanal.helpline.calls.models import Call, CallQuerySet
from fanal.helpline.shifts.queries import helpline_of
from fanal.helpline.shifts.weeks import HERE

ROWS = 25
COLUMNS = (
    Column("Arrivé le", "calls.Call.arrived_at"),
    Column("Décroché le", "calls.Call.answered_at"),
    Column("Terminé le", "calls.Call.ended_at"),
    Column("Où en est l’appel", "calls.Call.treated"),
    Column("Écoutant", "agents.Agent.name"),
)


@require_safe
@needs(Right.LISTEN)
def log(request: DeskRequest) -> HttpResponse:
    form = LogFilterForm(request.GET)
    calls = _filtered(request, form)
    page = Paginator(calls, ROWS).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="call.log",
        rows=page,
        filters=form.cleaned_data,
        page=page.number,
    )
    context = {
        "page": page,
        "form": form,
        "total": page.paginator.count,
        "counts": queries.counts(calls),
        "active": any(form.cleaned_data.values()),
        "may_export": holds(request.user, Right.COORDINATE),
    }
    return render(request, "helpline/calls/log.html", context)


@require_safe
@needs(Right.COORDINATE)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    form = LogFilterForm(request.GET)
    calls, listed = _filtered(request, form).iterator(BATCH), Shown()
    response = export_csv(
        filename=f"appels-{now().astimezone(HERE):%Y-%m-%d}.csv",
        right=Right.COORDINATE,
        columns=COLUMNS,
        rows=map(_line, listed.noting(calls)),
        on=now().astimezone(HERE).date(),
    )
    record_list(
        agent=request.user,
        deed="call.export",
        rows=[],
        filters=form.cleaned_data,
        count=listed.rows,
    )
    return response


def _line(call: Call) -> list[str]:
    moments = (call.arrived_at, call.answered_at, call.ended_at)
    return [
        *(f"{localtime(at):%d/%m/%Y %H:%M:%S}" if at else "" for at in moments),
        call.funnel.label,
        call.listener.name if call.listener else "",
    ]


def _filtered(request: DeskRequest, form: LogFilterForm) -> CallQuerySet:
    """A filter that says nothing known is left out."""
    form.is_valid()
    asked: dict[str, Any] = form.cleaned_data
    calls = queries.log(helpline_of(request.user))
    if asked.get("place"):
        calls = calls.at(asked["place"])
    if asked.get("day"):
        begin, end = whole_day(asked["day"])
        calls = calls.filter(arrived_at__gte=begin, arrived_at__lt=end)
    if asked.get("mine"):
        calls = calls.filter(listener=request.user)
    return calls
