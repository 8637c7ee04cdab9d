"""The desk of whoever listens: who waits and why, one conversation, what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.engines.triage.queueing import Place
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.agents.sessions import REF
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats import queries, use_cases
from fanal.helpline.chats.forms import MoveForm, SayForm
from fanal.helpline.chats.live.listeners import token_for
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import State

TYPED = "Votre message"


@require_safe
@needs(Right.LISTEN)
def desk(request: DeskRequest) -> HttpResponse:
    use_cases.be_present(agent=request.user, now=now())
    return render(request, "helpline/chats/desk.html", _desk(request))


@require_safe
@needs(Right.LISTEN)
def queue(request: DeskRequest) -> HttpResponse:
    """The first pane alone, when the queue moved."""
    return render(request, "helpline/chats/queue.html", _queue(request))


@require_safe
@needs(Right.LISTEN)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _show(request, ref, SayForm(label=TYPED))


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    """With script the answer is short: what was said comes by the stream."""
    if request.method == "GET":
        queries.read_conversation(agent=request.user, ref=ref)
        return redirect("chats:show", ref)
    form = SayForm(request.POST, label=TYPED)
    if not form.is_valid():
        return _show(request, ref, form)
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
        return _show(request, ref, form)
    if "short" in request.POST:
        return HttpResponse(status=204)
    return redirect("chats:show", ref)


def _act(use_case: Callable[..., Conversation], *, stay: bool) -> Callable[..., HttpResponse]:
    def act(request: DeskRequest, ref: UUID) -> HttpResponse:
        try:
            use_case(agent=request.user, ref=ref, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("chats:desk")
        return redirect("chats:show", ref) if stay else redirect("chats:desk")

    act.__name__ = act.__qualname__ = use_case.__name__
    return require_POST(needs(Right.LISTEN)(act))


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def move(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Somebody who waits goes up or down, for a reason that the queue shows."""
    if request.method == "GET":
        queries.read_conversation(agent=request.user, ref=ref)
        return redirect("chats:show", ref)
    form = MoveForm(request.POST, places=_others(ref))
    if not form.is_valid():
        return _show(request, ref, SayForm(label=TYPED), moving=form)
    try:
        use_cases.move_waiting(agent=request.user, ref=ref, wanted=form.wanted, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, ref, SayForm(label=TYPED), moving=form)
    return redirect("chats:show", ref)


take = _act(use_cases.take_conversation, stay=True)
end = _act(use_cases.end_conversation, stay=False)
give_back = _act(use_cases.give_back, stay=False)
raise_hand = _act(use_cases.raise_hand, stay=True)


def _others(ref: UUID) -> list[Place[Conversation]]:
    """Next to whom somebody who waits may be put."""
    moment = now()
    waiting = queries.open_conversations().filter(state=State.WAITING)
    return [
        place
        for place in queries.in_their_order(list(waiting), now=moment)
        if place.who.ref != ref and queries.is_movable(place.who, now=moment)
    ]


def _show(
    request: DeskRequest, ref: UUID, form: SayForm, *, moving: MoveForm | None = None
) -> HttpResponse:
    talk = queries.read_conversation(agent=request.user, ref=ref)
    use_cases.be_present(agent=request.user, now=now())
    heard = list(talk.messages.all())
    context = _desk(request) | {
        "talk": talk,
        "heard": heard,
        "last": heard[-1].number if heard else 0,
        "is_mine": talk.listener_id == request.user.pk and talk.state == State.ACTIVE,
        "waits": talk.state == State.WAITING,
        "reasons": queries.reasons_of(talk),
        "forced": queries.forced(talk),
        "form": form,
        "moving": moving or _moving(talk),
        "sent": uuid4(),
    }
    return render(request, "helpline/chats/desk.html", context)


def _moving(talk: Conversation) -> MoveForm | None:
    if talk.state != State.WAITING or not queries.is_movable(talk, now=now()):
        return None
    others = _others(talk.ref)
    return MoveForm(places=others, auto_id="move_%s") if others else None


def _desk(request: DeskRequest) -> dict[str, Any]:
    session = str(request.session.get(REF, ""))
    return _queue(request) | {"token": token_for(agent=request.user.pk, session=session)}


def _queue(request: DeskRequest) -> dict[str, Any]:
    moment = now()
    talks = list(queries.open_conversations())
    waiting = [one for one in talks if one.state == State.WAITING]
    mine = [one for one in talks if one.listener_id == request.user.pk]
    hands = [one for one in talks if one.hand_raised_at and one not in mine]
    record_list(agent=request.user, deed="chat.queue", rows=talks)
    return {
        "places": queries.in_their_order(waiting, now=moment),
        "mine": mine,
        "hands": hands,
        "now": moment,
    }
