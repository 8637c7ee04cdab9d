"""The desk of whoever listens: who waits and why, one conversation, what may be done with it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats import queries, use_cases
from fanal.helpline.chats.forms import MoveForm, SayForm
from fanal.helpline.chats.views.panes import (
    TYPED,
    act,
    desk_panes,
    others_than,
    queue_pane,
    show_talk,
)


@require_safe
@needs(Right.LISTEN)
def desk(request: DeskRequest) -> HttpResponse:
    use_cases.be_present(agent=request.user, now=now())
    return render(request, "helpline/chats/desk.html", desk_panes(request))


@require_safe
@needs(Right.LISTEN)
def queue(request: DeskRequest) -> HttpResponse:
    """The first pane alone, when the queue moved."""
    return render(request, "helpline/chats/queue.html", queue_pane(request))


@require_safe
@needs(Right.LISTEN)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    return show_talk(request, ref)


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    """With script the answer is short: what was said comes by the stream."""
    if request.method == "GET":
        queries.read_conversation(agent=request.user, ref=ref)
        return redirect("chats:show", ref)
    form = SayForm(request.POST, label=TYPED)
    if not form.is_valid():
        return show_talk(request, ref, form=form)
    try:
        sent = UUID(request.POST.get("sent", ""))
    except ValueError:
        sent = uuid4()
    try:
        use_cases.answer(
            agent=request.user, ref=ref, text=form.cleaned_data["text"], key=sent, now=now()
        )
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return show_talk(request, ref, form=form)
    if "short" in request.POST:
        return HttpResponse(status=204)
    return redirect("chats:show", ref)


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def move(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Somebody who waits goes up or down, for a reason that the queue shows."""
    if request.method == "GET":
        queries.read_conversation(agent=request.user, ref=ref)
        return redirect("chats:show", ref)
    form = MoveForm(request.POST, places=others_than(ref), auto_id="move_%s")
    if not form.is_valid():
        return show_talk(request, ref, moving=form)
    try:
        use_cases.move_waiting(agent=request.user, ref=ref, wanted=form.wanted, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return show_talk(request, ref, moving=form)
    return redirect("chats:show", ref)


take = act(use_cases.take_conversation, stay=True)
end = act(use_cases.end_conversation, stay=False)
give_back = act(use_cases.give_back, stay=False)
raise_hand = act(use_cases.raise_hand, stay=True)
