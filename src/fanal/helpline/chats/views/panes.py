"""What the three panes of the desk show: who waits, what is said, what is known."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from fanal.engines.triage.queueing import Place
from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.agents.sessions import REF
from fanal.ground.audit.use_cases import record_list
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.blocks.digests import of_code
from fanal.helpline.blocks.queries import named
from fanal.helpline.blocks.terms import Handle
from fanal.helpline.chats import queries, use_cases
from fanal.helpline.chats.alarms import alarms_for
from fanal.helpline.chats.forms import MoveForm, RelayForm, SayForm
from fanal.helpline.chats.live.listeners import token_for
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import State
from fanal.helpline.chats.ways import offered_ways, way_named

TYPED = "Votre message"


def show_talk(
    request: DeskRequest,
    ref: UUID,
    *,
    form: SayForm | None = None,
    moving: MoveForm | None = None,
    relaying: RelayForm | None = None,
) -> HttpResponse:
    """The desk with one conversation; a form that was refused comes back with what is wrong."""
    agent = request.user
    talk = queries.read_conversation(agent=agent, ref=ref)
    use_cases.be_present(agent=agent, now=now())
    heard = list(talk.messages.all())
    is_mine = talk.listener_id == agent.pk and talk.state == State.ACTIVE
    reads = queries.reads_along(agent, talk)
    context = desk_panes(request) | {
        "talk": talk,
        "heard": heard,
        "last": heard[-1].number if heard else 0,
        "is_mine": is_mine,
        "reads_along": reads,
        "hears": is_mine or reads,
        "may_read_along": may_read_along(agent, talk) and not reads,
        "waits": talk.state == State.WAITING,
        "reasons": queries.reasons_of(talk),
        "forced": queries.forced(talk),
        "form": form or SayForm(label=TYPED, initial={"text": _ready(request) if is_mine else ""}),
        "moving": moving or _moving(talk),
        "sent": uuid4(),
    }
    if is_mine:
        context["relay"] = queries.transfer_of(talk)
        context["relaying"] = relaying or relay_form(agent)
        context["phrases"] = list(queries.offered_phrases())
        context["ways"] = offered_ways()
        context["held_connection"] = named(Handle.CONNECTION, bytes(talk.key_digest).hex())
        context["held_code"] = named(Handle.CODE, of_code(Kind.CHAT, talk.ref))
        context["proposals"] = [
            (way_named(one.way), one.at) for one in talk.proposals.all() if way_named(one.way)
        ]
    return render(request, "helpline/chats/desk.html", context)


def desk_panes(request: DeskRequest) -> dict[str, Any]:
    session = str(request.session.get(REF, ""))
    return queue_pane(request) | {
        "token": token_for(agent=request.user.pk, session=session),
        "coordinates": holds(request.user, Right.COORDINATE),
    }


def queue_pane(request: DeskRequest) -> dict[str, Any]:
    moment = now()
    talks = list(queries.open_conversations())
    waiting = [one for one in talks if one.state == State.WAITING]
    mine = [one for one in talks if one.listener_id == request.user.pk]
    record_list(agent=request.user, deed="chat.queue", rows=talks)
    return {
        "alarms": alarms_for(request.user),
        "places": queries.in_their_order(waiting, now=moment),
        "mine": [(one, queries.transfer_of(one)) for one in mine],
        "asked": list(queries.transfers_asked_of(request.user)),
        "hands": [one for one in talks if one.hand_raised_at and one not in mine],
        "now": moment,
    }


def act(use_case: Any, *, stay: bool, right: Right = Right.LISTEN) -> Any:
    """A deed about one conversation, that takes nothing more; a refusal is said on the desk."""

    def view(request: DeskRequest, ref: UUID) -> HttpResponse:
        try:
            use_case(agent=request.user, ref=ref, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("chats:desk")
        return redirect("chats:show", ref) if stay else redirect("chats:desk")

    view.__name__ = view.__qualname__ = use_case.__name__
    return require_POST(needs(right)(view))


def may_read_along(agent: Agent, talk: Conversation) -> bool:
    """A coordinator, of a conversation that somebody else leads."""
    led = talk.state == State.ACTIVE and talk.listener_id != agent.pk
    return led and holds(agent, Right.COORDINATE)


def others_than(ref: UUID) -> list[Place[Conversation]]:
    """Next to whom somebody who waits may be put."""
    moment = now()
    waiting = queries.open_conversations().filter(state=State.WAITING)
    return [
        place
        for place in queries.in_their_order(list(waiting), now=moment)
        if place.who.ref != ref and queries.is_movable(place.who, now=moment)
    ]


def relay_form(agent: Agent, data: Any = None) -> RelayForm:
    colleagues = list(queries.colleagues_of(agent))
    here = queries.here_now(colleagues, now=now())
    return RelayForm(data, colleagues=colleagues, here=here, auto_id="relay_%s")


def _ready(request: DeskRequest) -> str:
    """Without script: the phrase, or the way, that was chosen on the page before."""
    if named := request.GET.get("phrase", ""):
        return next((one.text for one in queries.offered_phrases() if str(one.ref) == named), "")
    way = way_named(request.GET.get("moyen", ""))
    return way.sentence if way else ""


def _moving(talk: Conversation) -> MoveForm | None:
    if talk.state != State.WAITING or not queries.is_movable(talk, now=now()):
        return None
    others = others_than(talk.ref)
    return MoveForm(places=others, auto_id="move_%s") if others else None
