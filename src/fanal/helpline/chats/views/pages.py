"""Whole pages of whoever writes. The key is in what they send, never in an address."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from fanal.ground.codes.use_cases import Issued
from fanal.ground.shell.visitors import FORGET, form_token
from fanal.helpline.chats import hours, queries
from fanal.helpline.chats.forms import BackForm, BeginForm, SayForm
from fanal.helpline.chats.keys import digest_of
from fanal.helpline.chats.terms import State

TOO_OLD = "Cette page est restée ouverte trop longtemps : essaie encore une fois."
USED = "Cette page a déjà servi. Pour commencer une autre conversation, appuie encore une fois."
OVER = "Cette conversation n’existe plus, ou son délai est passé. Tu peux en commencer une autre."


def begin_page(
    request: HttpRequest, form: BeginForm | None = None, *, refusal: str = ""
) -> HttpResponse:
    moment = now()
    helpline = queries.helpline_here()
    context = {
        "form": form or BeginForm(auto_id="begin_%s"),
        "token": form_token(),
        "refusal": refusal,
        "is_open": helpline is not None and hours.is_open(moment),
        "hours": hours.said(moment) if helpline is not None else "",
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, "helpline/chats/begin.html", context)


def back_page(request: HttpRequest, form: BackForm, *, refusal: str = "") -> HttpResponse:
    context = {
        "form": form,
        "token": form_token(),
        "refusal": refusal,
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, "helpline/chats/come_back.html", context)


def room_page(
    request: HttpRequest,
    key: str,
    *,
    form: SayForm | None = None,
    refusal: str = "",
    in_danger: bool = False,
) -> HttpResponse:
    """
    Args:
        in_danger: what was just said tells it; nothing of that is kept for a later page.

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
        "in_danger": in_danger or found.in_danger,
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


def left_page(request: HttpRequest, left: str, *, refusal: str = "") -> HttpResponse:
    """What was said is in no page any more: this one can only make a code."""
    context = {"left": left, "refusal": refusal}
    answer = render(request, "helpline/chats/left.html", context)
    answer["Clear-Site-Data"] = FORGET
    return answer
