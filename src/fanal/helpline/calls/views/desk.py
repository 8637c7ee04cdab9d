"""The phone of whoever listens: one page, big buttons, who waits, who is on call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.blocks.queries import named
from fanal.helpline.blocks.terms import Handle
from fanal.helpline.calls import queries, use_cases
from fanal.helpline.calls.lines import NullLine, line
from fanal.helpline.shifts.queries import helpline_of, my_standing, on_call_at


@require_safe
@needs(Right.LISTEN)
def desk(request: DeskRequest) -> HttpResponse:
    helpline = helpline_of(request.user)
    moment = now()
    context = _queue(request) | {
        "line_open": queries.my_line_is_open(request.user),
        "standing": my_standing(request.user, now=moment),
        "on_call": on_call_at(helpline, now=moment),
        "backs": [
            (one, one.is_safe(moment), one.is_late(moment)) for one in queries.call_backs(helpline)
        ],
        "may_ring": may_ring(),
    }
    return render(request, "helpline/calls/desk.html", context)


@require_safe
@needs(Right.LISTEN)
def queue(request: DeskRequest) -> HttpResponse:
    """Who waits and one's own call, alone."""
    return render(request, "helpline/calls/queue.html", _queue(request))


@require_POST
@needs(Right.LISTEN)
def my_line(request: DeskRequest) -> HttpResponse:
    """Open or closed: as it is asked, not turned over."""
    wanted = request.POST.get("state", "")
    if wanted == "open":
        _try(request, lambda: use_cases.open_line(agent=request.user, now=now()))
    elif wanted == "closed":
        _try(request, lambda: use_cases.close_line(agent=request.user, now=now()))
    return redirect("calls:desk")


@require_POST
@needs(Right.LISTEN)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    _try(request, lambda: use_cases.answer_call(agent=request.user, ref=ref, now=now()))
    return redirect("calls:desk")


@require_POST
@needs(Right.LISTEN)
def end(request: DeskRequest, ref: UUID) -> HttpResponse:
    treated = request.POST.get("treated") == "yes"
    _try(
        request,
        lambda: use_cases.end_call(agent=request.user, ref=ref, treated=treated, now=now()),
    )
    return redirect("calls:desk")


@require_POST
@needs(Right.LISTEN)
def ring(request: DeskRequest) -> HttpResponse:
    """In the demonstration, the telephone rings when one asks."""
    chosen = line()
    if not may_ring() or not isinstance(chosen, NullLine):
        raise Http404
    chosen.ring(helpline_of(request.user), now=now())
    return redirect("calls:desk")


def may_ring() -> bool:
    return not settings.FANAL_SERVICE and isinstance(line(), NullLine)


def _try(request: DeskRequest, deed: Callable[[], object]) -> None:
    try:
        deed()
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)


def _queue(request: DeskRequest) -> dict[str, Any]:
    moment = now()
    state = queries.queue_state(helpline_of(request.user), now=moment)
    record_list(agent=request.user, deed="call.queue", rows=[*state.waiting, *state.led])
    mine = queries.my_call(request.user)
    return {
        "state": state,
        "mine": mine,
        "again": queries.called_before(mine) if mine else False,
        "held": named(Handle.NUMBER, bytes(mine.caller).hex()) if mine and mine.caller else "",
        "now": moment,
    }
