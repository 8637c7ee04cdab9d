"""Calls to give back: a safe hour, a reason; the number is shown to who is about to dial it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.calls import queries, use_cases
from fanal.helpline.calls.forms import CallBackForm
from fanal.helpline.calls.terms import BackState
from fanal.helpline.shifts.queries import helpline_of
from fanal.helpline.shifts.weeks import HERE


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def plan(request: DeskRequest) -> HttpResponse:
    helpline_of(request.user)
    form = CallBackForm(request.POST or None, initial={"day": now().astimezone(HERE).date()})
    if form.is_valid():
        try:
            use_cases.plan_call_back(agent=request.user, wish=form.wish, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Le rappel est noté.")
            return redirect("calls:desk")
    return render(request, "helpline/calls/plan.html", {"form": form})


@require_safe
@needs(Right.LISTEN)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    back = queries.read_call_back(agent=request.user, ref=ref)
    moment = now()
    context = {
        "back": back,
        "is_safe": back.is_safe(moment),
        "is_late": back.is_late(moment),
        "to_do": back.state == BackState.TO_DO,
    }
    return render(request, "helpline/calls/back.html", context)


@require_POST
@needs(Right.LISTEN)
def dial(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        use_cases.dial(agent=request.user, ref=ref, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "L’appel est noté : demandez d’abord si la personne est seule.")
    return redirect("calls:back", ref)


@require_POST
@needs(Right.LISTEN)
def finish(request: DeskRequest, ref: UUID) -> HttpResponse:
    reached = request.POST.get("reached") == "yes"
    try:
        use_cases.finish_call_back(agent=request.user, ref=ref, reached=reached, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "C’est fini : le numéro est effacé.")
    return redirect("calls:desk")
