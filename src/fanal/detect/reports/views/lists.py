"""The lists of signalements: the département's, the parquet's, and their exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from fanal.detect.reports.forms import FilterForm, InboxFilterForm
from fanal.detect.reports.models import Report
from fanal.detect.reports.models.report import ReportQuerySet
from fanal.detect.reports.queries import (
    listed_reports,
    reports_for_parquet,
    return_clocks,
    unanswered,
)
from fanal.ground.access.decisions import authorities_of
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import Shown, record, record_list
from fanal.ground.deadlines.models import Clock
from fanal.ground.privacy.exports import Column, export_csv, in_batches
from fanal.ground.shell.pieces import Tab

ROWS = 25


@dataclass(frozen=True, slots=True)
class Row:
    report: Report
    clock: Clock | None
    # The reminder is a proposal, no legal day: late is amber, never red.
    late: bool = False


@require_safe
@needs(Right.SEND_REPORTS)
def listing(request: DeskRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    reports = _filtered(request, form)
    page = Paginator(reports, ROWS).get_page(request.GET.get("page"))
    _record_page(request, page, form)
    context = {
        "page": page,
        "rows": _rows(page.object_list),
        "form": form,
        "tabs": _tabs(request),
        "total": page.paginator.count,
        "active": any(form.cleaned_data.values()),
    }
    return render(request, "detect/reports/list.html", context)


def _record_page(request: DeskRequest, page: Page[Report], form: forms.Form) -> None:
    record_list(
        agent=request.user,
        deed="report.list",
        rows=page,
        filters=form.cleaned_data if form.is_valid() else {},
        page=page.number,
    )


@require_safe
@needs(Right.SEND_REPORTS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    found = _filtered(request, FilterForm(request.GET))
    return _csv(request, found, right=Right.SEND_REPORTS, with_return=True)


@require_safe
@needs(Right.ANSWER_REPORTS)
def inbox(request: DeskRequest) -> HttpResponse:
    form = InboxFilterForm(request.GET)
    page = Paginator(_received(request, form), ROWS).get_page(request.GET.get("page"))
    _record_page(request, page, form)
    context = {
        "page": page,
        "form": form,
        "total": page.paginator.count,
        "active": any(form.cleaned_data.values()),
    }
    return render(request, "detect/reports/inbox.html", context)


@require_safe
@needs(Right.ANSWER_REPORTS)
@recently_proved
def inbox_export(request: DeskRequest) -> HttpResponseBase:
    # The clocks are the département's: the parquet's export has none.
    found = _received(request, InboxFilterForm(request.GET))
    return _csv(request, found, right=Right.ANSWER_REPORTS, with_return=False)


def _asked(form: forms.Form) -> dict[str, object]:
    """What the filters say; one that says nothing known is left out."""
    form.is_valid()
    return form.cleaned_data


def _filtered(request: DeskRequest, form: FilterForm) -> ReportQuerySet:
    asked = _asked(form)
    reports = listed_reports(authorities_of(request.user)).prefetch_related("outcomes")
    if asked.get("status"):
        reports = reports.filter(status=asked["status"])
    if asked.get("urgent"):
        reports = reports.filter(urgent=True)
    if asked.get("unanswered"):
        reports = unanswered(reports, now=now())
    # Drafts first: nobody has been told yet.
    return reports.order_by(F("sent_at").desc(nulls_first=True), "-drafted_at", "-pk")


def _received(request: DeskRequest, form: InboxFilterForm) -> ReportQuerySet:
    asked = _asked(form)
    reports = reports_for_parquet(agent=request.user).prefetch_related("outcomes")
    if not asked.get("status"):
        reports = reports.awaiting_return()
    elif asked["status"] != "all":
        reports = reports.filter(status=asked["status"])
    if asked.get("urgent"):
        reports = reports.filter(urgent=True)
    return reports.order_by("-urgent", "sent_at", "pk")


def _rows(reports: Iterable[Report]) -> list[Row]:
    shown = list(reports)
    clocks = return_clocks(shown)
    today = now()
    return [
        Row(report, clock, late=clock is not None and clock.is_late(now=today))
        for report in shown
        for clock in (clocks.get(report.ref),)
    ]


def _tabs(request: DeskRequest) -> list[Tab]:
    asked = request.GET.urlencode()
    saved = (
        ("Tous", ""),
        ("À adresser", "status=draft"),
        ("Sans retour à temps", "unanswered=on"),
        ("Suites connues", "status=informed_back"),
    )
    return [Tab(label, f"?{query}", current=query == asked) for label, query in saved]


_COLUMNS = (
    Column("Numéro", "reports.Report.number"),
    Column("État", "reports.Report.status"),
    Column("Urgent", "reports.Report.urgent"),
    Column("Commune", "reports.Report.commune", reduced=True),
    Column("Tribunal judiciaire", "reports.Report.court", reduced=True),
    Column("Tribunal pour enfants", "reports.Report.tpe_court", reduced=True),
    Column("Adressé le", "reports.Report.sent_at"),
    Column("Suites", "reports.ReportOutcome.kind", reduced=True),
)
_RETURN = Column("Retour attendu le", "deadlines.Clock.due_on")


def _csv(
    request: DeskRequest, found: ReportQuerySet, *, right: Right, with_return: bool
) -> HttpResponseBase:
    """A spreadsheet without a name."""
    listed = Shown()
    response = export_csv(
        filename=f"signalements-{localdate():%Y-%m-%d}.csv",
        right=right,
        columns=(*_COLUMNS, _RETURN) if with_return else _COLUMNS,
        rows=_lines(found, listed, with_return=with_return),
        on=localdate(),
    )
    record(
        agent=request.user, deed="report.export", outcome=Outcome.READ, detail={"rows": listed.rows}
    )
    return response


def _lines(found: ReportQuerySet, listed: Shown, *, with_return: bool) -> Iterator[list[str]]:
    for batch in in_batches(found):
        clocks = return_clocks(batch) if with_return else {}
        for report in listed.noting(batch):
            cells = _cells(report)
            if with_return:
                clock = clocks.get(report.ref)
                cells.append(f"{clock.due_on:%d/%m/%Y}" if clock else "")
            yield cells


def _cells(report: Report) -> list[str]:
    return [
        report.number,
        str(report.get_status_display()),
        "oui" if report.urgent else "non",
        report.commune.name,
        report.court.name,
        report.tpe_court.name,
        f"{localdate(report.sent_at):%d/%m/%Y}" if report.sent_at else "",
        ", ".join(str(outcome) for outcome in report.outcomes.all()),
    ]
