"""A conversation passes to a colleague who accepts; a coordinator reads along, and it is said."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats import queries, use_cases
from fanal.helpline.chats.views.panes import act, relay_form, show_talk


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def ask_relay(request: DeskRequest, ref: UUID) -> HttpResponse:
    """With a summary and the word of who writes; until it is accepted nothing changes hands."""
    if request.method == "GET":
        queries.read_conversation(agent=request.user, ref=ref)
        return redirect("chats:show", ref)
    form = relay_form(request.user, request.POST)
    if not form.is_valid():
        return show_talk(request, ref, relaying=form)
    try:
        use_cases.ask_transfer(agent=request.user, ref=ref, relay=form.relay, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("chats:show", ref)


accept_relay = act(use_cases.accept_transfer, stay=True)
decline_relay = act(use_cases.decline_transfer, stay=False)
withdraw_relay = act(use_cases.withdraw_transfer, stay=True)
read_along = act(use_cases.read_along, stay=True, right=Right.COORDINATE)
read_no_more = act(use_cases.read_no_more, stay=True, right=Right.COORDINATE)
