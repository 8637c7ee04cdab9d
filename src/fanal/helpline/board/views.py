"""The live board: the whole page, what changes each ten seconds, and the next hours."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.agents.sessions import REF
from fanal.ground.audit.use_cases import record_list
from fanal.helpline.board import queries
from fanal.helpline.board.terms import Channel
from fanal.helpline.chats.live.listeners import token_for
from fanal.helpline.shifts.queries import helpline_of


@require_safe
@needs(Right.COORDINATE)
def live(request: DeskRequest) -> HttpResponse:
    session = str(request.session.get(REF, ""))
    context = _now(request) | _ahead(request)
    context["token"] = token_for(agent=request.user.pk, session=session)
    return render(request, "helpline/board/live.html", context)


@require_safe
@needs(Right.COORDINATE)
def instant(request: DeskRequest) -> HttpResponse:
    return render(request, "helpline/board/now.html", _now(request))


@require_safe
@needs(Right.COORDINATE)
def forecast(request: DeskRequest) -> HttpResponse:
    return render(request, "helpline/board/forecast.html", _ahead(request))


def _now(request: DeskRequest) -> dict[str, Any]:
    moment = now()
    found = queries.live(helpline_of(request.user), now=moment)
    shown = [place.who for place in found.waiting]
    record_list(agent=request.user, deed="board.look", rows=[*shown, *found.hands])
    return {"live": found, "now": moment}


def _ahead(request: DeskRequest) -> dict[str, Any]:
    helpline = helpline_of(request.user)
    return {
        "outlooks": [queries.outlook(helpline, channel, now=now()) for channel in Channel],
    }
