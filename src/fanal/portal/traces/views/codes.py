"""The code that the référent gives, and the page that it opens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.access.contents import doors_of, name_of
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.ground.shell.visitors import for_visitors, form_token, has_token
from fanal.portal.traces.forms import CodeForm
from fanal.portal.traces.models import AccessCode
from fanal.portal.traces.queries import read_case_file
from fanal.portal.traces.use_cases import LASTS, give_code, open_by_code, revoke_code

TOO_OLD = "Cette page est restée ouverte trop longtemps. Écris ton code de nouveau."


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def give(request: DeskRequest, ref: UUID) -> HttpResponse:
    """The code is in the answer to the gesture that made it, and nowhere after."""
    case_file = read_case_file(ref)
    code = ""
    if request.method == "POST":
        code = give_code(agent=request.user, case_file=case_file, now=now())
        if "print" in request.POST:
            openings = open_by_code(typed=code, address="desk", now=now())
            context = {"openings": openings, "printed": True, "now": now()}
            return render(request, "portal/traces/opened.html", context)
    codes = AccessCode.objects.filter(case_file=case_file).select_related("given_by")[:20]
    context = {
        "case_file": case_file,
        "about": name_of(case_file),
        "crumbs": [*doors_of(request.user, case_file)[:1], Crumb("Montrer au jeune")],
        "code": code,
        "codes": codes,
        "days": LASTS.days,
        "now": now(),
    }
    return render(request, "portal/traces/give.html", context)


@require_POST
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def revoke(request: DeskRequest, ref: UUID) -> HttpResponse:
    code = revoke_code(agent=request.user, ref=ref, now=now())
    messages.success(request, "Ce code n’ouvre plus rien.")
    return redirect("traces:give", code.case_file.ref)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """No page but ours sends a code: elsewhere, attempts would be used up in somebody's name."""
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "token": form_token()}
    if request.method == "POST" and not has_token(request):
        context["refusal"] = TOO_OLD
    elif form.is_valid():
        try:
            # An attempt counts whatever its answer: nothing of it is rolled back.
            openings = open_by_code(
                typed=form.cleaned_data["code"],
                address=request.META.get("REMOTE_ADDR", ""),
                now=now(),
            )
        except Refusal as refusal:
            form.add_error("code", refusal.message)
        else:
            shown = {"openings": openings, "printed": False, "now": now()}
            return render(request, "portal/traces/opened.html", shown)
    return render(request, "portal/traces/code.html", context)
