"""
What people without an account send of a place: its structure by a link, anybody about its number.

Nothing here shows, changes or hides a word: a person reads it first.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.errors import Refusal
from fanal.ground.shell.visitors import FIELD, for_visitors, form_token, has_token
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.freshness.answering import LinkOver, answer_asked, read_asked
from fanal.prevent.spaces.freshness.forms import AnswerForm
from fanal.prevent.spaces.freshness.terms import DoubtSource
from fanal.prevent.spaces.use_cases import doubt
from fanal.prevent.spaces.views.visiting import TOO_OLD


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The entry of one structure, to whoever holds its link; to read it uses nothing."""
    try:
        asked = read_asked(token=token, now=now())
    except LinkOver as refusal:
        return _page(request, "answered", {"refusal": refusal.message})
    sent = request.method == "POST"
    form = AnswerForm(request.POST if sent else None, entry=asked.said)
    context: dict[str, Any] = {"form": form, "asked": asked, "token": form_token()}
    if sent and not has_token(request):
        return _page(request, "answer", context | {"refusal": TOO_OLD})
    if not sent or not form.is_valid():
        return _page(request, "answer", context)
    try:
        answer_asked(
            token=token,
            seen=form.seen_entry,
            right=form.right,
            corrected=form.corrected,
            closed=form.cleaned_data["closed"],
            now=now(),
        )
    except LinkOver as refusal:
        return _page(request, "answered", {"refusal": refusal.message})
    except Refusal as refusal:
        fresh = AnswerForm(entry=asked.said)
        return _page(request, "answer", context | {"form": fresh, "refusal": refusal.message})
    waits = bool(form.corrected) or form.cleaned_data["closed"]
    return _page(request, "answered", {"waits": waits})


@for_visitors
@require_POST
def wrong_number(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One tap a page; nothing is kept of who taps. What is not public answers as nothing does."""
    service = read_public(ref)
    if service is None or "phone" not in service.verified:
        raise Http404
    context: dict[str, Any] = {"place": service}
    if has_token(request):
        doubt(service=ref, source=DoubtSource.WRONG_NUMBER, key=request.POST[FIELD], now=now())
    else:
        context["refusal"] = TOO_OLD
    return _page(request, "noted", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"prevent/spaces/{name}.html", context)
