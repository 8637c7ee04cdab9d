from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import Shown, record, record_list
from fanal.ground.errors import NotVisible
from fanal.ground.privacy.exports import Column, export_csv, in_batches
from fanal.ground.shell.pieces import Crumb
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.forms import AuthorityForm, MineForm
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import (
    idle_since,
    my_situations,
    possible_referents,
    situations_of,
    supervised_by,
)
from fanal.protect.situations.queries.accountable import standing_in_for
from fanal.protect.situations.queries.load import IDLE_DAYS
from fanal.protect.situations.terms import Status
from fanal.protect.situations.views.cards import cards

PER_PAGE = 24


@require_safe
@needs(Right.FOLLOW_SITUATIONS)
def mine(request: DeskRequest) -> HttpResponse:
    moment = now()
    form = MineForm(request.GET)
    shown = form.cleaned_data["shown"] if form.is_valid() else ""
    found = _narrowed(request, my_situations(request.user, now=moment), shown)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="situation.list",
        rows=page,
        filters={"shown": shown},
        page=page.number,
    )
    context = {
        "page": page,
        "cards": cards(page, agent=request.user, now=moment),
        "form": form,
        "active": bool(shown),
        "replacing": standing_in_for(request.user, day=localtime(moment).date()),
    }
    return render(request, "protect/situations/mine.html", context)


def _narrowed(request: DeskRequest, found: QuerySet[Any], shown: str) -> QuerySet[Any]:
    if shown == "to_take_up":
        return found.filter(status=Status.OPEN)
    if shown == "closing":
        return found.filter(status=Status.CLOSING)
    if shown == "late":
        return found.filter(next_due_at__lte=now())
    if shown == "stand_in":
        return found.exclude(referent=request.user)
    return found


@require_safe
@needs(Right.MANAGE_SITUATIONS)
def authority(request: DeskRequest) -> HttpResponse:
    moment = now()
    here = supervised(request)
    form, found = _asked(request, here)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="situation.list",
        rows=page,
        filters=form.cleaned_data if form.is_valid() else {},
        page=page.number,
    )
    context = {
        "authority": here,
        "page": page,
        "cards": cards(page, agent=request.user, now=moment),
        "form": form,
        "active": any(form.cleaned_data.values()) if form.is_valid() else False,
        "crumbs": [Crumb("Équipe", "../equipe/"), Crumb("Situations")],
    }
    return render(request, "protect/situations/authority.html", context)


EXPORT = (
    Column("Numéro", "situations.Situation.ref"),
    Column("Initiales", "people.Minor.given_names", reduced=True),
    Column("Âge", "people.Minor.birth_date", reduced=True),
    Column("État", "situations.Situation.status"),
    Column("Référent", "agents.Agent.name"),
    Column("Échéance", "deadlines.Clock.due_on"),
    Column("Objet", "deadlines.Clock.rule"),
)


@require_safe
@needs(Right.MANAGE_SITUATIONS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """The list for a spreadsheet: initials, states and clocks, neither names nor texts."""
    here = supervised(request)
    _, found = _asked(request, here)
    listed = Shown()
    response = export_csv(
        filename="situations.csv",
        right=Right.MANAGE_SITUATIONS,
        columns=EXPORT,
        rows=_lines(request, found, listed),
        on=local_day(here, now()),
    )
    record(
        agent=request.user,
        deed="situation.export",
        outcome=Outcome.READ,
        detail={"authority": here.code, "count": listed.rows},
    )
    return response


def _lines(
    request: DeskRequest, found: QuerySet[Situation], listed: Shown
) -> Iterator[tuple[str, ...]]:
    moment = now()
    for batch in in_batches(found):
        for card in cards(listed.noting(batch), agent=request.user, now=moment):
            yield (
                card.situation.number,
                card.minor.initials,
                card.age,
                card.situation.get_status_display(),
                card.situation.referent.name,
                f"{card.clock.due_on:%d/%m/%Y}" if card.clock else "",
                card.clock.label if card.clock else "",
            )


def _asked(
    request: DeskRequest, here: ChildWelfareAuthority
) -> tuple[AuthorityForm, QuerySet[Situation]]:
    people = possible_referents(here, on=local_day(here, now()))
    form = AuthorityForm(request.GET, people=people)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if asked.get("idle"):
        return form, idle_since(here, days=IDLE_DAYS, now=now())
    return form, situations_of(here, status=asked.get("status", ""), referent=asked.get("referent"))


def supervised(request: DeskRequest) -> ChildWelfareAuthority:
    """The authority that the supervisor looks at: theirs, or the one that they name."""
    theirs = supervised_by(request.user, now=now())
    wanted = request.GET.get("autorite", "")
    for one in theirs:
        if wanted in ("", one.code):
            return one
    raise NotVisible
