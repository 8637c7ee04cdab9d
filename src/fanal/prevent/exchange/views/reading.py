"""
The public pages: what was answered, a question, its answer with one's code.

What is searched for is posted: no address, hence no log nor history, ever holds it. No cookie.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.codes.words import UnreadableCode
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.sealing.keys import KeysLocked, Unopenable
from fanal.ground.shell.visitors import for_visitors, form_token, has_token, shared
from fanal.prevent.exchange import hours, queries, use_cases
from fanal.prevent.exchange.forms import AskForm, CodeForm, SearchForm

MOST_SHOWN = 30
TOO_OLD = (
    "Cette page est restée ouverte trop longtemps : rien n’est parti, et ce qui a été écrit est "
    "encore là. Il suffit d’envoyer de nouveau."
)
STALE = "Cette page est restée ouverte trop longtemps : il faut redonner le code."
# One sentence for a code that was never given, is over, or was given under duress.
NOTHING = (
    "Ce code n’ouvre rien : il est mal recopié, trop ancien, ou a été essayé trop souvent. "
    "On peut réessayer dans une heure, ou poser la question à nouveau."
)
SEALED = (
    "La réponse ne peut pas être lue pour le moment. Elle n’est pas perdue : on peut revenir un "
    "peu plus tard."
)


@for_visitors
@shared()
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """What was published, the last first; or what is nearest to a few words."""
    sent = request.method == "POST"
    form = SearchForm(request.POST if sent else None, auto_id="search_%s")
    context: dict[str, Any] = {"form": form, "found": queries.published()[:MOST_SHOWN]}
    if sent and not has_token(request):
        context["refusal"] = TOO_OLD
    elif sent and form.is_valid():
        context |= {
            "found": queries.search(form.cleaned_data["words"])[:MOST_SHOWN],
            "sought": True,
            "danger": use_cases.may_be_a_danger(form.cleaned_data["words"]),
        }
    return _page(request, "answers", context)


@for_visitors
@shared()
@require_safe
def entry(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One answer. What is not published answers as what does not exist."""
    found = queries.read_published(ref)
    if found is None:
        raise Http404
    return _page(request, "entry", {"entry": found})


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    sent = request.method == "POST"
    form = AskForm(request.POST if sent else None)
    context: dict[str, Any] = {"form": form}
    if sent and not has_token(request):
        return _page(request, "ask", context | {"refusal": TOO_OLD})
    if not form.is_valid():
        return _page(request, "ask", context)
    try:
        code = use_cases.ask(written=form.written, sent=form.cleaned_data["sent"], now=now())
    except Refusal as refusal:
        return _page(request, "ask", context | {"refusal": refusal.message})
    danger = use_cases.may_be_a_danger(form.written.text)
    return _page(request, "kept", {"code": code, "host": request.get_host(), "danger": danger})


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    sent = request.method == "POST"
    form = CodeForm(request.POST if sent else None, auto_id="code_%s")
    if sent and not has_token(request):
        return _page(request, "code", {"form": CodeForm(auto_id="code_%s"), "refusal": STALE})
    if not form.is_valid():
        return _page(request, "code", {"form": form})
    try:
        found = use_cases.open_answer(typed=form.cleaned_data["code"], now=now())
    except UnreadableCode as refusal:
        form.add_error("code", refusal.message)
        return _page(request, "code", {"form": form})
    except Refusal as refusal:
        # What was typed is not given back: somebody may look over a shoulder.
        empty = CodeForm(auto_id="code_%s")
        return _page(request, "code", {"form": empty, "refusal": _said(refusal)})
    return _page(request, "answer", {"found": found})


def _said(refusal: Refusal) -> str:
    if isinstance(refusal, NotVisible):
        return NOTHING
    return SEALED if isinstance(refusal, KeysLocked | Unopenable) else refusal.message


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    moment = now()
    everywhere = {
        "token": form_token(),
        "is_open": queries.moderators_here() is not None and hours.is_open(moment),
        "hours": hours.said(moment) if queries.moderators_here() is not None else "",
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, f"prevent/exchange/{name}.html", everywhere | context)
