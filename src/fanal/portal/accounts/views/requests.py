"""What two people must want: one has asked, another answers here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.portal.accounts.links import hand_over_link
from fanal.portal.accounts.queries import requests_to_answer
from fanal.portal.accounts.use_cases.answering import confirm_request, decline_request

# An administrator, or who answers in law for the data: the reading says which of the two.
ANSWER = (Right.MANAGE_AGENTS, Right.REVIEW_ACCESS)


@require_safe
@needs(*ANSWER)
def waiting(request: DeskRequest) -> HttpResponse:
    context = {"requests": requests_to_answer(request.user, now=now())}
    return render(request, "portal/accounts/requests.html", context)


@require_POST
@needs(*ANSWER)
@recently_proved
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        if request.POST.get("answer") == "confirm":
            asked, token = confirm_request(agent=request.user, ref=ref, now=now())
            messages.success(request, "C’est confirmé.")
            if token:
                hand_over_link(request, asked.agent, token)
        else:
            decline_request(agent=request.user, ref=ref, now=now())
            messages.success(request, "La demande est refusée.")
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("accounts:requests")
