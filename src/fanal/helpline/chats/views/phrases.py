"""Ready phrases: those that are offered, those that wait to be reviewed; a way that is proposed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats import queries, use_cases
from fanal.helpline.chats.forms import PhraseForm
from fanal.helpline.chats.models import Phrase
from fanal.helpline.chats.phrasing import hint_of


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def phrases(request: DeskRequest) -> HttpResponse:
    form = PhraseForm(request.POST or None)
    if form.is_valid():
        use_cases.write_phrase(agent=request.user, **form.cleaned_data, now=now())
        messages.success(request, "La phrase attend d’être relue par une autre personne.")
        return redirect("chats:phrases")
    listed = list(queries.listed_phrases())
    record_list(agent=request.user, deed="phrase.list", rows=listed)
    context = {
        "drafts": [_shown(one, request) for one in listed if one.state == "draft"],
        "reviewed": [_shown(one, request) for one in listed if one.state == "reviewed"],
        "coordinates": holds(request.user, Right.COORDINATE),
        "form": form,
    }
    return render(request, "helpline/chats/phrases.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def change(request: DeskRequest, ref: UUID) -> HttpResponse:
    """The next version; the one that is offered stays until it is reviewed."""
    phrase = queries.read_phrase(ref=ref)
    form = PhraseForm(request.POST or None, initial={"title": phrase.title, "text": phrase.text})
    if form.is_valid():
        use_cases.write_phrase(agent=request.user, **form.cleaned_data, after=ref, now=now())
        messages.success(request, "La nouvelle version attend d’être relue par une autre personne.")
        return redirect("chats:phrases")
    return render(request, "helpline/chats/phrase.html", {"phrase": phrase, "form": form})


@require_POST
@needs(Right.LISTEN)
def propose(request: DeskRequest, ref: UUID) -> HttpResponse:
    """What to say is put in the box, and is sent by whoever listens."""
    name = request.POST.get("way", "")
    try:
        use_cases.propose_way(agent=request.user, ref=ref, name=name, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("chats:show", ref)
    if "short" in request.POST:
        return HttpResponse(status=204)
    return redirect(f"{reverse('chats:show', args=[ref])}?moyen={name}")


def _coordinated(use_case: Callable[..., Phrase], said: str) -> Any:
    def view(request: DeskRequest, ref: UUID) -> HttpResponse:
        try:
            use_case(agent=request.user, ref=ref, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, said)
        return redirect("chats:phrases")

    view.__name__ = view.__qualname__ = use_case.__name__
    return require_POST(needs(Right.COORDINATE)(view))


review = _coordinated(use_cases.review_phrase, "La phrase est relue : elle est proposée.")
retire = _coordinated(use_cases.retire_phrase, "La phrase n’est plus proposée.")


def _shown(phrase: Phrase, request: DeskRequest) -> dict[str, Any]:
    mine = phrase.written_by_id == request.user.pk
    return {
        "phrase": phrase,
        "hint": hint_of(phrase.text),
        "is_mine": mine,
        "change": reverse("chats:change_phrase", args=[phrase.ref]),
    }
