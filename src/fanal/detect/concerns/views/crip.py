"""The CRIP's list, and one concern with everything that helps to decide on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from fanal.detect.concerns.forms.crip import ListForm, QualifyForm
from fanal.detect.concerns.lists import concerns_in_order, concerns_shown
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.queries import read_concern
from fanal.detect.concerns.terms import Qualification, Status
from fanal.detect.concerns.use_cases import (
    dismiss_concern,
    evaluate_concern,
    join_concern,
    open_concern,
)
from fanal.detect.concerns.views.beside import concern_context
from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent, SavedFilter
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import Shown, record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.exports import BATCH, Column, export_csv
from fanal.ground.shell.menu import address
from fanal.ground.shell.pieces import Tab
from fanal.ground.shell.searches import (
    address_without_words,
    asked_with_words,
    without_words,
)
from fanal.ground.shell.words import count_fr
from fanal.ground.territory.queries import local_day

PER_PAGE = 25
SCREEN = "concerns:list"


@dataclass(frozen=True, slots=True)
class Row:
    concern: Concern
    age: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.READ_CONCERNS)
def concerns(request: DeskRequest) -> HttpResponse:
    """The filters are posted, for a name may be among them; the address holds none."""
    if request.method == "POST":
        return redirect(address_without_words(request))
    form = ListForm(asked_with_words(request))
    filters = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", "")
    moment = now()
    found = concerns_shown(filters, now=moment, sort=sort)
    keys = found.values_list("pk", flat=True)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    asked = kept.urlencode()
    listed = concerns_in_order(page.object_list)
    record_list(
        agent=request.user, deed="concern.list", rows=listed, filters=filters, page=page.number
    )
    context = {
        "form": form,
        "page": page,
        "rows": [
            Row(one, one.case_file.minor.age_in_words(local_day(one.authority, moment)))
            for one in listed
        ],
        "sort": sort,
        "active": any(filters.values()),
        "total": count_fr(page.paginator.count, "information"),
        "saved": _saved(request.user, without_words(asked)),
        "save_href": _keep(without_words(asked)) if any(filters.values()) else "",
        "asked": asked,
        "may_export": holds(request.user, Right.QUALIFY_CONCERNS),
    }
    return render(request, "detect/concerns/crip/list.html", context)


def _saved(agent: Agent, asked: str) -> list[Tab]:
    kept = SavedFilter.objects.filter(agent=agent, screen=SCREEN)
    return [Tab(one.name, f"?{one.query}", current=one.query == asked) for one in kept]


def _keep(asked: str) -> str:
    """Where these filters are given a name, when this installation has that screen."""
    href = address("desks:save_filter")
    return href and f"{href}?{urlencode({'screen': SCREEN, 'query': asked})}"


EXPORT = (
    Column("Numéro", "concerns.Concern.receipt"),
    Column("Reçue le", "concerns.Concern.received_at"),
    Column("Initiales", "people.Minor.given_names", reduced=True),
    Column("Commune", "concerns.Concern.commune", reduced=True),
    Column("État", "concerns.Concern.status"),
    Column("Objectif", "concerns.Concern.target_due_at"),
    Column("Légal", "concerns.Concern.evaluation_due"),
)


@require_safe
@needs(Right.QUALIFY_CONCERNS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as a table for a spreadsheet: initials and clocks, neither names nor facts."""
    form = ListForm(asked_with_words(request))
    filters = form.cleaned_data if form.is_valid() else {}
    found = concerns_shown(filters, now=now(), sort=request.GET.get("sort", ""))
    listed = Shown()
    response = export_csv(
        filename="informations.csv",
        right=Right.QUALIFY_CONCERNS,
        columns=EXPORT,
        rows=map(_line, listed.noting(found.iterator(BATCH))),
        on=localtime().date(),
    )
    record_list(agent=request.user, deed="concern.export", rows=listed, filters=filters)
    return response


def _line(one: Concern) -> tuple[str, ...]:
    return (
        one.receipt,
        f"{localtime(one.received_at):%d/%m/%Y}",
        one.case_file.minor.initials,
        one.commune.name,
        one.get_status_display(),
        f"{localtime(one.target_due_at):%d/%m/%Y}",
        f"{one.evaluation_due:%d/%m/%Y}",
    )


@require_safe
@vary_on_headers("HX-Request")
@needs(Right.READ_CONCERNS)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    """The whole on its own page; asked for by a list, the essential as a preview beside it."""
    concern = read_concern(agent=request.user, ref=ref)
    if _opens(request.user, concern):
        open_concern(agent=request.user, ref=ref, now=now())
        concern.refresh_from_db()
    context = concern_context(request.user, concern)
    if not request.headers.get("HX-Request"):
        return render(request, "detect/concerns/crip/show.html", context)
    context["back"] = _list_behind(request)
    return render(request, "detect/concerns/crip/preview.html", context)


def _list_behind(request: DeskRequest) -> str:
    """The list as it stands behind the preview; of another page, only its filters are kept."""
    query = urlsplit(request.headers.get("HX-Current-URL", "")).query
    return f"{reverse(SCREEN)}?{query}" if query else reverse(SCREEN)


def _opens(agent: Agent, concern: Concern) -> bool:
    """Whoever answers for the authority opens it; an evaluator comes after them."""
    if holds(agent, Right.QUALIFY_CONCERNS):
        return concern.opened_at is None or concern.status == Status.RECEIVED
    return concern.opened_at is None and not holds(agent, Right.EVALUATE_CONCERNS)


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def qualify(request: DeskRequest, ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    if request.method == "GET" and (concern.proposed or not concern.awaits_qualification):
        return redirect("concerns:show", ref)
    context = concern_context(request.user, concern, "Qualifier")
    form = QualifyForm(
        request.POST or None,
        concern=concern,
        evaluators=agents_of(
            concern.authority,
            Role.EVALUATOR,
            Role.SUPERVISOR,
            on=local_day(concern.authority, now()),
        ),
        possible=[one.match for one in context["possible"]],
    )
    if form.is_valid():
        try:
            done = _qualify(request.user, ref, form.cleaned_data)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("concerns:show", ref)
    return render(request, "detect/concerns/crip/qualify.html", context | {"form": form})


def _qualify(agent: Agent, ref: UUID, chosen: dict[str, Any]) -> str:
    """Do what was decided, and say what it opened."""
    moment, reason = now(), chosen["reason"]
    match chosen["decision"]:
        case Qualification.EVALUATE:
            evaluator = chosen["evaluator"]
            evaluate_concern(agent=agent, ref=ref, evaluator=evaluator, reason=reason, now=moment)
            return f"L'évaluation est ouverte et confiée à {evaluator.name}."
        case Qualification.JOIN:
            join_concern(
                agent=agent,
                ref=ref,
                case_file_ref=UUID(chosen["case_file"]),
                reason=reason,
                now=moment,
            )
            return "L'information est jointe au dossier déjà ouvert."
    concern = dismiss_concern(agent=agent, ref=ref, reason=reason, now=moment)
    if concern.proposed:
        return "La proposition attend une seconde signature."
    return "La décision est enregistrée."
