"""
Pages of whoever writes, that leave nothing behind.

No cookie is set nor read, so that a token in one guards nothing: what is sent says its origin, and
holds the key. The key never stands in an address.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from fanal.ground.access.guards import public
from fanal.ground.codes.use_cases import Issued
from fanal.helpline.chats import hours, queries
from fanal.helpline.chats.forms import BackForm, BeginForm, SayForm
from fanal.helpline.chats.keys import digest_of
from fanal.helpline.chats.origins import from_our_page
from fanal.helpline.chats.terms import State
from fanal.helpline.chats.use_cases import Left

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


def begin_page(
    request: HttpRequest, form: BeginForm | None = None, *, refusal: str = ""
) -> HttpResponse:
    moment = now()
    helpline = queries.helpline_here()
    context = {
        "form": form or BeginForm(auto_id="begin_%s"),
        "refusal": refusal,
        "is_open": helpline is not None and hours.is_open(moment),
        "hours": hours.said(moment) if helpline is not None else "",
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, "helpline/chats/begin.html", context)


def back_page(request: HttpRequest, form: BackForm, *, refusal: str = "") -> HttpResponse:
    context = {"form": form, "refusal": refusal, "demonstration": not settings.FANAL_SERVICE}
    return render(request, "helpline/chats/come_back.html", context)


def room_page(
    request: HttpRequest, key: str, *, form: SayForm | None = None, refusal: str = ""
) -> HttpResponse:
    """
    Raises:
        NotVisible: no conversation has this key.
    """
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


def code_page(request: HttpRequest, code: Issued, *, key: str = "") -> HttpResponse:
    """The five words, this once. ``key``: of the conversation that goes on, if it does."""
    context = {"words": " ".join(code.words), "duress": " ".join(code.duress), "key": key}
    answer = render(request, "helpline/chats/code.html", context)
    if not key:
        answer["Clear-Site-Data"] = FORGET
    return answer


def left_page(request: HttpRequest, ref: UUID | None) -> HttpResponse:
    """What was said is in no page any more: this one can only make a code."""
    context = {"left": Left(ref).written() if ref else ""}
    answer = render(request, "helpline/chats/left.html", context)
    answer["Clear-Site-Data"] = FORGET
    return answer
