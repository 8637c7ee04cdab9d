"""Who asked to talk, and who may need to: for who coordinates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import Refusal
from fanal.helpline.shifts import queries, use_cases
from fanal.helpline.shifts.forms import SlotForm
from fanal.helpline.shifts.views.mine import back
from fanal.helpline.shifts.weeks import HERE


@require_POST
@needs(Right.LISTEN)
def ask(request: DeskRequest) -> HttpResponse:
    try:
        use_cases.ask_debrief(agent=request.user, now=now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Votre demande est vue par votre coordinateur.")
    return back(request)


@require_safe
@needs(Right.COORDINATE)
def listing(request: DeskRequest) -> HttpResponse:
    helpline = queries.helpline_of(request.user)
    asked = list(queries.debriefs_to_give(helpline))
    record_list(agent=request.user, deed="debrief.list", rows=asked)
    there = queries.who_is_there(helpline, now=now())
    known = {one.presence.agent_id for one in asked}
    context = {
        "asked": asked,
        "may_need": [one for one in there if one.may_need_a_debrief and one.agent.pk not in known],
    }
    return render(request, "helpline/shifts/debriefs.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.COORDINATE)
def slot(request: DeskRequest, ref: UUID) -> HttpResponse:
    debrief = queries.read_debrief(ref=ref)
    first = {"day": now().astimezone(HERE).date()}
    form = SlotForm(request.POST or None, initial=first)
    if form.is_valid():
        use_cases.give_slot(agent=request.user, ref=ref, at=form.at, now=now())
        messages.success(request, "L’heure est proposée.")
        return redirect("shifts:debriefs")
    return render(request, "helpline/shifts/slot.html", {"debrief": debrief, "form": form})


@require_POST
@needs(Right.COORDINATE)
def done(request: DeskRequest, ref: UUID) -> HttpResponse:
    use_cases.close_debrief(agent=request.user, ref=ref, now=now())
    messages.success(request, "C’est noté comme fait.")
    return redirect("shifts:debriefs")
