"""
The page of whoever writes: with script, or a form and a page again without.

No cookie is set nor read, so that a token in one guards nothing: what is sent says its origin, and
holds the key. The key never stands in an address.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.access.guards import public
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats import hours, queries, use_cases
from fanal.helpline.chats.forms import BeginForm, SayForm
from fanal.helpline.chats.keys import digest_of, new_key
from fanal.helpline.chats.origins import from_our_page
from fanal.helpline.chats.terms import State

# Of what a browser keeps of this site; a cookie is an agent's, of another page.
FORGET = '"cache", "storage"'
OVER = "Cette conversation n’existe plus, ou son délai est passé. Tu peux en commencer une autre."
View = Callable[..., HttpResponse]


def without_trace(view: View) -> View:
    """Sent by our own page; the answer is kept by nobody, and says nowhere whence one comes."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        ours = from_our_page(headers, host=request.get_host(), form=True)
        if request.method == "POST" and not ours:
            return HttpResponseForbidden()
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return public(csrf_exempt(never_cache(sensitive_post_parameters()(guarded))))


@without_trace
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Hours, three questions that may stay empty, and the way in."""
    form = BeginForm(request.POST if request.method == "POST" else None, auto_id="begin_%s")
    if form.is_valid():
        key = new_key()
        try:
            _open(form, key)
        except Refusal as refusal:
            return _page(request, form, refusal=refusal.message)
        return _room(request, key)
    return _page(request, form)


@without_trace
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Without script: say, look again, call for help, leave; the whole page each time."""
    key = request.POST.get("key", "")
    digest = digest_of(key)
    if digest is None:
        return _page(request, BeginForm(auto_id="begin_%s"), refusal=OVER)
    moment = now()
    form = SayForm(request.POST if "say" in request.POST else None)
    refusal = ""
    try:
        if "leave" in request.POST:
            use_cases.leave(digest=digest, now=moment)
            return _left(request)
        if "danger" in request.POST:
            use_cases.endanger(digest=digest, now=moment)
        elif form.is_valid():
            sent = _uuid(request.POST.get("sent", ""))
            use_cases.say(
                digest=digest, text=form.cleaned_data["text"], key=sent or uuid4(), now=moment
            )
            form = SayForm()
    except NotVisible:
        return _page(request, BeginForm(auto_id="begin_%s"), refusal=OVER)
    except Refusal as refused:
        refusal = refused.message
    try:
        return _room(request, key, form=form, refusal=refusal)
    except NotVisible:
        return _page(request, BeginForm(auto_id="begin_%s"), refusal=OVER)


@without_trace
@require_POST
def deed(request: HttpRequest) -> HttpResponse:
    """With script: open, call for help, leave. Words go through the live channel."""
    try:
        body = json.loads(request.body)
        digest = digest_of(str(body["key"]))
        act = body["act"]
    except (ValueError, KeyError, TypeError, RecursionError):
        digest, act = None, ""
    if digest is None or act not in ("open", "danger", "leave"):
        return JsonResponse({}, status=400)
    try:
        if act == "open":
            form = BeginForm(body.get("answers") if isinstance(body.get("answers"), dict) else {})
            if form.is_valid():
                _open(form, str(body["key"]))
        elif act == "danger":
            use_cases.endanger(digest=digest, now=now())
        else:
            use_cases.leave(digest=digest, now=now())
    except Refusal as refusal:
        return JsonResponse({"said": refusal.message}, status=409)
    answer = JsonResponse({})
    if act == "leave":
        answer["Clear-Site-Data"] = FORGET
    return answer


def _open(form: BeginForm, key: str) -> None:
    use_cases.open_conversation(
        digest=digest_of(key) or b"",
        helpline=queries.helpline_here(),
        answers=form.answers,
        now=now(),
    )


def _page(request: HttpRequest, form: BeginForm, *, refusal: str = "") -> HttpResponse:
    moment = now()
    helpline = queries.helpline_here()
    context = {
        "form": form,
        "refusal": refusal,
        "is_open": helpline is not None and hours.is_open(moment),
        "hours": hours.said(moment) if helpline is not None else "",
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, "helpline/chats/begin.html", context)


def _room(
    request: HttpRequest, key: str, *, form: SayForm | None = None, refusal: str = ""
) -> HttpResponse:
    digest = digest_of(key) or b""
    found = queries.hear(digest=digest)
    context = {
        "key": key,
        "sent": uuid4(),
        "heard": found,
        "over": found.state == State.ENDED,
        "place": queries.standing_of(found, now=now()) if found.state == State.WAITING else "",
        "form": form or SayForm(),
        "refusal": refusal,
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, "helpline/chats/room.html", context)


def _left(request: HttpRequest) -> HttpResponse:
    answer = render(request, "helpline/chats/left.html")
    answer["Clear-Site-Data"] = FORGET
    return answer


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
