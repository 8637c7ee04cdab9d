"""A child is in danger, and the file is closed: it opens for some hours, never in silence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.access.contents import find_behind_glass
from fanal.ground.access.forms import BreakGlassForm
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.models import BreakGlass
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.access.use_cases import break_glass
from fanal.ground.access.use_cases.glass import NothingToOpen
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal


@require_http_methods(["GET", "POST"])
@needs(Right.BREAK_GLASS)
@recently_proved
def enter(request: DeskRequest) -> HttpResponse:
    form = BreakGlassForm(request.POST or None)
    if form.is_valid():
        try:
            opened = _open(request, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request,
                f"Le dossier vous est ouvert jusqu’à {opened[0].ends_at:%H h %M} (UTC). Le "
                "responsable de traitement et l’encadrement sont prévenus.",
            )
            return redirect("access:show", opened[0].file_ref)
    return render(request, "ground/access/glass.html", {"form": form})


def _open(request: DeskRequest, typed: dict[str, Any]) -> list[BreakGlass]:
    """Every file of that child that an emergency opens; what finds nothing leaves a trace too."""
    refs = find_behind_glass(typed["given_names"], typed["family_name"], typed["birth_date"])
    if not refs:
        record(agent=request.user, deed="access.break_glass", outcome=Outcome.REFUSED)
        raise NothingToOpen
    try:
        return [
            break_glass(
                agent=request.user,
                ref=ref,
                reason=typed["reason"],
                danger=typed["danger"],
                hours=typed["hours"],
                now=now(),
            )
            for ref in refs
        ]
    except NotVisible as refusal:
        raise NothingToOpen from refusal
