"""Hours of particular days, for who coordinates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.helpline.chats import hours, queries, use_cases
from fanal.helpline.chats.forms import HoursForm


@require_http_methods(["GET", "POST"])
@needs(Right.COORDINATE)
def days(request: DeskRequest) -> HttpResponse:
    form = HoursForm(request.POST or None)
    if form.is_valid():
        use_cases.set_hours(agent=request.user, **form.wanted, now=now())
        messages.success(request, "Les horaires de ce jour sont enregistrés.")
        return redirect("chats:days")
    coming = list(queries.days_to_come(now=now()))
    record_list(agent=request.user, deed="hours.list", rows=coming)
    context = {"days": coming, "form": form, "said": hours.said(now())}
    return render(request, "helpline/chats/days.html", context)


@require_POST
@needs(Right.COORDINATE)
def withdraw(request: DeskRequest, ref: UUID) -> HttpResponse:
    use_cases.withdraw_hours(agent=request.user, ref=ref, now=now())
    messages.success(request, "Les horaires habituels s’appliquent à nouveau ce jour-là.")
    return redirect("chats:days")
