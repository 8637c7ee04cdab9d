from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible
from fanal.ground.shell.pieces import Crumb
from fanal.portal.rights.queries import answers_for, file_of, has_letter, read_request
from fanal.portal.rights.terms import Kind, Status


@require_safe
@needs(Right.ANSWER_RIGHTS, Right.FOLLOW_SITUATIONS)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    asked = read_request(agent=request.user, ref=ref)
    answers = asked.authority in answers_for(request.user)
    ready = asked.status in (Status.IDENTIFIED, Status.PREPARED)
    prepares = ready and holds(request.user, Right.FOLLOW_SITUATIONS) and file_of(asked) is not None
    home = "rights:list" if answers else "rights:to_prepare"
    context = {
        "asked": asked,
        "steps": asked.steps.select_related("agent"),
        "corrections": asked.corrections.all(),
        "answers": answers,
        "answered": has_letter(asked),
        "prepares": prepares,
        "corrects": prepares and asked.kind == Kind.RECTIFICATION,
        "today": localdate(),
        "crumbs": [Crumb("Droits des personnes", reverse(home)), Crumb("Demande")],
    }
    return render(request, "portal/rights/show.html", context)


@require_safe
@needs(Right.ANSWER_RIGHTS)
@recently_proved
def letter(request: DeskRequest, ref: UUID) -> HttpResponse:
    asked = read_request(agent=request.user, ref=ref)
    if asked.authority not in answers_for(request.user) or not asked.letter:
        raise NotVisible
    response = HttpResponse(bytes(asked.letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="reponse-{str(ref)[:8]}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
